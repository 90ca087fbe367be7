"""Targets over a day or a week: how often they are met, their worst day and hour, and what one more point costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from configs.schema import DeferrableChannel
from optimize.simulation.intervals import wilson
from reports.metrics.channels import time_allowed
from reports.series import laid_out, weighted_mean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from configs.schema.targets import Span
    from optimize.roster.rounds import Kept
    from optimize.simulation.result import Replay
    from reports.run import Rostered

A_POINT = 0.01


@dataclass(frozen=True)
class Met:
    """Share of simulated days or weeks in which a target is met, with its 95 % interval.

    `day` is the day it speaks of; None over the week, and where it is the worst day but not known which.
    """

    probability: float
    low: float
    high: float
    day: date | None = None


@dataclass(frozen=True)
class SpanTarget:
    """A target over a day or a week.

    Parameters
    ----------
    name
        The channel, or the target over channels together.
    share, allowed
        Share asked for, and the time in words; no time for channels together.
    over, asked
        Its span, and the probability asked for.
    met
        Each day, or the week; empty where nothing is known.
    seen
        "fresh" weeks of the replay, or those the roster was "learnt" from.
    worst_hour
        Least share in time of an hour of the week with contacts, simulated; None where it is not known.
    point_cost
        What a point of the share more costs a week by the prices of the relaxed week, in the currency of the plan.
    """

    name: str
    share: float
    allowed: str
    over: Span
    asked: float
    met: tuple[Met, ...]
    seen: Literal["fresh", "learnt"]
    worst_hour: float | None = None
    point_cost: float | None = None

    @property
    def worst(self) -> Met | None:
        """The day, or the week, that is met least often."""
        return min(self.met, key=lambda each: each.probability, default=None)

    @property
    def best(self) -> Met | None:
        """The day, or the week, that is met most often."""
        return max(self.met, key=lambda each: each.probability, default=None)

    @property
    def missed(self) -> bool:
        """Whether a day, or the week, is met less often than asked, by more than chance explains."""
        return any(each.high < self.asked for each in self.met)


def span_targets(made: Rostered, replay: Replay | None) -> tuple[SpanTarget, ...]:
    """Tell every target over a day or a week: those of channels in their order, then those over channels together.

    Without a replay, how often they are met is what the weeks say that the roster was learnt from.
    """
    return tuple(_told(made, replay, *each) for each in _named(made))


def _named(made: Rostered) -> Iterator[tuple[str, float, str]]:
    """Name, share and time of each target over a day or a week."""
    config = made.config
    for name, channel in config.channels.items():
        if config.span_of(name) != "interval" and config.joint_of(name) is None:
            yield name, channel.target.share, time_allowed(channel)
    for name, joint in (config.targets or {}).items():
        yield name, joint.share, ""


def _told(made: Rostered, replay: Replay | None, name: str, share: float, allowed: str) -> SpanTarget:
    config, joint = made.config, (made.config.targets or {}).get(name)
    channel = config.channels[name] if joint is None else None
    live = channel is not None and not isinstance(channel, DeferrableChannel)
    return SpanTarget(
        name=name,
        share=share,
        allowed=allowed,
        over=config.span_of(name) if joint is None else joint.over,
        asked=config.sure_of(name) if joint is None else joint.probability,
        met=tuple(_fresh(replay, name) if replay else _learnt(made, name)),
        seen="fresh" if replay else "learnt",
        worst_hour=_worst_hour(made, replay, name) if replay and live else None,
        point_cost=_point_cost(made, name),
    )


def _fresh(replay: Replay, name: str) -> list[Met]:
    """What the replay says: of each day where it tells them and the target is one over a day, else at once."""
    told = next((each for each in replay.service_targets if each.channel == name), None)
    if told is None:
        return []
    days = [each for each in replay.days if each.channel == name] if told.over == "day" else []
    if days:
        return [Met(each.probability, each.low, each.high, each.date) for each in days]
    return [Met(told.probability, told.low, told.high)]


def _learnt(made: Rostered, name: str) -> Iterator[Met]:
    """What the round says whose roster was chosen."""
    chosen = next((each for each in made.roster.rounds if each.chosen), None)
    for kept in chosen.kept if chosen else ():
        if kept.target == name and kept.measure == "share":
            yield _of_round(made, kept)


def _of_round(made: Rostered, kept: Kept) -> Met:
    from optimize.roster.inputs.service_model import date_of

    weeks = made.config.staffing.loop.replications
    day = None if kept.day is None else date_of(made.config, made.horizon, kept.target, kept.day)
    return Met(kept.probability, *wilson(round(kept.probability * weeks), weeks), day)


def _worst_hour(made: Rostered, replay: Replay, name: str) -> float | None:
    """Least share in time of an hour by the clock of the plan, its intervals weighted by their contacts."""
    horizon = made.horizon
    share = laid_out(replay.table, name, "service_level", horizon)
    volume = laid_out(made.requirement, name, "volume", horizon)
    hour = 24 * horizon.day + np.asarray(horizon.local.hour)
    means = (weighted_mean(share[hour == each], volume[hour == each]) for each in np.unique(hour))
    return min((mean for mean in means if mean is not None), default=None)


def _point_cost(made: Rostered, name: str) -> float | None:
    rows = [each for each in made.roster.targets if each.target == name and each.measure == "share"]
    return A_POINT * sum(each.worth * each.volume for each in rows) if rows else None
