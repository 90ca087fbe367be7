"""The one door of the room: a run goes in, files come out, one writer for each format."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from configs.errors import ConfigError, Fault, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reports.run import Run

FORMATS = {
    "html": "reports.page.report",
    "xlsx": "reports.workbook.staffing",
    "csv": "reports.tables",
    "ics": "reports.calendars",
}
"""Every format that can be asked for, and the module whose ``write(run, folder)`` makes it."""

ALWAYS = "reports.summary"
"""``summary.json`` is small, and other programs look for it; it is always written."""
EXPORTS, EXPORTED_WITH = "reports.exports.writing", "csv"
"""What ``reports.exports`` asks for is written with the tables."""


def write(run: Run, folder: Path, formats: Sequence[str]) -> tuple[Path, ...]:
    """Write the reports of a run.

    Parameters
    ----------
    run
        The planned week.
    folder
        Folder the files are written to; made when it is absent.
    formats
        Any of ``html``, ``xlsx``, ``csv`` and ``ics``; ``summary.json`` is written in any case, and with ``csv`` the
        exports the config asks for.

    Returns
    -------
    tuple of Path
        Every file written, in the order of `formats`.

    Raises
    ------
    ConfigError
        When a format is unknown; nothing is written then.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        listed = ", ".join(FORMATS)
        faults = [
            Fault("reports.formats", f'"{name}" is not a format; choose from {listed}{nearest(name, list(FORMATS))}')
            for name in unknown
        ]
        raise ConfigError(faults)
    folder.mkdir(parents=True, exist_ok=True)
    homes = [FORMATS[name] for name in dict.fromkeys(formats)]
    if EXPORTED_WITH in formats:
        homes.append(EXPORTS)
    written: list[Path] = []
    for home in [*homes, ALWAYS]:
        written += import_module(home).write(run, folder)
    return tuple(written)
