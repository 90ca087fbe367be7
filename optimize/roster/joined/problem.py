"""Days, contracts, people, their rules and the cover they give, in plain arrays.

Moments are counted in intervals after the first midnight of the horizon. Days of 23 and 25 hours need no care: they
have fewer or more intervals. Rests and working time are in minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.joined.demand import Demand
    from optimize.roster.joined.watched import Watched

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]

OFF = -1
"""A day off, where other days have the number of a shape."""
FIXED = 1e4
"""Worth added to a day that must be worked; above the cost of everything that a day can change."""
SATURDAY, SUNDAY = 5, 6
"""Weekdays, counted from Monday 0."""


@dataclass(frozen=True)
class Break:
    """A break: its first and last start in intervals after the shift began, and its length in intervals."""

    first: int
    last: int
    length: int


@dataclass(frozen=True)
class Contract:
    """Shapes that people of a contract may work: a start of the day, a length, and breaks.

    Parameters
    ----------
    name
        As in the config.
    starts
        Interval at which each shape begins on each day, whether it is offered there or not; shape (D, S).
    offered
        Whether a shape may begin on a day; shape (D, S).
    lengths
        Intervals from start to end; shape (S,).
    breaks
        Breaks of each shape in the order they are taken.
    gap
        Least intervals between two breaks, and between a break and each end of the shift.
    minutes
        Working time that each shape counts for; shape (S,).
    nights
        Whether a shape is a night; shape (S,).
    bands
        Class of each shape, for successions that are forbidden; shape (S,).
    wage
        Cost of a person who begins a shape on a day; shape (D, S).
    """

    name: str
    starts: Ints
    offered: Mask
    lengths: Ints
    breaks: tuple[tuple[Break, ...], ...]
    gap: int
    minutes: Ints
    nights: Mask
    bands: Ints
    wage: Array

    @property
    def ends(self) -> Ints:
        """Interval at which each shape ends on each day; shape (D, S)."""
        return self.starts + self.lengths


@dataclass(frozen=True)
class Rules:
    """Hard rules about which day follows which.

    Parameters
    ----------
    rest
        Minutes between two shifts.
    least_run, most_run
        Working days in a row. A run that touches the end of the horizon may be shorter: it may continue.
    least_off
        Days off in a row, 1 or more; at the end of the horizon they may continue.
    least_nights, most_nights
        Nights in a row; None for no limit but that of the run. A run of nights ends where no night follows on the next
        day, and at the end of the horizon it may be shorter.
    rest_after_nights
        Minutes from the end of the last night of a row to the next shift.
    whole_weekends
        Whether a weekend is worked on both days or not at all. One that an end of the horizon cuts is exempt.
    barred
        Pairs of bands: a shape of the second may not be worked on the day after one of the first.
    """

    rest: int = 660
    least_run: int = 1
    most_run: int = 6
    least_off: int = 1
    least_nights: int = 1
    most_nights: int | None = None
    rest_after_nights: int = 0
    whole_weekends: bool = False
    barred: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Limits:
    """Least and most of something."""

    least: int
    most: int


@dataclass(frozen=True)
class Hours:
    """Shifts and working minutes over the horizon and in a calendar week; None where there is no limit.

    A week that an end of the horizon cuts has its upper limits only, for the days inside.

    Parameters
    ----------
    each_week
        Limits on the shifts of the first calendar weeks in place of `week_shifts`, such as with leave.
    week_off
        Whether a week may be without any shift, whatever its least.
    """

    shifts: Limits | None = None
    minutes: Limits | None = None
    week_shifts: Limits | None = None
    week_minutes: Limits | None = None
    most_weekends: int | None = None
    each_week: tuple[Limits, ...] = ()
    week_off: bool = False

    def of_week(self, week: int) -> Limits | None:
        """Limits on the shifts in a calendar week of the horizon."""
        return self.each_week[week] if week < len(self.each_week) else self.week_shifts


@dataclass(frozen=True)
class History:
    """What a person did before day 0.

    Parameters
    ----------
    days_off
        Days off in a row that end on the day before day 0; 0 when that day was worked.
    run, nights
        Working days, and nights among them, in a row that end on the day before day 0.
    ended
        Interval at which the last shift ended, mostly below 0; None where no rest is left to take.
    after_nights
        Whether the last shift was a night.
    band
        Band of the last shift when it was on the day before day 0; None where unknown.
    """

    days_off: int = 31
    run: int = 0
    nights: int = 0
    ended: int | None = None
    after_nights: bool = False
    band: int | None = None


RESTED = History()
"""History of a person who may begin on day 0 with any shape."""


@dataclass(frozen=True)
class Person:
    """A person: contract, skills, rules, and what they would rather not work.

    Parameters
    ----------
    name
        As in the files.
    contract
        Number of the contract.
    skills
        Numbers of the channels this person serves; one or more.
    extra
        Cost of each shape on each day in addition to the wage: wishes, and ``inf`` for what is forbidden (leave, hours
        at which the person cannot be there); shape (D, S).
    rules, hours, history
        See there.
    due
        Days on which the person works.
    watched
        Rules that look at the whole roster; None without any. People with the same ones share the object.
    """

    name: str
    contract: int
    skills: frozenset[int]
    extra: Array
    rules: Rules
    hours: Hours
    history: History = RESTED
    due: frozenset[int] = frozenset()
    watched: Watched | None = None


@dataclass(frozen=True)
class Fairness:
    """Burdens shared between people, and how.

    Parameters
    ----------
    weight
        Price of each burden, 0 or more; shape (K,).
    part
        Each person's part of all that is taken, adding up to 1; shape (P, K).
    balance
        What each person took before the horizon beyond their share of it; shape (P, K).
    burdens
        For each person, the burdens of each shape on each day, and of a day off in the last row; shape (D, S + 1, K).
    """

    weight: Array
    part: Array
    balance: Array
    burdens: tuple[Ints, ...]


@dataclass(frozen=True)
class Problem:
    """A horizon to be worked by named people.

    Parameters
    ----------
    interval
        Minutes of an interval.
    midnights
        First interval of each day, and the end of the horizon; shape (D + 1,).
    first_weekday
        Weekday of day 0; Monday is 0.
    demand
        What people at each channel in each interval are worth.
    contracts, people
        Who there is.
    fairness
        Burdens shared between them; None for none.
    """

    interval: int
    midnights: Ints
    first_weekday: int
    demand: Demand
    contracts: tuple[Contract, ...]
    people: tuple[Person, ...]
    fairness: Fairness | None = None

    @property
    def days(self) -> int:
        """Days of the horizon."""
        return len(self.midnights) - 1

    @property
    def intervals(self) -> int:
        """Intervals of the horizon."""
        return int(self.midnights[-1])

    def weekday(self, day: int) -> int:
        """Weekday of a day; Monday is 0."""
        return (self.first_weekday + day) % 7

    def own(self, person: int) -> Array:
        """Cost of each shape on each day to one person; ``inf`` where it may not be worked; shape (D, S)."""
        who = self.people[person]
        contract = self.contracts[who.contract]
        return np.where(contract.offered, contract.wage + who.extra, np.inf)
