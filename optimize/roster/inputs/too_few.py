"""Guaranteed days that find no place in a week: who, why, and the least change that gives them one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from configs.errors import Fault
from configs.units import format_duration
from optimize.roster.inputs.patterns import WEEK, always

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.schema import Contract
    from optimize.roster.inputs.workload import WorkdayRules

NAMED = 5


def too_few_days(contract: Contract, agents: list[str], days: int, away: tuple[int, ...], rows: WorkdayRules) -> Fault:
    """Tell whose guaranteed days find no place in the week, and the least change, counted in days, that gives one."""
    most = rows.most
    who = ", ".join(sorted(agents)[:NAMED]) + (f" and {len(agents) - NAMED} more" if len(agents) > NAMED else "")
    if rows.patterns(days, away):
        why = "no mix of their shifts on the days they can work reaches hours_min"
        change = "a lower hours_min, or longer shifts on those days"
        return Fault(
            "", f"agent {who} cannot work {days} days this week, as guaranteed: {why}; the least change: {change}"
        )
    possible = next((k for k in range(days - 1, 0, -1) if rows.patterns(k, away)), 0)
    free = WEEK - len(away)
    reasons = [f"they can begin shifts on {free} {'day' if free == 1 else 'days'}, at most {most} in a row"]
    if rows.together and replace(rows, together=False).patterns(days, away):
        reasons.append("days off are consecutive")
    if replace(rows, rests=always).patterns(days, away):
        reasons.append(f"they rest {format_duration(contract.rest)} between shifts")
    change = min(_changes(rows, days, possible, away), key=lambda priced: priced[0])[1]
    return Fault(
        "",
        f"agent {who} cannot work {days} days this week, as guaranteed, only {possible}: {' and '.join(reasons)}; "
        f"the least change: {change}",
    )


def _changes(rows: WorkdayRules, days: int, possible: int, away: tuple[int, ...]) -> Iterator[tuple[int, str]]:
    """Single changes that make the days fit, each with its price in days."""
    yield days - possible, f"guarantee {possible} days (days_per_week, or hours_min)"
    for longer in range(rows.most + 1, WEEK + 1):
        if replace(rows, most=longer).patterns(days, away):
            yield longer - rows.most, f"max_consecutive_days = {longer}"
            break
    for number in range(1, len(away) + 1):
        if any(rows.patterns(days, away[:i] + away[i + number :]) for i in range(len(away))):
            yield number, f"let them begin shifts on {number} more {'day' if number == 1 else 'days'}"
            break
