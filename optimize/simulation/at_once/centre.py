"""All channels of a centre in many random weeks: prepared once, met by as many staffings as asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.schema import ConcurrentChannel, DeferrableChannel, SynchronousChannel
from optimize.roster.inputs.worked import worked_hours
from optimize.simulation.at_once.called import Called
from optimize.simulation.at_once.calls import Crew, simulate_calls
from optimize.simulation.at_once.customers import draw_customers
from optimize.simulation.at_once.demands import demand_of, rows_of
from optimize.simulation.at_once.people import people_present
from optimize.simulation.at_once.seen import joined
from optimize.simulation.at_once.weekly import conversations_seen, work_of, work_weeks
from optimize.simulation.days import Redials
from optimize.simulation.draws import ABSENCE, Draws

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.simulation.at_once.backlog import WorkRisk, WorkWeeks
    from optimize.simulation.at_once.customers import Customers, Demand
    from optimize.simulation.at_once.seen import Seen
    from optimize.simulation.at_once.staffing import Staffing

    Array = NDArray[np.float64]
    Whole = NDArray[np.int64]

BLOCK = 300
"""Weeks simulated side by side at most; more are simulated block after block, so that memory stays bounded."""
_BEFORE_S = 3 * 3600.0  # a lane begins at least so long before its own day


@dataclass(frozen=True)
class Centre:
    """What does not depend on the roster. Two staffings meet the same customers and the same absences.

    Parameters
    ----------
    config, horizon
        The channels, and the planned days.
    demands
        What is expected of each channel.
    worked
        Deferrable channels: whether people may work on them, by interval.
    due_s
        Deferrable channels: moment each interval's work is due, in seconds after the first; inf where there is none.
    replications, seed
        Number of weeks, and what names their random numbers.
    """

    config: Config
    horizon: Horizon
    demands: Mapping[str, Demand]
    worked: Mapping[str, NDArray[np.bool_]]
    due_s: Mapping[str, Array]
    replications: int
    seed: int
    _drawn: dict[str, Customers] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(
        cls,
        config: Config,
        forecast_table: pd.DataFrame,
        requirement_table: pd.DataFrame,
        horizon: Horizon,
        *,
        replications: int,
        seed: int,
    ) -> Centre:
        """Prepare a centre from the ``forecast`` and ``requirement`` tables.

        Raises
        ------
        DataError
            A table has no rows of a channel.
        """
        demands, worked, due_s = {}, {}, {}
        for name, channel in config.channels.items():
            demands[name] = demand_of(name, channel, forecast_table, requirement_table, horizon)
            if isinstance(channel, DeferrableChannel):
                worked[name] = np.asarray(worked_hours(config, horizon, requirement_table, name), dtype=bool)
                due_s[name] = _due(rows_of(requirement_table, name, horizon, "requirement"), horizon)
        return cls(config, horizon, demands, worked, due_s, replications, seed)

    def meet(
        self, staffing: Staffing, opening_h: Mapping[str, float] | None = None, only: Collection[str] | None = None
    ) -> dict[str, Seen]:
        """Simulate all channels in all weeks.

        Parameters
        ----------
        staffing
            People at work; whole numbers or not.
        opening_h
            Agent-hours of deferrable work open at the start, by channel, where the config says nothing; default: none.
        only
            Channels to simulate, with those that share their people; default: all. They meet the same customers.

        Returns
        -------
        dict of Seen
            By channel, in the order of the config; arrays of shape (replications, T).
        """
        wanted = frozenset(self.config.channels if only is None else only)
        blocks = [
            self._block((first, min(BLOCK, self.replications - first)), staffing, opening_h or {}, wanted)
            for first in range(0, self.replications, BLOCK)
        ]
        return {name: joined([block[name] for block in blocks]) for name in self.config.channels if name in wanted}

    def opening(self, name: str, hours: float) -> int:
        """Contacts of a deferrable channel open at the start: as the config says, else those hours."""
        channel = self.config.channels[name]
        if not isinstance(channel, DeferrableChannel):
            return 0
        if channel.backlog is not None:
            return channel.backlog
        seconds = hours * 3600.0 * channel.max_occupancy * (1.0 - self.config.staffing.absence)
        return round(seconds / float(np.median(self.demands[name].aht_s)))

    def _block(
        self, block: tuple[int, int], staffing: Staffing, opening_h: Mapping[str, float], wanted: Collection[str]
    ) -> dict[str, Seen]:
        """Simulate some of the weeks."""
        first, weeks = block
        seen: dict[str, Seen] = {}
        for names in _teams(staffing.groups):
            if not set(names) & set(wanted):
                continue
            crews = {skills: people for skills, people in staffing.groups.items() if set(skills) <= set(names)}
            seen |= self._calls(names, crews, first, weeks)
        for name, channel in self.config.channels.items():
            if name in seen or name not in wanted:
                continue
            people = np.asarray(staffing.alone[name], dtype=float)
            if isinstance(channel, SynchronousChannel):
                seen |= self._calls((name,), {(name,): people}, first, weeks)
            elif isinstance(channel, ConcurrentChannel):
                customers, present = self._customers(name, first, weeks), self._present(name, people, first, weeks)
                definition = self.config.service_definition_of(name)
                seen[name] = conversations_seen(name, channel, customers, present, definition)
            else:
                seen[name] = self._work(name, channel, people, opening_h.get(name, 0.0), (first, weeks)).seen()
        return seen

    def work_risk(self, name: str, people: Array, opening_h: float = 0.0, seen: Seen | None = None) -> WorkRisk:
        """How surely deferrable work is in time, by day or over the week as its target counts; of the first weeks.

        Parameters
        ----------
        name
            A deferrable channel.
        people
            People at work there in each interval; only the hours its work may be done in count.
        opening_h
            Agent-hours of its work open at the start.
        seen
            What `meet` saw of it with these people and hours, where that is known.
        """
        channel = self.config.channels[name]
        if not isinstance(channel, DeferrableChannel):
            raise TypeError(name)
        weeks = min(BLOCK, self.replications)
        work = self._work(name, channel, people, opening_h, (0, weeks))
        seen = work.seen() if seen is None else seen.of(slice(weeks))
        day = self.demands[name].day
        span = day if self.config.span_of(name) == "day" else np.zeros_like(day)
        return work.risk(seen, channel.target.share, span, self.config.sure_of(name))

    def _work(
        self, name: str, channel: DeferrableChannel, people: Array, opening_h: float, block: tuple[int, int]
    ) -> WorkWeeks:
        """The work of a block of weeks with those who come to do it."""
        present = self._present(name, np.where(self.worked[name], people, 0.0), *block)
        work = work_of(channel, self.demands[name], self.opening(name, opening_h))
        return work_weeks(work, self._customers(name, *block), present, self.due_s[name])

    def _calls(
        self, names: tuple[str, ...], crews: Mapping[tuple[str, ...], Array], first: int, weeks: int
    ) -> dict[str, Seen]:
        """Simulate synchronous channels that share people."""
        lines = {name: self._called(name, first, weeks) for name in names}
        people = [
            Crew(skills, self._present("+".join(skills), staffed, first, weeks)) for skills, staffed in crews.items()
        ]
        cuts, before = self._cuts(names)
        return simulate_calls(lines, people, cuts, before)

    def _called(self, name: str, first: int, weeks: int) -> Called:
        channel = self.config.channels[name]
        if not isinstance(channel, SynchronousChannel):
            raise TypeError(name)
        return Called(
            self._customers(name, first, weeks),
            channel.target.within.total_seconds(),
            self.config.service_definition_of(name),
            Redials(channel.redial_share, channel.redial_after.total_seconds()),
            self.demands[name].patience_s,
        )

    def _customers(self, name: str, first: int, weeks: int) -> Customers:
        """Customers of a block of weeks; kept where there is but one block."""
        if name in self._drawn:
            return self._drawn[name]
        drawn = draw_customers(self.demands[name], Draws(self.seed, name, first), weeks)
        if weeks == self.replications:
            self._drawn[name] = drawn
        return drawn

    def _present(self, name: str, staffed: Array, first: int, weeks: int) -> Whole:
        absence = self.config.staffing.absence
        return people_present(Draws(self.seed, name, first), ABSENCE, staffed, self.horizon.day, absence, weeks)

    def _cuts(self, names: tuple[str, ...]) -> tuple[tuple[int, ...], int]:
        """Where a week is cut into lanes, and how many intervals before its day each begins.

        The day is cut after its quietest hours: they forget soonest what was before, and bring the fewest calls.
        """
        interval_s = self.demands[names[0]].interval_s
        slowest_s = max(8 * float(self.demands[name].aht_s.max()) for name in names)
        before = ceil(max(_BEFORE_S, slowest_s) / interval_s)
        a_day = self.horizon.times_of_day
        if 3 * before > a_day:
            return (), 0
        volume = np.sum([self.demands[name].volume for name in names], axis=0)
        clock = np.bincount(self.horizon.time_of_day, weights=volume, minlength=a_day)
        hours = np.convolve(np.concatenate([clock[-before:], clock]), np.ones(before), "valid")[:a_day]
        cuts = np.flatnonzero(self.horizon.time_of_day == int(hours.argmin()))
        return tuple(int(cut) for cut in cuts if cut > 0), before


def _teams(groups: Mapping[tuple[str, ...], Array]) -> list[tuple[str, ...]]:
    """Channels connected by people who serve two of them, each in the order of the groups."""
    teams: list[tuple[str, ...]] = []
    for skills in groups:
        joined = [team for team in teams if set(team) & set(skills)]
        names = tuple(dict.fromkeys([name for team in [*joined, skills] for name in team]))
        teams = [*(team for team in teams if team not in joined), names]
    return teams


def _due(asked: pd.DataFrame, horizon: Horizon) -> Array:
    """Moment each interval's work is due, in seconds after the first; inf where there is none."""
    if "due" not in asked.columns:
        return np.full(horizon.size, np.inf)
    seconds = (pd.to_datetime(asked["due"], utc=True) - horizon.begin).dt.total_seconds().to_numpy(dtype=float)
    return np.where(np.isnan(seconds), np.inf, seconds)
