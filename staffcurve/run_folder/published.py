"""``published.json``: the calendar entries people have, kept to number on from the next time the week is published."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from configs.errors import DataError, Fault
from configs.tables import ROSTER
from reports.calendar_entry import Entry
from reports.publication import entries_of
from staffcurve.run_folder.document import Document, Record, into, read_document
from staffcurve.run_folder.layout import CALENDARS, PUBLISHED
from staffcurve.run_folder.tables import read_any, roster_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from configs.schema import Config
    from reports.run import Run


class EntryRecord(Record):
    """An entry of a calendar; ISO 8601 times, UTC."""

    uid: str
    agent: str
    name: str
    start: str
    end: str
    summary: str
    description: str = ""
    categories: tuple[str, ...] = ()
    sequence: int = 0
    cancelled: bool = False


class PublishedEntries(Document):
    """Every entry given out for a week, cancelled ones too."""

    REMEDY: ClassVar[str] = "restore it, or delete it to number the entries of the calendars from 0 again"

    entries: tuple[EntryRecord, ...]

    def text(self) -> str:
        """Return the document as JSON, a line for each entry."""
        lines = ",\n".join(json.dumps(entry.plain(), ensure_ascii=False) for entry in self.entries)
        return f'{{"schema_version": {self.schema_version}, "entries": [\n{lines}\n]}}\n'


def _record(entry: Entry) -> EntryRecord:
    cells: dict[str, Any] = asdict(entry)
    cells["start"], cells["end"] = entry.start.isoformat(), entry.end.isoformat()
    return EntryRecord(**cells)


def write_entries(entries: Iterable[Entry], folder: Path) -> Path:
    """Write the entries people have into a run folder."""
    records = tuple(_record(each) for each in entries)
    return PublishedEntries(schema_version=PublishedEntries.NEWEST, entries=records).write(folder / PUBLISHED)


def read_entries(folder: Path) -> tuple[Entry, ...]:
    """Read the entries of a run folder; one without the file gave out nothing.

    Raises
    ------
    DataError
        The file is damaged, or of a newer version.
    """
    path = folder / PUBLISHED
    if not path.is_file():
        return ()
    found = read_document(PublishedEntries, path)
    try:
        return tuple(_entry(each) for each in found.entries)
    except ValueError as error:
        raise DataError(Fault(str(path), f"cannot be read ({error}); {PublishedEntries.REMEDY}")) from error


def _entry(record: EntryRecord) -> Entry:
    moments = {key: datetime.fromisoformat(getattr(record, key)) for key in ("start", "end")}
    return into(Entry, record, **moments)


def check_entries(config: Config, out: Path) -> None:
    """Read what earlier runs of a plan gave out, so that a damaged file is reported before the long work.

    Raises
    ------
    DataError
        A file of entries cannot be read.
    """
    week = re.compile(re.escape(config.plan.name) + r"-\d{4}-\d{2}-\d{2}")
    for folder in sorted(out.iterdir()):
        if week.fullmatch(folder.name):
            read_entries(folder)
    if config.roster.published is not None:
        read_entries(config.path(config.roster.published))


def entries_before(run: Run, final: Path) -> tuple[Entry, ...]:
    """Entries that people may have in their calendars when a run is written to the folder `final`.

    They were given out by the run that it replaces, and with the roster that the config names as published.
    """
    places = [final] if (final / PUBLISHED).is_file() or (final / CALENDARS).is_dir() else []
    if run.config.roster.published is not None:
        places.append(run.config.path(run.config.roster.published))
    # Both may be one folder, and what two folders gave out is often the same.
    return tuple(dict.fromkeys(entry for place in places for entry in _entries_at(run, place)))


def _entries_at(run: Run, place: Path) -> tuple[Entry, ...]:
    """Entries of a run folder or of a roster table; without their numbers they were given out once."""
    if (place / PUBLISHED).is_file():
        return read_entries(place)
    table = read_any(roster_file(place), ROSTER, run.config.plan.timezone)
    return entries_of(replace(run, roster=replace(run.roster, table=table)))
