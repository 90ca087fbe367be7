"""Targets over a day or a week: how likely they are met, where they are weakest, and what more would cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from configs.schema import DeferrableChannel
from optimize.roster.inputs.service_model import date_of
from optimize.simulation.intervals import wilson
from reports import formatting
from reports.metrics.channels import promised
from reports.metrics.worst_hour import worst_hour

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from configs.schema import Config
    from configs.schema.targets import Span
    from optimize.roster.rounds import Kept
    from optimize.simulation.result import Busier, Replay
    from reports.metrics.worst_hour import WorstHour
    from reports.run import Rostered

A_POINT = 0.01


@dataclass(frozen=True)
class Met:
    """Share of simulated days or weeks in which a target is met, with its 95 % interval.

    `day` is the day it speaks of; None over the week, and where it is the least likely day but not known which.
    """

    probability: float
    low: float
    high: float
    day: date | None = None


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
        What it is kept over, the probability asked for, and the least share of an interval. Deferrable work has no
        floor; a target over channels together leaves it to them.
    met
        That of the week, or of the least likely day; None where nothing was simulated.
    days
        Each day that is known, in order; of a target over the week they are beside the point, but good to know.
    seen
        "fresh" weeks of the replay, or those the roster was "learnt" from.
    worst_hour
        Simulated, mean over replications, weighted by contacts; None where it is not known, and for deferrable work.
    point_cost
        What a point of the share more costs over the week by the prices of the relaxed week, in the currency of the
        plan; None where they are not known.
    busier
        The same plan with more contacts than forecast.
    """

    name: str
    promised: str
    over: Span
    sure: float
    floor: float | None = None
    met: Met | None = None
    days: tuple[Met, ...] = ()
    seen: Literal["fresh", "learnt"] = "fresh"
    worst_hour: WorstHour | None = None
    point_cost: float | None = None
    busier: tuple[Busier, ...] = ()

    @property
    def judged(self) -> tuple[Met, ...]:
        """What the probability asked for is held against: each day, where they are known, or `met`."""
        if self.over == "day" and self.days:
            return self.days
        return () if self.met is None else (self.met,)

    @property
    def worst_day(self) -> Met | None:
        """The day on which it is least likely to be met."""
        return _least(self.days)

    @property
    def missed(self) -> tuple[Met, ...]:
        """Days, or the week, that are met less often than asked, by more than chance explains."""
        return tuple(each for each in self.judged if each.high < self.sure)


def span_targets(made: Rostered, replay: Replay | None) -> tuple[SpanTarget, ...]:
    """Count every target over a day or a week: those of channels in their order, then those over channels together.

    Without a replay, how often they are met is what the weeks say that the roster was learnt from.
    """
    return tuple(_counted(target, weights, made, replay) for target, weights in _asked(made.config))


def _asked(config: Config) -> Iterator[tuple[SpanTarget, dict[str, float]]]:
    """Each target as the config asks it, with the live channels it counts and the weight of a contact of each."""
    for name, channel in config.channels.items():
        if config.span_of(name) == "interval" or config.joint_of(name) is not None:
            continue
        live = not isinstance(channel, DeferrableChannel)
        floor = config.least_of(name) if live else None
        target = SpanTarget(name, promised(channel), config.span_of(name), config.sure_of(name), floor)
        yield target, ({name: 1.0} if live else {})
    for name, joint in (config.targets or {}).items():
        words = f"{formatting.percent(joint.share)} of {formatting.listed(joint.channels)} in time"
        weights = {channel: (joint.weights or {}).get(channel, 1.0) for channel in joint.channels}
        yield SpanTarget(name, words, joint.over, joint.probability), weights


def _counted(target: SpanTarget, weights: dict[str, float], made: Rostered, replay: Replay | None) -> SpanTarget:
    point = _point_cost(made, target.name)
    if replay is None:
        met, days = _learnt(made, target.name)
        return replace(target, met=met, days=days, seen="learnt", point_cost=point)
    met, days = _fresh(replay, target.name)
    return replace(
        target,
        met=met,
        days=days,
        seen="fresh",
        worst_hour=worst_hour(made, replay, weights),
        point_cost=point,
        busier=tuple(each for each in replay.busier if each.channel == target.name),
    )


def _fresh(replay: Replay, name: str) -> tuple[Met | None, tuple[Met, ...]]:
    """What the replay says of a target, and of each day where it tells them."""
    told = next((each for each in replay.service_targets if each.channel == name), None)
    met = None if told is None else Met(told.probability, told.low, told.high)
    days = (each for each in replay.days if each.channel == name)
    return met, tuple(Met(each.probability, each.low, each.high, each.date) for each in days)


def _learnt(made: Rostered, name: str) -> tuple[Met | None, tuple[Met, ...]]:
    """What the round says whose roster was chosen, of the week or of its days."""
    chosen = next((each for each in made.roster.rounds if each.chosen), None)
    kept = [each for each in (chosen.kept if chosen else ()) if each.target == name and each.measure == "share"]
    found = tuple(_of_round(made, each) for each in kept)
    days = tuple(each for each in found if each.day is not None)
    return _least(found), days


def _of_round(made: Rostered, kept: Kept) -> Met:
    weeks = made.config.staffing.loop.replications
    day = None if kept.day is None else date_of(made.config, made.horizon, kept.target, kept.day)
    return Met(kept.probability, *wilson(round(kept.probability * weeks), weeks), day)


def _least(found: tuple[Met, ...]) -> Met | None:
    return min(found, key=lambda each: each.probability, default=None)


def _point_cost(made: Rostered, name: str) -> float | None:
    """Price of one more contact in time, times one contact in a hundred, over all rows of a target."""
    rows = [each for each in made.roster.targets if each.target == name and each.measure == "share"]
    return A_POINT * sum(each.worth * each.volume for each in rows) if rows else None
