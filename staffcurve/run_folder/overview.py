"""The folder of several weeks together: a page, a workbook, accounts and calendars, and which runs they show."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from configs.tables import ACCOUNTS
from staffcurve.run_folder.document import Document, read_document
from staffcurve.run_folder.layout import CALENDARS, OVERVIEW, WEEKS_PAGE, WEEKS_WORKBOOK, table_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.weeks.overview import Overview


class OverviewRecord(Document):
    """The runs of an overview in order, as seen from its folder, so that both can move together."""

    REMEDY: ClassVar[str] = "name the run folders instead"

    staffcurve: str
    runs: tuple[str, ...]


def run_folders(named: Iterable[Path]) -> list[Path]:
    """Return run folders, each once; the folder of an overview is read as the runs it shows.

    Raises
    ------
    DataError
        The record of an overview is damaged, or of a newer version.
    """
    found = [folder for place in named for folder in _runs_of(place)]
    return list({folder.resolve(): folder for folder in found}.values())


def _runs_of(place: Path) -> Iterator[Path]:
    if not (place / OVERVIEW).is_file():
        yield place
        return
    for run in read_document(OverviewRecord, place / OVERVIEW).runs:
        yield Path(os.path.normpath(place / run))


def write_overview(
    made: Overview, runs: Sequence[Path], folder: Path, final: Path, formats: Iterable[str], version: str
) -> list[str]:
    """Write the files of an overview.

    Parameters
    ----------
    made
        The weeks, counted.
    runs
        The folder of each, in order.
    folder
        Where the files are written.
    final
        Where the folder will be; the record of the runs is seen from there.
    formats
        Any of html, xlsx and ics; the accounts are written in any case.
    version
        Version of the program, for the page and the record.

    Returns
    -------
    list of str
        Names of the files, the calendars as one folder.
    """
    written = [_accounts(made, folder)]
    if "html" in formats:
        written.append(_page(made, folder, version))
    if "xlsx" in formats:
        written.append(_workbook(made, folder))
    if "ics" in formats:
        written.append(_calendars(made, folder))
    record = OverviewRecord(
        schema_version=OverviewRecord.NEWEST, staffcurve=version, runs=tuple(_seen_from(final, run) for run in runs)
    )
    return [*written, record.write(folder / OVERVIEW).name]


def _accounts(made: Overview, folder: Path) -> str:
    from reports.tables import write_ordered
    from reports.weeks.accounts_table import accounts_table

    write_ordered(accounts_table(made), ACCOUNTS, folder / table_file(ACCOUNTS), made.runs[0].horizon.timezone)
    return table_file(ACCOUNTS)


def _page(made: Overview, folder: Path, version: str) -> str:
    from reports.weeks.page import page

    (folder / WEEKS_PAGE).write_text(page(made, version), encoding="utf-8", newline="\n")
    return WEEKS_PAGE


def _workbook(made: Overview, folder: Path) -> str:
    from reports.weeks.book import write

    return write(made, folder / WEEKS_WORKBOOK).name


def _calendars(made: Overview, folder: Path) -> str:
    """Write the entries that each run has given out, under the same identities."""
    from reports.calendars import write_weeks
    from reports.publication import publication

    write_weeks([(run, publication(run)) for run in made.runs], folder / CALENDARS)
    return CALENDARS


def _seen_from(folder: Path, run: Path) -> str:
    """Path to a run from a folder; whole where they are on different drives."""
    try:
        return Path(os.path.relpath(run.resolve(), folder.resolve())).as_posix()
    except ValueError:
        return run.resolve().as_posix()
