"""Histories of daily totals, spread over the intervals of the plan by the shape that the config names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.horizon import LocalTimes
from forecast.data.intervals import COUNTS, DAY_S, found_interval_s
from forecast.data.shape import EVEN, clock_weights, shape_name, shares, weekday_weights
from forecast.facts import DaysSpread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.notes import Noticed
    from configs.schema import Config


def spread_days(frame: pd.DataFrame, config: Config, label: str, notes: list[Noticed]) -> pd.DataFrame:
    """Spread the daily totals of channels that have a `shape` over the intervals of their days.

    Contacts offered, handled and abandoned are divided by the shape over the opening hours of the day, over all of it
    where it is closed; handle times and other means are those of the day, and a backlog is that of its first interval.
    No contact is lost. Other rows are returned as they are.

    Parameters
    ----------
    frame
        ``channel``, ``start`` (local midnights of the plan's zone, in UTC) and the columns of a history.
    config
        The interval and zone of the plan, opening hours and shapes.
    label
        Name of the source in messages.
    notes
        A note for each channel spread is appended.

    Raises
    ------
    DataError
        A shape is borrowed from a channel whose history has daily totals too, or none at all.
    """
    daily = [name for name in config.channels if config.channels[name].shape is not None and _is_daily(frame, name)]
    if not daily:
        return frame
    done = [frame.loc[~frame.channel.isin(daily)]]
    for name in daily:
        days = _Days(config, name, frame.loc[frame.channel == name].reset_index(drop=True))
        done.append(days.spread(_lent(frame, config, name, label)))
        notes.append(DaysSpread(label, name, len(days.rows), shape_name(config.channels[name].shape)))
    return pd.concat(done, ignore_index=True)


def _is_daily(frame: pd.DataFrame, channel: str) -> bool:
    starts = frame.start[frame.channel == channel]
    return found_interval_s(starts) == DAY_S


def _lent(frame: pd.DataFrame, config: Config, channel: str, label: str) -> NDArray[np.float64] | None:
    """Contacts by weekday and time of day of the channel that lends its shape; None where none does."""
    lender = config.channels[channel].shape
    if not isinstance(lender, str) or lender == EVEN:
        return None
    rows = frame.loc[frame.channel == lender].sort_values("start", kind="stable")
    found_s = found_interval_s(rows.start) if len(rows) else None
    if found_s is None or found_s > config.plan.interval_s:
        words = f'has no intervals of channel "{lender}", whose shape channels.{channel}.shape borrows'
        raise DataError(Fault(label, f'{words}; name a channel that has them, or set it to "{EVEN}"'))
    times = LocalTimes(pd.DatetimeIndex(rows.start), config.plan.interval_s // 60, config.timezone_of(lender))
    return weekday_weights(rows.volume.to_numpy(float), times)


@dataclass(frozen=True)
class _Days:
    """Daily rows of one channel, to be cut into intervals."""

    config: Config
    channel: str
    rows: pd.DataFrame

    def spread(self, lent: NDArray[np.float64] | None) -> pd.DataFrame:
        """Return a row for each interval of the days."""
        zone, step = self.config.plan.timezone, pd.Timedelta(seconds=self.config.plan.interval_s)
        begin = self.rows.start.dt.tz_convert(zone)
        end = (begin.dt.tz_localize(None).dt.normalize() + pd.Timedelta(days=1)).dt.tz_localize(
            zone, ambiguous=np.ones(len(begin), dtype=bool), nonexistent="shift_forward"
        )
        count = ((end - begin) // step).to_numpy(dtype=np.int64)
        day = np.repeat(np.arange(len(self.rows)), count)
        number = np.arange(len(day)) - np.repeat(np.cumsum(count) - count, count)
        start = self.rows.start.iloc[day].reset_index(drop=True) + number * step
        share = self._shares(start, day, lent)
        parts = self.rows.iloc[day].reset_index(drop=True)
        counts = {name: parts[name] * share for name in COUNTS if name in parts.columns}
        if "backlog" in parts.columns:
            counts["backlog"] = parts.backlog.where(number == 0)
        return parts.assign(start=start, **counts)

    def _shares(
        self, start: pd.Series, day: NDArray[np.int64], lent: NDArray[np.float64] | None
    ) -> NDArray[np.float64]:
        settings = self.config.channels[self.channel]
        times = LocalTimes(
            pd.DatetimeIndex(start), self.config.plan.interval_s // 60, self.config.timezone_of(self.channel)
        )
        is_open = times.is_open(settings.open).astype(float)
        if isinstance(settings.shape, dict):
            weights = clock_weights(settings.shape, times)
        elif lent is not None:
            weights = lent[times.weekday, times.time_of_day]
        else:
            weights = np.ones(len(start))
        # Where nothing of the shape is open, its own hours take the contacts rather than every hour alike.
        inside = weights * is_open
        instead = np.where(np.bincount(day, weights=is_open)[day] > 0, is_open, weights)
        return shares(inside, day, instead)
