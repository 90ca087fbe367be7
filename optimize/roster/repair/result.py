"""What a repair answers: alternatives with their changes, cost and proof, open shifts and swaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from configs.errors import VerificationError
from configs.notes import Fact

if TYPE_CHECKING:
    from datetime import date

    from configs.errors import Fault
    from optimize.roster.repair.offers import OpenShift, Swap
    from optimize.roster.result import Changes, Roster
    from optimize.roster.schedule.shift import Shift

Kind = Literal["open", "fewest", "balanced", "cheapest"]
"""The lost shifts stay open; fewest changes; each change at its price; each at a fifth of it."""


USUAL: tuple[Kind, ...] = ("open", "fewest", "balanced")
"""Alternatives that are searched unless others are asked for."""


@dataclass(frozen=True)
class ChangedDay:
    """A day of a person that differs from the published roster; shifts they cannot work are not changes."""

    agent: str
    name: str
    day: date
    before: tuple[Shift, ...]
    after: tuple[Shift, ...]


@dataclass(frozen=True)
class Alternative:
    """One repaired roster.

    `as_before` says that customers lack no more, at the prices of the config, than with the published roster. `least`
    is a proven lower bound of the changed cells of any lawful repair of which that is true, breaks of published shifts
    kept; None where none was found, or for an alternative of which it is not claimed.
    """

    kind: Kind
    roster: Roster
    changes: Changes
    changed: tuple[ChangedDay, ...]
    as_before: bool
    least: int | None = None

    def short_h(self, interval_h: float) -> float:
        """Agent-hours short over all channels, of intervals of that length."""
        return float(self.roster.coverage["shortage"].sum()) * interval_h


@dataclass(frozen=True)
class AlternativeLeftOut(Fact):
    """An alternative that is not shown, because its recount found `faults`, mistakes of the program."""

    kind: Kind
    faults: tuple[Fault, ...]

    @property
    def where(self) -> str:
        """The alternative."""
        return self.kind


@dataclass(frozen=True)
class Repair:
    """The alternatives, the lost shifts left open first, those left out, and offers for the lost shifts."""

    alternatives: tuple[Alternative, ...]
    open_shifts: tuple[OpenShift, ...]
    swaps: tuple[Swap, ...]
    left_out: tuple[AlternativeLeftOut, ...] = ()

    def alternative(self, kind: Kind) -> Alternative:
        """The alternative of a kind.

        Raises
        ------
        VerificationError
            It was left out.
        """
        for each in self.left_out:
            if each.kind == kind:
                raise VerificationError(each.faults)
        return next(each for each in self.alternatives if each.kind == kind)
