"""Wishes that weeks planned by name do not grant: why, and what granting each would cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from configs.notes import Fact, sentence_of

if TYPE_CHECKING:
    from datetime import date

    from optimize.roster.facts import Families

Refusal = Literal["no-shift", "no-roster", "cover", "weight", "not-found"]
"""Why a wish is not granted: the contract has no such shift on that day, the person has no lawful roster with it, the
others do not cover the work, it costs more than its weight, or no more than that, and the search did not find it."""


@dataclass(frozen=True)
class RefusedWish:
    """A wish that is not granted.

    Parameters
    ----------
    agent, day
        Whose wish for which day.
    start
        Wished start in minutes after midnight; None for any shift.
    work
        Whether to work; else to be off.
    weight
        Of the wish, in the currency of the plan.
    reason
        Why it is not granted.
    cost, cover
        What granting it would cost with everybody else as planned, and the part of cover, without its weight; None
        where it cannot be granted.
    freed_by
        Where the person has no lawful roster with it: the smallest sets of rule families that make one possible.
    """

    agent: str
    day: date
    start: int | None
    work: bool
    weight: float
    reason: Refusal
    cost: float | None = None
    cover: float | None = None
    freed_by: tuple[Families, ...] = ()

    @property
    def why(self) -> str:
        """Reason and cost in words."""
        return sentence_of(self)


@dataclass(frozen=True)
class WishesRefused(Fact):
    """How many wishes are not granted, how many of them cannot be, and the most expensive of the others."""

    where: str
    number: int
    impossible: int
    dearest: tuple[RefusedWish, ...]
