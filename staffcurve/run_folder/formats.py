"""The reports of a run as files of its folder: a writer for each format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import ConfigError, Fault, nearest
from staffcurve.run_folder.layout import CALENDARS, EXPORTS, REPORT, SUMMARY, WORKBOOK
from staffcurve.run_folder.published import write_entries
from staffcurve.run_folder.summarise import summary_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reports.run import Run


def write_reports(run: Run, folder: Path, formats: Sequence[str]) -> tuple[Path, ...]:
    """Write the reports of a run.

    Parameters
    ----------
    run
        The planned week.
    folder
        Folder the files are written to; made when it is absent.
    formats
        Any of `FORMATS`; the summary is written in any case, and with ``csv`` the exports the config asks for.

    Returns
    -------
    tuple of Path
        Every file written, in the order of `formats`.

    Raises
    ------
    ConfigError
        When a format is unknown; nothing is written then.
    """
    check_formats(formats, "reports.formats")
    folder.mkdir(parents=True, exist_ok=True)
    written = [path for name in dict.fromkeys(formats) for path in FORMATS[name](run, folder)]
    if "csv" in formats:
        written += _exports(run, folder)
    return (*written, _summary(run, folder))


def check_formats(names: Sequence[str], where: str) -> None:
    """Refuse formats that do not exist, all at once.

    Raises
    ------
    ConfigError
        With the nearest known name of each.
    """
    listed = ", ".join(FORMATS)
    faults = [
        Fault(where, f'"{name}" is not a format; choose from {listed}{nearest(name, list(FORMATS))}')
        for name in names
        if name not in FORMATS
    ]
    if faults:
        raise ConfigError(faults)


def _page(run: Run, folder: Path) -> list[Path]:
    from reports.page.report import write

    return [write(run, folder / REPORT)]


def _workbook(run: Run, folder: Path) -> list[Path]:
    from reports.workbook.staffing import write

    return [write(run, folder / WORKBOOK)]


def _tables(run: Run, folder: Path) -> list[Path]:
    """Write a file for each table of the run."""
    from reports.tables import tables_of, write_ordered
    from staffcurve.run_folder.layout import table_file
    from staffcurve.run_folder.targets import target_tables
    from staffcurve.run_folder.wishes import wish_tables

    written = []
    for frame, table in (*tables_of(run), *target_tables(run), *wish_tables(run)):
        path = folder / table_file(table)
        write_ordered(frame, table, path, run.horizon.timezone)
        written.append(path)
    return written


def _calendars(run: Run, folder: Path) -> list[Path]:
    """Write a calendar for each agent, and the entries they hold."""
    from reports.calendars import write
    from reports.publication import publication

    entries = publication(run)
    return [*write(run, entries, folder / CALENDARS), write_entries(entries, folder)]


def _exports(run: Run, folder: Path) -> list[Path]:
    from reports.exports.writing import write

    return write(run, folder / EXPORTS)


def _summary(run: Run, folder: Path) -> Path:
    from reports.metrics.week import week_of

    return summary_of(week_of(run)).write(folder / SUMMARY)


FORMATS = {"html": _page, "xlsx": _workbook, "csv": _tables, "ics": _calendars}
"""Every format that can be asked for, and what writes it."""
