"""What the planner is told about people, beside their roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.notes import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optimize.roster.inputs.week import Week

NAMED = 5


def fewer_days(week: Week) -> Iterator[Note]:
    """Tell who cannot get all their working days, leave taken off already."""
    short = sorted(
        (agent, max(map(len, cohort.patterns)), cohort.days)
        for crew in week.crews
        for cohort in crew.cohorts
        if max(map(len, cohort.patterns)) < cohort.days
        for agent in cohort.agents
    )
    if not short:
        return
    told = [f"{agent} ({got} of {days})" for agent, got, days in short[:NAMED]]
    more = f" and {len(short) - NAMED} more" if len(short) > NAMED else ""
    why = "rest, limits of hours, availability, leave and the week before allow no more"
    yield Note("roster", f"fewer working days than the contract has, since {why}: {', '.join(told)}{more}")
