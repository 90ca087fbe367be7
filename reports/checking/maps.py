"""The heat maps of a channel: a calendar for each year, and the hours of the week; and both as tables."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from reports import formatting
from reports.document.heat import Spot, colours, heat_map
from reports.document.listing import NOTHING, listing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reports.checking.days import ChannelDays, Day
    from reports.document.heat import Colours, HeatMap
    from reports.document.listing import Listing

LOOKS = {"observed": (), "part": ("part",), "missing": ("missing",), "closed": ("closed",)}
HOUR_LABELS = 3
"""Hours between two labels."""
WORDS = {"missing": "missing", "closed": "closed"}


def calendar_maps(channel: ChannelDays) -> tuple[HeatMap, ...]:
    """Draw a map for each year, newest first: weeks across, weekdays down, the same colours in every year."""
    scale = colours([day.contacts for day in channel.days])
    years = [(year, list(days)) for year, days in groupby(channel.days, lambda day: day.date.year)]
    return tuple(_year(year, days, scale) for year, days in reversed(years))


def _year(year: int, days: list[Day], scale: Colours) -> HeatMap:
    # A year that begins late would be off a narrow screen behind its empty weeks.
    first = _week(days[0].date)
    months = {day.date.month: _week(day.date) - first for day in reversed(days)}
    return heat_map(
        str(year),
        "contacts a day",
        [Spot(_week(day.date) - first, day.date.weekday(), _value(day), _says(day), _looks(day)) for day in days],
        formatting.DAYS,
        _apart([(week, formatting.MONTHS[month - 1]) for month, week in sorted(months.items())]),
        scale,
    )


def _apart(labels: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Leave out a label that the next one would cover."""
    return [one for one, after in zip(labels, [*labels[1:], (99, "")], strict=True) if after[0] - one[0] > 1]


def _week(day: date) -> int:
    """Column of a day: weeks of its year from Monday on, the first one from 1 January."""
    return (day.timetuple().tm_yday - 1 + day.replace(month=1, day=1).weekday()) // 7


def _value(day: Day) -> float | None:
    return None if day.status in WORDS else day.contacts


def _looks(day: Day) -> tuple[str, ...]:
    return (*LOOKS[day.status], *(("special",) if day.special else ()))


def _says(day: Day) -> str:
    said = WORDS.get(day.status) or f"{formatting.number(day.contacts, 1)} contacts"
    part = ", some open hours are missing" if day.status == "part" else ""
    special = f" ({day.special})" if day.special else ""
    return f"{formatting.day(day.date)} {day.date.year}: {said}{part}{special}"


def hour_map(channel: ChannelDays) -> HeatMap:
    """Draw the hours of the week: hours across, weekdays down."""
    scale = colours([float(value) for value in channel.hours.ravel() if np.isfinite(value)])
    spots = [
        Spot(hour, day, value, f"{formatting.DAYS[day]} {hour:02d}:00: {formatting.number(value, 1)} contacts")
        for day, hour, value in _cells(channel)
    ]
    labels = [(hour, f"{hour:02d}") for hour in range(0, 24, HOUR_LABELS)]
    return heat_map("Hours of the week", "mean contacts an hour", spots, formatting.DAYS, labels, scale)


def _cells(channel: ChannelDays) -> Iterator[tuple[int, int, float]]:
    for day, hour in np.argwhere(np.isfinite(channel.hours)):
        yield int(day), int(hour), float(channel.hours[day, hour])


def week_listing(channel: ChannelDays) -> Listing:
    """The calendar as a table: a row a week, newest first."""
    weeks = [list(days) for _, days in groupby(channel.days, lambda day: day.date.isocalendar()[:2])]
    return listing(
        "Contacts of every day",
        ["week", *formatting.DAYS],
        [[f"{formatting.day(days[0].date)} {days[0].date.year}", *_week_cells(days)] for days in reversed(weeks)],
        "* some open hours are missing",
    )


def _week_cells(days: list[Day]) -> list[str]:
    cells = [""] * 7
    for day in days:
        star = "*" if day.status == "part" else ""
        cells[day.date.weekday()] = WORDS.get(day.status) or f"{formatting.number(day.contacts, 1)}{star}"
    return cells


def special_listing(channel: ChannelDays) -> Listing | None:
    """Holidays and events with their contacts; None where there are none."""
    rows = [
        [
            f"{formatting.day(day.date)} {day.date.year}",
            day.special,
            WORDS.get(day.status) or formatting.number(day.contacts, 1),
        ]
        for day in reversed(channel.days)
        if day.special
    ]
    return listing("Holidays and events", ["day", "<name", "contacts"], rows) if rows else None


def hour_listing(channel: ChannelDays) -> Listing:
    """The hours of the week as a table: a row an hour that was observed."""
    seen = [hour for hour in range(24) if np.isfinite(channel.hours[:, hour]).any()]
    rows = [
        [
            f"{hour:02d}:00",
            *(NOTHING if np.isnan(value) else formatting.number(value, 1) for value in channel.hours[:, hour]),
        ]
        for hour in seen
    ]
    return listing("Mean contacts of every hour", ["hour", *formatting.DAYS], rows)
