"""What rostering hands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

    from configs.notes import Note
    from optimize.roster.previous import Previous

Status = Literal["optimal", "within gap", "no better found", "time limit"]


@dataclass(frozen=True)
class Cost:
    """Cost of a roster, split; all in the currency of the plan."""

    wages: float
    premiums: float
    shortage: float
    excess: float
    late: float = 0.0
    changes: float = 0.0
    activities: float = 0.0
    """Counted for planned activities that are not held."""

    @property
    def total(self) -> float:
        """Sum of the parts: what the integer program minimises."""
        counted = self.shortage + self.excess + self.late + self.changes + self.activities
        return self.wages + self.premiums + counted


@dataclass(frozen=True)
class People:
    """Who can be rostered: ``agents``, ``leave`` and ``requests``; the roster of the week before, and one published."""

    agents: pd.DataFrame
    leave: pd.DataFrame
    requests: pd.DataFrame
    notes: tuple[Note, ...] = ()
    previous: Previous | None = None
    published: pd.DataFrame | None = None


@dataclass(frozen=True)
class Changes:
    """What differs from a published roster.

    A cell is a person and a shift's begin and end: a moved shift is two cells changed, a shift more or less is one.
    `people` have a changed cell; `cells` leaves out the `unavoidable` ones, shifts of people who are on leave that day
    or no longer there.
    """

    people: int
    cells: int
    unavoidable: int


@dataclass(frozen=True)
class Roster:
    """The ``roster`` and ``coverage`` tables with the proof that comes with them.

    `bound` is a proven lower bound of the cost of any roster in which people work all the days of one of their patterns
    or none; `gap` is ``(cost.total - bound) / cost.total``. `left_out` counts working days that were given up because
    no allowed start kept the rest before them; such a roster may cost less than the bound.
    `seconds` is wall time and the only field that differs between two equal runs.
    """

    table: pd.DataFrame
    coverage: pd.DataFrame
    people: People
    status: Status
    cost: Cost
    bound: float
    gap: float
    seconds: float
    left_out: int = 0
    notes: tuple[Note, ...] = ()
    changes: Changes | None = None
