"""Tiers of shortage: the first people missing cost the basic price, those missing below a share or the minimum more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.roster.layout import Layout
    from optimize.roster.solver import Model
    from optimize.roster.week import Week


@dataclass(frozen=True)
class Tier:
    """People at a channel in each interval below whom an hour short costs `extra` more than above."""

    level: NDArray[np.float64]
    extra: float


def tiers_of(config: Config, channel: str, required: NDArray[np.float64]) -> tuple[Tier, ...]:
    """Tiers of a live channel, highest level first.

    Levels are shares of the requirement; none lies below the channel's minimum on duty, so that every hour short of
    it costs the dearest price. Prices rise as levels fall, which keeps the cost convex and its relaxation exact.
    """
    floor = np.minimum(float(config.channels[channel].minimum), required)
    made, before = [], config.costs.shortage_per_hour
    for tier in sorted(config.costs.shortage_tiers, key=lambda tier: -tier.below):
        made.append(Tier(np.maximum(tier.below * required, floor), tier.per_hour - before))
        before = tier.per_hour
    return tuple(made)


def deep_shortage_is_counted(model: Model, week: Week, layout: Layout) -> None:
    """``sum_s a[s,m,t] + deep[m,k,t] >= level[m,k,t]``: people missing below the level of tier `k`."""
    for (m, k), columns in layout.deep.items():
        level = week.tiers[m][k].level
        for t, column in enumerate(columns.tolist()):
            if column >= 0:
                flows = [flow[t] for (_, channel), flow in sorted(layout.flow.items()) if channel == m and flow[t] >= 0]
                terms = [*((int(flow), 1.0) for flow in flows), (column, 1.0)]
                model.row(f"deep_{m}_{k}_{t}", terms, ">=", float(level[t]))


def deep_shortage(model: Model, week: Week, layout: Layout) -> None:
    """``sum_{m,k,t} h * extra[k] * deep[m,k,t]``, on top of the basic price of shortage."""
    for (m, k), columns in layout.deep.items():
        price = week.horizon.interval_h * week.tiers[m][k].extra
        model.charge((column, price) for column in columns.tolist() if column >= 0)


def price_of_deep_shortage(week: Week, staffed: dict[int, NDArray[np.float64]]) -> float:
    """Extra price of people missing below the tiers' levels, from the people at each live channel."""
    missing = (
        tier.extra * float(np.maximum(tier.level - staffed[m], 0).sum())
        for m, tiers in week.tiers.items()
        for tier in tiers
    )
    return week.horizon.interval_h * sum(missing)
