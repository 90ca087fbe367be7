"""What rostering may notice, and what it advises: a fact each, with the numbers its sentence needs.

`where` is a config key, an activity, or the roster. The sentences are in ``reports.english.roster`` and ``advice``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from configs.notes import Fact

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

Absence = Literal["no-shift", "no-room", "not-together", "at-once", "too-short"]
"""Why somebody misses an activity: no shift, no shift with room for it, not there at its one time, too many at once, or
channels that would be too short."""
Assumption = Literal["repeating", "apart", "service", "kept", "rules", "weeks"]
"""What a bound takes as given: a week that repeats itself, each channel staffed by itself, targets over a day or a week
counted by the service staircases of the plan, guaranteed days kept, the rules over weeks that are planned by, and the
other weeks as they are."""


@dataclass(frozen=True)
class WeekRepeats(Fact):
    """Shifts past the end of the week cover its first hours, as if the week before were the same."""

    where: str


@dataclass(frozen=True)
class PaidInThisWeek(Fact):
    """Shifts past the end of the week are paid here and cover the next."""

    where: str


@dataclass(frozen=True)
class StillAtWork(Fact):
    """People of the week before cover the first hours."""

    where: str


@dataclass(frozen=True)
class AwayAllWeek(Fact):
    """People on leave on every day of the week."""

    where: str
    agents: tuple[str, ...]


@dataclass(frozen=True)
class Lack:
    """A target that a plan keeps less surely than asked: the day by its customers' clock, None over the week."""

    target: str
    day: date | None
    probability: float
    asked: float


@dataclass(frozen=True)
class TargetsNotKept(Fact):
    """No round of the loop kept all targets as surely as asked; the roster is the one that keeps them best."""

    where: str
    lacks: tuple[Lack, ...]


@dataclass(frozen=True)
class WishDay:
    """Somebody's wish for a day."""

    agent: str
    day: date


@dataclass(frozen=True)
class WishesOnLeave(Fact):
    """Wishes for days on which the person is on leave."""

    where: str
    wishes: tuple[WishDay, ...]


@dataclass(frozen=True)
class PersonDays:
    """Working days somebody gets, and those of the contract."""

    agent: str
    got: int
    contracted: int


@dataclass(frozen=True)
class FewerDays(Fact):
    """People who cannot get all their working days."""

    where: str
    people: tuple[PersonDays, ...]


@dataclass(frozen=True)
class FewerHours(Fact):
    """Somebody is rostered for fewer paid hours than their `hours_min`.

    `leave_takes_them` says whether leave accounts for all that is missing; `available` is the person's own cell.
    """

    where: str
    agent: str
    name: str
    contract: str
    hours: float
    hours_min: float
    leave: tuple[date, ...]
    leave_takes_them: bool
    available: str


@dataclass(frozen=True)
class MoreFewerHours(Fact):
    """How many people beyond those named are rostered for fewer hours than their `hours_min`."""

    where: str
    people: int


@dataclass(frozen=True)
class DueBeforeWorked(Fact):
    """Hours of work that fall due before anybody may do it; `first` is when the first of it comes."""

    where: str
    channel: str
    hours: float
    first: datetime


@dataclass(frozen=True)
class SingleDaysOff(Fact):
    """People whose days off fall apart where the week meets the one before."""

    where: str
    agents: tuple[str, ...]


RuleFamily = Literal[
    "availability", "history", "hours", "weeks", "weekends", "runs", "days off", "nights", "rest", "bands"
]
"""Rules of a person that belong together, as the joined search leaves them out to see what frees somebody."""


Families = tuple[RuleFamily, ...]
"""Families of rules that are left out together."""


@dataclass(frozen=True)
class RuleCost:
    """By how much a family of rules raises the bound of weeks planned by name at the prices that prove it.

    `contracts` has its part of each contract, the largest first, in the currency of the plan.
    """

    family: RuleFamily
    contracts: tuple[tuple[str, float], ...]

    @property
    def amount(self) -> float:
        """The part of all contracts."""
        return sum(amount for _, amount in self.contracts)


@dataclass(frozen=True)
class NoRoster(Fact):
    """No roster over the weeks planned together keeps somebody's rules.

    Each set of `freed_by` frees them if its families are left out together, and no smaller set does. `by` is the first
    day up to which there is no roster; None where only the least of hours or shifts over all weeks is out of reach.
    """

    where: str
    freed_by: tuple[Families, ...]
    by: date | None = None


@dataclass(frozen=True)
class WeeksTogether(Fact):
    """What weeks planned together cost by name, and a proven bound of it under the rules planned by."""

    where: str
    weeks: int
    cost: float
    bound: float


@dataclass(frozen=True)
class WeeksCutShort(Fact):
    """The time limit ended the search that decided who works which shift in `weeks` weeks."""

    where: str
    weeks: int


@dataclass(frozen=True)
class DayGivenUp(Fact):
    """A guaranteed working day that a contract gives up; `where` is the contract."""

    where: str
    contract: str
    day: date

    def __str__(self) -> str:
        """Contract and day."""
        return self.sentence


@dataclass(frozen=True)
class DaysGivenUp(Fact):
    """Working days given up for rest, and which they are where that is known."""

    where: str
    number: int
    days: tuple[DayGivenUp, ...]


@dataclass(frozen=True)
class Absent:
    """People who miss an activity for one reason."""

    agents: tuple[str, ...]
    reason: Absence


@dataclass(frozen=True)
class ActivityMissed(Fact):
    """People who do not take part in an activity, of those who should."""

    where: str
    number: int
    of: int
    absent: tuple[Absent, ...]


@dataclass(frozen=True)
class BoundScope(Fact):
    """Of which rosters a bound is true, beyond the rules as written."""

    where: str
    assumes: tuple[Assumption, ...]


@dataclass(frozen=True)
class Gap(Fact):
    """Distance of cost and bound as a share of the cost; None where they are not comparable."""

    where: str
    share: float | None


@dataclass(frozen=True)
class OneMorePerson(Fact):
    """Advice: one more person on a contract who serves `channels`."""

    where: str
    contract: str
    channels: tuple[str, ...]


@dataclass(frozen=True)
class StartsMoved(Fact):
    """Advice: shifts of a contract may begin earlier (or later); `edges` are the new ends, minutes after midnight."""

    where: str
    contract: str
    earlier: bool
    edges: tuple[int, ...]


@dataclass(frozen=True)
class BreaksWider(Fact):
    """Advice: breaks of a contract may begin `by` earlier or later."""

    where: str
    contract: str
    by: timedelta


@dataclass(frozen=True)
class TargetLater(Fact):
    """Advice: the time allowed of work that may wait is longer `by` hours of its clock, or by days."""

    where: str
    channel: str
    by: timedelta


@dataclass(frozen=True)
class SkillTaught(Fact):
    """Advice: `people` on a contract who serve the channels `have` learn one more."""

    where: str
    channel: str
    people: int
    contract: str
    have: tuple[str, ...]


@dataclass(frozen=True)
class RulesLeftOut(Fact):
    """Advice: a family of rules is left out; `shares` has the part of the saving of each contract."""

    where: str
    family: RuleFamily
    shares: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class ExpensiveHours(Fact):
    """Hours `begin_h` to `end_h` of a day in which one agent-hour more would be worth most; Monday is 0."""

    where: str
    channel: str
    weekday: int
    begin_h: int
    end_h: int
