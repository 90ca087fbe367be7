"""Whether people have rosters at all, by the exact programme of each, and whether one has what is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.frame import NEVER
from optimize.roster.joined.pricer import Pricer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from optimize.roster.joined.problem import Person, Problem

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

ENOUGH = 1e8
"""Worth of the work that is asked for: far above any roster, far below the price of what no rule allows."""


@dataclass(frozen=True)
class Asked:
    """What a roster must have on top of the rules.

    Parameters
    ----------
    cells
        Some shapes of one day; shape (D, S).
    work
        Whether one of them is to be worked; else none is.
    """

    cells: Mask
    work: bool

    @property
    def worth(self) -> Array:
        """Worth of a person's time that makes a cheapest roster have it, where there is one; shape (D, S)."""
        return np.where(self.cells, ENOUGH if self.work else -NEVER, 0.0)

    def is_kept(self, value: float) -> bool:
        """Whether the cheapest roster at this worth has what is asked for; `value` is its price."""
        return value < -ENOUGH / 2 if self.work else bool(np.isfinite(value))


def have_rosters(
    problem: Problem, people: Sequence[Person], asked: Sequence[Asked | None] | None = None
) -> tuple[bool, ...]:
    """Return whether each of some people has a roster under the exact rules.

    Parameters
    ----------
    problem
        Days and contracts.
    people
        Persons, of this problem or made from its people.
    asked
        What each one's roster must have on top of the rules; nothing where it is not given.
    """
    if not people:
        return ()
    asked = asked or [None] * len(people)
    plain = tuple(replace(each, watched=None) for each in people)  # those watched never leave nobody a roster
    pricer = Pricer(replace(problem, people=plain), edges=None, precision=np.float64)
    worth = [np.zeros_like(who.extra) if each is None else each.worth for who, each in zip(people, asked, strict=True)]
    values = pricer.cheapest(range(len(people)), worth).values.tolist()
    return tuple(
        bool(np.isfinite(value)) if each is None else each.is_kept(value)
        for value, each in zip(values, asked, strict=True)
    )
