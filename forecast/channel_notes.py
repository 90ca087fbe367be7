"""What a planner should know of the forecast of one channel: its method, spells without contacts, patience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forecast.facts import (
    BiasedOnPast,
    ClosedSeason,
    EndedAtEnd,
    HistoryEndsEarly,
    LaterStart,
    NeverObserved,
    NotInUse,
    OutageAtEnd,
    SeasonAtEnd,
    ShortHistory,
    SilentAtEnd,
    VolumeNotUsed,
)
from forecast.new_channel import observed_days
from forecast.opening.hours import spans_of
from forecast.patience import read_patience

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import pandas as pd

    from configs.notes import Noticed
    from configs.schema import Config
    from forecast.channel import ChannelForecast
    from forecast.opening.activity import Use
    from forecast.patience import Patience
    from forecast.prepare import Prepared

LONG_GAP_DAYS = 60
SILENT_DAYS = 56


def volume_notes(config: Config, name: str, rows: pd.DataFrame) -> Iterator[Noticed]:
    """Report a stated volume that the history has overtaken."""
    if config.channels[name].volume is not None:
        yield VolumeNotUsed(f"channel {name}", observed_days(rows, config.timezone_of(name)))


def patience_notes(ready: Prepared) -> Iterator[Patience]:
    """How long customers wait, where the history tells."""
    patience = read_patience(ready)
    if patience is not None and patience.is_known:
        yield patience


def method_notes(name: str, channel_forecast: ChannelForecast, gap: int) -> Iterator[Noticed]:
    """Report where the models could not be used, were biased on the past, or have to forecast far ahead."""
    where, used, record = f"channel {name}", channel_forecast.use, channel_forecast.accuracy
    if channel_forecast.method == "short":
        yield ShortHistory(where, used.days, used.began)
    if record is not None and record.is_biased:
        yield BiasedOnPast(where, record.bias, record.bias_error or 0.0)
    if gap > LONG_GAP_DAYS:
        yield HistoryEndsEarly(where, gap)


def activity_notes(name: str, channel_forecast: ChannelForecast) -> Iterator[Noticed]:
    """Report zeros read as a channel not in use, and hours never observed that are filled."""
    where, used = f"channel {name}", channel_forecast.use
    if used.quiet is not None:
        yield _quiet(where, used, *used.quiet)
    if used.began is not None and channel_forecast.method != "short":
        yield LaterStart(where, used.began)
    yield from (ClosedSeason(where, first, last) for first, last in used.seasons)
    yield from (NotInUse(where, first, last) for first, last in used.gaps)
    if channel_forecast.filled is not None and channel_forecast.filled.any():
        yield NeverObserved(where, spans_of(channel_forecast.filled))


def _quiet(where: str, used: Use, first: date, last: date) -> Noticed:
    """How zeros at the end of the history are read."""
    if used.reading == "outage":
        return OutageAtEnd(where, first)
    if used.reading == "season":
        return SeasonAtEnd(where, first, used.back)
    return SilentAtEnd(where) if (last - first).days + 1 >= SILENT_DAYS else EndedAtEnd(where, first)
