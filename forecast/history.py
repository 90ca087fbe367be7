"""The history a config names, read, checked and brought to the planning interval."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from configs.errors import ConfigError, DataError, Fault, nearest
from configs.files import read_table, unkeyed
from configs.notes import Note
from configs.tables import HISTORY
from forecast.divided import on_local_clock
from forecast.gaps import fill_and_note
from forecast.intervals import to_interval

if TYPE_CHECKING:
    from pathlib import Path

    from configs.schema import Config

SUFFIXES = (".csv", ".csv.gz", ".tsv", ".txt")


@dataclass(frozen=True)
class History:
    """The ``history`` table (see ``configs.tables.HISTORY``), UTC, sorted by channel as in the config, then start.

    Every row is an interval of `interval_s` seconds that was observed; what is absent was not.
    """

    table: pd.DataFrame
    interval_s: int
    notes: tuple[Note, ...] = ()

    def channel(self, name: str) -> pd.DataFrame:
        """Rows of one channel."""
        return self.table.loc[self.table.channel == name]


NO_HISTORY = (
    "is missing; name the file of past contacts, or start from a table made elsewhere "
    "(staff --forecast, roster --requirement)"
)


def read_history(config: Config, path: str | None = None) -> History:
    """Read the history of a config; `path` replaces the one it names.

    Raises
    ------
    ConfigError
        When neither the config nor `path` names one.
    DataError
        When a file is wrong, coarser than the plan, off its grid, or lacks a channel or too much of one.
    """
    source = path or config.history.path
    if source is None:
        raise ConfigError(Fault("history.path", NO_HISTORY))
    frame, notes = _demo() if source == "demo" else _files(config, source)
    frame = _of_channels(frame, config, source, notes)
    frame = _without_duplicates(frame, config, source, notes)
    frame = on_local_clock(frame, config, source, notes)
    frame = to_interval(frame, config.plan.interval_s, config.plan.timezone, source, notes)
    frame = fill_and_note(frame, config, source, notes)
    order = {name: i for i, name in enumerate(config.channels)}
    frame = frame.sort_values(["channel", "start"], key=lambda c: c.map(order) if c.name == "channel" else c)
    names = [name for name in HISTORY.names if name in frame.columns]
    return History(frame[names].reset_index(drop=True), config.plan.interval_s, tuple(notes))


def _demo() -> tuple[pd.DataFrame, list[Note]]:
    from configs import demo

    frame = demo.history()
    return frame.assign(file="demo", row=frame.index + 2), []


def _files(config: Config, source: str) -> tuple[pd.DataFrame, list[Note]]:
    """Every file as one table, with the columns `file` and `row` for messages."""
    path = config.path(source)
    table = replace(unkeyed(HISTORY, "channel"), key=HISTORY.key)
    zone = config.history.timezone or config.plan.timezone
    frames: list[pd.DataFrame] = []
    notes: list[Note] = []
    faults: list[Fault] = []
    for file in _listed(path, source):
        told_as = file.name if path.is_dir() else source
        try:
            read = read_table(
                file, table, zone=zone, rename=config.history.columns.model_dump(), told_as=told_as, duplicates="keep"
            )
        except DataError as error:
            faults.extend(error.faults)
            continue
        frame = read.frame
        if "channel" not in frame.columns:
            frame = frame.assign(channel=_only_channel(config, file, told_as))
        frames.append(frame.assign(file=told_as, row=frame.index))
        notes.extend(read.notes)
    if faults:
        raise DataError(faults)
    return pd.concat(frames, ignore_index=True), notes


def _listed(path: Path, source: str) -> list[Path]:
    if not path.exists():
        raise DataError(Fault("history.path", f'no such file or folder: "{source}"; "demo" is the built-in data'))
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.name.lower().endswith(SUFFIXES))
    if not found:
        raise DataError(Fault("history.path", f'the folder "{source}" holds no CSV file ({", ".join(SUFFIXES)})'))
    return found


def _only_channel(config: Config, file: Path, told_as: str) -> str:
    """Name the channel of a file without a channel column: the only one, or the one the file is called after."""
    if len(config.channels) == 1:
        return next(iter(config.channels))
    stem = file.name.split(".")[0]
    if stem in config.channels:
        return stem
    column = config.history.columns.channel
    listed = ", ".join(config.channels)
    words = f'has no column "{column}" to tell {listed} apart; add it, or call a file after each channel'
    raise DataError(Fault(told_as, words))


def _of_channels(frame: pd.DataFrame, config: Config, source: str, notes: list[Note]) -> pd.DataFrame:
    """Keep the channels of the config; every one of them must be there."""
    found = sorted(set(frame.channel))
    known = list(config.channels)
    strangers = [name for name in found if name not in known]
    absent = [name for name in known if name not in found]
    if absent:
        listed = ", ".join(found)
        raise DataError(
            [
                Fault(source, f'holds no channel "{name}"{nearest(name, strangers)}; channels found: {listed}')
                for name in absent
            ]
        )
    for name in strangers:
        count = int((frame.channel == name).sum())
        notes.append(Note(source, f'channel "{name}" ({count:,} rows) is not in the config and was left out'))
    return frame.loc[frame.channel.isin(known)]


def _without_duplicates(frame: pd.DataFrame, config: Config, source: str, notes: list[Note]) -> pd.DataFrame:
    """Settle several rows for one channel and interval as the config says."""
    key, rule = ["channel", "start"], config.history.duplicates
    told = ["file", "row"]
    same = frame.duplicated([name for name in frame.columns if name not in told])
    if same.any():
        notes.append(Note(source, f"{int(same.sum()):,} rows stand in two files and count once"))
        frame = frame.loc[~same]
    again = frame.duplicated(key, keep="first")
    if not again.any():
        return frame
    if rule == "refuse":
        raise DataError(_duplicate_faults(frame, again, config))
    count = int(again.sum())
    if rule == "last":
        notes.append(Note(source, f"{count:,} rows were replaced by a later one for the same channel and interval"))
        return frame.drop_duplicates(key, keep="last")
    notes.append(Note(source, f"{count:,} rows were added to another one for the same channel and interval"))
    from forecast.intervals import added_up

    return added_up(frame)


def _duplicate_faults(frame: pd.DataFrame, again: pd.Series, config: Config) -> list[Fault]:
    faults = []
    shown = frame.loc[again].head(5)
    for channel, start, file, row in zip(shown.channel, shown.start, shown.file, shown.row, strict=True):
        first = frame.loc[(frame.channel == channel) & (frame.start == start)].iloc[0]
        moment = start.tz_convert(config.plan.timezone)
        words = f'channel "{channel}" at {moment:%Y-%m-%d %H:%M} stands in {first.file} row {first.row} already'
        faults.append(Fault(f"{file} row {row}", f'{words}; keep one, or set history.duplicates = "last" or "sum"'))
    more = int(again.sum()) - len(faults)
    return [*faults, Fault("history", f"{more:,} more rows like these")] if more > 0 else faults


def needs_handle_time(channel: str) -> ConfigError:
    """Return the error of a channel whose handle time nobody knows."""
    words = 'the history holds no handle times (aht_s) for it; set its aht, such as aht = "280s"'
    return ConfigError(Fault(f"channels.{channel}", words))
