"""The week as the integer program sees it: intervals, staff groups and channels by number."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.patterns import WEEK, chain, line

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.breaks import BreakType
    from configs.horizon import Horizon
    from optimize.roster.inputs.patterns import Pattern
    from optimize.roster.inputs.service import ServiceModel
    from optimize.roster.inputs.split import Split
    from optimize.roster.inputs.tiers import Tier
    from optimize.roster.inputs.workload import Choice
    from optimize.roster.schedule.break_windows import BreakWindows


@dataclass(frozen=True)
class ShiftType:
    """One shift type of a staff group.

    `starts` holds, for each day, the allowed starts as interval numbers of the horizon, in order; empty where the
    shift may not begin. `number` is its place in the contract. `breaks` says where its breaks may lie.
    """

    number: int
    breaks: BreakWindows
    starts: tuple[tuple[int, ...], ...]

    @property
    def length(self) -> int:
        """Length in intervals, breaks included."""
        return self.breaks.length

    @property
    def break_types(self) -> tuple[BreakType, ...]:
        """Breaks in their order, in intervals."""
        return self.breaks.break_types


def allows(start: int, length: int, first: int, until: tuple[tuple[int, int], ...], day: int) -> bool:
    """Return whether a shift begins at `first` or later, and ends by the limit that `until` sets for its day."""
    end = dict(until).get(day)
    return start >= first and (end is None or start + length <= end)


@dataclass(frozen=True)
class Subgroup:
    """People of a staff group who are away on the same days, work the same number of days and come as rested.

    `guaranteed` people work one of the patterns; the others may have no shifts. `days` is the number of working days
    agreed less leave. `type_sequences` holds the shift type (its number in the staff group) of each day of each pattern
    where hours are limited, and is empty elsewhere. `choice` describes all such weeks where they are too many to list;
    `patterns` then lists those in use. No shift begins before interval `first`, the end of the rest from the previous
    week. `until` holds (day, interval): on that day no shift ends after that interval, because leave begins.
    """

    agents: tuple[str, ...]
    away: tuple[int, ...]
    guaranteed: bool
    patterns: tuple[Pattern, ...]
    days: int
    first: int = 0
    until: tuple[tuple[int, int], ...] = ()
    type_sequences: tuple[tuple[int, ...], ...] = ()
    choice: Choice | None = None

    def shift_type(self, p: int, day: int) -> int | None:
        """Shift type that pattern `p` has on a day; None where any will do."""
        return self.type_sequences[p][self.patterns[p].index(day)] if self.type_sequences else None

    def takes(self, p: int, day: int, shift_type: int) -> bool:
        """Return whether pattern `p` works the day with that shift type."""
        return day in self.patterns[p] and self.shift_type(p, day) in {None, shift_type}

    def pattern_of(self, shift_types: dict[int, int]) -> int | None:
        """Number of the pattern with exactly these days and shift types; None where there is none."""
        days = tuple(sorted(shift_types))
        same = (p for p, pattern in enumerate(self.patterns) if pattern == days)
        return next((p for p in same if all(self.takes(p, *shift) for shift in shift_types.items())), None)

    def last_end(self, day: int) -> int | None:
        """Latest end of a shift of the day, where leave sets one."""
        return dict(self.until).get(day)

    def allows(self, day: int, start: int, length: int) -> bool:
        """Return whether the rest from the previous week and leave allow a shift."""
        return allows(start, length, self.first, self.until, day)


@dataclass(frozen=True)
class StaffGroup:
    """People with the same contract, skills and availability; they differ only in their days away.

    `skills` are channel numbers, `rest` is in intervals, `pool` numbers the set of skills.
    """

    name: str
    contract: str
    skills: tuple[int, ...]
    pool: int
    shift_types: tuple[ShiftType, ...]
    subgroups: tuple[Subgroup, ...]
    rest: int

    @property
    def size(self) -> int:
        """Number of people."""
        return sum(len(subgroup.agents) for subgroup in self.subgroups)


@dataclass(frozen=True)
class Ending:
    """Work that must be done by the end of interval `interval`: `level`, less the opening backlog where `as_found`."""

    interval: int
    level: float
    as_found: bool


@dataclass(frozen=True)
class Work:
    """One class of deferrable work of a channel, in rostered agent-hours.

    `arrivals` holds what arrives in each interval. By the end of interval t the work done since the week began, less
    the backlog it began with, must have reached `floor[t]`; it can never exceed the arrivals up to then. `backlog` is
    the least and greatest backlog the week may begin with; `ending` says what must be done at its end. `due_by` is the
    interval by whose end the service target asks for the work of each interval. `worked` says in which intervals the
    work may be done.
    """

    channel: int
    arrivals: NDArray[np.float64]
    due_by: NDArray[np.int64]
    floor: NDArray[np.float64]
    backlog: tuple[float, float]
    ending: Ending
    worked: NDArray[np.bool_]

    @cached_property
    def arrived(self) -> NDArray[np.float64]:
        """Work arrived up to the end of each interval."""
        return np.cumsum(self.arrivals)


@dataclass(frozen=True)
class WeekActivity:
    """A planned activity: people take part once in the week and serve no channel meanwhile. Numbers count intervals.

    `starts` are the intervals in which it may begin; `count` of the `people` take part, at most `at_once` at a time
    (None: any number), or all of them `together`.
    """

    name: str
    length: int
    people: tuple[str, ...]
    count: int
    starts: tuple[int, ...]
    at_once: int | None
    together: bool
    paid: bool


@dataclass(frozen=True)
class Blending:
    """Idle time of live channels in which deferrable work can be done: average agents per interval, by channel number.

    `worth` is the rostered hours of a deferrable channel that one hour of idle time replaces; it is above 1 because
    rostered hours include absence and idle time.
    """

    idle: dict[int, NDArray[np.float64]] = field(default_factory=dict)
    worth: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Prices:
    """Money: price of an hour short, over, or of work late, and of each paid hour by contract and interval.

    Wages cover two more days, since a shift of the last night may end there.
    """

    shortage: float
    excess: float
    late: float
    wages: dict[str, NDArray[np.float64]]


@dataclass(frozen=True)
class CarryOver:
    """People of the previous week still at work in each interval of this week, by pool (set of skills)."""

    skills: dict[int, tuple[int, ...]]
    present: dict[int, NDArray[np.float64]]


@dataclass(frozen=True)
class Week:
    """Everything the program is built from.

    `live` holds the people required per interval for each live channel, keyed by channel number; `work` holds the
    classes of work of the deferrable channels, the first of each keyed by the number of its channel. Without a previous
    week, the week is a circle: shifts that run past its end cover its beginning. With one, the week is a line: people
    of the previous week cover its beginning, and shifts that run past its end are paid here and cover the next week.
    `tiers` holds the tiers of shortage of each live channel. `service` has the targets over a day or a week; where it
    is given, the requirement of their channels is a floor.
    `splits` holds, by channel number, the deferrable channels of whose work the roster chooses what is in time; their
    classes in `work` hold all the work each.
    """

    horizon: Horizon
    channels: tuple[str, ...]
    live: dict[int, NDArray[np.float64]]
    work: dict[int, Work]
    staff_groups: tuple[StaffGroup, ...]
    prices: Prices
    before: CarryOver | None = None
    tiers: dict[int, tuple[Tier, ...]] = field(default_factory=dict)
    activities: tuple[WeekActivity, ...] = ()
    blending: Blending = field(default_factory=Blending)
    service: ServiceModel | None = None
    splits: dict[int, Split] = field(default_factory=dict)

    @cached_property
    def pools(self) -> tuple[tuple[int, ...], ...]:
        """Distinct sets of skills, in order of their number."""
        found = {staff_group.pool: staff_group.skills for staff_group in self.staff_groups} | (
            self.before.skills if self.before else {}
        )
        return tuple(found[pool] for pool in sorted(found))

    def classes(self, channel: int) -> tuple[int, ...]:
        """Classes of work of a deferrable channel."""
        return tuple(k for k, work in self.work.items() if work.channel == channel)

    @cached_property
    def chosen(self) -> frozenset[int]:
        """Classes of work whose arrivals the roster chooses."""
        return frozenset(k for split in self.splits.values() for k in split.lanes)

    @cached_property
    def always_in_time(self) -> frozenset[int]:
        """Classes of work that are never late: what the roster chooses to be in time."""
        return frozenset(split.in_time for split in self.splits.values())

    def worked(self, channel: int) -> NDArray[np.bool_]:
        """Return whether the work of a deferrable channel may be done, for each interval."""
        return self.work[channel].worked

    @cached_property
    def present(self) -> NDArray[np.float64]:
        """People of the previous week still at work, one row for each pool."""
        left = self.before.present if self.before else {}
        return np.array([left.get(pool, np.zeros(self.size)) for pool in range(len(self.pools))])

    def reach(self, staff_group: StaffGroup) -> int:
        """Number of following days on which the rest after a shift may still forbid a start; at least 2."""
        hour = 60 / self.horizon.interval_min  # a day is an hour shorter when the clock goes forward
        longest = max(shift_type.length for shift_type in staff_group.shift_types) + staff_group.rest + hour
        return min(WEEK - 1, max(2, math.ceil(longest / (24 * hour))))

    def interval(self, moment: int) -> int | None:
        """Interval of this week that `moment`, perhaps past the end, stands for; None where it is in the next week."""
        if moment < self.size:
            return moment
        return moment - self.size if self.before is None else None

    def rows_of(self, pattern: Pattern) -> tuple[Pattern, ...]:
        """Rows of neighbouring working days of a pattern."""
        return chain(pattern) if self.before is None else line(pattern)

    @property
    def size(self) -> int:
        """Number of intervals."""
        return self.horizon.size
