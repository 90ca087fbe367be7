"""How numbers, units, days and lists are written: the same everywhere, in a note, on the page and on screen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from configs.break_times import clock_of
from configs.units import DAY_MINUTES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, timedelta

    from forecast.opening.hours import DaySpan

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS_LONG = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}


def money(value: float, currency: str, decimals: int = 0) -> str:
    """Write an amount: ``£58,210``, or ``CHF 58,210`` where no symbol is common."""
    symbol = SYMBOLS.get(currency)
    amount = f"{abs(value):,.{decimals}f}"
    sign = "-" if value < 0 and float(amount.replace(",", "")) else ""
    return f"{sign}{symbol}{amount}" if symbol else f"{currency} {sign}{amount}"


def number(value: float, decimals: int = 1) -> str:
    """Write a number with thousands apart and no needless zeros: ``1,234.5``, ``12``."""
    text = f"{value:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def fixed(value: float, decimals: int = 1) -> str:
    """Write a number of a table column, always with the same decimals: ``1,234.5``, ``12.0``."""
    text = f"{value:,.{decimals}f}"
    return text.removeprefix("-") if not float(text.replace(",", "")) else text


def hours(value: float) -> str:
    """Write agent-hours; a trace below a tenth keeps its second digit, so that it is not shown as nothing."""
    return f"{number(value, 1 if abs(value) >= 0.095 or not value else 2)} h"


def percent(share: float, decimals: int = 1) -> str:
    """Write a share of 0..1 as a percentage, rounded."""
    return f"{number(share * 100, decimals)}%"


def change(share: float, decimals: int = 0) -> str:
    """Write a change as a percentage with its sign: ``+12%``, ``-3%``, ``0%``."""
    text = percent(abs(share), decimals)
    return text if text == "0%" else f"{'+' if share > 0 else '-'}{text}"


def percent_down(share: float, *, aligned: bool = False) -> str:
    """Write a share as a percentage cut after one decimal, so that 79.96% never reads as a kept 80%.

    With `aligned` the decimal is always written, as a table column wants it.
    """
    cut = math.floor(share * 1000 + 1e-6) / 10
    return f"{fixed(cut) if aligned else number(cut)}%"


def count(value: float, one: str, many: str | None = None) -> str:
    """Write a number with its noun: ``1 agent``, ``12 agents``."""
    text = number(value)
    return f"{text} {one if text == '1' else many or one + 's'}"


def by_shape(shape: str) -> str:
    """Say how contacts were spread: as a channel's, evenly, or (`shape` is empty) by the weights of the config."""
    if shape == "even":
        return "evenly over the opening hours"
    return f'by the shape of channel "{shape}"' if shape else "by the weights of the config"


def day(moment: date) -> str:
    """Write a day: ``Mon 30 Nov``."""
    return f"{DAYS[moment.weekday()]} {moment.day} {MONTHS[moment.month - 1]}"


def day_long(moment: date) -> str:
    """Write a day with its year: ``30 November 2026``."""
    return f"{moment.day} {MONTHS_LONG[moment.month - 1]} {moment.year}"


def clock(moment: datetime) -> str:
    """Write a time of day: ``06:15``, and ``01:30*`` for the second pass of an hour that comes twice."""
    return clock_of(moment)


def span(start: datetime, end: datetime) -> str:
    """Write a span with the day it begins: ``Mon 30 Nov 06:15–07:00``; the end of a later day bears its name."""
    over = (end.date() - start.date()).days
    midnight = over == 1 and clock(end) == "00:00"
    last = "24:00" if midnight else clock(end) if not over else f"{day(end)} {clock(end)}"
    return f"{day(start)} {clock(start)}–{last}"


def date_span(first: date, last: date) -> str:
    """Write days of a history: ``2026-01-05``, ``2026-01-05 to 2026-01-09``."""
    return f"{first}" if first == last else f"{first} to {last}"


def moment(value: datetime) -> str:
    """Write a moment of a history: ``2026-01-05 06:15``."""
    return f"{value:%Y-%m-%d} {clock(value)}"


def duration(value: timedelta) -> str:
    """Write a duration in words: ``20 s``, ``5 min``, ``12 h``, ``1 h 30 min``."""
    return seconds(value.total_seconds())


def seconds(value: float) -> str:
    """Write seconds as a duration in words: ``20 s``, ``5 min``, ``1 h 30 min``."""
    hour, rest = divmod(value, 3600)
    minute, second = divmod(rest, 60)
    parts = [(hour, "h"), (minute, "min"), (second, "s")]
    return " ".join(f"{part:g} {unit}" for part, unit in parts if part) or "0 s"


def listed(items: Sequence[str], most: int | None = None) -> str:
    """Write a list: ``a, b and c``; beyond `most` items the rest is counted."""
    shown = list(items if most is None or len(items) <= most else items[:most])
    if len(shown) < len(items):
        shown.append(f"{len(items) - len(shown)} more")
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + f" and {shown[-1]}" if shown else ""


def time_allowed(within: timedelta, *, open_hours: bool) -> str:
    """Write the time of a service target: ``20 s``, ``12 open hours`` on the clock of the opening hours."""
    return count(within.total_seconds() / 3600, "open hour") if open_hours else duration(within)


def service_target(share: float, allowed: str) -> str:
    """Write a service target: ``80% within 20 s``, ``95% within 12 open hours``."""
    return f"{percent(share)} within {allowed}"


def hours_of_week(spans: Sequence[DaySpan], most: int | None = None) -> str:
    """Write hours of the week, weekdays of the same hours together: ``Mon-Fri 18:00-24:00; Sat all day``.

    At most `most` ranges are listed; the rest is counted.
    """
    by_day: dict[int, list[str]] = {}
    for one in spans:
        by_day.setdefault(one.weekday, []).append(one.clock if one.end - one.start < DAY_MINUTES else "all day")
    groups: dict[tuple[str, ...], list[int]] = {}
    for weekday, ranges in by_day.items():
        groups.setdefault(tuple(ranges), []).append(weekday)
    written, left = [], sum(map(len, groups)) if most is None else most
    for shown, days in groups.items():
        if left > 0:
            written.append(f"{weekdays(days)} {', '.join(shown[:left])}")
        left -= len(shown)
    return "; ".join(written) + (f" and {-left} more" if left < 0 else "")


def weekdays(days: Sequence[int]) -> str:
    """Write days of the week, Monday being 0: ``Mon-Fri``, ``Mon, Wed``."""
    runs: list[list[int]] = []
    for weekday in days:
        if runs and runs[-1][-1] == weekday - 1:
            runs[-1].append(weekday)
        else:
            runs.append([weekday])
    return ", ".join(DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs)


def interval_noun(minutes: int) -> tuple[str, str]:
    """Name one interval and several of them: ``quarter hour``, ``quarter hours``."""
    noun = {15: "quarter hour", 30: "half hour", 60: "hour"}.get(minutes, f"{minutes}-minute interval")
    return noun, noun + "s"


def title(channel: str) -> str:
    """Write the name of a channel as the beginning of a sentence, letters as they are but the first."""
    return channel[:1].upper() + channel[1:]
