"""Typed values as the text that a CSV file would hold: times in ISO form, durations in hours, numbers in full."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

SNAP_MS = 2
"""A time this close to a whole second is that second: spreadsheets count days in binary fractions."""
EXACT = 2**53
"""Whole numbers below it are exact as 64-bit floats."""


def text_of(value: object) -> str | None:
    """Write a value from a database or a typed file as text; None where there is no text for its type.

    NULL is empty, a time stamp keeps its offset or its lack of one, booleans are TRUE and FALSE.

    >>> text_of(datetime(2026, 11, 30, 9, 30)), text_of(timedelta(hours=26)), text_of(Decimal("1.50")), text_of(b"x")
    ('2026-11-30T09:30:00', '26:00:00', '1.50', None)
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return truth_text(value)
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, Decimal):
        return format(value, "f") if value.is_finite() else str(value)
    if isinstance(value, (int, UUID)):
        return str(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_text(value // timedelta(milliseconds=1))
    return None


def moment_text(value: datetime) -> str:
    """Write a time stamp in ISO form, with its offset if it has one, and with as many decimals as it needs.

    >>> moment_text(datetime(2026, 11, 30, 9, 30)), moment_text(datetime(2026, 11, 30, 9, 30, 0, 500_000))
    ('2026-11-30T09:30:00', '2026-11-30T09:30:00.500')
    """
    return value.isoformat(timespec="auto" if value.microsecond % 1000 or not value.microsecond else "milliseconds")


def truth_text(value: bool) -> str:  # noqa: FBT001 - the value is the argument
    """Write a truth value as spreadsheets do."""
    return "TRUE" if value else "FALSE"


def number_text(value: float) -> str:
    """Write a number in its shortest form, whole ones without a fraction.

    >>> number_text(3.0), number_text(0.1), number_text(1e15)
    ('3', '0.1', '1000000000000000')
    """
    return str(int(value)) if value.is_integer() and abs(value) < EXACT else repr(value)


def snapped_ms(milliseconds: float) -> int:
    """Whole milliseconds, or the whole second that they are next to.

    >>> snapped_ms(34_199_999.9), snapped_ms(34_199_500.2)
    (34200000, 34199500)
    """
    second = round(milliseconds / 1000) * 1000
    return second if abs(milliseconds - second) <= SNAP_MS else round(milliseconds)


def duration_text(milliseconds: int) -> str:
    """Write a duration as hours, minutes and seconds; hours go on beyond 24.

    >>> duration_text(129_600_000), duration_text(-90_500)
    ('36:00:00', '-0:01:30.500')
    """
    sign = "-" if milliseconds < 0 else ""
    minutes, ms = divmod(abs(milliseconds), 60_000)
    fraction = f".{ms % 1000:03d}" if ms % 1000 else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02d}:{ms // 1000:02d}{fraction}"


def clock_text(milliseconds: int) -> str:
    """Write a time of day with two digits for the hour.

    >>> clock_text(34_200_000)
    '09:30:00'
    """
    text = duration_text(milliseconds)
    return f"0{text}" if text.index(":") == 1 else text
