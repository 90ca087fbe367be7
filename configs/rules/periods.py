"""The periods over which rules count: their text in the config, and the days they are on a plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

WEEK_DAYS = 7
LONGEST_DAYS = 53 * WEEK_DAYS
"""Longest rolling period: a little more than a year."""
_ROLLING = re.compile(r"(\d{1,3})([dw])")


@dataclass(frozen=True)
class Period:
    """A day, a calendar week from Monday, a calendar month, the horizon, or a rolling span.

    A rolling span of weeks (``4w``) is any so many consecutive calendar weeks, one of days (``14d``) any so many
    consecutive days. `days` is its length; 0 where that depends on the calendar or the plan.
    """

    kind: Literal["calendar", "month", "horizon", "rolling"]
    days: int = 0
    step: int = 1

    @classmethod
    def parse(cls, text: object) -> Period:
        """Read ``day``, ``week``, ``month``, ``horizon``, ``4w`` or ``14d``.

        Raises
        ------
        ValueError
            With a sentence that says what is not understood.
        """
        if isinstance(text, Period):
            return text
        named = {"day": cls("calendar", 1, 1), "week": cls("calendar", WEEK_DAYS, WEEK_DAYS), "month": cls("month")}
        found = (named | {"horizon": cls("horizon")}).get(str(text).strip())
        match = _ROLLING.fullmatch(str(text).strip())
        if found is None and match is not None:
            step = WEEK_DAYS if match[2] == "w" else 1
            found = cls("rolling", int(match[1]) * step, step)
        if found is None or (found.kind == "rolling" and not 0 < found.days <= LONGEST_DAYS):
            known = '"day", "week", "month", "horizon", or a rolling one such as "4w" or "14d" of up to 53 weeks'
            raise ValueError(f'"{text}" is not a period; write {known}')
        return found

    def __str__(self) -> str:
        """Write the period as the config has it."""
        if self.kind == "calendar":
            return "day" if self.days == 1 else "week"
        if self.kind == "rolling":
            return f"{self.days // self.step}{'w' if self.step == WEEK_DAYS else 'd'}"
        return self.kind


@dataclass(frozen=True)
class Window:
    """Days `first` to `last` of one period, both included, counted from the first planned day; -1 is the day before."""

    first: int
    last: int

    @property
    def days(self) -> range:
        """The days, in order."""
        return range(self.first, self.last + 1)


def windows(period: Period, first: date, days: int) -> tuple[Window, ...]:
    """Return every window of a period that has a planned day, in order.

    Parameters
    ----------
    period
        The period.
    first
        First planned day.
    days
        Number of planned days.

    Returns
    -------
    tuple[Window, ...]
        They may begin before the first planned day and end after the last one.
    """
    if period.kind == "horizon":
        return (Window(0, days - 1),)
    if period.kind == "month":
        return tuple(_months(first, days))
    into_week = first.weekday() if period.step == WEEK_DAYS else 0
    begin = -into_week - (period.days - period.step)
    return tuple(Window(start, start + period.days - 1) for start in range(begin, days, period.step))


def _months(first: date, days: int) -> list[Window]:
    found, start = [], first.replace(day=1)
    while (start - first).days < days:
        after = (start + timedelta(days=31)).replace(day=1)
        found.append(Window((start - first).days, (after - first).days - 1))
        start = after
    return found
