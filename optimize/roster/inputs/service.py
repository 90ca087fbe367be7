"""What a roster is asked to give customers over a day or a week: steps of further people, and target rows over them.

A step is one more person of a team in an interval, as a channel counts its people: those who can serve it count for
more. What steps gain shrinks from one to the next, so a roster at least cost takes them in order and the program needs
no whole numbers for them (Koole and van der Sluis 2003).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.staffing.requirement.teams import weighed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from optimize.staffing.requirement.staircase import Measure

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Gain:
    """What the people of a team give the contacts of a target row.

    Parameters
    ----------
    at_floor
        Gain with the people of the floors, in each interval; shape (T,), 0 outside the span.
    step
        Gain of each further person; shape (T, K), never rising along a row. Fewer people than the floors lose the
        first step each.
    """

    at_floor: Array
    step: Array

    def beyond(self, people: Array) -> Array:
        """Gain of so many people beyond the floors in each interval; negative where some are missing."""
        taken = np.clip(people[:, None] - np.arange(self.step.shape[1]), 0.0, 1.0)
        return np.asarray((taken * self.step).sum(axis=1) + np.minimum(people, 0.0) * self.step[:, 0])


@dataclass(frozen=True)
class TargetRow:
    """A target over a span: the gain of all its contacts reaches `needed`.

    Parameters
    ----------
    target
        Name of the channel, or of the joint target.
    measure
        What a contact gains: "share" counts contacts in time.
    day
        Number of the day it is kept over, by the clock of the customers; None over the week.
    gain
        By number of the ladder.
    needed
        Sum of the gains asked for, the margin against chance included.
    volume
        Contacts of the span, by their weights in a joint target.
    price
        What a unit of gain short of `needed` costs.
    """

    target: str
    measure: Measure
    day: int | None
    gain: Mapping[int, Gain]
    needed: float
    volume: float
    price: float

    @property
    def key(self) -> tuple[str, Measure, int | None]:
        """Target, measure and day."""
        return self.target, self.measure, self.day

    @property
    def at_floor(self) -> float:
        """Gain with the people of the floors."""
        return float(sum(gain.at_floor.sum() for gain in self.gain.values()))

    @property
    def attainable(self) -> float:
        """Gain with all steps taken."""
        return self.at_floor + float(sum(gain.step.sum() for gain in self.gain.values()))

    def reached(self, people: Mapping[int, Array]) -> float:
        """Gain with so many people beyond the floors of each ladder in each interval; negative where some miss."""
        return self.at_floor + float(sum(gain.beyond(people[ladder]).sum() for ladder, gain in self.gain.items()))


@dataclass(frozen=True)
class Present:
    """People at the live channels in each interval; arrays of shape (T,).

    Parameters
    ----------
    over
        By channel number, people beyond its floor; negative where some are missing.
    able
        By channel number, people at the channels of its team who can serve it; where a ladder needs them.
    """

    over: Mapping[int, Array]
    able: Mapping[int, Array] = field(default_factory=dict)


@dataclass(frozen=True)
class Ladder:
    """The people of a team as some of its channels count them, step by step beyond the floors.

    Parameters
    ----------
    team
        Numbers of the channels that share the people and so are one queue.
    floor
        People of the floors of these channels; shape (T,).
    steps
        Further people who still gain something; shape (T,).
    channel
        Channel whose own people count more than others; None where everybody counts as one person.
    others, own
        Weights of a person who cannot serve the channel, and of one who can (``Sharing.weights``).
    most
        People of the team that one who can serve the channel stands for at most, shape (T,): others relieve those who
        can, and cannot stand in for them.
    """

    team: tuple[int, ...]
    floor: Array
    steps: NDArray[np.int64]
    channel: int | None = None
    others: float = 1.0
    own: float = 1.0
    most: Array | None = None

    def beyond(self, present: Present) -> Array:
        """People beyond the floors in each interval, by their weights; negative where some are missing."""
        over = np.sum([present.over[m] for m in self.team], axis=0)
        if self.channel is None:
            return np.asarray(over, dtype=float)
        there = weighed(self.floor + over, present.able[self.channel], self.others, self.own, self.most)
        return np.asarray(there - self.floor, dtype=float)


@dataclass(frozen=True)
class ServiceModel:
    """Target rows of a week and the ladders whose people they count."""

    ladders: tuple[Ladder, ...]
    rows: tuple[TargetRow, ...]

    def reached(self, present: Present) -> list[float]:
        """Gain of each row with these people."""
        people = {number: ladder.beyond(present) for number, ladder in enumerate(self.ladders)}
        return [row.reached(people) for row in self.rows]

    def priced(self, prices: tuple[float, ...]) -> ServiceModel:
        """Return the model with another price of each row."""
        rows = tuple(replace(row, price=price) for row, price in zip(self.rows, prices, strict=True))
        return replace(self, rows=rows)
