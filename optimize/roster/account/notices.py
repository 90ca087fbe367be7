"""What the planner is told about people, beside their roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.notes import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from optimize.roster.inputs.week import Week

NAMED = 5
CIRCLE = (
    "the first hours of the week are covered by the shifts that run past its end, "
    "assumed to be staffed the same in the previous week"
)
PAID_HERE = "shifts that run past the end of the week are paid in this week and cover the next"
STILL_AT_WORK = "the first hours of the week are covered by people of the previous week who are still at work"


def over_the_edge(week: Week, table: pd.DataFrame) -> Iterator[Note]:
    """Tell what the shifts over either edge of the week do; nothing where there are none."""
    runs_over = bool((table["end"] > week.horizon.end).any())
    if runs_over:
        yield Note("roster", CIRCLE if week.before is None else PAID_HERE)
    if week.before is not None and any(people.any() for people in week.before.present.values()):
        yield Note("roster", STILL_AT_WORK)


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
    why = "availability, leave and the week before allow no more"
    yield Note("roster", f"fewer working days than the contract has, since {why}: {', '.join(told)}{more}")
