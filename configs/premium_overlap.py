"""Whether two premiums can be paid for the same minute: then one pay code cannot tell what that minute pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.units import DAY_MINUTES

if TYPE_CHECKING:
    from configs.schema import Premium

WEEK_MINUTES = 7 * DAY_MINUTES


def can_meet(one: Premium, other: Premium) -> bool:
    """Whether there is a minute for which both are paid; a public holiday may be any day of the week."""
    return bool(_minutes(one) & _minutes(other))


def _minutes(premium: Premium) -> set[int]:
    """Minutes of the week in which a premium can be paid; what runs past Sunday midnight is on Monday."""
    start, end = (0, DAY_MINUTES) if premium.span is None else (premium.span.start, premium.span.end)
    days = range(7) if premium.days.holidays else premium.days.weekdays
    return {(day * DAY_MINUTES + minute) % WEEK_MINUTES for day in days for minute in range(start, end)}
