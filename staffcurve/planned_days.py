"""The days that are planned, and those of them on which each channel is closed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from configs.horizon import Horizon
    from configs.schema import Config
    from forecast.calendar.marks import Calendar
    from forecast.data.history import History

DEADLINE_DAYS = 21
"""Days after the planned ones on which closing still moves a deadline."""


def horizon_of(config: Config, history: History | None, days: int = 7) -> Horizon:
    """The planned week: the config's, or the first whole one after the history ends."""
    return horizon_from(config, config.plan.week or _after(config, history), days)


def horizon_from(config: Config, first: date, days: int = 7) -> Horizon:
    """`days` local days from `first` on, in the intervals of the plan."""
    from configs.horizon import Horizon

    return Horizon(first, days, config.plan.interval_s // 60, config.plan.timezone)


def _after(config: Config, history: History | None) -> date:
    from configs.errors import ConfigError, Fault
    from forecast import default_week

    if history is None or history.table.empty:
        raise ConfigError(Fault("plan.week", "is missing; it is required when there is no history"))
    return default_week(history, config)


def closed_days(config: Config, calendar: Calendar, horizon: Horizon) -> dict[str, list[date]]:
    """Days of its own zone on which each channel is closed; deadlines look beyond the horizon."""
    first = {name: horizon.seen_in(channel.timezone).first for name, channel in config.channels.items()}
    days = horizon.days + DEADLINE_DAYS
    marks = {
        name: calendar.closed(name, first[name], days, on_holidays=channel.closed_on_holidays)
        for name, channel in config.channels.items()
    }
    return {
        name: [first[name] + timedelta(days=day) for day, closed in enumerate(mark) if closed]
        for name, mark in marks.items()
    }
