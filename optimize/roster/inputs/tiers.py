"""Tiers of shortage of a channel: levels of people below which an hour short costs more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.schema import Config


@dataclass(frozen=True)
class Tier:
    """People at a channel in each interval below whom an hour short costs `extra` more than above."""

    level: NDArray[np.float64]
    extra: float


def tiers_of(config: Config, channel: str, required: NDArray[np.float64]) -> tuple[Tier, ...]:
    """Tiers of a live channel, highest level first.

    Levels are shares of the requirement; none lies below the channel's minimum on duty, so that every hour short of it
    has the highest price. Prices rise as levels fall, which keeps the cost convex and its relaxation exact.
    """
    floor = np.minimum(float(config.channels[channel].minimum), required)
    made, before = [], config.costs.shortage_per_hour
    for tier in sorted(config.costs.shortage_tiers, key=lambda tier: -tier.below):
        made.append(Tier(np.maximum(tier.below * required, floor), tier.per_hour - before))
        before = tier.per_hour
    return tuple(made)
