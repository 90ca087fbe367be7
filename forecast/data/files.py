"""The files of a history as one table, each read as its settings or its system's profile say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from configs.errors import DataError, Fault
from configs.files import Read, read_table, unkeyed
from configs.reading.peek import first_records
from configs.tables import CONTACT_ROWS, DIMENSIONS, HISTORY, INTERVAL_ROWS
from forecast.data.contact_rows import marked
from forecast.data.event_rows import contacts_of_log
from forecast.data.sources.fitting import Fitted, fitted
from forecast.data.sources.registry import PROFILES
from forecast.facts import ReadAsProfile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from configs.notes import Noticed
    from configs.reading.raw import Cells
    from configs.schema import Config, History
    from forecast.data.sources.profile import Profile

SUFFIXES = (".csv", ".csv.gz", ".tsv", ".txt")
COLUMNS = frozenset(column for profile in PROFILES for column in profile.columns)


@dataclass(frozen=True)
class FilesRead:
    """Every row of the files, and the text of each file by its name.

    `frame` has the columns of a history and the dimensions, where a file has them; `file` and `row` for messages;
    `reading`, the place in `readings` of the settings it was read by; and, where a row is a contact, those of
    ``configs.tables.CONTACT_ROWS`` and its `kind`: "interval", "contact" or "ignored".
    """

    frame: pd.DataFrame
    texts: dict[str, Cells]
    readings: tuple[History, ...] = ()
    notes: tuple[Noticed, ...] = ()


@dataclass
class _Found:
    """What was read so far: the only mutable thing here."""

    frames: list[pd.DataFrame] = field(default_factory=list)
    texts: dict[str, Cells] = field(default_factory=dict)
    readings: list[History] = field(default_factory=list)
    notes: list[Noticed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    profiles: list[tuple[str, Profile]] = field(default_factory=list)

    def add(self, frame: pd.DataFrame, history: History) -> None:
        """Add the rows of a file with the settings it was read by."""
        if history not in self.readings:
            self.readings.append(history)
        self.frames.append(frame.assign(reading=self.readings.index(history)))


def read_files(config: Config, source: str) -> FilesRead:
    """Read a file, or every file of a folder.

    Raises
    ------
    DataError
        With every fault of every file.
    """
    path = config.path(source)
    found = _Found()
    logs: list[tuple[Path, str, Fitted]] = []
    for file in _listed(path, source):
        label = file.name if path.is_dir() else source
        try:
            fit = fitted(config.history, first_records(file, COLUMNS, label, config.history), label)
            if fit.profile is not None:
                found.profiles.append((label, fit.profile))
            if fit.history.rows == "events":
                logs.append((file, label, fit))
            else:
                _add_table(found, config, file, label, fit)
        except DataError as error:
            found.faults.extend(error.faults)
    _add_logs(found, config, logs, source)
    if found.faults:
        raise DataError(found.faults)
    frame = pd.concat(found.frames, ignore_index=True)
    if "kind" in frame.columns:
        frame = frame.assign(kind=frame.kind.fillna("interval"))
    notes = (*_profiles_told(found.profiles, source), *found.notes)
    return FilesRead(frame, found.texts, tuple(found.readings), notes)


def _add_table(found: _Found, config: Config, file: Path, label: str, fit: Fitted) -> None:
    """Read a file with a row an interval or a contact."""
    read = _table(config, file, label, fit)
    frame = read.frame.assign(file=label, row=read.frame.index)
    found.texts[label] = read.cells
    found.notes.extend(read.notes)
    if fit.history.rows == "contacts":
        frame, noticed = marked(frame, fit.history, label)
        found.notes.extend(noticed)
    found.add(frame, fit.history)


def _table(config: Config, file: Path, label: str, fit: Fitted) -> Read:
    names = fit.history.columns.model_dump()
    single = fit.history.rows == "contacts"
    table = CONTACT_ROWS if single else replace(unkeyed(INTERVAL_ROWS, "channel"), key=HISTORY.key)
    # A column that happens to be called as a dimension is one where the settings say so.
    stated = tuple(c for c in table.columns if c.name not in DIMENSIONS or names[c.name] is not None)
    return read_table(
        file,
        replace(table, columns=stated),
        zone=fit.history.timezone or config.plan.timezone,
        rename=names,
        shape=fit.history,
        label=label,
        duplicates="keep",
        arranged=fit.profile.arranged if fit.profile else None,
    )


def _add_logs(found: _Found, config: Config, logs: list[tuple[Path, str, Fitted]], source: str) -> None:
    """Read the files of a log of events together: a call may begin in one and end in the next."""
    if not logs:
        return
    history = logs[0][2].history
    label = logs[0][1] if len(logs) == 1 else source
    zone = history.timezone or config.plan.timezone
    try:
        log = contacts_of_log([file for file, _, _ in logs], history, zone, label)
    except DataError as error:
        found.faults.extend(error.faults)
        return
    found.notes.append(log.fact)
    frame, noticed = marked(log.contacts.assign(file=label, row=0), history, label)
    found.notes.extend(noticed)
    found.add(frame, history)


def _profiles_told(profiles: list[tuple[str, Profile]], source: str) -> Iterator[ReadAsProfile]:
    """One fact for each profile: by the file, or by the folder where there are several."""
    counts = Counter(profile.name for _, profile in profiles)
    for name, files in counts.items():
        label, profile = next((label, one) for label, one in profiles if one.name == name)
        yield ReadAsProfile(label if files == 1 else source, profile.system, name, profile.proof, files)


def _listed(path: Path, source: str) -> list[Path]:
    if not path.exists():
        raise DataError(Fault("history.path", f'no such file or folder: "{source}"; "demo" is the built-in data'))
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.name.lower().endswith(SUFFIXES))
    if not found:
        raise DataError(Fault("history.path", f'the folder "{source}" contains no CSV file ({", ".join(SUFFIXES)})'))
    return found
