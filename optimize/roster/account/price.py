"""What a finished week costs, in its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.schema.activities import MISSED
from optimize.roster.account.target_counts import missed_targets
from optimize.roster.account.work_table import late_and_terminal_backlog, missed_share
from optimize.roster.program.tiers import price_of_deep_shortage
from optimize.roster.result import Cost

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.roster.inputs.week import Week, WeekActivity
    from optimize.roster.program import Program
    from optimize.roster.result import Changes
    from optimize.roster.schedule.schedule import Schedule


def price(
    config: Config, program: Program, schedule: Schedule, coverage: pd.DataFrame, changes: Changes | None = None
) -> Cost:
    """Sum shifts and cover; lateness comes from the work done, changes from the published roster."""
    week = program.week
    hours = week.horizon.interval_h
    paid = np.array([shift.paid_h * config.contracts[shift.contract].cost_per_hour for shift in schedule.shifts])
    costs = np.array([shift.cost for shift in schedule.shifts])
    wages = float(paid.sum())
    late, undone = late_and_terminal_backlog(week, coverage)
    return Cost(
        wages=wages,
        premiums=float(costs.sum()) - wages,
        shortage=float(coverage["shortage"].sum()) * hours * week.prices.shortage
        + price_of_deep_shortage(week, {m: _staffed(week, coverage, m) for m in week.live}),
        excess=float(coverage["excess"].sum()) * hours * week.prices.excess,
        late=late * week.prices.late + (undone + missed_share(week, coverage)) * week.prices.shortage,
        changes=changes.cells * config.roster.change_cost if changes else 0.0,
        activities=float(sum(_missed(week, activity, schedule) for activity in week.activities)),
        targets=missed_targets(week, coverage),
    )


def _staffed(week: Week, coverage: pd.DataFrame, m: int) -> NDArray[np.float64]:
    """People at a channel in each interval."""
    rows = coverage[coverage["channel"] == week.channels[m]].sort_values("start")
    return rows["staffed"].to_numpy(dtype=float)


def _missed(week: Week, activity: WeekActivity, schedule: Schedule) -> float:
    """Price of those who do not take part in an activity."""
    there = sum(each.name == activity.name for shift in schedule.shifts for each in shift.activities)
    return float((activity.count - there) * activity.length * week.horizon.interval_h * MISSED * week.prices.shortage)
