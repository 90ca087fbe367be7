"""Targets over a day or a week, counted: how likely they are, where they are weakest, and what more would cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.simulation.teams import priority_order
from optimize.staffing.requirement.concave import shifted
from reports import formatting
from reports.series import laid_out, weighted_mean
from reports.shifts import local

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from configs.schema.targets import JointTarget, Span
    from optimize.roster.inputs.service_model import ServicePlan
    from optimize.roster.rounds import Round
    from optimize.simulation.result import Busier, ChannelService, DayProbability, TargetProbability
    from reports.run import Run
    from reports.series import Numbers


@dataclass(frozen=True)
class WorstHour:
    """The hour by the clock of the plan, named by its local start, whose contacts are in time least often."""

    start: datetime
    share: float


@dataclass(frozen=True)
class SpanTarget:
    """A target over a day or a week, of a channel or of channels together.

    Parameters
    ----------
    name
        Channel, or target over channels together.
    promised
        Share and time in words: ``80% within 20 s``.
    over, sure, floor
        What it is kept over, the probability asked for, and the least share of an interval; a target over channels
        together leaves the floor to them.
    probability
        That of the week, or of the least likely day; None without a simulation.
    days
        One for each day with contacts; none for a target over channels together.
    worst_hour
        Simulated, mean over replications, weighted by contacts.
    point_cost
        What one more point of its share costs over the week, at the prices of the relaxed week; None where unknown.
    busier
        The same plan with more contacts than forecast.
    """

    name: str
    promised: str
    over: Span
    sure: float
    floor: float | None
    probability: TargetProbability | None
    days: tuple[DayProbability, ...]
    worst_hour: WorstHour | None
    point_cost: float | None
    busier: tuple[Busier, ...]

    @property
    def worst_day(self) -> DayProbability | None:
        """The day on which it is least likely to be met."""
        return min(self.days, key=lambda day: day.probability, default=None)

    @property
    def likely_enough(self) -> bool | None:
        """Whether its probability is as high as asked for, chance apart; None without a simulation."""
        return None if self.probability is None else self.probability.high >= self.sure


@dataclass(frozen=True)
class Served:
    """Contacts of a channel in time over the week: by formula, by the corrected staircases, and simulated.

    `moved` is the number of people that the rounds moved its staircase by, mean over contacts: below 0 it serves as if
    it had fewer. `ahead` and `behind` are the channels that share its people and are served before and after it. What
    only the rounds know is None without them.
    """

    channel: str
    simulated: ChannelService
    formula: float | None = None
    corrected: float | None = None
    moved: float = 0.0
    ahead: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()

    @property
    def apart(self) -> float:
        """Points of a share by which the simulation is above the formula; 0 where that is not known."""
        return 0.0 if self.formula is None else self.simulated.service_level - self.formula


@dataclass(frozen=True)
class TargetWeek:
    """All targets over a day or a week, with the rounds that led to the plan and its cost.

    `bound` is the least cost by the same target rows, `interval_bound` that of meeting them in every interval
    separately.
    """

    targets: tuple[SpanTarget, ...]
    served: tuple[Served, ...]
    rounds: tuple[Round, ...]
    cost: float
    bound: float
    interval_bound: float | None

    @property
    def channel_days(self) -> int:
        """Channels and days that are judged separately."""
        return sum(len(each.days) for each in self.targets if each.over == "day")


def target_week(run: Run) -> TargetWeek | None:
    """Count the targets over a day or a week of live channels; None where every interval is planned separately."""
    targets = (*_of_channels(run), *_of_channels_together(run))
    if not targets:
        return None
    roster = run.roster
    return TargetWeek(
        targets, tuple(_served(run)), roster.rounds, roster.cost.total, roster.bound, roster.interval_bound
    )


def spans(run: Run) -> list[str]:
    """Live channels whose target, alone or with others, is one over a day or a week."""
    channels = run.config.channels.items()
    return [name for name, each in channels if each.kind != "deferrable" and run.config.span_of(name) != "interval"]


def _of_channels(run: Run) -> Iterator[SpanTarget]:
    config = run.config
    for name in spans(run):
        if config.joint_of(name) is not None:
            continue
        target = config.channels[name].target
        days = tuple(each for each in run.replay.days if each.channel == name) if run.replay else ()
        yield SpanTarget(
            name,
            formatting.service_target(target.share, formatting.duration(target.within)),
            config.span_of(name),
            config.sure_of(name),
            config.least_of(name),
            _probability(run, name),
            days,
            _worst_hour(run, {name: 1.0}),
            _point_cost(run, name),
            _busier(run, name),
        )


def _of_channels_together(run: Run) -> Iterator[SpanTarget]:
    for name, joint in (run.config.targets or {}).items():
        yield SpanTarget(
            name,
            f"{formatting.percent(joint.share)} of {formatting.listed(joint.channels)} in time",
            joint.over,
            joint.probability,
            None,
            _probability(run, name),
            (),
            _worst_hour(run, _weights(joint)),
            _point_cost(run, name),
            _busier(run, name),
        )


def _weights(joint: JointTarget) -> dict[str, float]:
    return {channel: (joint.weights or {}).get(channel, 1.0) for channel in joint.channels}


def _probability(run: Run, name: str) -> TargetProbability | None:
    found = run.replay.service_targets if run.replay else ()
    return next((each for each in found if each.channel == name), None)


def _busier(run: Run, name: str) -> tuple[Busier, ...]:
    return tuple(each for each in run.replay.busier if each.channel == name) if run.replay else ()


def _point_cost(run: Run, name: str) -> float | None:
    """Price of one more contact in time, times one contact in a hundred, over all rows of a target."""
    rows = [row for row in run.roster.targets if row.target == name and row.measure == "share"]
    return sum(row.worth * row.volume for row in rows) / 100 if rows else None


def _worst_hour(run: Run, weights: Mapping[str, float]) -> WorstHour | None:
    """The worst hour of some channels, contacts of each by their weight; None without a simulation or contacts."""
    if run.replay is None:
        return None
    good, contacts = np.zeros(run.horizon.size), np.zeros(run.horizon.size)
    for name, weight in weights.items():
        level = laid_out(run.replay.table, name, "service_level", run.horizon)
        volume = np.nan_to_num(laid_out(run.forecast.table, name, "volume", run.horizon)) * np.isfinite(level)
        good += weight * volume * np.nan_to_num(level)
        contacts += weight * volume
    first, hour = _hours(run)
    top, bottom = np.bincount(hour, good), np.bincount(hour, contacts)
    known = np.flatnonzero(bottom > 0)
    if not known.size:
        return None
    at = int(known[np.argmin(top[known] / bottom[known])])
    return WorstHour(local(run.horizon.starts[first[at]], run.horizon), float(top[at] / bottom[at]))


def _hours(run: Run) -> tuple[list[int], list[int]]:
    """First interval of every hour of the local clock, and the number of the hour of every interval."""
    hours: dict[tuple[object, int, int], int] = {}
    first, number = [], []
    for at, moment in enumerate(run.horizon.local):
        key = (moment.date(), moment.hour, moment.fold)
        if key not in hours:
            hours[key] = len(hours)
            first.append(at)
        number.append(hours[key])
    return first, number


def _served(run: Run) -> Iterator[Served]:
    """Service of every channel over the week, three ways; nothing without a simulation."""
    seen = {each.channel: each for each in run.replay.channels} if run.replay else {}
    for name in spans(run):
        if name in seen:
            yield _three_ways(run, run.roster.service, seen[name])


def _three_ways(run: Run, service: ServicePlan | None, seen: ChannelService) -> Served:
    name = seen.channel
    stair = next((each for each in service.staircases if each.channel == name), None) if service else None
    if service is None or stair is None:
        return Served(name, seen)
    people = np.sum([_staffed(run, each) for each in stair.team], axis=0)
    moved = service.corrections.people.get(name, np.zeros(run.horizon.size))
    curve, order = stair.average["share"], priority_order(run.config)
    place = order.index(name) if name in order else 0
    return Served(
        name,
        seen,
        weighted_mean(shifted(curve, people)[:, 0], stair.volume),
        weighted_mean(shifted(curve, people + moved)[:, 0], stair.volume),
        weighted_mean(moved, stair.volume) or 0.0,
        tuple(each for each in stair.team if each in order[:place]),
        tuple(each for each in stair.team if each in order[place + 1 :]),
    )


def _staffed(run: Run, channel: str) -> Numbers:
    return np.nan_to_num(laid_out(run.roster.coverage, channel, "staffed", run.horizon))
