"""From what was seen of a channel in many weeks to its rows, its service, and the probability of its target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.schema import DeferrableChannel
from configs.units import format_duration
from optimize.simulation.intervals import ratio, shares, wilson
from optimize.simulation.result import ChannelService, DayProbability, TargetProbability

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from configs.horizon import Horizon, LocalTimes
    from configs.schema import Channel, Config
    from configs.schema.targets import JointTarget, Span
    from optimize.simulation.at_once.backlog import WorkRisk
    from optimize.simulation.at_once.seen import Seen

    Array = NDArray[np.float64]

_SPANS: dict[Span, str] = {"interval": "", "day": ", each day", "week": ", each week"}


def live_target(name: str, channel: Channel, seen: Seen, days: tuple[DayProbability, ...]) -> TargetProbability | None:
    """Probability that a live channel meets its target, with its 95 % interval (Wilson, 1927).

    None where no contact comes. Of a target over a day it is that of the least probable of its `days`.
    """
    if not seen.counted.sum():
        return None
    over = channel.target.over
    if over == "day":
        return _least_day(name, promised(channel), days)
    met = _met(seen.good.sum(axis=1), seen.counted.sum(axis=1), channel.target.share)
    return TargetProbability(name, promised(channel), *_probability(met), over=over)


def joint_targets(config: Config, seen: Mapping[str, Seen], horizon: Horizon) -> tuple[TargetProbability, ...]:
    """Probability of each target over channels together."""
    found = []
    for name, target in (config.targets or {}).items():
        weights = target.weights or {}
        local = {each: horizon.seen_in(config.channels[each].timezone) for each in target.channels}
        days = max(each.days for each in local.values())
        good, counted = (
            np.sum(
                [weights.get(each, 1.0) * _daily(getattr(seen[each], what), local[each], days) for each in local],
                axis=0,
            )
            for what in ("good", "counted")
        )
        words = _promised_together(target)
        if not counted.sum():
            continue
        if target.over == "day":
            found.append(_least_day(name, words, _days(name, good, counted, target.share, local[target.channels[0]])))
        else:
            met = _met(good.sum(axis=1), counted.sum(axis=1), target.share)
            found.append(TargetProbability(name, words, *_probability(met), over=target.over))
    return tuple(found)


def work_target(name: str, channel: Channel, risk: WorkRisk, hours: float) -> TargetProbability | None:
    """Probability that deferrable work is in time, and the buffer hours; None where none falls due.

    Of a target over a day it is the least of its days.
    """
    if not risk.judged:
        return None
    enough = hours > 0 and np.isfinite(risk.buffer)
    cushion_h = max(risk.buffer - 1.0, 0.0) * hours if enough else float("nan")
    least = float(np.nanmin(risk.probability))
    met = round(least * risk.weeks)
    ends = wilson(met, risk.weeks)
    return TargetProbability(name, promised(channel), least, *ends, cushion_h, channel.target.over)


def days_of(name: str, channel: Channel, seen: Seen, horizon: Horizon) -> tuple[DayProbability, ...]:
    """Probability that a live channel meets its target on each day, of its customers, on which contacts come."""
    local = horizon.seen_in(channel.timezone)
    good, counted = (_daily(each, local, local.days) for each in (seen.good, seen.counted))
    return _days(name, good, counted, channel.target.share, local)


def promised(channel: Channel) -> str:
    """Write a service target: ``80% in 20s``, ``80% in 20s, each day``, ``95% in 1d open``."""
    words = f"{100 * channel.target.share:g}% in {format_duration(channel.target.within)}"
    if isinstance(channel, DeferrableChannel):
        return f"{words} open" if channel.target.clock == "open" else words
    return f"{words}{_SPANS[channel.target.over]}"


def _promised_together(target: JointTarget) -> str:
    return f"{100 * target.share:g}% of {' and '.join(target.channels)} in time{_SPANS[target.over]}"


def _least_day(name: str, words: str, days: tuple[DayProbability, ...]) -> TargetProbability:
    least = min(days, key=lambda day: day.probability)
    return TargetProbability(name, words, least.probability, least.low, least.high, over="day")


def _daily(values: Array, local: LocalTimes, days: int) -> Array:
    """Sums of values of shape (weeks, T) by the days of a zone, shape (weeks, days)."""
    return np.asarray(values @ (local.day[:, None] == np.arange(days)))


def _days(name: str, good: Array, counted: Array, share: float, local: LocalTimes) -> tuple[DayProbability, ...]:
    """Each day with contacts; sums by day have shape (weeks, days)."""
    days = []
    for number in np.flatnonzero(counted.sum(axis=0)):
        of, in_time = counted[:, number], good[:, number]
        level = float(in_time.sum() / of.sum())
        days.append(DayProbability(name, local.date(int(number)), level, *_probability(_met(in_time, of, share))))
    return tuple(days)


def _met(good: Array, counted: Array, share: float) -> NDArray[np.bool_]:
    """Whether the share was reached, for each replication."""
    return np.asarray(good >= (share - 1e-9) * counted)


def _probability(met: NDArray[np.bool_]) -> tuple[float, float, float]:
    number = int(met.sum())
    return (number / met.size, *wilson(number, met.size))


def frame_of(name: str, horizon: Horizon, seen: Seen) -> pd.DataFrame:
    """Rows of the ``simulation`` table of a channel."""
    level = shares(ratio(seen.good, seen.counted))
    busy = shares(ratio(seen.busy_s, seen.there_s))
    return pd.DataFrame(
        {
            "channel": name,
            "start": horizon.starts,
            "service_level": level.mean,
            "sl_low": level.low,
            "sl_high": level.high,
            "abandonment": ratio(seen.left, seen.offered).mean,
            "asa_s": ratio(seen.wait_s, seen.offered).mean,
            "occupancy": np.minimum(busy.mean, 1.0),
        }
    )


def total_of(name: str, seen: Seen, share: float) -> ChannelService:
    """Service of a channel over the whole time."""

    def over(top: Array, bottom: Array) -> tuple[float, float, float]:
        found = ratio(top.sum(axis=1, keepdims=True), bottom.sum(axis=1, keepdims=True))
        return float(found.mean[0]), float(found.low[0]), float(found.high[0])

    level, low, high = over(seen.good, seen.counted)
    return ChannelService(
        name,
        contacts=float(seen.offered.sum(axis=1).mean()),
        service_level=level,
        sl_low=max(low, 0.0),
        sl_high=min(high, 1.0),
        abandonment=over(seen.left, seen.offered)[0],
        asa_s=over(seen.wait_s, seen.offered)[0],
        occupancy=min(over(seen.busy_s, seen.there_s)[0], 1.0),
        kept=float(_met(seen.good.sum(axis=1), seen.counted.sum(axis=1), share).mean()),
    )
