"""Plans of a week, relaxed or whole, as a simulation meets them and as the target rows count them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from optimize.roster.account.target_counts import present_by
from optimize.roster.planner import relaxed_week
from optimize.roster.program.present import present_in
from optimize.simulation.at_once.rostered import opening_hours_of, staffing_of
from optimize.simulation.teams import priority_order
from optimize.targets.planned_staffing import planned_staffing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from threading import Event

    import numpy as np
    from numpy.typing import NDArray

    from optimize.roster.inputs.service import Present
    from optimize.roster.inputs.service_model import RowKey, ServicePlan
    from optimize.roster.program import Program
    from optimize.roster.result import Roster
    from optimize.simulation.at_once.staffing import Staffing
    from optimize.targets.case import Case

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Plan:
    """A plan of one round: who is where, as a simulation needs it and as the rows count it, cost and bound.

    `opening_h` are the agent-hours of work that each deferrable channel begins the week with, `short_h` the hours short
    of what intervals require.
    """

    staffing: Staffing
    opening_h: Mapping[str, float]
    present: Present
    cost: float
    bound: float
    whole: bool
    short_h: float = 0.0


def relaxed_plan(case: Case, service: ServicePlan | None, end: Event | None = None) -> Plan:
    """Plan the week without whole people; its cost is the least of any plan with the same rows."""
    program, relaxed = relaxed_week(case.config, case.horizon, case.requirement, case.people, service, end)
    staffing = planned_staffing(case.config, program, relaxed.values, tuple(priority_order(case.config)))
    present = present_in(program, relaxed.values)
    opening_h, short_h = _opening_hours(program, relaxed.values), _short_hours(program, relaxed.values)
    return Plan(staffing, opening_h, present, relaxed.bound, relaxed.bound, whole=False, short_h=short_h)


def _short_hours(program: Program, values: Array) -> float:
    columns = program.layout.understaff.values()
    return sum(float(values[each].clip(min=0.0).sum()) for each in columns) * program.week.horizon.interval_h


def _opening_hours(program: Program, values: Array) -> dict[str, float]:
    """Hours of each deferrable channel; none where work is also done between calls, which no flow tells."""
    hours: dict[str, float] = {}
    if program.layout.blend:
        return hours
    for k, work in program.week.work.items():
        name = program.week.channels[work.channel]
        hours[name] = hours.get(name, 0.0) + max(float(values[program.layout.backlog[k]]), 0.0)
    return hours


def whole_plan(case: Case, roster: Roster) -> Plan:
    """Read a finished roster."""
    staffing = staffing_of(roster, case.config, case.horizon)
    present = present_by(roster.coverage, tuple(case.config.channels))
    opening_h = opening_hours_of(roster, case.config, case.horizon)
    return Plan(staffing, opening_h, present, roster.cost.total, roster.bound, whole=True)


def told_by(service: ServicePlan, plan: Plan) -> dict[RowKey, float]:
    """Mean gain of a contact of each row at a plan, by the staircases."""
    reached = service.model.reached(plan.present)
    return {row.key: got / row.volume for row, got in zip(service.model.rows, reached, strict=True)}
