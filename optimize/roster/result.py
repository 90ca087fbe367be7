"""A finished roster with its cost, its bound and its advice."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from configs.notes import sentence_of
from optimize.roster.facts import BoundScope, DayGivenUp, DaysGivenUp, Gap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from configs.notes import Noticed
    from optimize.roster.facts import Assumption
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.service_model import Corrections, RowKey, ServicePlan
    from optimize.roster.rounds import Round
    from optimize.roster.schedule.schedule import Schedule
    from optimize.roster.wish_facts import RefusedWish
    from optimize.staffing.requirement.staircase import Measure

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
    targets: float = 0.0
    """Counted for what targets over a day or a week lack."""

    @property
    def total(self) -> float:
        """Sum of the parts: what the integer program minimises."""
        counted = self.shortage + self.excess + self.late + self.changes + self.activities + self.targets
        return self.wages + self.premiums + counted


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


AdviceKind = Literal["person", "start", "break", "promise", "skill", "rule", "hour"]
Basis = Literal["solved again", "shadow price", "named prices"]
ShortReason = Literal["no-start", "all-at-work", "too-little-rest", "on-break", "costs-more"]
"""Why nobody is where people are missing: no shift reaches there, all with the skill work or have worked their days,
they would rest too little, they are on a break, or another shift costs more than the shortage."""


@dataclass(frozen=True)
class Advice:
    """What a change of the rules would save, or what an hour costs; from the relaxed week, hence "about".

    `subject` names the contract, channel or staff group. `saving` is money a week in the currency of the plan; of the
    kind "hour" it is the price of one agent-hour more or less at those hours. `change` is the change, or the hours.
    `basis` tells how the saving was found: the changed week was relaxed and solved again, or read off the shadow prices
    of the week as it is, which is the most it can save. With "named prices" everybody was priced again with the
    change, at the prices that prove the bound of weeks planned by name; the change mostly saves less.
    """

    kind: AdviceKind
    subject: str
    saving: float
    change: Noticed
    basis: Basis

    @property
    def sentence(self) -> str:
        """The change in words, without the money."""
        return self.change.sentence

    def message(self, money: Callable[[float], str]) -> str:
        """Whole sentence, with money written by the caller."""
        return sentence_of(PricedAdvice(self, money(self.saving)))


@dataclass(frozen=True)
class PricedAdvice:
    """Advice with its money as the caller writes it."""

    advice: Advice
    amount: str


@dataclass(frozen=True)
class Shortfall:
    """A span in which a live channel is short of people, and why nobody was put there.

    `agent_h` are the agent-hours missing, `most` the most people missing at once, `code` is why nobody is there; of a
    run by another version it may be a text.
    """

    channel: str
    start: datetime
    end: datetime
    agent_h: float
    most: float
    code: ShortReason | str

    @property
    def reason(self) -> str:
        """Why nobody was put there, in words."""
        return sentence_of(self)


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
class TargetCount:
    """What a roster gives a target over a day or a week, by the staircases it was planned with.

    Parameters
    ----------
    target
        Name of the channel, or of the joint target.
    measure
        "share" counts contacts in time, "kept" those who do not give up, "asa" and "response" negative seconds.
    day
        Number of the day by the clock of the customers; None over the week.
    volume
        Contacts, by their weights in a joint target.
    needed, reached
        Gain asked for, the margin against chance included, and gain given.
    worth
        Price the relaxed week pays for one unit of gain more: one more contact in time.
    price
        Price of a unit of gain that is missing.
    """

    target: str
    measure: Measure
    day: int | None
    volume: float
    needed: float
    reached: float
    worth: float
    price: float

    @property
    def key(self) -> RowKey:
        """Target, measure and day."""
        return self.target, self.measure, self.day

    @property
    def missed(self) -> float:
        """Gain that is missing."""
        return max(self.needed - self.reached, 0.0)


@dataclass(frozen=True)
class Roster:
    """The ``roster`` and ``coverage`` tables with the proof that comes with them.

    `bound` is a proven lower bound of the cost of any roster in which everybody works one of the patterns of days (and,
    where hours are limited, shift types) that contract, leave, availability and the week before leave open, or none;
    `assumes` lists assumptions beyond the rules as written (a week that repeats, each channel staffed separately), and
    `scope` words them to follow "any roster". `gap` is ``(cost.total - bound) / cost.total``. `left_out` counts working
    days dropped because no allowed start kept the rest before them, and `days_given_up` has contract and date of each.
    The bound does not cover such a roster, which may cost less: its `gap` is None and it assumes "kept". `interrupted`
    says that the search was interrupted, whatever `status` was proven by then. `limits_hit` names the searches that a
    limit ended. `seconds` is wall time and the only field that differs between two equal runs. `advice` is empty until
    `optimize.roster.advise` is called; it reads `relaxed`, the relaxed week with its prices. `cost_before_naming` is
    the cost of the counts of shifts, before they became the weeks of persons. `zone` is that of the clock times in
    `table`. `targets` counts what targets over a day or a week get, by the staircases of `service`; `rounds` are
    those of the loop that led here, `corrections` what they taught, and `interval_bound` is the least cost of a roster
    that keeps every interval of these channels alone. `cushion` holds the factor on the hours of deferrable work, by
    channel, that busy weeks take. `refused` are wishes that a week planned by name does not grant. `planned` is the
    schedule `table` was written from, where it was.
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
    days_given_up: tuple[DayGivenUp, ...] = ()
    notes: tuple[Noticed, ...] = ()
    changes: Changes | None = None
    advice: tuple[Advice, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    interrupted: bool = False
    assumes: tuple[Assumption, ...] = ()
    limits_hit: tuple[LimitHit, ...] = ()
    relaxed: Relaxed | None = field(default=None, repr=False, compare=False)
    cost_before_naming: float | None = field(default=None, repr=False, compare=False)
    zone: ZoneInfo | None = None
    targets: tuple[TargetCount, ...] = ()
    rounds: tuple[Round, ...] = ()
    interval_bound: float | None = None
    cushion: Mapping[str, float] = field(default_factory=dict)
    corrections: Corrections | None = field(default=None, repr=False, compare=False)
    service: ServicePlan | None = field(default=None, repr=False, compare=False)
    planned: Schedule | None = field(default=None, repr=False, compare=False)
    refused: tuple[RefusedWish, ...] = ()

    @cached_property
    def schedule(self) -> Schedule:
        """The shifts of `table` as objects: those it was written from, else those read from it, once.

        Raises
        ------
        ValueError
            The table was not written from a schedule, and its zone is not known.
        DataError
            Breaks or activities in the table cannot be read.
        """
        from optimize.roster.schedule.schedule import Schedule

        if self.planned is not None and self.planned.table is self.table:
            return self.planned
        if self.zone is None:
            raise ValueError("clock times in a roster table need their zone: give Roster(zone=...)")
        return Schedule.from_table(self.table, self.zone)

    @property
    def apart(self) -> bool:
        """Whether the bound assumes channels staffed separately although people serve several."""
        return "apart" in self.assumes

    @property
    def scope(self) -> str:
        """Words that follow "any roster" in a statement about the bound; empty where it holds for any."""
        return sentence_of(BoundScope("roster", self.assumes))

    @property
    def given_up(self) -> str:
        """Sentence on the working days given up, without a full stop; an empty text where there are none."""
        return sentence_of(DaysGivenUp("roster", self.left_out, self.days_given_up)) if self.left_out else ""

    @property
    def could_be_better(self) -> tuple[LimitHit, ...]:
        """Searches whose limits may have hidden a cheaper roster; none where the gap asked for is met."""
        return () if self.status in {"optimal", "within gap"} else self.limits_hit

    @property
    def gap_text(self) -> str:
        """The gap as a percentage, or that cost and bound are not comparable."""
        return sentence_of(Gap("roster", self.gap))

    def explain(self) -> str:
        """Describe in plain text how good the roster is, what it costs, and what would help."""
        return sentence_of(self)
