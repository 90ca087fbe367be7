"""The files of a history, or a database, as one table, each read as its settings or its system's profile say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.files import Read, read_table, unkeyed
from configs.reading.addresses import DatabaseSource, is_database
from configs.reading.database import digest
from configs.reading.day_order import common_order
from configs.reading.grid import Grid
from configs.reading.peek import first_records
from configs.reading.source import UnclearOrderError
from configs.redaction import redacted
from configs.tables import CONTACT_ROWS, DIMENSIONS, HISTORY, INTERVAL_ROWS, no_rows
from forecast.data.event_rows import contacts_of_log
from forecast.data.outcomes import marked
from forecast.data.sources.fitting import Fitted, fitted
from forecast.data.sources.registry import PROFILES
from forecast.facts import ReadAsProfile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from configs.notes import Noticed
    from configs.reading.source import Order
    from configs.schema import Config, History
    from configs.schema.reading import ColumnSum
    from configs.tables import Table

SUFFIXES = (".csv", ".csv.gz", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods", ".parquet")
ROTATED = "queue_log"
"""Beginning of the names of an Asterisk log and of its older parts: queue_log.1, queue_log-20260105.gz."""
COLUMNS = frozenset(column for profile in PROFILES for column in profile.columns)


@dataclass(frozen=True)
class FilesRead:
    """Every row of the files, and what was read of each by its name.

    `frame` has the columns of a history and the dimensions, where a file has them; `file` and `row` for messages;
    `reading`, the place in `readings` of the settings it was read by; and, where a row is a contact, those of
    ``configs.tables.CONTACT_ROWS`` and its `kind`: "interval", "contact" or "ignored".
    """

    frame: pd.DataFrame
    texts: dict[str, Read]
    readings: tuple[History, ...] = ()
    notes: tuple[Noticed, ...] = ()
    unobserved: Mapping[str, int] = field(default_factory=dict)
    """Number of rows of each file that have no volume and are not in the frame."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """Hash of the rows of a database, by its name in messages."""


def read_files(config: Config, source: str) -> FilesRead:
    """Read a file, or every file of a folder.

    Raises
    ------
    DataError
        With every fault of every file.
    """
    return read_these(config, _sources(config, source), redacted(source))


def read_these(
    config: Config,
    files: Mapping[str, Path | Grid],
    label: str,
    table: Table = INTERVAL_ROWS,
    columns: Mapping[str, ColumnSum | None] | None = None,
) -> FilesRead:
    """Read files as the settings of the history, or their systems' profiles, say.

    Parameters
    ----------
    config
        Zone of the plan, and the settings of the history.
    files
        Files, or the records of a database, by their name in messages.
    label
        Name of all of them in messages.
    table
        What a file with a row an interval holds. One of actuals may be written as ours, whatever the settings say.
    columns
        Names in the files of columns that a history does not have.

    Raises
    ------
    DataError
        With every fault of every file.
    """
    folder = _Folder(config, label, dict(files), table, columns or {})
    folder.look()
    folder.read_tables()
    folder.read_logs()
    if folder.faults:
        raise DataError([fault for error in folder.faults.values() for fault in error.faults])
    return folder.whole()


@dataclass
class _Folder:
    """Files by their name in messages, and what was read of them so far: the only mutable thing here."""

    config: Config
    source: str
    files: dict[str, Path | Grid]
    table: Table
    columns: Mapping[str, ColumnSum | None]
    fits: dict[str, Fitted] = field(default_factory=dict)
    read: dict[str, Read] = field(default_factory=dict)
    faults: dict[str, DataError] = field(default_factory=dict)
    logs: list[tuple[pd.DataFrame, History, tuple[Noticed, ...]]] = field(default_factory=list)

    def look(self) -> None:
        """Find the settings of every file by its first records."""
        history = self.config.history
        for label, file in self.files.items():
            try:
                records = first_records(file, COLUMNS, label, history)
                self.fits[label] = fitted(history, records, label, ours=self.table.name == "actuals")
            except DataError as error:
                self.faults[label] = error

    def read_tables(self) -> None:
        """Read the files that are tables; where one settles the order of day and month, it holds for all of them."""
        tables = [label for label, fit in self.fits.items() if fit.history.rows != "events"]
        for label in tables:
            self._read_table(label)
        order = common_order(one.day_order for one in self.read.values())
        unclear = [name for name, error in self.faults.items() if isinstance(error, UnclearOrderError)]
        for label in unclear if order else []:
            del self.faults[label]
            self._read_table(label, order)

    def _read_table(self, label: str, order: Order | None = None) -> None:
        try:
            self.read[label] = self._rows(label, self.fits[label], order)
        except DataError as error:
            self.faults[label] = error

    def _rows(self, label: str, fit: Fitted, order: Order | None) -> Read:
        """Read a file with a row an interval or a contact; `order` of day and month is that of the other files."""
        history = fit.history
        names = {**self.columns, **history.columns.model_dump()}
        table = CONTACT_ROWS if history.rows == "contacts" else replace(unkeyed(self.table, "channel"), key=HISTORY.key)
        # A column that happens to be called as a dimension is one where the settings say so.
        stated = tuple(c for c in table.columns if c.name not in DIMENSIONS or names[c.name] is not None)
        return read_table(
            self.files[label],
            replace(table, columns=stated),
            zone=history.timezone or self.config.plan.timezone,
            rename=names,
            shape=history.model_copy(update={"date_format": order}) if order else history,
            label=label,
            duplicates="keep",
            arranged=fit.profile.arranged if fit.profile else None,
        )

    def read_logs(self) -> None:
        """Read the files of a log of events together: a call may begin in one and end in the next."""
        labels = [label for label, fit in self.fits.items() if fit.history.rows == "events"]
        if not labels:
            return
        history, label = self.fits[labels[0]].history, labels[0] if len(labels) == 1 else self.source
        zone = history.timezone or self.config.plan.timezone
        try:
            log = contacts_of_log([self.files[each] for each in labels], history, zone, label)
        except DataError as error:
            self.faults[label] = error
            return
        frame, noticed = marked(log.contacts.assign(file=label, row=0), history, label)
        self.logs.append((frame, history, (log.fact, *noticed)))

    def whole(self) -> FilesRead:
        """Put the rows of all files into one table."""
        readings: list[History] = []
        frames: list[pd.DataFrame] = []
        notes: list[Noticed] = [*self._profiles()]
        for frame, history, noticed in [*self._tables(), *self.logs]:
            if history not in readings:
                readings.append(history)
            frames.append(frame.assign(reading=np.int8(readings.index(history))))
            notes += noticed
        rows = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0].reset_index(drop=True)
        if "kind" in rows.columns:
            rows = rows.assign(kind=rows.kind.fillna("interval"))
        unobserved = {label: one.unobserved for label, one in self.read.items()}
        # Their tables are in the rows by now.
        texts = {label: replace(self.read[label], frame=no_rows(HISTORY)) for label in self.files if label in self.read}
        self.read.clear()
        grids = {label: file.records[1:] for label, file in self.files.items() if isinstance(file, Grid)}
        digests = {label: digest(records) for label, records in grids.items()}
        return FilesRead(rows, texts, tuple(readings), tuple(notes), unobserved, digests)

    def _tables(self) -> Iterator[tuple[pd.DataFrame, History, tuple[Noticed, ...]]]:
        names = list(self.files)
        for label in names:
            if label not in self.read:
                continue
            read, history = self.read[label], self.fits[label].history
            # Names of files as categories and short numbers: a large history has many rows of few files.
            file = pd.Categorical.from_codes(np.full(len(read.frame), names.index(label)), pd.Index(names))
            frame = read.frame.assign(file=file, row=read.frame.index.astype(np.int32))
            if history.rows == "contacts":
                frame, noticed = marked(frame, history, label)
                yield frame, history, (*read.notes, *noticed)
            else:
                yield frame, history, read.notes

    def _profiles(self) -> Iterator[ReadAsProfile]:
        """One fact for each profile: by the file, or by the folder where there are several."""
        found = {label: fit.profile for label, fit in self.fits.items() if fit.profile is not None}
        counts = Counter(profile.name for profile in found.values())
        for name, files in counts.items():
            label, profile = next((label, one) for label, one in found.items() if one.name == name)
            yield ReadAsProfile(label if files == 1 else self.source, profile.system, name, profile.proof, files)


def _sources(config: Config, source: str) -> dict[str, Path | Grid]:
    """The files of the history by their name in messages; the records of a database are read at once."""
    if is_database(source):
        from configs.reading.database import query_grid

        history = config.history
        zone = history.timezone or config.plan.timezone
        database = DatabaseSource(source, history.query, history.table, zone, config.folder)
        return {database.label: query_grid(database)}
    return listed(config.path(source), source)


def may_be_table(file: Path) -> bool:
    """Whether a file of a folder is read, by its name."""
    return file.name.lower().endswith(SUFFIXES) or file.name.startswith(ROTATED)


def listed(path: Path, source: str) -> dict[str, Path | Grid]:
    """Return a file, or the files of a folder that may be tables, by their name in messages.

    Raises
    ------
    DataError
        When there is none.
    """
    return {file.name if path.is_dir() else source: file for file in _tables_of(path, source)}


def _tables_of(path: Path, source: str) -> list[Path]:
    if not path.exists():
        raise DataError(Fault("history.path", f'no such file or folder: "{source}"; "demo" is the built-in data'))
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if may_be_table(file))
    if not found:
        raise DataError(Fault("history.path", f'the folder "{source}" contains no table ({", ".join(SUFFIXES)})'))
    return found
