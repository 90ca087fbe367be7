"""Contracted hours that somebody does not get: who, how many, which days stand in the way, and what would help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.notes import Note
from configs.tables import records
from optimize.roster.inputs.leave import leave_days, leave_of
from optimize.roster.inputs.workload import NEAR, hours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.week import Week
    from optimize.roster.result import People
    from optimize.roster.schedule.schedule import Schedule

NAMED = 10
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def fewer_hours(config: Config, week: Week, people: People, schedule: Schedule) -> Iterator[Note]:
    """Tell who is rostered for fewer paid hours than their ``hours_min``, whatever the program made of it.

    Leave takes the place of working days and of their share of the hours, so the week can be solved without them; the
    person is still told, since the contract is not met by work alone.
    """
    spans, lost = leave_of(people, week.horizon), {}
    for crew in week.crews:
        for agent in (agent for cohort in crew.cohorts for agent in cohort.agents):
            lost[agent] = leave_days(week.horizon, crew.families, spans.get(agent, []))
    short = [
        (str(row["agent"]), row, hours(row.get("hours_min"), 0.0), schedule.paid_h.get(str(row["agent"]), 0.0))
        for row in records(people.agents)
    ]
    short = [one for one in short if one[3] < one[2] - NEAR]
    for agent, row, least, got in short[:NAMED]:
        why, change = _reason(config, row, _days_of_leave(people, agent, week.horizon), lost.get(agent), got)
        name = str(row.get("name") or "") or agent
        who = name if name == agent else f"{name} ({agent})"
        yield Note("roster", f"{who} works {got:g} of {least:g} contracted hours (hours_min): {why}; {change}")
    if len(short) > NAMED:
        yield Note("roster", f"{len(short) - NAMED} more people work fewer hours than their hours_min")


def _days_of_leave(people: People, agent: str, horizon: Horizon) -> list[date]:
    """Local days of the week that leave of a person touches."""
    spans = people.leave[people.leave["agent"] == agent]
    found = []
    for day in range(horizon.days):
        begin, end = horizon.moment(day, 0), horizon.moment(day + 1, 0)
        if ((spans["start"] < end) & (spans["end"] > begin)).any():
            found.append(horizon.date(day))
    return found


def _reason(config: Config, row: dict[str, object], leave: list[date], lost: int | None, got: float) -> tuple[str, str]:
    """What is known of why the hours are not reached, and a way out.

    Each of the `lost` days, on which leave leaves no shift, takes its share of the hours (all days of leave where that
    is not known); leave is the reason only where the rest of the hours are worked.
    """
    contract = str(row["contract"])
    listed = ", ".join(f"{DAYS[day.weekday()]} {day:%d %b}" for day in leave)
    fact = f"{'1 day' if len(leave) == 1 else f'{len(leave)} days'} of leave ({listed})"
    share = (len(leave) if lost is None else lost) / config.contracts[contract].days_per_week
    if leave and got >= hours(row.get("hours_min"), 0.0) * max(0.0, 1 - share) - NEAR:
        return fact, "count the leave as hours worked, shorten it, or lower hours_min"
    rules = f"the search found no week with more within the rules of contract {contract} (rest, days in a row, shifts)"
    available = str(row.get("available") or "").strip()
    facts = [*([f"there is also {fact}"] if leave else []), *([f'available is "{available}"'] if available else [])]
    return "; ".join([rules, *facts]), "offer longer shifts or more days, or lower hours_min"
