"""The files of a history as one table, each read as its settings or its system's profile say."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from configs.errors import DataError, Fault
from configs.files import Read, read_table, unkeyed
from configs.reading.day_order import common_order
from configs.reading.source import UnclearOrderError
from configs.tables import HISTORY, INTERVAL_ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from configs.notes import Noticed
    from configs.reading.raw import Cells
    from configs.reading.source import Order
    from configs.schema import Config

SUFFIXES = (".csv", ".csv.gz", ".tsv", ".txt")


@dataclass(frozen=True)
class FilesRead:
    """Every row of the files: the columns of a history with `file` and `row` for messages, and the text of each."""

    frame: pd.DataFrame
    texts: dict[str, Cells]
    notes: tuple[Noticed, ...] = ()
    unobserved: Mapping[str, int] = field(default_factory=dict)
    """Number of rows of each file that have no volume and are not in the frame."""


def read_files(config: Config, source: str) -> FilesRead:
    """Read a file, or every file of a folder.

    Raises
    ------
    DataError
        With every fault of every file.
    """
    path = config.path(source)
    files = {file.name if path.is_dir() else source: file for file in _listed(path, source)}
    read: dict[str, Read] = {}
    faults: dict[str, DataError] = {}
    for label, file in files.items():
        try:
            read[label] = _intervals(config, file, label)
        except DataError as error:
            faults[label] = error
    order = common_order(one.day_order for one in read.values())
    for label in [name for name, error in faults.items() if order and isinstance(error, UnclearOrderError)]:
        try:
            read[label] = _intervals(config, files[label], label, order)
            del faults[label]
        except DataError as error:
            faults[label] = error
    if faults:
        raise DataError([fault for error in faults.values() for fault in error.faults])
    of_file = {label: read[label] for label in files}
    frame = pd.concat([one.frame for one in of_file.values()], ignore_index=True)
    notes = tuple(note for one in of_file.values() for note in one.notes)
    unobserved = {label: one.unobserved for label, one in of_file.items()}
    return FilesRead(frame, {label: one.cells for label, one in of_file.items()}, notes, unobserved)


def _intervals(config: Config, file: Path, label: str, order: Order | None = None) -> Read:
    """Read one file with a row an interval; `order` of day and month is that of the other files."""
    table = replace(unkeyed(INTERVAL_ROWS, "channel"), key=HISTORY.key)
    read = read_table(
        file,
        table,
        zone=config.history.timezone or config.plan.timezone,
        rename=config.history.columns.model_dump(),
        shape=config.history.model_copy(update={"date_format": order}) if order else config.history,
        label=label,
        duplicates="keep",
    )
    frame = read.frame
    if "channel" not in frame.columns:
        frame = frame.assign(channel=_only_channel(config, file, label))
    return replace(read, frame=frame.assign(file=label, row=frame.index))


def _listed(path: Path, source: str) -> list[Path]:
    if not path.exists():
        raise DataError(Fault("history.path", f'no such file or folder: "{source}"; "demo" is the built-in data'))
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.name.lower().endswith(SUFFIXES))
    if not found:
        raise DataError(Fault("history.path", f'the folder "{source}" contains no CSV file ({", ".join(SUFFIXES)})'))
    return found


def _only_channel(config: Config, file: Path, label: str) -> str:
    """Name the channel of a file without a channel column: the only one, or the one the file is called after."""
    if len(config.channels) == 1:
        return next(iter(config.channels))
    stem = file.name.split(".")[0]
    if stem in config.channels:
        return stem
    column = config.history.columns.channel
    listed = ", ".join(config.channels)
    words = f'has no column "{column}" to distinguish {listed}; add it, or name one file after each channel'
    raise DataError(Fault(label, words))
