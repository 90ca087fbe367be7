"""The history a config names, read, checked and brought to the planning interval."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import ConfigError, DataError, Fault
from configs.redaction import redacted
from configs.tables import HISTORY, no_rows
from forecast.calendar.marks import read_calendar
from forecast.data.account import FileAccount, Ledger
from forecast.data.channel_sources import NOBODY, Assigned, assigned
from forecast.data.contact_rows import counted
from forecast.data.daily import spread_days
from forecast.data.divided import on_local_clock
from forecast.data.duplicates import settled
from forecast.data.files import FilesRead, read_files
from forecast.data.gaps import fill_and_note
from forecast.data.handle_check import InputSource, odd_handle_times
from forecast.data.handle_units import config_setting, in_seconds
from forecast.data.intervals import added_up, to_interval
from forecast.data.jump_check import odd_volumes
from forecast.facts import ChannelNotPlanned

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from configs.notes import Noticed
    from configs.schema import Config
    from configs.schema.reading import ColumnSum


@dataclass(frozen=True)
class History:
    """The ``history`` table (see ``configs.tables.HISTORY``), UTC, sorted by channel as in the config, then start.

    Every row is an interval of `interval_s` seconds that was observed; what is absent was not. `files` says how many
    rows of each file became how many contacts of the table.
    """

    table: pd.DataFrame
    interval_s: int
    notes: tuple[Noticed, ...] = ()
    files: tuple[FileAccount, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    """Hash of the rows of a database, by its URL as it may be shown."""

    def begin(self, zone: str) -> date | None:
        """First local day with a row; None where there is none."""
        return None if self.table.empty else self.table.start.min().tz_convert(zone).date()

    def channel(self, name: str) -> pd.DataFrame:
        """Rows of one channel."""
        return self.table.loc[self.table.channel == name]


NO_HISTORY = (
    "is missing; name the file of past contacts, or start from a table made elsewhere "
    "(staff --forecast, roster --requirement)"
)


def read_history(config: Config, path: str | None = None) -> History:
    """Read the history of a config, check it, and bring it to the intervals of the plan.

    Parameters
    ----------
    config
        Names the files, the channels, the interval and zone of the plan, and the rules for odd rows.
    path
        File or folder in place of the one the config names; ``"demo"`` is the built-in history.

    Returns
    -------
    History
        Every channel and interval observed, starts in UTC and times in seconds; notes say what was filled, left out
        or doubted.

    Raises
    ------
    ConfigError
        When neither the config nor `path` names one.
    DataError
        When a file is wrong, coarser than the plan, off its grid, or lacks a channel or too much of one.
    """
    source = path or config.history.path
    if source is None:
        if all(channel.volume is not None for channel in config.channels.values()):
            return History(no_rows(HISTORY), config.plan.interval_s)
        raise ConfigError(Fault("history.path", NO_HISTORY))
    read = _demo(config) if source == "demo" else read_files(config, source)
    source = redacted(source)  # from here on it is a name in messages
    found, notes = assigned(read.frame, read.texts, config, source), list(read.notes)
    ledger = Ledger(found.frame, read.unobserved)
    frame = _of_channels(found, config, source, ledger, notes)
    frame = settled(frame, read.texts, config, source, ledger, notes)
    frame = counted(frame, read, config, source, ledger, notes)
    frame, faults = _in_seconds(frame, read, config, source, notes)
    if config.history.duplicates == "sum" or frame.duplicated(["channel", "start"]).any():
        frame = added_up(frame)
    frame = on_local_clock(frame, config, source, notes)
    frame = spread_days(frame, config, source, notes)
    frame = to_interval(frame, config.plan.interval_s, config.plan.timezone, source, notes, ledger)
    rules, calendar = config.history.cleaning, read_calendar(config)
    faults += odd_volumes(frame, _clock(frame, config), calendar, rules, source)
    if faults:
        raise DataError(faults)
    frame = fill_and_note(frame, config, source, notes)
    accounts, digests = ledger.accounts(), read.digests
    del ledger, found, read  # a large history is held once
    return History(_in_order(frame, config), config.plan.interval_s, tuple(notes), accounts, digests)


def _in_order(frame: pd.DataFrame, config: Config) -> pd.DataFrame:
    """Columns of the history, by channel as in the config, then start."""
    names = [name for name in HISTORY.names if name in frame.columns]
    order = {name: i for i, name in enumerate(config.channels)}
    place = frame.channel.map(order).to_numpy(dtype=np.int64)
    moment = frame.start.dt.tz_localize(None).to_numpy()
    later = (place[1:] > place[:-1]) | ((place[1:] == place[:-1]) & (moment[1:] >= moment[:-1]))
    if later.all():
        return frame[names].astype({"channel": "str"}).reset_index(drop=True)
    rows = np.lexsort((moment, place))
    columns = {name: frame.pop(name).take(rows).reset_index(drop=True) for name in names}
    return pd.DataFrame(columns, copy=False).astype({"channel": "str"})


def _demo(config: Config) -> FilesRead:
    from configs import demo

    frame = demo.history()
    return FilesRead(frame.assign(file="demo", row=frame.index + 2, reading=0), {}, (config.history,))


def _of_channels(found: Assigned, config: Config, source: str, ledger: Ledger, notes: list[Noticed]) -> pd.DataFrame:
    """Keep the contacts of the config's channels."""
    frame = found.frame
    if "kind" in frame.columns:
        ignored = (frame.kind == "ignored").to_numpy()
        ledger.leave_out("ignored", frame.index[ignored])
        frame = frame.loc[~ignored]
    for name in sorted(set(frame.channel.unique()) - {*config.channels, NOBODY}):
        mine = frame.loc[frame.channel == name]
        notes.append(ChannelNotPlanned(source, str(name), len(mine), float(mine.volume.sum())))
    if found.left_over is not None:
        notes.append(found.left_over)
    kept = frame.channel.isin(config.channels)
    ledger.leave_out("channel", frame.index[~kept])
    frame = frame if kept.all() else frame.loc[kept]
    # As categories, rows of a channel are found without comparing texts.
    return frame.assign(channel=pd.Categorical(frame.channel, categories=sorted(config.channels)))


