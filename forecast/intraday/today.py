"""Today so far against the forecast of a run: every channel's rest of the day again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.break_times import clock_of
from configs.errors import DataError, Fault
from configs.horizon import Horizon
from configs.tables import Column, Table, settled
from forecast.data.grid import to_grid
from forecast.intraday.rest_of_day import PAST_DAYS, Method, day_ahead, learn, update
from forecast.prepare import prepare

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from numpy.typing import NDArray

    from configs.notes import Noticed
    from configs.schema import Config
    from forecast.calendar.marks import Calendar
    from forecast.data.history import History
    from forecast.intraday.rest_of_day import Update
    from forecast.prepare import Prepared

    Array = NDArray[np.float64]

INTRADAY = Table(
    "intraday",
    (
        Column("channel", "text", low=None),
        Column("start", "time", low=None),
        Column("forecast", "number"),
        Column("actual", "number", required=False, filled=False),
        Column("volume", "number"),
    ),
    key=("channel", "start"),
)
"""`forecast` as the run had it, `actual` what came, `volume` what came and then the rest again."""


@dataclass(frozen=True)
class ChannelToday:
    """One channel: contacts so far, came and said, to the local clock time `until`; how the rest was changed."""

    channel: str
    until: str
    came: float
    said: float
    method: Method
    exponent: float
    ratio: float
    factor: float
    rest: float


@dataclass(frozen=True)
class Today:
    """The day again: table (see `INTRADAY`) and a line for each channel."""

    day: date
    table: pd.DataFrame
    channels: tuple[ChannelToday, ...]


def read_actuals(config: Config, path: Path, notes: list[Noticed] | None = None) -> pd.DataFrame:
    """Read today so far: a ``history`` table of one local day (see ``forecast.data.actuals.read_rows``).

    Raises
    ------
    DataError
        When the file is wrong, names an unknown channel or holds more than one day.
    """
    from configs.tables import HISTORY
    from forecast.data.actuals import by_interval, read_rows

    notes = [] if notes is None else notes
    frame = read_rows(config, path, HISTORY, notes)
    days = sorted(set(frame.start.dt.tz_convert(config.plan.timezone).dt.date))
    if len(days) != 1:
        raise DataError(Fault(str(path), f"holds {len(days)} days ({days[0]} to {days[-1]}); give only today"))
    return by_interval(frame, config, str(path), notes)


def today(config: Config, history: History, calendar: Calendar, forecast: pd.DataFrame, actuals: pd.DataFrame) -> Today:
    """Forecast the rest of the day of `actuals` again.

    Parameters
    ----------
    config, history, calendar
        Those of the run; the history tells how much a morning says about its afternoon.
    forecast
        The ``forecast`` table of the run.
    actuals
        What came today, as `read_actuals` gives it.

    Raises
    ------
    DataError
        When the forecast does not cover the day.
    """
    zone, step_min = config.plan.timezone, config.plan.interval_s // 60
    day = actuals.start.min().tz_convert(zone).date()
    horizon = Horizon(day, 1, step_min, zone)
    tables, lines = [], []
    for name in config.channels:
        came = actuals.loc[actuals.channel == name]
        said = forecast.loc[(forecast.channel == name) & forecast.start.isin(horizon.starts)].sort_values("start")
        if came.empty:
            continue
        if len(said) != horizon.size:
            raise DataError(Fault(f"forecast of {name}", f"does not cover {day}; choose the run of that week"))
        actual = said.start.map(dict(zip(came.start, came.volume, strict=True))).to_numpy(float)
        today_so_far = _Day(horizon, said.volume.to_numpy(float), actual)
        volume, line = _channel(name, config, history.channel(name), calendar, today_so_far)
        tables.append(_table(name, said, actual, volume))
        lines.append(line)
    return Today(day, settled(pd.concat(tables, ignore_index=True)), tuple(lines))


def _on_clock_of(horizon: Horizon, ready: Prepared) -> Prepared:
    """Lay the history of a channel with a zone of its own on the plan's clock, whose day is forecast again."""
    if ready.timezone == horizon.timezone:
        return ready
    clock = pd.DatetimeIndex(ready.rows.start).tz_convert(horizon.zone).tz_localize(None)
    grid = to_grid(clock, ready.rows.volume.to_numpy(float), ready.grid.times_of_day)
    seen = np.isfinite(grid.values)
    is_open = np.array([seen[grid.weekday == weekday].any(axis=0) for weekday in range(7)])
    return replace(ready, clock=clock, grid=grid, is_open=is_open, timezone=horizon.timezone)


@dataclass(frozen=True)
class _Day:
    """One channel's intervals of today, in order: what the run said, and what came (NaN where nothing is known yet)."""

    horizon: Horizon
    said: Array
    came: Array

    @property
    def last(self) -> int:
        """Number of the last interval of which something came."""
        return int(np.flatnonzero(np.isfinite(self.came))[-1])

    @property
    def over(self) -> NDArray[np.bool_]:
        """The intervals up to the last one."""
        return np.arange(len(self.said)) <= self.last

    def again(self, ready: Prepared, marks: Array) -> Update:
        """Forecast the rest by slot of the clock, as past days say that a morning tells of its afternoon."""
        grid = ready.grid
        past = day_ahead(grid, marks, PAST_DAYS)
        last_days = grid.days - len(past)
        past = np.where(ready.is_open[grid.weekday[last_days:]], past, 0.0)
        return self.by_rule(past, np.where(past > 0, grid.since(last_days), 0.0))

    def by_rule(self, past: Array, known: Array) -> Update:
        """Forecast the rest by what past days teach, shape (days, slots); by the plan where there are too few."""
        horizon, times_of_day = self.horizon, self.horizon.times_of_day
        # On the days the clock changes an interval of today has the slot of its clock time.
        so_far = np.arange(times_of_day) <= horizon.time_of_day[self.last]
        said, came = np.zeros(times_of_day), np.full(times_of_day, np.nan)
        said[horizon.time_of_day] = self.said
        came[horizon.time_of_day[self.over]] = self.came[self.over]
        return update(learn(past, known, so_far, 60 // horizon.interval_min), said, came)


def _channel(
    name: str, config: Config, rows: pd.DataFrame, calendar: Calendar, day: _Day
) -> tuple[Array, ChannelToday]:
    """Volume of every interval of today again, and the line that says how it was changed."""
    horizon, over = day.horizon, day.over
    rows = rows.loc[rows.start < horizon.begin]
    if rows.empty:  # a channel whose volume is stated
        none = np.zeros((0, horizon.times_of_day))
        again = day.by_rule(none, none)
    else:
        ready = _on_clock_of(horizon, prepare(config, name, rows, calendar))
        again = day.again(ready, calendar.effects(name, ready.grid.first, ready.grid.days).columns)
    seen = np.isfinite(day.came)
    new = np.where(over, np.where(seen, day.came, day.said), again.volume[horizon.time_of_day])
    line = ChannelToday(
        name,
        clock_of(horizon.local[day.last] + pd.Timedelta(minutes=horizon.interval_min)),
        float(np.nansum(day.came)),
        float(day.said[over & seen].sum()),
        again.rule.method,
        again.rule.exponent,
        again.ratio,
        again.factor,
        float(new[~over].sum()),
    )
    return new, line


def _table(name: str, said: pd.DataFrame, came: Array, volume: Array) -> pd.DataFrame:
    """The channel's rows of `INTRADAY`."""
    columns = {"forecast": said.volume.to_numpy(float), "actual": came, "volume": volume}
    table = pd.DataFrame({"channel": name, "start": said.start.reset_index(drop=True), **columns})
    return table.astype({"channel": "str"})
