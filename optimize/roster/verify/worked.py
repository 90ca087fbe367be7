"""Recount of when deferrable work may be done, moment by moment from the config and the requirement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from configs.zones import zone
from forecast.calendar.marks import public_holidays

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    import pandas as pd
    from numpy.typing import NDArray

    from configs.schema import Config, DeferrableChannel
    from configs.units import OpeningHours


def may_be_worked(
    config: Config, requirement: pd.DataFrame, settings: DeferrableChannel, starts: pd.Series
) -> NDArray[np.bool_]:
    """Whether the work of a deferrable channel may be done in the intervals that begin at `starts`, in their order.

    By default it may wherever a live channel asks for somebody; on days on which one does, in all its opening hours;
    and in the hours the config states for the deferrable channel itself. Without any live requirement its own hours
    count.
    """
    # Agents work by the clock of the plan; customers write by that of their channel.
    clock = config.plan.timezone if settings.worked is not None else settings.timezone or config.plan.timezone
    moments = [start.to_pydatetime().astimezone(zone(clock)) for start in starts]
    holidays: frozenset[date] = frozenset()
    if settings.closed_on_holidays and moments:
        first = moments[0].date()
        holidays = public_holidays(config, first, (moments[-1].date() - first) // timedelta(days=1) + 1)
    live = [_demand(config, requirement, name) for name, each in config.channels.items() if each.kind != "deferrable"]
    hours = settings.worked or settings.open
    own = [_within(hours, moment) and moment.date() not in holidays for moment in moments]
    if settings.worked is not None or not any(demand.moments for demand in live):
        return np.array(own, dtype=bool)
    staffed = [any(demand.may_staff(moment) for demand in live) for moment in moments]
    return np.array(staffed, dtype=bool) | (np.array(own, dtype=bool) & settings.states_open)


@dataclass(frozen=True)
class _Demand:
    """When a live channel asks for somebody: moments in seconds since 1970, and local days; `hours` are its own."""

    moments: frozenset[float]
    days: frozenset[date]
    hours: OpeningHours
    clock: ZoneInfo

    def may_staff(self, moment: datetime) -> bool:
        """Whether somebody may be on duty for it at a moment."""
        local = moment.astimezone(self.clock)
        return moment.timestamp() in self.moments or (local.date() in self.days and _within(self.hours, local))


def _demand(config: Config, requirement: pd.DataFrame, name: str) -> _Demand:
    settings, rows = config.channels[name], requirement[requirement["channel"] == name]
    clock = zone(settings.timezone or config.plan.timezone)
    asked = [start.to_pydatetime().astimezone(clock) for start in rows["start"][rows["agents"] > 0]]
    days = frozenset(at.date() for at in asked)
    return _Demand(frozenset(at.timestamp() for at in asked), days, settings.open, clock)


def _within(hours: OpeningHours, moment: datetime) -> bool:
    minute = moment.hour * 60 + moment.minute
    return any(first <= minute < last for first, last in hours.minutes(moment.weekday()))
