"""A finished roster replayed: the customers of the forecast, with its spread, meet the people of the roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.schema import ConcurrentChannel, DeferrableChannel, SynchronousChannel
from configs.tables import SIMULATION, check, settled
from optimize.roster.inputs.worked import worked_hours
from optimize.simulation.backlog import DeferrableWork, Returns, draw_work, simulate_backlog
from optimize.simulation.chat import Conversation, simulate_chat
from optimize.simulation.days import Grid, Redials, by_interval, day_factor, present
from optimize.simulation.deadline_risk import Deadline, risk_of
from optimize.simulation.draws import ABSENCE, DAY_FACTOR, Draws
from optimize.simulation.intervals import Counts, counted
from optimize.simulation.measured import simulate_measured_chat
from optimize.simulation.phone import simulate_phone
from optimize.simulation.result import ContactLog, Replay, TargetProbability
from optimize.simulation.teams import teams_of
from optimize.simulation.totals import RISK_REPLICATIONS, frame_of, live_target, total_of, work_target
from optimize.staffing.requirement.risk import day_rate_cv, rate_cv

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Channel, Config
    from forecast.result import Forecast
    from optimize.roster.result import Roster
    from optimize.simulation.backlog import Drawn
    from optimize.simulation.teams import Team
    from optimize.staffing.requirement.result import Requirement

    Array = NDArray[np.float64]


def replay(
    roster: Roster,
    forecast: Forecast,
    requirement: Requirement,
    config: Config,
    horizon: Horizon,
    *,
    replications: int | None = None,
    seed: int | None = None,
) -> Replay:
    """Replay a roster contact by contact.

    People who know several synchronous channels serve whichever has a contact for them, the first in order of priority
    first (``simulation.priority``), and are counted once; the occupancy of such channels is that of all their people.
    People who are also planned at chat, messaging or e-mail are there when the roster plans them there: conversations
    side by side and work that waits are not interrupted for a call.

    Each day is busier or quieter than forecast by a factor drawn from the forecast's quantiles. Contacts arrive at
    random, customers give up, rostered people are absent, and people finish their contact after the end of a shift.

    Parameters
    ----------
    roster
        Its ``coverage`` says how many people are at each channel.
    forecast
        Volume with quantiles, and handle time.
    requirement
        Which intervals are open, and when deferrable work is due.
    config
        The channels and the absence.
    horizon
        The planned days.
    replications
        How often the week is simulated; by default as the config says.
    seed
        Names the streams of random numbers; by default that of the plan. The same seed gives the same customers for any
        roster.

    Raises
    ------
    DataError
        Fewer than two replications, or a channel without forecast or coverage.
    """
    runs = config.simulation.replications if replications is None else replications
    if runs < 2:
        raise DataError(Fault("replications", f"must be 2 or more to show a spread, got {runs}"))
    chosen = config.plan.seed if seed is None else seed
    weeks = {
        name: ChannelDraws(name, channel, roster, forecast, requirement, config, horizon)
        for name, channel in config.channels.items()
    }
    teams, notes = teams_of(roster, config, horizon)
    together = [{}] * runs if not teams else [_shared(teams, weeks, config, chosen, number) for number in range(runs)]
    frames, totals, service_targets = [], [], []
    for name, channel in config.channels.items():
        week = weeks[name]
        counts = [shared.get(name) or week.counts(chosen, number) for number, shared in enumerate(together)]
        frames.append(frame_of(name, horizon, counts))
        totals.append(total_of(name, counts, channel.target.share))
        if isinstance(channel, DeferrableChannel):
            service_targets.append(week.work_target(channel, chosen))
        else:
            service_targets.append(live_target(name, channel, counts))
    table = settled(check(pd.concat(frames, ignore_index=True), SIMULATION))
    return Replay(
        table, tuple(totals), runs, chosen, tuple(each for each in service_targets if each is not None), notes
    )


def _shared(
    teams: tuple[Team, ...], weeks: dict[str, ChannelDraws], config: Config, seed: int, number: int
) -> dict[str, Counts]:
    """One replication of the channels that share people."""
    found: dict[str, Counts] = {}
    for team in teams:
        found |= team.counts(weeks, config, seed, number)
    return found


class ChannelDraws:
    """One channel's week: what is the same in every replication."""

    def __init__(
        self,
        name: str,
        channel: Channel,
        roster: Roster,
        forecast: Forecast,
        requirement: Requirement,
        config: Config,
        horizon: Horizon,
    ) -> None:
        self.name, self.channel, self.config, self.horizon = name, channel, config, horizon
        expected = _rows(forecast.table, name, horizon, "forecast")
        asked = _rows(requirement.table, name, horizon, "requirement")
        covered = _rows(roster.coverage, name, horizon, "coverage")
        volume = expected["volume"].to_numpy(dtype=float)
        self.staffed = np.nan_to_num(covered["staffed"].to_numpy(dtype=float)) + _between(channel, covered, horizon)
        if isinstance(channel, DeferrableChannel):
            self.staffed = np.where(worked_hours(config, horizon, requirement.table, name), self.staffed, 0.0)
        self.aht_s = _handle_times(expected, asked, channel)
        served = isinstance(channel, DeferrableChannel) | (asked["load_erl"].to_numpy(dtype=float, na_value=np.nan) > 0)
        self.volume = np.where(served, volume, 0.0)
        self.day = horizon.day  # people's; customers have the days of their own zone
        self.customers_day = horizon.seen_in(channel.timezone).day
        self.day_cv = day_rate_cv(rate_cv(expected), self.volume, self.customers_day)
        self.due_s = _due(asked, horizon)
        absence = config.staffing.absence
        self.opening = _opening(channel, covered, self.aht_s, absence) if isinstance(channel, DeferrableChannel) else 0

    def draws(self, seed: int, number: int) -> Draws:
        """The channel's streams of random numbers in one replication."""
        return Draws(seed, self.name, number)

    def volume_of(self, seed: int, number: int) -> Array:
        """Expected contacts of each interval, as busy as the days of one replication are."""
        busy = day_factor(self.draws(seed, number).stream(DAY_FACTOR), self.day_cv.size, self.day_cv)
        return np.asarray(self.volume * busy[self.customers_day])

    def grid(self, seed: int, number: int) -> Grid:
        """Contacts to expect in one replication, and who comes."""
        absence = self.config.staffing.absence
        people = present(self.draws(seed, number).stream(ABSENCE), self.staffed, self.day, absence)
        return Grid(float(self.config.plan.interval_s), self.volume_of(seed, number), people)

    def counts(self, seed: int, number: int) -> Counts:
        """One replication."""
        interval_s = float(self.config.plan.interval_s)
        grid = self.grid(seed, number)
        seen = self.simulated(grid, self.draws(seed, number))
        there_s: Array = grid.agents.astype(np.float64) * interval_s
        if isinstance(self.channel, DeferrableChannel):
            return self.in_time(seen, there_s)
        within_s = self.channel.target.within.total_seconds()
        return counted(seen, within_s, self.config.service_definition_of(self.name), interval_s, there_s)

    def simulated(self, grid: Grid, draws: Draws) -> ContactLog:
        """The contacts of one replication, by the kind of the channel."""
        channel = self.channel
        if isinstance(channel, DeferrableChannel):
            return simulate_backlog(grid, self.work(channel), draws)
        patience = np.inf if channel.patience is None else channel.patience.total_seconds()
        if isinstance(channel, SynchronousChannel):
            redials = Redials(channel.redial_share, channel.redial_after.total_seconds())
            return simulate_phone(
                grid, self.aht_s, patience, redials=redials, service_cv=channel.service_cv, draws=draws
            )
        if channel.aht_by_slots is not None:
            lengths = [length.total_seconds() for length in channel.aht_by_slots]
            return simulate_measured_chat(grid, lengths, patience, draws=draws)
        return simulate_chat(grid, _conversation(self.name, channel), patience, draws=draws)

    def work(self, channel: DeferrableChannel) -> DeferrableWork:
        """What the channel's contacts are made of."""
        returns = Returns(channel.returns, channel.returns_after.total_seconds())
        return DeferrableWork(self.aht_s, self.opening, returns=returns)

    def work_target(self, channel: DeferrableChannel, seed: int) -> TargetProbability | None:
        """Probability that the work is done in time; None where none falls due."""
        work = self.work(channel)

        def drawn(number: int) -> tuple[Grid, Drawn]:
            grid = self.grid(seed, number)
            return grid, draw_work(grid, work, self.draws(seed, number))

        deadline = Deadline(self.due_s, channel.target.share)
        risk = risk_of(drawn, deadline, self.opening, replications=RISK_REPLICATIONS)
        hours = float(self.staffed.sum()) * self.config.plan.interval_s / 3600.0
        return work_target(self.name, channel, risk, hours)

    def in_time(self, seen: ContactLog, there_s: Array) -> Counts:
        """Count deferrable contacts: in time means finished when due; contacts due after the week are not judged."""
        interval_s = float(self.config.plan.interval_s)
        mine = slice(self.opening, None)
        at = (seen.arrival_s[mine] // interval_s).astype(np.int64)
        wait, done = seen.wait_s[mine], seen.served[mine]
        end = seen.arrival_s[mine] + wait
        size = there_s.size
        judged = self.due_s[at] <= size * interval_s

        good = by_interval(at, judged & done & (end <= self.due_s[at] + 1e-6), size)
        waited = by_interval(at, np.where(done, wait, 0.0), size)
        offered, of = by_interval(at, done, size), by_interval(at, judged, size)
        return Counts(offered, good, of, np.zeros(size), waited, seen.busy_s, there_s)


def _conversation(name: str, channel: ConcurrentChannel) -> Conversation:
    """What a conversation of the channel is made of."""
    if channel.touch is None or channel.think is None or channel.touches is None:  # the schema has seen to it
        raise DataError(Fault(f"channels.{name}", "needs touch, think and touches"))
    touch_s, think_s = channel.touch.total_seconds(), channel.think.total_seconds()
    return Conversation(channel.slots, touch_s, think_s, channel.touches, channel.switch)


def _rows(table: pd.DataFrame, name: str, horizon: Horizon, where: str) -> pd.DataFrame:
    mine = table.loc[table["channel"] == name]
    if mine.empty:
        raise DataError(Fault(where, f'has no rows for channel "{name}"'))
    return mine.set_index("start").reindex(horizon.starts)


def _handle_times(expected: pd.DataFrame, asked: pd.DataFrame, channel: Channel) -> Array:
    """Handle times of contacts; those of a concurrent channel come from its touches and are not used."""
    if isinstance(channel, ConcurrentChannel):
        return np.ones(len(expected))
    aht = asked["aht_s"].to_numpy(dtype=float, na_value=np.nan)
    return np.where(aht > 0, aht, 1.0)


def _between(channel: Channel, covered: pd.DataFrame, horizon: Horizon) -> Array:
    """People equivalent to the work done between calls, at its handle time without idle time."""
    if not isinstance(channel, DeferrableChannel) or "blended_h" not in covered:
        return np.zeros(len(covered))
    hours = np.nan_to_num(covered["blended_h"].to_numpy(dtype=float, na_value=np.nan))
    return np.asarray(hours * channel.max_occupancy / horizon.interval_h)


def _due(asked: pd.DataFrame, horizon: Horizon) -> Array:
    """Moment each interval's work is due, in seconds after the first; inf where there is none."""
    if "due" not in asked.columns:
        return np.full(horizon.size, np.inf)
    seconds = (pd.to_datetime(asked["due"], utc=True) - horizon.begin).dt.total_seconds().to_numpy(dtype=float)
    return np.where(np.isnan(seconds), np.inf, seconds)


def _opening(channel: DeferrableChannel, covered: pd.DataFrame, aht_s: Array, absence: float) -> int:
    """Contacts open at the start: as the config says, else what the roster began with."""
    if channel.backlog is not None:
        return channel.backlog
    first = covered.iloc[0]
    hours = float(first["backlog_h"] + first["done_h"] - first["work_h"])
    if not hours > 0:
        return 0
    return round(hours * 3600.0 * channel.max_occupancy * (1.0 - absence) / float(np.median(aht_s)))
