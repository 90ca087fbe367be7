"""Schedules for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from configs.zones import zone
from optimize.roster.schedule.schedule import Schedule
from optimize.roster.schedule.shift import Shift


def utc(text: str) -> datetime:
    """A moment such as ``2026-11-30 08:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def shift_of(agent: str, start: str, hours: float = 8.0, *, contract: str = "d", **more: Any) -> Shift:
    """A shift that begins at a moment of UTC, which is also the clock of its day."""
    begin = utc(start)
    more = {"paid_h": hours} | more
    return Shift(agent, agent, contract, begin.date(), begin, begin + timedelta(hours=hours), **more)


def schedule_of(*shifts: Shift, timezone: str = "UTC", activities: bool = False) -> Schedule:
    """Shifts in any order."""
    return Schedule.of(shifts, zone(timezone), has_activities=activities)
