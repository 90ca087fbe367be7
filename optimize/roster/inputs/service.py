"""What a roster is asked to give customers over a day or a week: steps of further people, and target rows over them.

A step is one more person of a team in an interval. What steps gain shrinks from one to the next, so a roster at least
cost takes them in order and the program needs no whole numbers for them (Koole and van der Sluis 2003).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

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
        By number of the team.
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
        """Gain with so many people beyond the floors of each team in each interval; negative where some are missing."""
        total = self.at_floor
        for team, gain in self.gain.items():
            beyond = people[team]
            taken = np.clip(beyond[:, None] - np.arange(gain.step.shape[1]), 0.0, 1.0)
            total += float((taken * gain.step).sum() + np.minimum(beyond, 0.0) @ gain.step[:, 0])
        return total


@dataclass(frozen=True)
class ServiceModel:
    """Target rows of a week and the teams whose people they count.

    Parameters
    ----------
    teams
        Channel numbers of each team: channels that share people are one queue.
    steps
        Steps of each team in each interval, shape (T,): further people who still gain something.
    rows
        One for each target, measure and span.
    """

    teams: tuple[tuple[int, ...], ...]
    steps: tuple[NDArray[np.int64], ...]
    rows: tuple[TargetRow, ...]

    def beyond(self, over: Mapping[int, Array]) -> dict[int, Array]:
        """People of each team beyond its floors, from those of each channel beyond its own."""
        return {number: np.sum([over[m] for m in team], axis=0) for number, team in enumerate(self.teams)}

    def priced(self, prices: tuple[float, ...]) -> ServiceModel:
        """Return the model with another price of each row."""
        rows = tuple(replace(row, price=price) for row, price in zip(self.rows, prices, strict=True))
        return replace(self, rows=rows)