def _in_seconds(
    frame: pd.DataFrame, read: FilesRead, config: Config, source: str, notes: list[Noticed]
) -> tuple[pd.DataFrame, list[Fault]]:
    """Read handle times as the settings of each file state them; a fault for each channel where they look odd."""
    kinds = {name: channel.kind for name, channel in config.channels.items()}
    faults: list[Fault] = []
    parts = []
    for reading in sorted(frame.reading.unique().tolist()):
        mine = (frame.reading == reading).to_numpy()
        rows, settings = frame if mine.all() else frame.loc[mine], read.readings[reading]
        stated = settings.aht
        if stated is not None and settings.rows != "intervals":
            stated = stated.model_copy(update={"is_": "mean"})  # of one contact, the total is the mean
        input_source = InputSource(source, _said(settings.columns.aht_s), config_setting)
        odd, said = odd_handle_times(rows, _clock(rows, config), kinds, stated, input_source)
        faults += odd
        notes += said
        parts.append(in_seconds(rows, stated))
    whole = parts[0] if len(parts) == 1 else pd.concat(parts).sort_index()
    return whole.drop(columns="reading"), faults


def _said(column: ColumnSum) -> str:
    """Name a column, or several that are added up."""
    return " + ".join(map(str, column)) if isinstance(column, tuple) else str(column)


def _clock(frame: pd.DataFrame, config: Config) -> pd.Series:
    """Naive local start of every row."""
    clock: pd.Series = frame.start.dt.tz_convert(config.plan.timezone).dt.tz_localize(None)
    return clock


def needs_handle_time(channel: str) -> ConfigError:
    """Return the error of a channel whose handle time nobody knows."""
    words = 'the history has no handle times (aht_s) for it; set its aht, such as aht = "280s"'
    return ConfigError(Fault(f"channels.{channel}", words))
