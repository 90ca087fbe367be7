"""People with fewer paid hours than contracted: who, how many hours, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.tables import records
from optimize.roster.facts import FewerHours, MoreFewerHours
from optimize.roster.inputs.leave import leave_days, leave_of
from optimize.roster.inputs.workload import NEAR, hours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from configs.horizon import Horizon
    from configs.notes import Noticed
    from configs.schema import Config
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.week import Week
    from optimize.roster.schedule.schedule import Schedule

NAMED = 10


def fewer_hours(config: Config, week: Week, people: People, schedule: Schedule) -> Iterator[Noticed]:
    """Report people rostered for fewer paid hours than their ``hours_min``.

    Leave counts as working days and as their share of the hours, so the week can be solved without them; it is still
    reported, since work alone does not meet the contract.
    """
    spans, lost = leave_of(people, week.horizon), {}
    for staff_group in week.staff_groups:
        for agent in (agent for subgroup in staff_group.subgroups for agent in subgroup.agents):
            lost[agent] = leave_days(week.horizon, staff_group.shift_types, spans.get(agent, []))
    short = [
        (str(row["agent"]), row, hours(row.get("hours_min"), 0.0), schedule.paid_h.get(str(row["agent"]), 0.0))
        for row in records(people.agents)
    ]
    short = [one for one in short if one[3] < one[2] - NEAR]
    for agent, row, least, got in short[:NAMED]:
        leave = _days_of_leave(people, agent, week.horizon)
        yield FewerHours(
            "roster",
            agent,
            name=str(row.get("name") or "") or agent,
            contract=str(row["contract"]),
            hours=got,
            hours_min=least,
            leave=tuple(leave),
            leave_takes_them=_leave_takes_them(config, row, leave, lost.get(agent), got),
            available=str(row.get("available") or "").strip(),
        )
    if len(short) > NAMED:
        yield MoreFewerHours("roster", len(short) - NAMED)


def _days_of_leave(people: People, agent: str, horizon: Horizon) -> list[date]:
    """Local days of the week that leave of a person touches."""
    spans = people.leave[people.leave["agent"] == agent]
    found = []
    for day in range(horizon.days):
        begin, end = horizon.moment(day, 0), horizon.moment(day + 1, 0)
        if ((spans["start"] < end) & (spans["end"] > begin)).any():
            found.append(horizon.date(day))
    return found


def _leave_takes_them(config: Config, row: dict[str, object], leave: list[date], lost: int | None, got: float) -> bool:
    """Whether leave explains the missing hours.

    Each of the `lost` days, on which leave allows no shift, takes its share of the hours (each day of leave where that
    is not known); leave is the reason only where the remaining hours are worked.
    """
    share = (len(leave) if lost is None else lost) / config.contracts[str(row["contract"])].days_per_week
    return bool(leave) and got >= hours(row.get("hours_min"), 0.0) * max(0.0, 1 - share) - NEAR
