"""What a finished week costs, in its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.result import Cost

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.roster.program import Program


def price(
    config: Config, program: Program, values: NDArray[np.float64], table: pd.DataFrame, coverage: pd.DataFrame
) -> Cost:
    """Sum the tables; lateness comes from the work done."""
    week = program.week
    hours = week.horizon.interval_h
    rates = (
        table["contract"]
        .map({name: contract.cost_per_hour for name, contract in config.contracts.items()})
        .astype(float)
    )
    wages = float((table["paid_h"] * rates).sum())
    late = undone = 0.0
    for m, work in week.work.items():
        rows = coverage[coverage["channel"] == week.channels[m]].sort_values("start")
        done = np.cumsum(rows["done_h"].to_numpy(dtype=float))
        backlog = float(values[program.layout.backlog[m]])
        late += float(np.maximum(work.floor + backlog - done, 0).sum()) * hours
        undone += max(0.0, float(work.arrived[-1] - done[-1]))
    return Cost(
        wages=wages,
        premiums=float(table["cost"].sum()) - wages,
        shortage=float(coverage["shortage"].sum()) * hours * week.prices.shortage,
        excess=float(coverage["excess"].sum()) * hours * week.prices.excess,
        late=late * week.prices.late + undone * week.prices.shortage,
    )
