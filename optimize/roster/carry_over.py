"""What a finished roster carries over to the week after it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from optimize.roster.inputs.previous import Previous

if TYPE_CHECKING:
    from optimize.roster.result import Roster


def previous_of(roster: Roster, timezone: str) -> Previous:
    """Return what a roster in memory hands on to the week after it; its last day is one of `timezone`."""
    last = roster.coverage["start"].max().tz_convert(timezone)
    people, before = roster.people, roster.people.previous
    return Previous(
        roster.table,
        people.agents,
        last.date() + timedelta(days=1),
        {} if before is None else before.days_running(),
        "previous",
        None if before is None else before.so_far,
    )
