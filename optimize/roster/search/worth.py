"""What people are worth to targets over a day or a week, as tiers of shortage, for rounding by thresholds.

A tier is the number of people of whom one fewer would be worth a price. That of a team is counted with those who can
serve each of its channels as in the relaxed week, that of a channel with the team as large as in the relaxed week.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.service import Present
from optimize.roster.inputs.tiers import Tier
from optimize.roster.search.at_prices import DEARER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from optimize.roster.inputs.service import Ladder, ServiceModel
    from optimize.roster.inputs.week import Week

    Array = NDArray[np.float64]

WORTHS = (0.5, 1.0, 2.0, 4.0, 6.0, 8.0, 9.5, 11.0, 12.5, 14.0, 16.0, 18.0, 21.0, 25.0, 30.0, 40.0, 60.0, 100.0, 200.0)
"""Worths of an agent-hour that rounding tells apart, where a mean hour costs 15; closest about the wage."""


def with_worth(week: Week, present: Present) -> Week:
    """Return a week with the worth of people beyond the floors as tiers of shortage; `present` is the relaxed week."""
    service = week.service
    if service is None:
        return week
    wage = float(np.mean([wages.mean() for wages in week.prices.wages.values()]))
    levels = np.array(WORTHS) * wage / 15.0
    steps = np.diff(levels, prepend=0.0).tolist()
    wanted: dict[int, list[Array]] = {}
    for team in dict.fromkeys(ladder.team for ladder in service.ladders):
        wanted |= _Team(week, service, team, present).wanted(levels)
    nothing = [np.zeros(week.size)] * len(WORTHS)
    tiers = {
        m: (*(Tier(level, step) for level, step in zip(wanted.get(m, nothing), steps, strict=True)), *own)
        for m, own in week.tiers.items()
    }
    return replace(week, tiers=tiers)


_ROOM = 1.5
"""People who can serve a channel for whom a worth is computed, over most of them in the relaxed week."""
_ROOM_PEOPLE = 4


class _Team:
    """A team at the prices of the relaxed week: its ladders, and the money that people on each of them bring."""

    def __init__(self, week: Week, service: ServiceModel, team: tuple[int, ...], present: Present) -> None:
        self.week, self.team, self.present = week, team, present
        self.ladders = [(n, ladder) for n, ladder in enumerate(service.ladders) if ladder.team == team]
        self.curves = {number: _money(week, service, number) for number, _ in self.ladders}
        self.floor = self.ladders[0][1].floor
        self.over = np.sum([present.over[m] for m in team], axis=0)

    def wanted(self, levels: Array) -> dict[int, list[Array]]:
        """People at each channel of whom one fewer would be worth each level of price; 0 where none is."""
        cuts = np.sqrt(levels * np.concatenate([[levels[0] / 2], levels[:-1]])).tolist()
        most = max((curve.shape[1] for curve in self.curves.values()), default=0)
        anybody = self._worths([self._at(over) for over in range(most + 1)])
        further = [(anybody >= cut).sum(axis=1) for cut in cuts]
        left = [np.where(count > 0, self.floor + count, 0.0) for count in further]
        found: dict[int, list[Array]] = {}
        for _, ladder in self.ladders:
            if ladder.channel is not None:
                found[ladder.channel] = self._able(ladder, cuts)
                left = [np.maximum(rest - one, 0.0) for rest, one in zip(left, found[ladder.channel], strict=True)]
        alike = [m for m in self.team if m not in found] or list(self.team)
        first = max(alike, key=lambda m: float(self.week.live[m].sum()))
        so_far = found.get(first, [np.zeros(self.week.size)] * len(left))
        found[first] = [one + rest for one, rest in zip(so_far, left, strict=True)]
        return found

    def _able(self, ladder: Ladder, cuts: list[float]) -> list[Array]:
        """People who can serve a channel, where they are worth more than anybody else would be."""
        channel = ladder.channel
        if channel is None:
            raise ValueError("everybody of the team counts the same")
        there = self.present.able[channel]
        most = int(np.ceil(_ROOM * float(there.max(initial=0.0)))) + _ROOM_PEOPLE
        usual = self._worths([self._at(self.over), self._at(self.over + 1.0)])
        worth = usual + self._worths([self._with_able(channel, float(number)) for number in range(most + 1)])
        people, before = [], np.zeros(self.week.size)
        for cut in reversed(cuts):
            before = np.where(usual[:, 0] < cut, (worth >= cut).sum(axis=1), before)
            people.append(before)
        return people[::-1]

    def _at(self, over: Array | float) -> Present:
        """So many people beyond the floors of the team, those who can serve each channel as in the relaxed week."""
        return self._present(np.broadcast_to(np.asarray(over, dtype=float), self.over.shape), self.present.able)

    def _with_able(self, channel: int, number: float) -> Present:
        """So many who can serve a channel, in a team as large as in the relaxed week."""
        return self._present(self.over, dict(self.present.able) | {channel: np.full(self.week.size, number)})

    def _present(self, over: Array, able: Mapping[int, Array]) -> Present:
        first, *others = self.team
        return Present({first: over} | {m: np.zeros(self.week.size) for m in others}, able)

    def _worths(self, steps: list[Present]) -> Array:
        """Money an hour of each step from one staffing to the next; shape (T, steps - 1)."""
        total = np.zeros((self.week.size, len(steps)))
        for number, ladder in self.ladders:
            people = np.stack([ladder.beyond(one) for one in steps], axis=1)
            total += _height(self.curves[number], people)
        return np.asarray(np.diff(total, axis=1) / self.week.horizon.interval_h)


def _money(week: Week, service: ServiceModel, number: int) -> Array:
    """Money each further person of a ladder brings in each interval, at what the relaxed week pays; shape (T, K)."""
    rows = [row for row in service.rows if number in row.gain]
    most = max((row.gain[number].step.shape[1] for row in rows), default=0)
    total = np.zeros((week.size, max(most, 1)))
    for row in rows:
        step = row.gain[number].step
        total[:, : step.shape[1]] += row.price / DEARER * step
    return total


def _height(steps: Array, people: Array) -> Array:
    """Sum of the steps that people beyond the floors take, in parts too; those missing lose the first step each."""
    size, most = steps.shape
    heights = np.concatenate([np.zeros((size, 1)), np.cumsum(steps, axis=1)], axis=1)
    at = np.clip(people, 0.0, most)
    low = np.minimum(at.astype(np.int64), most - 1)
    taken = np.take_along_axis(heights, low, axis=1) + (at - low) * np.take_along_axis(steps, low, axis=1)
    return np.asarray(taken + np.minimum(people, 0.0) * steps[:, :1])
