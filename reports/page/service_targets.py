"""The service targets, a row for each channel: expected by formula, simulated, and the probability of meeting them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import formatting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from optimize.simulation.result import ChannelService, TargetProbability
    from reports.metrics.channels import ChannelWeek
    from reports.metrics.week import Week

STEP = 0.1
"""The scale of the bars begins at a whole multiple of this, one below the least value shown."""


@dataclass(frozen=True)
class Bullet:
    """A value with its interval and a target, all in per cent of the width of the bar."""

    left: str
    width: str
    at: str
    target: str


@dataclass(frozen=True)
class TargetRow:
    """One channel; texts are ready to show, and empty where nothing is known."""

    channel: ChannelWeek
    key: str
    promised: str
    expected: str
    replayed: str
    bullet: Bullet | None
    probability: str
    sure: str
    sure_span: str
    short: str


@dataclass(frozen=True)
class TargetTable:
    """All channels; `least` is where the scale of the bars begins."""

    rows: tuple[TargetRow, ...]
    least: str
    replications: int


def target_table(week: Week) -> TargetTable:
    """Make the table of expected and simulated service with the target of each channel."""
    least = _least(week.channels)
    rows = tuple(_row(channel, f"c{number}", least) for number, channel in enumerate(week.channels))
    replay = week.run.replay
    return TargetTable(rows, formatting.percent(least, 0), replay.replications if replay else 0)


def _least(channels: Iterable[ChannelWeek]) -> float:
    """Begin the scale below everything it has to show."""
    shown = [1.0]
    for one in channels:
        shown += [one.target, *([one.replayed.sl_low] if one.replayed else [])]
    lowest = min(value for value in shown if not math.isnan(value))
    return max(0.0, math.floor(lowest / STEP - 1e-9) * STEP - STEP)


def _row(channel: ChannelWeek, key: str, least: float) -> TargetRow:
    seen, promise = channel.replayed, channel.promise
    known = seen is not None and not math.isnan(seen.service_level)
    return TargetRow(
        channel=channel,
        key=key,
        promised=channel.promised,
        expected="" if channel.service_level is None else formatting.percent_down(channel.service_level, aligned=True),
        replayed=_seen(seen) if seen is not None and known else "",
        bullet=_bullet(seen, channel.target, least) if seen is not None and known else None,
        probability=formatting.percent(promise.probability, 0) if promise else "",
        sure=f"{100 * promise.probability:.1f}" if promise else "",
        sure_span=_span(promise) if promise else "",
        short=formatting.hours(channel.shortage_h) if channel.short_intervals else "",
    )


def _seen(seen: ChannelService) -> str:
    low, high = (formatting.percent_down(max(0.0, min(1.0, value))) for value in (seen.sl_low, seen.sl_high))
    return f"{formatting.percent_down(seen.service_level, aligned=True)} ({low}–{high})"


def _span(promise: TargetProbability) -> str:
    return f"{formatting.percent(promise.low, 0)}–{formatting.percent(promise.high, 0)}"


def _bullet(seen: ChannelService, target: float, least: float) -> Bullet:
    def place(value: float) -> float:
        return 100 * (min(1.0, max(least, value)) - least) / (1 - least)

    low, high = place(seen.sl_low), place(seen.sl_high)
    return Bullet(f"{low:.1f}", f"{high - low:.1f}", f"{place(seen.service_level):.1f}", f"{place(target):.1f}")
