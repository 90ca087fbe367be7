"""Rules about people that a roster breaks: a fact each, with the numbers its sentence needs.

The sentences are in ``reports.english.rules``. A `price` is what the breach costs by its rule; None means that the rule
is hard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from configs.notes import Fact

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True)
class Breach:
    """A rule of a person that days `first` to `last` break; `rule` is its key, such as ``hours.week``."""

    agent: str
    rule: str
    first: date
    last: date
    price: float | None


@dataclass(frozen=True)
class HoursOutside(Breach):
    """Minutes in a period below the least, or above the most."""

    minutes: int
    limit: int
    too_few: bool


@dataclass(frozen=True)
class ShiftsOutside(Breach):
    """Shifts of a kind ("work": any) in a period below the least, or above the most."""

    number: int
    limit: int
    too_few: bool
    of: str


@dataclass(frozen=True)
class RunOutside(Breach):
    """Days of a run of "work", "off" or a kind of shift below the least, or above the most."""

    of: str
    days: int
    limit: int
    too_few: bool


@dataclass(frozen=True)
class RestTooShort(Breach):
    """Minutes between two shifts of these kinds (None: any), on the clock of the plan; `run` that the first ended."""

    minutes: int
    limit: int
    ended: datetime
    began: datetime
    after: str | None
    run: str | None
    before: str | None


@dataclass(frozen=True)
class WeeklyRestTooShort(Breach):
    """Longest rest of a period in minutes."""

    minutes: int
    limit: int


@dataclass(frozen=True)
class WeekendSplit(Breach):
    """A weekend of which `worked` days of `days` are worked."""

    worked: int
    days: int


@dataclass(frozen=True)
class TooManyWeekends(Breach):
    """Weekends worked in a period."""

    number: int
    limit: int


@dataclass(frozen=True)
class WrongSuccession(Breach):
    """Days `before`, then one that is `found` (a forbidden word, None with `allow`: not one of those)."""

    before: tuple[str, ...]
    found: str | None
    allow: tuple[str, ...]


@dataclass(frozen=True)
class OffRotation(Breach):
    """Planned days that differ from the rotation; on the first of them it has a kind of shift, or None for off."""

    days: int
    expected: str | None


@dataclass(frozen=True)
class FixedDayWorked(Breach):
    """A shift on a fixed day off."""


@dataclass(frozen=True)
class MentorAbsent(Breach):
    """Minutes of a shift during which one of the mentors is at work, and the least there should be."""

    minutes: int
    limit: int


@dataclass(frozen=True)
class LockBroken(Breach):
    """A settled day that differs: its shift should begin at `start_min` (None: any), or there should be none."""

    works: bool
    start_min: int | None


@dataclass(frozen=True)
class StartMoved(Breach):
    """Minutes by which the starts of two consecutive days differ."""

    minutes: int
    limit: int


@dataclass(frozen=True)
class RuleBroken(Fact):
    """A broken rule of a person: the worst breach of it, and how many others there are."""

    where: str
    breach: Breach
    more: int


@dataclass(frozen=True)
class RuleRelaxed(RuleBroken):
    """A rule with a price that is broken; `price` is what all its breaches cost."""

    price: float


@dataclass(frozen=True)
class RulesRecounted(Fact):
    """The finished roster of `people` with rules was verified.

    `planned` says whether the search planned by the rules, and `left` by which it did not. `broken` and `relaxed` are
    the numbers of hard and of priced rules of persons that are broken, `price` is what the latter cost, which is not
    part of the cost of the roster.
    """

    where: str
    people: int
    broken: int
    relaxed: int
    price: float
    planned: bool = False
    left: tuple[str, ...] = ()
