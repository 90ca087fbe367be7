"""Actuals, read as the history of their config is: by profile, by channel, a row an interval, contact or event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from configs.errors import DataError, Fault, nearest
from configs.reading.actuals import actuals_settings
from configs.tables import DIMENSIONS, INTERVAL_ROWS
from forecast.data.account import Ledger
from forecast.data.channel_sources import NOBODY, assigned
from forecast.data.contact_rows import counted
from forecast.data.daily import spread_days
from forecast.data.divided import on_local_clock
from forecast.data.duplicates import settled
from forecast.data.files import FilesRead, listed, read_these
from forecast.data.handle_units import in_seconds, of_one_row
from forecast.data.intervals import added_up, to_interval
from forecast.data.source_rows import SourceRows
from forecast.facts import ChannelNotPlanned

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from configs.notes import Noticed
    from configs.schema import Config
    from configs.tables import Table


def read_rows(
    config: Config, path: Path, table: Table, notes: list[Noticed], channels: Collection[str] | None = None
) -> pd.DataFrame:
    """Read actuals in the intervals of their files; contacts and events are counted by those of the plan.

    The files are written as the history, as ``reading.actuals`` states, or as our own; other systems' are recognised.

    Parameters
    ----------
    config
        Channels and their sources, zone and interval of the plan, the settings of the history and of actuals.
    path
        A file, or a folder of them.
    table
        HISTORY, or ACTUALS with its further columns.
    notes
        What is noticed on the way is appended.
    channels
        Names that count; by default those of the config.

    Raises
    ------
    DataError
        A file is wrong, has none of `channels`, or differing rows of one channel and interval.
    """
    label, settings = str(path), actuals_settings(config)
    config = config.model_copy(update={"history": settings.history})
    dimensions = tuple(column for column in INTERVAL_ROWS.columns if column.name in DIMENSIONS)
    asked = replace(table, name="actuals", columns=(*table.columns, *dimensions))
    read = read_these(config, listed(path, label), label, asked, settings.further)
    notes += read.notes
    frame = _of_channels(config, read, label, channels or list(config.channels), notes)
    ledger = Ledger(frame, read.unobserved)
    frame = settled(frame, read.texts, config, label, ledger, notes)
    frame = counted(frame, read, config, label, ledger, notes)
    handled = [(frame.loc[frame.reading == at], of_one_row(history)) for at, history in enumerate(read.readings)]
    frame = pd.concat([in_seconds(rows, stated) for rows, stated in handled if len(rows)])
    if config.history.duplicates == "sum" or frame.duplicated(["channel", "start"]).any():
        frame = added_up(frame)
    return frame.reset_index(drop=True)


def by_interval(rows: pd.DataFrame, config: Config, label: str, notes: list[Noticed]) -> pd.DataFrame:
    """Bring the rows of `read_rows` to the intervals of the plan.

    Raises
    ------
    DataError
        When they are coarser than the plan, or off its grid.
    """
    rows = on_local_clock(rows, config, label, notes)
    rows = spread_days(rows, config, label, notes)
    return to_interval(rows, config.plan.interval_s, config.plan.timezone, label, notes)


def _of_channels(
    config: Config, read: FilesRead, label: str, channels: Collection[str], notes: list[Noticed]
) -> pd.DataFrame:
    """Rows of the channels that count: those that the file names, or those of the channels' sources."""
    frame, rows = read.frame, SourceRows(read.frame, read.texts, label)
    keys = {key for channel in config.channels.values() for key in channel.source or ()} - {"file"}
    if "channel" not in frame.columns or any(rows.values(key) is not None for key in keys):
        by_source = assigned(frame, read.texts, config, label, complete=False)
        notes += [by_source.left_over] if by_source.left_over is not None else []
        frame = by_source.frame
    mine = frame.channel.isin(channels)
    others = frame.loc[~mine & (frame.channel.fillna(NOBODY) != NOBODY)]
    found = sorted(set(others.channel.astype(str)))
    if not mine.any():
        words = f"; it has {', '.join(found)}{nearest(found[0], list(channels))}" if found else ""
        raise DataError(Fault(label, f"has no channel of the runs{words}"))
    for name in found:
        volume = others.volume[others.channel == name]
        notes.append(ChannelNotPlanned(label, name, len(volume), float(volume.sum())))
    return frame.loc[mine & rows.counts]
