"""What people at work are worth, or lack, in each interval: shortage, and the steps of targets at their prices.

Nobody is placed at a channel for it. By Hall's condition the people missing in an interval are the largest
``needed(M) - at_work(people who can serve M)`` over sets M of channels. Sets that no skill connects add up, and of
those that the same people serve only the largest counts, so few sets are left of many channels.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.program.present import present_in
from optimize.roster.search.worth import WORTHS, with_worth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from optimize.roster.inputs.week import Week
    from optimize.roster.program import Program

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class _Part:
    """Channels that skills connect: for each set of them who serves it, and what it needs at each level of price."""

    pools: NDArray[np.int64]
    serves: Array
    needed: Array


class PricedPeople:
    """Price of people at work in a week with targets; work that waits is where the relaxed week placed it.

    Parameters
    ----------
    program, values
        The week and the values of its relaxed columns.
    """

    def __init__(self, program: Program, values: Array) -> None:
        week, hours = with_worth(program.week, present_in(program, values)), program.week.horizon.interval_h
        required = _required(program, values)
        extra = np.array([tier.extra for tier in next(iter(week.tiers.values()))])
        # A floor is worth the price of shortage: the levels up to it count everybody who must be there.
        everybody = np.cumsum(extra[: len(WORTHS)]) <= week.prices.shortage
        base = week.prices.shortage - float(extra[: len(WORTHS)][everybody].sum())
        levels = [_levels(week, k, required * (k < everybody.size and everybody[k])) for k in range(extra.size)]
        self._price = hours * np.array([base, *extra.tolist()])
        self._excess = hours * week.prices.excess
        self._shape = (len(week.pools), week.size)
        self._parts = tuple(_part(week, members, np.stack([required, *levels])) for members in _connected(week))

    def of(self, people: Array) -> float:
        """Price of `people`, flattened over pools and intervals, but for a constant."""
        return self._price_of(people.reshape(self._shape), slice(None))

    def within(self, people: Array, span: slice | NDArray[np.int64]) -> float:
        """Price of `people` in some intervals, but for a constant."""
        return self._price_of(people.reshape(self._shape)[:, span], span)

    def _price_of(self, there: Array, span: slice | NDArray[np.int64]) -> float:
        total = self._excess * float(there.sum())
        for part in self._parts:
            able = part.serves @ there[part.pools]
            missing = (part.needed[:, :, span] - able).max(axis=1).clip(0).sum(axis=1)
            total += float(self._price @ missing) + self._excess * float(missing[0])
        return total


def _required(program: Program, values: Array) -> Array:
    """People needed at each channel: floors, and those whose work the relaxed week does in the interval."""
    week, hours = program.week, program.week.horizon.interval_h
    required = np.zeros((len(week.channels), week.size))
    for m, people in week.live.items():
        required[m] = people
    for k, work in week.work.items():
        done = values[program.layout.done[k]]
        required[work.channel] += np.diff(done, prepend=-values[program.layout.backlog[k]]) / hours
    for (_, _, m), columns in program.layout.blend.items():
        required[m] -= np.where(columns >= 0, values[columns], 0.0) * week.blending.worth[m]
    return np.maximum(required, 0.0)


def _levels(week: Week, number: int, required: Array) -> Array:
    """People below whom one more is worth a level of price, those among them who must be there in any case."""
    levels = required.copy()
    for m, tiers in week.tiers.items():
        levels[m] = np.maximum(levels[m], tiers[number].level)
    return levels


def _connected(week: Week) -> Iterator[tuple[int, ...]]:
    """Channels in parts that no skill connects."""
    left = set(range(len(week.channels)))
    while left:
        members = {min(left)}
        while more := {m for skills in week.pools if members & set(skills) for m in skills} - members:
            members |= more
        left -= members
        yield tuple(sorted(members))


def _part(week: Week, members: tuple[int, ...], levels: Array) -> _Part:
    pools = np.array([pool for pool, skills in enumerate(week.pools) if set(skills) & set(members)], dtype=np.int64)
    sets = sorted(set(_closed_sets(week, members, pools.tolist())))
    serves = np.array([[float(bool(set(one) & set(week.pools[pool]))) for pool in pools.tolist()] for one in sets])
    needed = np.stack([levels[:, list(one)].sum(axis=1) for one in sets], axis=1)
    return _Part(pools, serves.reshape(len(sets), pools.size), needed)


def _closed_sets(week: Week, members: tuple[int, ...], pools: list[int]) -> Iterator[tuple[int, ...]]:
    """Every set of channels with all others that only the same people serve."""
    who = {m: frozenset(pool for pool in pools if m in week.pools[pool]) for m in members}
    for size in range(1, len(members) + 1):
        for one in combinations(members, size):
            able = frozenset().union(*(who[m] for m in one))
            yield tuple(m for m in members if who[m] <= able)
