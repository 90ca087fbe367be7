"""Recount of targets over a day or a week: contacts in time by the staircases, the slow and obvious way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.roster.result import Roster, TargetCount
    from optimize.staffing.requirement.staircase import Staircase

    Array = NDArray[np.float64]

NEAR = 1e-4
"""Gain of a contact by which two counts may differ."""


def target_faults(config: Config, requirement: pd.DataFrame, roster: Roster) -> Iterator[Fault]:
    """Differences between what the roster says its targets get and what the recount finds."""
    yield from _count_faults(config, requirement, roster)
    yield from _money_faults(roster)


def _count_faults(config: Config, requirement: pd.DataFrame, roster: Roster) -> Iterator[Fault]:
    """Differences between the contacts in time that are told and those recounted."""
    service = roster.service
    if service is None:
        return
    starts = pd.DatetimeIndex(sorted(requirement["start"].unique()))
    stairs = {each.channel: each for each in service.staircases}
    floor = _by_channel(requirement, "agents", starts)
    staffed = _by_channel(roster.coverage, "staffed", starts)
    able = _by_channel(roster.coverage, "able", starts) if "able" in roster.coverage else {}
    for count in roster.targets:
        joint = (config.targets or {}).get(count.target)
        names = (count.target,) if joint is None else joint.channels
        weights = {name: 1.0 if joint is None else (joint.weights or {}).get(name, 1.0) for name in names}
        reached = 0.0
        for name, weight in weights.items():
            stair = stairs[name]
            people, first = (np.sum([table[each] for each in stair.team], axis=0) for table in (staffed, floor))
            if stair.own != stair.others:
                people = stair.others * (people - able[name]) + stair.own * able[name]
                people = people if stair.most is None else np.minimum(people, stair.most * able[name])
            inside = _inside(config, name, count, starts) & (stair.volume > 0)
            gain = _gain(config, stair, count, service.corrections.people.get(name), people, first)
            reached += weight * float((stair.volume * gain)[inside].sum())
        if abs(reached - count.reached) > NEAR * max(count.volume, 1.0):
            day = "the week" if count.day is None else f"day {count.day + 1}"
            words = f"{count.measure} reaches {count.reached:.3f} over {day}; the recount says {reached:.3f}"
            yield Fault(f"targets {count.target}", words)


def _money_faults(roster: Roster) -> Iterator[Fault]:
    """Difference between the price of what targets lack and the cost that is told for it."""
    missed = sum(each.price * max(each.needed - each.reached, 0.0) for each in roster.targets)
    if abs(missed - roster.cost.targets) > max(0.01, 1e-6 * missed):
        yield Fault("cost", f"targets is {roster.cost.targets:.2f}; the recount says {missed:.2f}")


def _by_channel(table: pd.DataFrame, column: str, starts: pd.DatetimeIndex) -> dict[str, Array]:
    rows = table.set_index(["channel", "start"])[column]
    return {str(name): rows.loc[name].reindex(starts).to_numpy(dtype=float) for name in table["channel"].unique()}


def _inside(config: Config, name: str, count: TargetCount, starts: pd.DatetimeIndex) -> NDArray[np.bool_]:
    """Intervals of the span of a count, by the clock of the channel's customers."""
    if count.day is None:
        return np.ones(len(starts), dtype=bool)
    dates = starts.tz_convert(config.timezone_of(name)).date
    return np.array([(date - dates[0]).days == count.day for date in dates])


def _gain(
    config: Config, stair: Staircase, count: TargetCount, moved: Array | None, people: Array, first: Array
) -> Array:
    """Gain of a contact in each interval: on the least concave curve from the floor on, straight on below it."""
    values = (stair.busy if config.span_of(stair.channel) == "day" else stair.average)[count.measure]
    grid = np.arange(values.shape[1], dtype=float)
    gain = np.zeros(len(people))
    for t in range(len(people)):
        by = 0.0 if moved is None else moved[t]
        curve = np.interp(grid + by, grid, values[t])
        low = int(min(first[t], grid[-1]))
        if people[t] >= low or low + 1 >= grid.size:
            gain[t] = _above(curve, low, max(people[t], low))
        else:
            gain[t] = curve[low] - (low - people[t]) * max(_above(curve, low, low + 1.0) - curve[low], 0.0)
    return gain


def _above(curve: Array, low: int, n: float) -> float:
    """Height at n of the highest chord between two points of a curve from `low` on: its least concave majorant."""
    n = min(n, curve.size - 1.0)
    left, right = np.arange(low, int(np.floor(n)) + 1), np.arange(int(np.ceil(n)), curve.size)
    i, j = left[:, None], right[None, :]
    share = (n - i) / np.maximum(j - i, 1)
    chords = curve[i] + share * (curve[j] - curve[i])
    return float(chords.max())
