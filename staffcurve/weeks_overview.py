"""Several finished weeks together: read their run folders, count them, and write the overview next to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reports.weeks.overview import Overview
    from staffcurve.cli.console import Console


@dataclass(frozen=True)
class Published:
    """An overview that was written: its folder, the names of its files, and what it shows."""

    folder: Path
    files: tuple[str, ...]
    overview: Overview


def publish_overview(
    named: Sequence[Path], console: Console, out: Path | None = None, formats: Sequence[str] | None = None
) -> Published:
    """Write the overview of weeks that follow each other.

    Parameters
    ----------
    named
        Run folders in any order; the folder of an overview is read as the runs it shows.
    console
        Shows the stage.
    out
        Folder that the overview is written into; by default that of the first run.
    formats
        Any of html, xlsx, csv and ics; by default those of the last run.

    Raises
    ------
    DataError
        A folder is not that of a run, or the weeks do not follow each other.
    """
    from reports.weeks.overview import in_order, overview_of
    from staffcurve import __version__
    from staffcurve.run_folder.layout import OVERVIEW
    from staffcurve.run_folder.overview import run_folders, write_overview
    from staffcurve.run_folder.read import read_run
    from staffcurve.run_folder.whole import whole_folder

    with console.stage("overview") as step:
        folders = {str(folder): folder for folder in run_folders(named)}
        runs = {label: read_run(folder) for label, folder in folders.items()}
        made = overview_of(in_order(list(runs.items())))
        ordered = [folders[label] for run in made.runs for label, read in runs.items() if read.name == run.name]
        final = (_home_of(ordered[0]) if out is None else out) / made.name
        wanted = made.runs[-1].config.reports.formats if formats is None else formats
        with whole_folder(final, OVERVIEW) as folder:
            files = write_overview(made, ordered, folder, final, wanted, __version__)
        step.result = f"{len(made.weeks)} weeks, {len(made.people)} people"
    return Published(final, tuple(files), made)


def _home_of(run: Path) -> Path:
    """Folder that a run folder is in, as it was typed where that says it."""
    return run.parent if run.name not in {"", ".."} else run.resolve().parent
