"""The few small languages of the config: durations, clock spans, weekdays, shares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

DAY_MINUTES = 24 * 60
DAY_SECONDS = 60 * DAY_MINUTES
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = tuple(day.capitalize() for day in WEEKDAYS)
"""Weekdays as a person reads them, Monday first."""
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_DURATION = re.compile(
    r"(?:(?P<d>\d+(?:\.\d+)?)d)?(?:(?P<h>\d+(?:\.\d+)?)h)?(?:(?P<m>\d+(?:\.\d+)?)(?:min|m))?(?:(?P<s>\d+(?:\.\d+)?)s)?"
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def parse_duration(text: object) -> timedelta:
    """Read ``15min``, ``1h30m``, ``20s`` or ``2d``; a bare number is refused, since its unit is unknown."""
    if isinstance(text, timedelta):
        return text
    if isinstance(text, (int, float)):
        text = f"{text:g}"
    if re.fullmatch(r"\s*\d+(\.\d+)?\s*", str(text)):
        raise ValueError(f'{text} has no unit; write a duration such as "{text}s" or "{text}min"')
    match = _DURATION.fullmatch(str(text).strip().replace(" ", ""))
    if match is None or not any(match.groups()):
        raise ValueError(f'"{text}" is not a duration; write one such as "20s", "15min" or "8h30m"')
    d, h, m, s = (float(part or 0) for part in match.group("d", "h", "m", "s"))
    return timedelta(days=d, hours=h, minutes=m, seconds=s)


def format_duration(value: timedelta) -> str:
    """Write a duration as the config has it: ``8h30m``, ``15m``, ``20s``."""
    seconds = value.total_seconds()
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = [(hours, "h"), (minutes, "m"), (left, "s")]
    return "".join(f"{part:g}{unit}" for part, unit in parts if part) or "0s"


def parse_clock(text: str) -> int:
    """Read ``HH:MM`` as minutes after midnight; ``24:00`` is the end of the day."""
    match = _CLOCK.fullmatch(text.strip())
    minutes = int(match[1]) * 60 + int(match[2]) if match else -1
    if match is None or int(match[2]) > 59 or not 0 <= minutes <= DAY_MINUTES:
        raise ValueError(f'"{text}" is not a time of day; write one from "00:00" to "24:00"')
    return minutes


def format_clock(minutes: int) -> str:
    """Write minutes after midnight as ``HH:MM``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass(frozen=True, order=True)
class ClockSpan:
    """A span of the local day in minutes after midnight; `end` above 1440 runs into the next day."""

    start: int
    end: int

    @classmethod
    def parse(cls, text: object) -> ClockSpan:
        """Read ``07:00-22:00``; a span that ends at or before its start runs over midnight."""
        if isinstance(text, ClockSpan):
            return text
        first, dash, last = str(text).partition("-")
        if not dash:
            raise ValueError(f'"{text}" is not a span of the day; write one such as "07:00-22:00"')
        start, end = parse_clock(first), parse_clock(last)
        if start == end:
            raise ValueError(f'"{text}" is empty; write "00:00-24:00" for the whole day')
        return cls(start, end if end > start else end + DAY_MINUTES)

    def __str__(self) -> str:
        """Write the span as the config has it."""
        end = self.end if self.end <= DAY_MINUTES else self.end - DAY_MINUTES
        return f"{format_clock(self.start)}-{format_clock(end)}"


@dataclass(frozen=True)
class DurationSpan:
    """A window of durations, such as the earliest and latest start of a break after its shift began."""

    first: timedelta
    last: timedelta

    @classmethod
    def parse(cls, text: object) -> DurationSpan:
        """Read ``1h30m-3h``, or ``4h`` for a fixed moment."""
        if isinstance(text, DurationSpan):
            return text
        first, dash, last = str(text).partition("-")
        span = cls(parse_duration(first), parse_duration(last if dash else first))
        if span.last < span.first:
            raise ValueError(f'"{text}" ends before it starts')
        return span

    def __str__(self) -> str:
        """Write the window as the config has it."""
        return f"{format_duration(self.first)}-{format_duration(self.last)}"


@dataclass(frozen=True)
class StartSpan:
    """The earliest and latest clock time at which a shift may begin, in minutes after midnight."""

    first: int
    last: int

    @classmethod
    def parse(cls, text: object) -> StartSpan:
        """Read ``06:00-15:00``, or ``22:00`` for one fixed start."""
        if isinstance(text, StartSpan):
            return text
        first, dash, last = str(text).partition("-")
        span = cls(parse_clock(first), parse_clock(last if dash else first))
        if span.last < span.first or span.last >= DAY_MINUTES:
            raise ValueError(
                f'"{text}" must lie within one day, such as "06:00-15:00"; '
                "list the starts after midnight as a separate shift"
            )
        return span

    def __str__(self) -> str:
        """Write the window as the config has it."""
        return f"{format_clock(self.first)}-{format_clock(self.last)}"


