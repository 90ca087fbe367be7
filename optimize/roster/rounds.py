"""What each round of the loop planned and saw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from optimize.staffing.requirement.staircase import Measure


@dataclass(frozen=True)
class Kept:
    """A target row in the simulated weeks of a round.

    Parameters
    ----------
    target, measure, day
        The row; no day over the week.
    asked
        What a contact is asked to gain on average, without a margin.
    told, seen
        Mean gain by the staircases, and in the simulated weeks.
    probability
        Share of the simulated weeks in which it is reached.
    margin
        What the row asked on top.
    """

    target: str
    measure: Measure
    day: int | None
    asked: float
    told: float
    seen: float
    probability: float
    margin: float


@dataclass(frozen=True)
class Round:
    """One round: a plan, relaxed or whole, and what the learning weeks say about it.

    Parameters
    ----------
    number
        From 1.
    kind
        "relaxed" was planned without whole people, "whole" is a roster.
    cost, bound
        Cost of the plan, and the least cost of any by the same rows, in the currency of the plan.
    kept
        Every target row.
    chosen
        Whether its roster became that of the week.
    """

    number: int
    kind: Literal["relaxed", "whole"]
    cost: float
    bound: float
    kept: tuple[Kept, ...]
    chosen: bool = False

    @property
    def least(self) -> float:
        """Least probability of a row."""
        return min((each.probability for each in self.kept), default=1.0)

    @property
    def mean(self) -> float:
        """Mean probability of the rows."""
        return sum(each.probability for each in self.kept) / len(self.kept) if self.kept else 1.0
