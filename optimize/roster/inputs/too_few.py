"""Guaranteed days that find no place in a week: who, why, and the least change that gives them one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import Fault
from optimize.roster.inputs.patterns import WEEK, work_patterns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.schema import Contract

NAMED = 5


def too_few_days(contract: Contract, agents: list[str], days: int, away: tuple[int, ...]) -> Fault:
    """Tell whose guaranteed days find no place in the week, and the least change, counted in days, that gives one."""
    most, together = contract.max_consecutive_days, contract.days_off == "together"
    who = ", ".join(sorted(agents)[:NAMED]) + (f" and {len(agents) - NAMED} more" if len(agents) > NAMED else "")
    if _fits(days, away, most, together=together):
        why = "no mix of their shifts on the days they can work reaches hours_min"
        change = "a lower hours_min, or longer shifts on those days"
        return Fault(
            "", f"agent {who} cannot work {days} days this week, as guaranteed: {why}; the least change: {change}"
        )
    possible = next((k for k in range(days - 1, 0, -1) if _fits(k, away, most, together=together)), 0)
    free = WEEK - len(away)
    reasons = [f"they can begin shifts on {free} {'day' if free == 1 else 'days'}, {most} running at most"]
    if together and _fits(days, away, most, together=False):
        reasons.append("days off follow one another")
    change = min(_changes(contract, days, possible, away), key=lambda priced: priced[0])[1]
    return Fault(
        "",
        f"agent {who} cannot work {days} days this week, as guaranteed, but {possible}: {' and '.join(reasons)}; "
        f"the least change: {change}",
    )


def _fits(days: int, away: tuple[int, ...], most: int, *, together: bool) -> bool:
    patterns = work_patterns(days, away, most, together=together)
    return bool(patterns) and len(patterns[0]) == days


def _changes(contract: Contract, days: int, possible: int, away: tuple[int, ...]) -> Iterator[tuple[int, str]]:
    """Single changes that make the days fit, each with its price in days."""
    most, together = contract.max_consecutive_days, contract.days_off == "together"
    yield days - possible, f"guarantee {possible} days (days_per_week, or hours_min)"
    for longer in range(most + 1, WEEK + 1):
        if _fits(days, away, longer, together=together):
            yield longer - most, f"max_consecutive_days = {longer}"
            break
    for number in range(1, len(away) + 1):
        if any(_fits(days, away[:i] + away[i + number :], most, together=together) for i in range(len(away))):
            yield number, f"let them begin shifts on {number} more {'day' if number == 1 else 'days'}"
            break
