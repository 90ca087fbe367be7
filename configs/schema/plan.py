"""`[plan]`: what is planned, where and when."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, field_validator

from configs.schema.base import MINUTES_ALLOWED, Settings, ZoneName
from configs.units import Duration, format_duration
from configs.zones import zone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 1980, 2199
"""Years that can be planned: zones and holidays are known for them, and every date can be computed."""


class Plan(Settings):
    """What is planned, where and when."""

    name: str
    """Name of the plan and, with the week, of the run folder."""
    timezone: ZoneName
    """Time zone of the site, such as "Europe/London". Shifts are local times of this zone, and so are the opening
    hours of a channel without its own zone.
    """
    interval: Duration = timedelta(minutes=15)
    """Length of a planning interval."""
    week: date | None = None
    """Monday of the planned week; default: the first whole week after the history ends."""
    weeks: Annotated[int, Field(ge=1, le=8)] = 1
    """Number of weeks that `run` plans; one run folder per week."""
    joint: bool | None = None
    """Whether people and starts of all weeks are planned in one search, by name and by rules over weeks; otherwise one
    week after the other, each with the carry-over of the one before. Default: where people have rules, and for several
    weeks whose targets are all by interval.
    """
    currency: str = "EUR"
    """Currency of every cost, as three letters."""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    """Random seed; the same inputs and seed give the same bytes."""

    @field_validator("name")
    @classmethod
    def _name_is_a_file_name(cls, name: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 _.-]{0,63}", name):
            raise ValueError(f'"{name}" cannot name a folder; use letters, digits, space, "_", "-" and "."')
        return name

    @field_validator("interval")
    @classmethod
    def _interval_divides_the_hour(cls, interval: timedelta) -> timedelta:
        if interval.total_seconds() / 60 not in MINUTES_ALLOWED:
            allowed = ", ".join(f"{minutes}min" for minutes in MINUTES_ALLOWED)
            raise ValueError(f"{format_duration(interval)} is not an interval; choose one of {allowed}")
        return interval

    @field_validator("week")
    @classmethod
    def _week_begins_on_monday(cls, week: date | None) -> date | None:
        if week is not None and week.weekday() != 0:
            raise ValueError(
                f"{week} is a {week:%A}; a week begins on Monday, such as {week - timedelta(week.weekday())}"
            )
        if week is not None and not FIRST_YEAR <= week.year <= LAST_YEAR:
            raise ValueError(f"{week} is outside the years {FIRST_YEAR} to {LAST_YEAR}; is the year right?")
        return week

    @property
    def zone(self) -> ZoneInfo:
        """The zone as an object."""
        return zone(self.timezone)

    @property
    def interval_s(self) -> int:
        """Length of an interval in seconds."""
        return int(self.interval.total_seconds())
