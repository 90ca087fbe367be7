"""From the replications of a channel to its rows, its service over the whole time, and its target probability."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.schema import DeferrableChannel
from configs.units import format_duration
from optimize.simulation.intervals import ratio, shares, wilson
from optimize.simulation.result import ChannelService, TargetProbability

if TYPE_CHECKING:
    from configs.horizon import Horizon
    from configs.schema import Channel
    from optimize.simulation.deadline_risk import BacklogRisk
    from optimize.simulation.intervals import Counts

RISK_REPLICATIONS = 200
"""Replications for the probability of deferrable work; they are cheap, and planners buy hours by it."""


def live_target(name: str, channel: Channel, counts: list[Counts]) -> TargetProbability | None:
    """Share of replicated weeks in which a live channel keeps its promise, with its 95 % interval (Wilson, 1927).

    None where no contact comes.
    """
    if not sum(each.counted.sum() for each in counts):
        return None
    met = _met(counts, channel.target.share)
    return TargetProbability(name, promised(channel), sum(met) / len(met), *wilson(sum(met), len(met)))


def work_target(name: str, channel: Channel, risk: BacklogRisk, hours: float) -> TargetProbability | None:
    """Probability that deferrable work is in time, and the buffer hours; None where none falls due."""
    if not risk.judged:
        return None
    enough = hours > 0 and np.isfinite(risk.buffer)
    cushion_h = max(risk.buffer - 1.0, 0.0) * hours if enough else float("nan")
    met = round(risk.probability * risk.replications)
    return TargetProbability(name, promised(channel), risk.probability, *wilson(met, risk.replications), cushion_h)


def promised(channel: Channel) -> str:
    """Write a service target: ``80% in 20s``, ``95% in 1d open``."""
    target = channel.target
    clock = " open" if isinstance(channel, DeferrableChannel) and channel.target.clock == "open" else ""
    return f"{100 * target.share:g}% in {format_duration(target.within)}{clock}"


def _met(counts: list[Counts], share: float) -> list[bool]:
    return [bool(each.good.sum() >= (share - 1e-9) * each.counted.sum()) for each in counts]


def frame_of(name: str, horizon: Horizon, counts: list[Counts]) -> pd.DataFrame:
    """Rows of the ``simulation`` table of a channel."""
    level = shares(ratio([each.good for each in counts], [each.counted for each in counts]))
    left = ratio([each.left for each in counts], [each.offered for each in counts])
    wait = ratio([each.wait_s for each in counts], [each.offered for each in counts])
    busy = shares(ratio([each.busy_s for each in counts], [each.there_s for each in counts]))
    return pd.DataFrame(
        {
            "channel": name,
            "start": horizon.starts,
            "service_level": level.mean,
            "sl_low": level.low,
            "sl_high": level.high,
            "abandonment": left.mean,
            "asa_s": wait.mean,
            "occupancy": np.minimum(busy.mean, 1.0),
        }
    )


def total_of(name: str, counts: list[Counts], share: float) -> ChannelService:
    """Service of a channel over the whole time."""

    def over(top: str, bottom: str) -> tuple[float, float, float]:
        tops = [getattr(each, top).sum(keepdims=True) for each in counts]
        bottoms = [getattr(each, bottom).sum(keepdims=True) for each in counts]
        found = ratio(tops, bottoms)
        return float(found.mean[0]), float(found.low[0]), float(found.high[0])

    level, low, high = over("good", "counted")
    contacts = float(np.mean([each.offered.sum() for each in counts]))
    left, wait, busy = (over(*pair)[0] for pair in (("left", "offered"), ("wait_s", "offered"), ("busy_s", "there_s")))
    met = _met(counts, share)
    ends = (max(low, 0.0), min(high, 1.0))
    return ChannelService(name, contacts, level, *ends, left, wait, min(busy, 1.0), float(np.mean(met)))
