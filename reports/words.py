"""How numbers, days and spans are written, the same on the page, in the workbook and on screen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from configs.pauses import clock_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, timedelta

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
    """Write a number with thousands separators and no trailing zeros: ``1,234.5``, ``12``."""
    text = f"{value:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def fixed(value: float, decimals: int = 1) -> str:
    """Write a number of a table column with a fixed number of decimals: ``1,234.5``, ``12.0``."""
    text = f"{value:,.{decimals}f}"
    return text.removeprefix("-") if not float(text.replace(",", "")) else text


def hours(value: float) -> str:
    """Write agent-hours; less than a tenth keeps its second decimal, so that it does not read as zero."""
    return f"{number(value, 1 if abs(value) >= 0.095 or not value else 2)} h"


def percent(share: float, decimals: int = 1) -> str:
    """Write a share of 0..1 as a percentage, rounded."""
    return f"{number(share * 100, decimals)}%"


def percent_down(share: float, *, aligned: bool = False) -> str:
    """Write a share as a percentage cut after one decimal, so that 79.96% never reads as 80%.

    With `aligned` the decimal is always written, as a table column wants it.
    """
    cut = math.floor(share * 1000 + 1e-6) / 10
    return f"{fixed(cut) if aligned else number(cut)}%"


def count(value: float, one: str, many: str | None = None) -> str:
    """Write a number with its noun: ``1 agent``, ``12 agents``."""
    text = number(value)
    return f"{text} {one if text == '1' else many or one + 's'}"


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
    """Write a span with the day it begins: ``Mon 30 Nov 06:15–07:00``; an end on a later day names that day."""
    over = (end.date() - start.date()).days
    midnight = over == 1 and clock(end) == "00:00"
    last = "24:00" if midnight else clock(end) if not over else f"{day(end)} {clock(end)}"
    return f"{day(start)} {clock(start)}–{last}"


def duration(value: timedelta) -> str:
    """Write a duration in words: ``20 s``, ``5 min``, ``12 h``, ``1 h 30 min``."""
    seconds = value.total_seconds()
    hour, rest = divmod(seconds, 3600)
    minute, second = divmod(rest, 60)
    parts = [(hour, "h"), (minute, "min"), (second, "s")]
    return " ".join(f"{part:g} {unit}" for part, unit in parts if part) or "0 s"


def listed(items: Sequence[str], most: int | None = None) -> str:
    """Write a list: ``a, b and c``; beyond `most` items the rest is counted."""
    shown = list(items if most is None or len(items) <= most else items[:most])
    if len(shown) < len(items):
        shown.append(f"{len(items) - len(shown)} more")
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + f" and {shown[-1]}" if shown else ""


def interval_noun(minutes: int) -> tuple[str, str]:
    """Name one interval and several of them: ``quarter hour``, ``quarter hours``."""
    noun = {15: "quarter hour", 30: "half hour", 60: "hour"}.get(minutes, f"{minutes}-minute interval")
    return noun, noun + "s"


def title(channel: str) -> str:
    """Write the name of a channel as the beginning of a sentence, letters as they are but the first."""
    return channel[:1].upper() + channel[1:]