def parse_weekdays(text: str) -> tuple[int, ...]:
    """Read ``mon``, ``mon-fri``, ``sat,sun`` or ``daily`` as weekday numbers, Monday being 0."""
    days: list[int] = []
    for part in text.lower().split(","):
        first, dash, last = part.strip().partition("-")
        if part.strip() in {"daily", "all"}:
            days.extend(range(7))
            continue
        if first not in WEEKDAYS or (dash and last not in WEEKDAYS):
            raise ValueError(
                f'"{text}" is not a weekday; write one of {", ".join(WEEKDAYS)}, a range such as "mon-fri", or "daily"'
            )
        begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        days.extend((begin + step) % 7 for step in range((end - begin) % 7 + 1))
    return tuple(sorted(set(days)))


@dataclass(frozen=True)
class OpeningHours:
    """Opening spans of each weekday, Monday first; an empty tuple is a closed day."""

    spans: tuple[tuple[ClockSpan, ...], ...]

    @classmethod
    def parse(cls, value: object) -> OpeningHours:
        """Read ``"07:00-22:00"`` for every day, a table of weekdays, or the text that ``str`` writes of either."""
        if isinstance(value, OpeningHours):
            return value
        if isinstance(value, str) and re.match(r"\s*[A-Za-z]+[-A-Za-z]*\s+\S", value):
            value = _by_weekday(value)
        table = value if isinstance(value, dict) else {"daily": value}
        days: list[tuple[ClockSpan, ...]] = [()] * 7
        for key, raw in table.items():
            texts = raw if isinstance(raw, list) else [raw]
            spans = tuple(sorted(ClockSpan.parse(text) for text in texts if text != "closed"))
            for before, after in pairwise(spans):
                if after.start < before.end:
                    raise ValueError(f"{before} and {after} overlap on {key}")
            for day in parse_weekdays(str(key)):
                if days[day]:
                    raise ValueError(f"{WEEKDAYS[day]} is given twice")
                days[day] = spans
        return cls(tuple(days))

    def minutes(self, weekday: int) -> tuple[tuple[int, int], ...]:
        """Open minutes of one local day as [start, end) pairs, what ran over from the day before included."""
        today = [(span.start, min(span.end, DAY_MINUTES)) for span in self.spans[weekday]]
        over = [(0, span.end - DAY_MINUTES) for span in self.spans[weekday - 1] if span.end > DAY_MINUTES]
        return tuple(sorted(over + today))

    def __str__(self) -> str:
        """Write the hours as a planner would read them."""
        texts = [",".join(map(str, spans)) or "closed" for spans in self.spans]
        if len(set(texts)) == 1:
            return f"daily {texts[0]}"
        return ", ".join(f"{day} {text}" for day, text in zip(WEEKDAYS, texts, strict=True))


def _by_weekday(text: str) -> dict[str, list[str]]:
    """Read ``daily 08:00-12:00,13:00-17:00`` or ``mon-fri 07:00-22:00, sat closed`` as a table of weekdays."""
    parts = [part.split(maxsplit=1) for part in text.split(", ")]
    if any(len(part) < 2 for part in parts):
        raise ValueError(f'"{text}" is not a list of weekdays with their hours; write such as "mon-fri 07:00-22:00"')
    twice = sorted({day for day, _ in parts if sum(other == day for other, _ in parts) > 1})
    if twice:
        raise ValueError(f"{twice[0]} is given twice")
    return {day: [span.strip() for span in spans.split(",")] for day, spans in parts}


def parse_share(value: object) -> float:
    """Read a share from 0 to 1; ``"80%"`` is accepted, a bare 80 is not."""
    shown = f'"{value}"' if isinstance(value, str) else f"{value:g}" if isinstance(value, float) else str(value)
    if isinstance(value, str) and value.strip().endswith("%"):
        try:
            value = float(value.strip()[:-1]) / 100
        except ValueError:
            raise ValueError(f'{shown} is not a share; write 0.80 or "80%"') from None
    elif isinstance(value, (int, float)) and 1 < value <= 100:
        written = f'{value:g} % is written {value / 100:g} or "{value:g}%"'
        raise ValueError(f"{shown} is not a share between 0 and 1; {written}")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{shown} is not a share; write a number such as 0.80")  # noqa: TRY004 - pydantic collects ValueError
    if value != value or not 0 <= value <= 1:  # noqa: PLR0124 - NaN
        raise ValueError(f"{shown} is not a share between 0 and 1, which is 0% to 100%")
    return float(value)


def _text(value: Any) -> str:  # noqa: ANN401 - whatever the field holds
    return str(value)


Duration = Annotated[timedelta, BeforeValidator(parse_duration), PlainSerializer(format_duration, return_type=str)]
Share = Annotated[float, BeforeValidator(parse_share)]
