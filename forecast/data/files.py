"""The files of a history as one table, each read as its settings or its system's profile say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from configs.errors import DataError, Fault
from configs.files import read_table, unkeyed
from configs.tables import HISTORY, INTERVAL_ROWS

if TYPE_CHECKING:
    from pathlib import Path

    from configs.notes import Noticed
    from configs.reading.raw import Cells
    from configs.schema import Config

SUFFIXES = (".csv", ".csv.gz", ".tsv", ".txt")


@dataclass(frozen=True)
class FilesRead:
    """Every row of the files: the columns of a history with `file` and `row` for messages, and the text of each."""

    frame: pd.DataFrame
    texts: dict[str, Cells]
    notes: tuple[Noticed, ...] = ()


def read_files(config: Config, source: str) -> FilesRead:
    """Read a file, or every file of a folder.

    Raises
    ------
    DataError
        With every fault of every file.
    """
    path = config.path(source)
    frames: list[pd.DataFrame] = []
    texts: dict[str, Cells] = {}
    notes: list[Noticed] = []
    faults: list[Fault] = []
    for file in _listed(path, source):
        label = file.name if path.is_dir() else source
        try:
            frame, cells, noticed = _intervals(config, file, label)
        except DataError as error:
            faults.extend(error.faults)
            continue
        frames.append(frame)
        texts[label] = cells
        notes.extend(noticed)
    if faults:
        raise DataError(faults)
    return FilesRead(pd.concat(frames, ignore_index=True), texts, tuple(notes))


def _intervals(config: Config, file: Path, label: str) -> tuple[pd.DataFrame, Cells, tuple[Noticed, ...]]:
    """Read one file with a row an interval."""
    table = replace(unkeyed(INTERVAL_ROWS, "channel"), key=HISTORY.key)
    read = read_table(
        file,
        table,
        zone=config.history.timezone or config.plan.timezone,
        rename=config.history.columns.model_dump(),
        shape=config.history,
        label=label,
        duplicates="keep",
    )
    frame = read.frame
    if "channel" not in frame.columns:
        frame = frame.assign(channel=_only_channel(config, file, label))
    return frame.assign(file=label, row=frame.index), read.cells, read.notes


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
