"""What simulated weeks say about each target: its value in every week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.service_model import spans

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.service import TargetRow
    from optimize.simulation.at_once.seen import Seen
    from optimize.staffing.requirement.staircase import Staircase

    Array = NDArray[np.float64]


def value_of(
    config: Config, horizon: Horizon, row: TargetRow, stairs: Mapping[str, Staircase], seen: Mapping[str, Seen]
) -> Array:
    """Mean gain of the contacts of a target row in every simulated week; shape (weeks,), NaN without contacts."""
    joint = (config.targets or {}).get(row.target)
    weights = (
        {row.target: 1.0} if joint is None else {name: (joint.weights or {}).get(name, 1.0) for name in joint.channels}
    )
    top, bottom = 0.0, 0.0
    for name, weight in weights.items():
        inside = next((mask for day, mask in spans(config, horizon, name, stairs[name].volume) if day == row.day), None)
        if inside is None:
            continue
        gained, of = _counts(row, seen[name])
        top = top + weight * gained[:, inside].sum(axis=1)
        bottom = bottom + weight * of[:, inside].sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.divide(top, bottom))


def _counts(row: TargetRow, seen: Seen) -> tuple[Array, Array]:
    """Gain and contacts it is of, by week and interval."""
    if row.measure == "share":
        return seen.good, seen.counted
    if row.measure == "kept":
        return seen.offered - seen.left, seen.offered
    if row.measure == "asa":
        return -seen.wait_s, seen.offered
    if seen.response_s is None or seen.messages is None:
        raise ValueError(f"{row.target} has no messages")
    return -seen.response_s, seen.messages
