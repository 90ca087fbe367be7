"""What a finished week costs, in its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.schema.activities import MISSED
from optimize.roster.account.work_table import late_and_undone
from optimize.roster.program.tiers import price_of_deep_shortage
from optimize.roster.result import Cost

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.roster.inputs.week import Activity, Week
    from optimize.roster.program import Program
    from optimize.roster.result import Changes


def price(
    config: Config, program: Program, table: pd.DataFrame, coverage: pd.DataFrame, changes: Changes | None = None
) -> Cost:
    """Sum the tables; lateness comes from the work done, changes from the roster published before."""
    week = program.week
    hours = week.horizon.interval_h
    rates = (
        table["contract"]
        .map({name: contract.cost_per_hour for name, contract in config.contracts.items()})
        .astype(float)
    )
    wages = float((table["paid_h"] * rates).sum())
    late, undone = late_and_undone(week, coverage)
    return Cost(
        wages=wages,
        premiums=float(table["cost"].sum()) - wages,
        shortage=float(coverage["shortage"].sum()) * hours * week.prices.shortage
        + price_of_deep_shortage(week, {m: _staffed(week, coverage, m) for m in week.live}),
        excess=float(coverage["excess"].sum()) * hours * week.prices.excess,
        late=late * week.prices.late + undone * week.prices.shortage,
        changes=changes.cells * config.roster.change_cost if changes else 0.0,
        activities=float(sum(_missed(week, activity, table) for activity in week.activities)),
    )


def _staffed(week: Week, coverage: pd.DataFrame, m: int) -> NDArray[np.float64]:
    """People at a channel in each interval."""
    rows = coverage[coverage["channel"] == week.channels[m]].sort_values("start")
    return rows["staffed"].to_numpy(dtype=float)


def _missed(week: Week, activity: Activity, table: pd.DataFrame) -> float:
    """Price of those who do not take part in an activity."""
    parts = (part for cell in table["activities"].tolist() for part in str(cell).split(";"))
    held = sum(part.rpartition(" ")[0] == activity.name for part in parts)
    return float((activity.count - held) * activity.length * week.horizon.interval_h * MISSED * week.prices.shortage)
