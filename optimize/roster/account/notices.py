"""Notices for the planner about a finished roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.facts import (
    DueBeforeWorked,
    FewerDays,
    PaidInThisWeek,
    PersonDays,
    SingleDaysOff,
    StillAtWork,
    WeekRepeats,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from configs.notes import Noticed
    from configs.schema import Config
    from optimize.roster.inputs.previous import Previous
    from optimize.roster.inputs.week import Week
    from optimize.roster.schedule.schedule import Schedule

WEEK = 7
LEAST_H = 0.005
"""Hours of work below which there is no notice."""


def over_the_edge(week: Week, schedule: Schedule) -> Iterator[Noticed]:
    """Report shifts across either edge of the week; nothing where there are none."""
    if any(shift.end > week.horizon.end for shift in schedule.shifts):
        yield WeekRepeats("roster") if week.before is None else PaidInThisWeek("roster")
    if week.before is not None and any(people.any() for people in week.before.present.values()):
        yield StillAtWork("roster")


def fewer_days(week: Week) -> Iterator[FewerDays]:
    """Report people who cannot get all their working days less leave."""
    short = sorted(
        (agent, max(map(len, subgroup.patterns)), subgroup.days)
        for staff_group in week.staff_groups
        for subgroup in staff_group.subgroups
        if max(map(len, subgroup.patterns)) < subgroup.days
        for agent in subgroup.agents
    )
    if short:
        yield FewerDays("roster", tuple(PersonDays(*each) for each in short))


def due_outside_worked_hours(week: Week) -> Iterator[DueBeforeWorked]:
    """Report work that falls due before it may be done, and so is late under any roster.

    The next week is assumed to have the hours of this one.
    """
    for m, name in enumerate(week.channels):
        if m not in week.work or m in week.splits:  # where a share is chosen, such work may be among the rest
            continue
        work = week.work[m]
        worked_by = np.concatenate([[0], np.cumsum(np.tile(work.worked, 2))])
        last = np.minimum(work.due_by, 2 * week.size - 1)
        lost = (work.arrivals > 0) & (worked_by[last + 1] == worked_by[: week.size])
        hours = float(work.arrivals[lost].sum())
        if hours > LEAST_H:
            first = week.horizon.local[int(np.flatnonzero(lost)[0])]
            yield DueBeforeWorked(f"channels.{name}", name, hours, first.to_pydatetime())


def single_days_off(
    config: Config, previous: Previous | None, first: date, schedule: Schedule
) -> Iterator[SingleDaysOff]:
    """Report people with a single day off between two working days although their contract has days off together.

    Days off are consecutive within a week; across the edge to the previous week they may not be. The last day is left
    out, since the next week may continue it.
    """
    if previous is None:
        return
    worked = _days_worked(schedule, first)
    for agent, days in _days_worked(previous.schedule(schedule.zone), first).items():
        worked.setdefault(agent, set()).update(days)
    contracts = {shift.agent: config.contracts[shift.contract] for shift in schedule.shifts}
    alone = [
        agent
        for agent, contract in sorted(contracts.items())
        if contract.days_off == "together" and contract.days_per_week < WEEK - 1
        if any(day not in worked[agent] and {day - 1, day + 1} <= worked[agent] for day in range(-1, WEEK - 1))
    ]
    if alone:
        yield SingleDaysOff("roster", tuple(alone))


def _days_worked(schedule: Schedule, first: date) -> dict[str, set[int]]:
    """Days of each person's shifts, counted from the first day of the week."""
    return {agent: {(shift.day - first).days for shift in shifts} for agent, shifts in schedule.by_agent.items()}
