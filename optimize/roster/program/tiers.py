"""Tiers of shortage: the first people missing cost the basic price, those missing below a share or the minimum more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.inputs.week import Week
    from optimize.roster.program.layout import Layout
    from optimize.roster.program.model import Model


def deep_shortage_is_counted(model: Model, week: Week, layout: Layout) -> None:
    """``sum_s a[s,m,t] + tier_shortage[m,k,t] >= level[m,k,t]``: people missing below the level of tier `k`."""
    for (m, k), columns in layout.tier_shortage.items():
        level = week.tiers[m][k].level
        for t, column in enumerate(columns.tolist()):
            if column >= 0:
                flows = [flow[t] for (_, channel), flow in sorted(layout.flow.items()) if channel == m and flow[t] >= 0]
                terms = [*((int(flow), 1.0) for flow in flows), (column, 1.0)]
                model.row(f"deep_{m}_{k}_{t}", terms, ">=", float(level[t]))


def deep_shortage(model: Model, week: Week, layout: Layout) -> None:
    """``sum_{m,k,t} h * extra[k] * tier_shortage[m,k,t]``, on top of the basic price of shortage."""
    for (m, k), columns in layout.tier_shortage.items():
        price = week.horizon.interval_h * week.tiers[m][k].extra
        model.add_cost((column, price) for column in columns.tolist() if column >= 0)


def price_of_deep_shortage(week: Week, staffed: dict[int, NDArray[np.float64]]) -> float:
    """Extra price of people missing below the tiers' levels, from the people at each live channel."""
    missing = (
        tier.extra * float(np.maximum(tier.level - staffed[m], 0).sum())
        for m, tiers in week.tiers.items()
        for tier in tiers
    )
    return week.horizon.interval_h * sum(missing)
