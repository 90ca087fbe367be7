"""What the searches of one plan may use together, and the record of the limits that ended some of them.

Only the planner's outer time limit is wall time, and it is looked at here only. Every search ends by itself or by a
number of nodes, which is the same on every machine.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from configs.errors import InterruptedSearchError
from optimize.roster.result import LimitHit

if TYPE_CHECKING:
    from threading import Event

    from optimize.roster.program.solution import Limit

NO_GAP = 1e-6
"""Share of the cost below which a cost and its bound are the same: the tolerance of a solver's own arithmetic."""
LEAST_SECONDS = 1.0
"""Time left below which no further search begins: a search of a week needs about as long to start."""
GRACE_SECONDS = 180.0
"""Time past the deadline for a search without whose answer there is no roster, so that a short limit gives one too.

A guard: many times what such a search takes. A search that used it up would end without a roster.
"""


@dataclass(frozen=True)
class Limits:
    """When one search ends by itself: relative gap, absolute gap, and branch-and-bound nodes."""

    gap: float = 0.0
    absolute_gap: float = 1e-6
    nodes: int | None = None


class Record:
    """Which searches a limit ended; may be written to from several threads."""

    def __init__(self) -> None:
        self._hits: list[tuple[str, Limit]] = []

    def add(self, search: str, limit: Limit) -> None:
        """Note that a limit ended a search, or kept it from beginning."""
        self._hits.append((search, limit))

    def hits(self) -> tuple[LimitHit, ...]:
        """Every search that a limit ended, by name; an interrupt is not a limit."""
        counts = sorted(Counter(self._hits).items())
        return tuple(LimitHit(search, limit, times) for (search, limit), times in counts if limit != "interrupt")

    @property
    def timed_out(self) -> bool:
        """Whether the time limit ended a search."""
        return any(limit == "time" for _, limit in self._hits)


@dataclass(frozen=True)
class Budget:
    """What all searches of a plan share.

    Parameters
    ----------
    deadline
        Moment of ``time.perf_counter()`` at which searches end; endless where nothing else is said.
    nodes
        Most nodes of any one search, besides the limit it has itself.
    seed
        Seed of every choice that solvers make at random.
    gap
        Relative gap to the bound at which the plan is good enough.
    interrupt
        Set by the caller to end the search; None where it cannot be interrupted.
    record
        Where the searches that a limit ended are noted.
    """

    deadline: float = math.inf
    nodes: int | None = None
    seed: int = 1
    gap: float = 0.0
    interrupt: Event | None = None
    record: Record = field(default_factory=Record)

    def seconds_left(self) -> float:
        """Seconds until the deadline, 0 where it is over, endless where there is none."""
        return max(0.0, self.deadline - time.perf_counter())

    @property
    def interrupted(self) -> bool:
        """Whether somebody asked the search to end."""
        return self.interrupt is not None and self.interrupt.is_set()

    def is_over(self, search: str) -> bool:
        """Whether it is too late to begin a search; recorded under its name where the time limit is the reason."""
        if self.interrupted:
            return True
        if self.seconds_left() >= LEAST_SECONDS:
            return False
        self.record.add(search, "time")
        return True

    def go_on(self) -> None:
        """Raise InterruptedSearchError when the search has been asked to end; called before there is a whole week."""
        if self.interrupted:
            raise InterruptedSearchError("interrupted before a roster was found; nothing was written")

    def met(self, cost: float, bound: float) -> bool:
        """Whether a cost is within the gap of its bound, or equal to it within the solver's tolerance."""
        return cost - bound <= max(self.gap, NO_GAP) * cost

    def of(self, limits: Limits) -> Limits:
        """Return the limits of one search with no more nodes than the budget allows."""
        if self.nodes is None:
            return limits
        return replace(limits, nodes=self.nodes if limits.nodes is None else min(limits.nodes, self.nodes))

    def for_the_floor(self) -> Budget:
        """Return the budget of a search that every roster needs: it may run past the deadline."""
        return replace(self, deadline=max(self.deadline, time.perf_counter()) + GRACE_SECONDS)

    def endless(self) -> Budget:
        """Return the budget of linear programs that end by themselves, outside the planner's time limit."""
        return replace(self, deadline=math.inf)

    def to_finish(self) -> Budget:
        """Return the budget of work that must come to its end, such as tying the last shifts into tours.

        It may run past the deadline and ignores interrupts.
        """
        return replace(self.for_the_floor(), interrupt=None)
