"""Plans of a week, relaxed or whole, as a simulation meets them and as the target rows count them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from optimize.roster.planner import relaxed_week
from optimize.simulation.at_once.rostered import staffing_of
from optimize.simulation.teams import priority_order
from optimize.targets.planned_staffing import beyond_floors, planned_staffing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from threading import Event

    import numpy as np
    from numpy.typing import NDArray

    from optimize.roster.inputs.service_model import RowKey, ServicePlan
    from optimize.roster.result import Roster
    from optimize.simulation.at_once.staffing import Staffing
    from optimize.targets.case import Case

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Plan:
    """A plan of one round: who is where, people beyond the floors by channel number, cost and bound."""

    staffing: Staffing
    over: Mapping[int, Array]
    cost: float
    bound: float
    whole: bool


def relaxed_plan(case: Case, service: ServicePlan | None, end: Event | None = None) -> Plan:
    """Plan the week without whole people; its cost is the least of any plan with the same rows."""
    program, relaxed = relaxed_week(case.config, case.horizon, case.requirement, case.people, service, end)
    staffing = planned_staffing(case.config, program, relaxed.values, tuple(priority_order(case.config)))
    over = beyond_floors(program, relaxed.values)
    return Plan(staffing, over, relaxed.bound, relaxed.bound, whole=False)


def whole_plan(case: Case, roster: Roster) -> Plan:
    """Read a finished roster."""
    rows = roster.coverage.set_index(["channel", "start"])
    over = {
        m: (rows.loc[name]["staffed"] - rows.loc[name]["required"]).reindex(case.horizon.starts).to_numpy(dtype=float)
        for m, name in enumerate(case.config.channels)
    }
    staffing = staffing_of(roster, case.config, case.horizon)
    return Plan(staffing, over, roster.cost.total, roster.bound, whole=True)


def told_by(service: ServicePlan, plan: Plan) -> dict[RowKey, float]:
    """Mean gain of a contact of each row at a plan, by the staircases."""
    beyond = service.model.beyond(plan.over)
    return {row.key: row.reached(beyond) / row.volume for row in service.model.rows}
