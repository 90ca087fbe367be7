"""Texts of dates and times as moments: ISO 8601 at once, other spellings date by date and time by time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from configs.reading.clock import CLOCK_HINT, DAY, NO_TIME, SPAN, Clock, ClockRules, clocks
from configs.reading.dates import NO_DAY, YEARS, Written, written_date
from configs.reading.day_order import ORDERS, Settled, settle
from configs.reading.source import Bad, Order

if TYPE_CHECKING:
    from collections.abc import Sequence

ISO = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})"
    r"([T ](?P<clock>\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)(?P<offset>Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
EPOCH_S, EPOCH_MS = re.compile(r"\d{10}", re.ASCII), re.compile(r"\d{13}", re.ASCII)
SERIAL = re.compile(r"\d{5}([.,]\d+)?", re.ASCII)
SPREADSHEET_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of a calendar, in no zone
TIME_HINT = "write it such as 2026-11-30T09:30 or 2026-11-30T09:30+00:00"
DATE_HINT = "write it such as 2026-11-30"


@dataclass(frozen=True)
class Moment:
    """A time as written: `kind` is "utc", "local" or "day", `value` naive; of a span its length in microseconds."""

    kind: Literal["utc", "local", "day"]
    value: datetime
    length: int | None = None


@dataclass(frozen=True)
class TimeRules:
    """What the config states of times: the format of dates, and how times of day are read."""

    date_format: str | None = None
    clock: ClockRules = field(default_factory=ClockRules)

    @property
    def order(self) -> Order | None:
        """Order of day, month and year, if that is what is stated."""
        return next((order for order in ORDERS if order == self.date_format), None)


@dataclass(frozen=True)
class Moments:
    """The different texts of a column as moments; `settled` is what was found of the order of their dates."""

    read: list[Moment | Bad | None]
    notes: tuple[str, ...] = ()
    settled: Settled = field(default_factory=Settled)


def moments(texts: Sequence[str], rules: TimeRules) -> Moments:
    """Read the different texts of a column; ``""`` is None, and what cannot be read says why."""
    stated = rules.date_format
    if stated in {"epoch", "epoch-ms"}:
        return Moments([_epoch(text, 1000 if stated == "epoch-ms" else 1) for text in texts])
    if stated == "serial":
        return Moments([_serial(text) for text in texts])
    if stated and "%" in stated:
        return _by_pattern(texts, stated, rules)
    if all(not text or ISO.fullmatch(text) for text in texts) and not _are_spans(texts):
        return Moments([_iso(text) for text in texts])
    return _numbers(texts) or _by_parts(texts, rules)


def _iso(text: str) -> Moment | Bad | None:
    """Read ISO 8601, the text known to look like it."""
    if not text:
        return None
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return _calendar_day(text[:10]) or NO_TIME
    if not YEARS[0] <= value.year <= YEARS[1]:
        return _calendar_day(text[:10]) or NO_TIME
    if value.tzinfo is not None:
        return Moment("utc", value.astimezone(UTC).replace(tzinfo=None))
    return Moment("local" if len(text) > 10 else "day", value)


def _calendar_day(text: str) -> Bad | None:
    """What is wrong with a day as ISO 8601 writes it."""
    try:
        value = date.fromisoformat(text)
    except ValueError:
        return NO_DAY
    return None if YEARS[0] <= value.year <= YEARS[1] else Bad(f"years run from {YEARS[0]} to {YEARS[1]}")


def _are_spans(texts: Sequence[str]) -> bool:
    """Whether ``2026-01-05 09:00-09:30`` is a span: every offset lies as far behind its time as in the other rows."""
    first = next((text for text in texts if text), "")
    if not re.fullmatch(r"\S{10} \d{2}:\d{2}-\d{2}:\d{2}", first):
        return False
    parts = {text[11:].partition("-")[::2] for text in texts if text}
    lengths = {(_minutes(end) - _minutes(start)) % 1440 for start, end in parts if start and end}
    return len(parts) > 1 and len(lengths) == 1 and all(end for _, end in parts)


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[-2:])


def _numbers(texts: Sequence[str]) -> Moments | None:
    """Read a column of nothing but seconds or milliseconds since 1970; day numbers of a spreadsheet are refused."""
    filled = [text for text in texts if text]
    for form, scale, name in ((EPOCH_S, 1, "epoch"), (EPOCH_MS, 1000, "epoch-ms")):
        if all(form.fullmatch(text) for text in filled):
            unit = "seconds" if scale == 1 else "milliseconds"
            words = f'are read as {unit} since 1970 in UTC, as date_format = "{name}" would'
            return Moments([_epoch(text, scale) for text in texts], (words,))
    return None


def _epoch(text: str, scale: int) -> Moment | Bad | None:
    if not text:
        return None
    if not re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII):
        return Bad(f"it must be a number of {'seconds' if scale == 1 else 'milliseconds'} since 1970")
    whole, _, part = text.partition(".")
    micros = int(whole) * (1_000_000 // scale) + round(float(f"0.{part or 0}") * 1_000_000 / scale)
    if micros >= (YEARS[1] - 1969) * 365 * DAY:
        other = "epoch-ms" if scale == 1 else "epoch"
        return Bad(f'this is later than {YEARS[1]}; see date_format = "{other}"')
    return Moment("utc", datetime(1970, 1, 1) + timedelta(microseconds=micros))  # noqa: DTZ001 - UTC by definition


def _serial(text: str) -> Moment | Bad | None:
    """Read a day number of a spreadsheet, whose fraction is the time of day, to the second."""
    if not text:
        return None
    if not SERIAL.fullmatch(text):
        return Bad("it must be the day number of a spreadsheet, such as 46027 or 46027.375")
    number = float(text.replace(",", "."))
    value = SPREADSHEET_DAY + timedelta(seconds=round(number * 86_400))
    return Moment("day" if text.isdigit() else "local", value)


def _by_pattern(texts: Sequence[str], pattern: str, rules: TimeRules) -> Moments:
    """Read dates by a pattern of the config; what follows a pattern without hours is a time of day."""
    if re.search(r"%[HIcX]", pattern):
        return Moments([_pattern(text, pattern) for text in texts])
    words = len(pattern.split())
    cut = [(" ".join(text.split()[:words]), " ".join(text.split()[words:])) for text in texts]
    days = [_pattern(day, pattern, "day") for day, _ in cut]
    read = clocks([clock for _, clock in cut], rules.clock)
    return Moments([joined(day, clock) for day, clock in zip(days, read, strict=True)])


def _pattern(text: str, pattern: str, kind: Literal["local", "day"] = "local") -> Moment | Bad | None:
    if not text:
        return None
    try:
        value = datetime.strptime(text, pattern)  # noqa: DTZ007 - local to the zone, unless it says otherwise
    except ValueError:
        return Bad(f'it is not written as date_format = "{pattern}" says')
    if not YEARS[0] <= value.year <= YEARS[1]:
        return Bad(f"years run from {YEARS[0]} to {YEARS[1]}")
    if value.tzinfo is not None:
        return Moment("utc", value.astimezone(UTC).replace(tzinfo=None))
    return Moment(kind, value)


@dataclass(frozen=True)
class _Cut:
    """A text cut into its date, its time or span, and the date of the end of its span."""

    day: Written | None = None
    clock: str = ""
    last: Written | None = None


def _by_parts(texts: Sequence[str], rules: TimeRules) -> Moments:
    """Read dates in any spelling, each with a time, a span or nothing behind it."""
    cuts = [_cut(text, rules.order) for text in texts]
    settled = settle([cut.day for cut in cuts], rules.order, rules.clock.setting)
    order, wrong = settled.order or "dmy", settled.bad or {}
    read = clocks([cut.clock for cut in cuts], rules.clock)
    values: list[Moment | Bad | None] = []
    for place, (text, cut) in enumerate(zip(texts, cuts, strict=True)):
        if not text:
            values.append(None)
        elif cut.day is None:
            values.append(Bad(_readings(text, rules.clock.setting) or TIME_HINT))
        elif place in wrong:
            values.append(wrong[place])
        else:
            values.append(_joined_ends(cut, order, read[place]))
    return Moments(values, _notes(cuts, settled), settled)


def _cut(text: str, order: Order | None) -> _Cut:
    found = written_date(text, order)
    if found is None:
        return _Cut()
    day, end = found
    rest = re.sub(r"^[T,\s]+", "", text[end:])
    if re.fullmatch(r"\d{6}Z?" if text[end : end + 1].isspace() else r"\d{4}(\d{2})?Z?", rest):  # 20260105T0900
        rest = ":".join(rest[at : at + 2] for at in range(0, len(rest.rstrip("Z")), 2)) + "Z" * rest.endswith("Z")
    span = SPAN.fullmatch(rest)
    last = written_date(span[2], order) if span else None
    if span is None or last is None:
        return _Cut(day, rest)
    return _Cut(day, f"{span[1]} - {span[2][last[1] :].lstrip('T, ')}", last[0])


def _joined_ends(cut: _Cut, order: Order, clock: Clock | Bad | None) -> Moment | Bad | None:
    assert cut.day is not None  # noqa: S101 - the caller knows
    day = cut.day.day(order)
    if isinstance(day, Bad):
        return day
    if clock is CLOCK_HINT:
        return Bad(TIME_HINT)
    moment = joined(Moment("day", datetime(day.year, day.month, day.day)), clock)  # noqa: DTZ001 - local to the zone
    if cut.last is None or not isinstance(moment, Moment) or not isinstance(clock, Clock) or clock.until is None:
        return moment
    last = cut.last.day(order)
    if isinstance(last, Bad):
        return last
    return Moment(moment.kind, moment.value, (last - day).days * DAY + clock.until - clock.at)


def joined(day: Moment | Bad | None, clock: Clock | Bad | None) -> Moment | Bad | None:
    """Put a day and a time of day together; the day alone where there is no time."""
    if not isinstance(day, Moment) or clock is None:
        return day
    if isinstance(clock, Bad):
        return clock
    value = day.value + timedelta(microseconds=clock.at)
    length = None if clock.until is None else (clock.until - clock.at) % DAY or DAY
    if clock.offset is not None:
        return Moment("utc", value - timedelta(minutes=clock.offset), length)
    return Moment("local", value, length)


def _notes(cuts: Sequence[_Cut], settled: Settled) -> tuple[str, ...]:
    """What is worth telling of the dates: the order where the text does not say it, and years of two digits."""
    days = [cut.day for cut in cuts if cut.day is not None]
    notes: list[str] = []
    if settled.order and not settled.bad and any(len(day.orders) > 1 for day in days):
        read = [found for day in days if isinstance(found := day.day(settled.order), date)]
        names = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
        why = f" ({settled.note})" if settled.note else ""
        if read:
            notes.append(f"dates are read {names[settled.order]}: {min(read)} to {max(read)}{why}")
    if any(day.short for day in days):
        notes.append("years have two digits and are read as 1970 to 2069")
    return tuple(notes)


def _readings(text: str, setting: str) -> str:
    """Explain a text that holds no date."""
    if SERIAL.fullmatch(text):
        words = "this is the day number of a spreadsheet; format the column as ISO 8601 dates before saving"
        return f'{words}, or set {setting}.date_format = "serial"'
    return ""
