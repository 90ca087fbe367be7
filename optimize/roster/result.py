"""What rostering hands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from configs.notes import Note
    from optimize.roster.inputs.previous import Previous

APART = " that staffs each channel by itself"
KEPT = " in which nobody gives up a working day"
"""Words after "any roster" where the roster itself gives one up, so that the bound is of others."""
NOT_COMPARABLE = "not comparable"
"""End of the words for the rosters a bound speaks of, where people serve several live channels."""
Status = Literal["optimal", "within gap", "no better found", "time limit", "interrupted"]


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
    """Who can be rostered: ``agents``, ``leave`` and ``requests``; the roster of the week before, and one published.

    `waiting` is work that the week before left undone, by the moment it is due.
    """

    agents: pd.DataFrame
    leave: pd.DataFrame
    requests: pd.DataFrame
    notes: tuple[Note, ...] = ()
    previous: Previous | None = None
    published: pd.DataFrame | None = None
    waiting: pd.DataFrame | None = None


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


AdviceKind = Literal["person", "start", "break", "promise", "skill", "hour"]
Basis = Literal["solved again", "shadow price"]


@dataclass(frozen=True)
class Advice:
    """What a change of the rules would save, or what an hour costs; from the relaxed week, hence "about".

    `subject` names the contract, channel or crew. `saving` is money a week in the currency of the plan; of the kind
    "hour" it is the price of one agent-hour more or less at those hours. `sentence` says the change without the money.
    `basis` tells how the saving was found: the changed week was relaxed and solved again, or read off the shadow
    prices of the week as it is, which is the most it can save.
    """

    kind: AdviceKind
    subject: str
    saving: float
    sentence: str
    basis: Basis

    def told(self, money: Callable[[float], str]) -> str:
        """Whole sentence, with money written by the caller."""
        amount = money(self.saving)
        if self.kind == "hour":
            return f"{self.sentence} one agent-hour is worth about {amount}."
        most = "about" if self.basis == "solved again" else "at most about"
        return f"{self.sentence} would save {most} {amount} a week."


@dataclass(frozen=True)
class Shortfall:
    """A span in which a live channel is short of people, and why nobody was put there.

    `agent_h` are the agent-hours missing, `most` the most people missing at once.
    """

    channel: str
    start: datetime
    end: datetime
    agent_h: float
    most: float
    reason: str


@dataclass(frozen=True)
class LimitHit:
    """A search that a limit ended before it could prove its answer, and how many times that happened.

    `search` is its name, such as "one day". `limit` is "nodes", a number of steps that is the same on every machine, or
    "time", the planner's time limit, which also keeps searches from beginning.
    """

    search: str
    limit: Literal["time", "nodes"]
    times: int


@dataclass(frozen=True)
class Relaxed:
    """The week without whole numbers: column values, a price for each row, and the proven bound."""

    values: NDArray[np.float64]
    duals: NDArray[np.float64]
    bound: float


@dataclass(frozen=True)
class Roster:
    """The ``roster`` and ``coverage`` tables with the proof that comes with them.

    `bound` is a proven lower bound of the cost of any roster in which everybody works one of the patterns of days (and,
    where hours are limited, kinds of shifts) that contract, leave, availability and the week before leave open, or
    none; `scope` are the words that follow "any roster" where the search takes more as given than the rules as written
    (a week that repeats itself, each channel staffed by itself). `gap` is ``(cost.total - bound) / cost.total``.
    `left_out` counts working days that were given up because no allowed start kept the rest before them, and
    `days_given_up` tells contract and date of each. Such a roster is none of those the bound is for and may cost less:
    its `gap` is None and its `scope` says so.
    `interrupted` says that somebody ended the search, whatever `status` could be proven by then.
    `limits_hit` names the searches that a limit ended. `cost_before_tours` is the cost of the shifts as counts, before
    they became tours of people.
    `seconds` is wall time and the only field that differs between two equal runs. `advice` is empty until
    `optimize.roster.advise` was asked; `relaxed` is what it stands on, the relaxed week with its prices.
    """

    table: pd.DataFrame
    coverage: pd.DataFrame
    people: People
    status: Status
    cost: Cost
    bound: float
    gap: float | None
    seconds: float
    left_out: int = 0
    days_given_up: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    changes: Changes | None = None
    advice: tuple[Advice, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    interrupted: bool = False
    scope: str = ""
    limits_hit: tuple[LimitHit, ...] = ()
    cost_before_tours: float | None = None
    relaxed: Relaxed | None = field(default=None, repr=False, compare=False)

    @property
    def apart(self) -> bool:
        """Whether the bound is of rosters that staff each channel by itself, though people serve several."""
        return APART in self.scope

    @property
    def given_up(self) -> str:
        """Sentence on the working days given up, without a full stop; an empty text where there are none."""
        if not self.left_out:
            return ""
        one = self.left_out == 1
        count = "1 working day was" if one else f"{self.left_out} working days were"
        when = f" ({', '.join(dict.fromkeys(self.days_given_up))})" if self.days_given_up else ""
        before = "it" if one else "them"
        return f"{count} given up{when}, since no allowed start that was found kept the rest before {before}"

    @property
    def could_be_better(self) -> tuple[LimitHit, ...]:
        """Searches whose limits may have hidden a cheaper roster; none where the gap asked for is met."""
        return () if self.status in {"optimal", "within gap"} else self.limits_hit

    @property
    def gap_told(self) -> str:
        """The gap as a percentage, or that cost and bound are not comparable."""
        return NOT_COMPARABLE if self.gap is None else f"{self.gap:.2%}"

    def explain(self) -> str:
        """Tell in plain text how good the roster is, what it costs, and what would help."""
        from optimize.roster.explain import explain

        return explain(self)
