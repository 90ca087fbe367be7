"""One channel over the week: contacts, agent-hours, spells with too few people, service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from configs.schema.targets import USUAL_SURE
from reports import formatting
from reports.metrics.work import Work, work_of
from reports.series import laid_out, weighted_mean
from reports.shifts import local

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from configs.horizon import Horizon
    from configs.schema import Channel
    from configs.schema.targets import Span
    from optimize.simulation.result import ChannelService, TargetProbability
    from reports.run import Run
    from reports.series import Numbers

Told = TypeVar("Told", "ChannelService", "TargetProbability")
LEAST = 1e-4
"""Agents below this are noise of the arithmetic, not people."""


@dataclass(frozen=True)
class ShortagePeriod:
    """Consecutive intervals with too few people; times are local, `most` is the largest number missing."""

    start: datetime
    end: datetime
    agent_h: float
    most: float


@dataclass(frozen=True)
class Series:
    """The channel interval by interval, one number for each interval of the horizon, NaN where there is none.

    `replayed` is the service level seen in the replay, between `replayed_low` and `replayed_high` (95 %). `every` are
    the people that the target would take in every interval separately, where it is one over a day or a week.
    """

    volume: Numbers
    low: Numbers
    high: Numbers
    required: Numbers
    every: Numbers
    staffed: Numbers
    shortage: Numbers
    excess: Numbers
    service_level: Numbers
    replayed: Numbers
    replayed_low: Numbers
    replayed_high: Numbers


@dataclass(frozen=True)
class ChannelWeek:
    """One channel over the week.

    `target` is the share of the service target, `time_allowed` its time in words, `over` what it is kept over: over a
    day or a week the people required are the floor of each interval, and `sure` is the probability asked for.
    `service_level` is the share expected with the roster, weighted by contacts; for deferrable channels the share of
    the work finished in time.
    `below` counts the intervals with contacts whose service level is below the target. `replayed` is the simulated
    service of the whole week and `promise` the probability of meeting the target; None without a simulation, or where
    nothing could be judged.
    """

    channel: str
    kind: str
    target: float
    time_allowed: str
    volume: float
    required_h: float
    staffed_h: float
    shortage_h: float
    excess_h: float
    open_intervals: int
    short_intervals: int
    periods: tuple[ShortagePeriod, ...]
    service_level: float | None
    below: int
    work: Work | None
    series: Series
    replayed: ChannelService | None = None
    promise: TargetProbability | None = None
    over: Span = "interval"
    sure: float = USUAL_SURE

    @property
    def promised(self) -> str:
        """The service target in words: ``80% within 20 s``."""
        return formatting.service_target(self.target, self.time_allowed)

    @property
    def required_name(self) -> str:
        """What the people required are called: the floor, where a target is one over a day or a week."""
        return "required" if self.over == "interval" else "floor"

    @property
    def excess_name(self) -> str:
        """What people beyond them are called: who is above the floor is not too many."""
        return "overstaffed" if self.over == "interval" else "above the floor"

    @property
    def kept(self) -> bool | None:
        """Whether the service target is met over the week; none when there is nothing to judge."""
        return None if self.service_level is None else self.service_level >= self.target - 1e-9


def channel_week(run: Run, channel: str) -> ChannelWeek:
    """Count one channel."""
    horizon, settings = run.horizon, run.config.channels[channel]
    series = _series(run, channel)
    work = work_of(run.rostered, channel) if settings.kind == "deferrable" else None
    service = work.in_time if work else weighted_mean(series.service_level, series.volume)
    below = (series.service_level < settings.target.share - 1e-9) & (np.nan_to_num(series.volume) > 0)
    return ChannelWeek(
        channel=channel,
        kind=settings.kind,
        target=settings.target.share,
        time_allowed=time_allowed(settings),
        volume=float(np.nansum(series.volume)),
        required_h=float(np.nansum(series.required)) * horizon.interval_h,
        staffed_h=float(np.nansum(series.staffed)) * horizon.interval_h,
        shortage_h=float(series.shortage.sum()) * horizon.interval_h,
        excess_h=float(series.excess.sum()) * horizon.interval_h,
        open_intervals=int((np.nan_to_num(series.required) > LEAST).sum()),
        short_intervals=int((series.shortage > LEAST).sum()),
        periods=tuple(_periods(series.shortage, horizon)),
        service_level=service,
        below=int(below.sum()),
        work=work,
        series=series,
        replayed=_of(channel, run.replay.channels if run.replay else ()),
        promise=_of(channel, run.replay.service_targets if run.replay else ()),
        over="interval" if settings.kind == "deferrable" else run.config.span_of(channel),
        sure=run.config.sure_of(channel),
    )


def _of(channel: str, told: Iterable[Told]) -> Told | None:
    """Find the entry of a channel in a list of the replay."""
    return next((one for one in told if one.channel == channel), None)


def promised(settings: Channel) -> str:
    """Write the service target of a channel: ``80% within 20 s``."""
    return formatting.service_target(settings.target.share, time_allowed(settings))


def time_allowed(settings: Channel) -> str:
    """Write the time of the service target: ``20 s``, ``12 open hours``."""
    open_hours = settings.kind == "deferrable" and settings.target.clock == "open"
    return formatting.time_allowed(settings.target.within, open_hours=open_hours)


def _series(run: Run, channel: str) -> Series:
    horizon, forecast, coverage = run.horizon, run.forecast.table, run.roster.coverage
    return Series(
        volume=laid_out(forecast, channel, "volume", horizon),
        low=laid_out(forecast, channel, "q10", horizon),
        high=laid_out(forecast, channel, "q90", horizon),
        required=laid_out(coverage, channel, "required", horizon),
        every=laid_out(run.requirement.table, channel, "agents_interval", horizon),
        staffed=laid_out(coverage, channel, "staffed", horizon),
        shortage=np.nan_to_num(laid_out(coverage, channel, "shortage", horizon)),
        excess=np.nan_to_num(laid_out(coverage, channel, "excess", horizon)),
        service_level=laid_out(coverage, channel, "service_level", horizon),
        **_replayed(run, channel),
    )


def _replayed(run: Run, channel: str) -> dict[str, Numbers]:
    """Service level of the replay by interval, and its 95 % interval."""
    names = {"replayed": "service_level", "replayed_low": "sl_low", "replayed_high": "sl_high"}
    if run.replay is None:
        return {name: np.full(run.horizon.size, np.nan) for name in names}
    return {name: laid_out(run.replay.table, channel, column, run.horizon) for name, column in names.items()}


def _periods(shortage: Numbers, horizon: Horizon) -> Iterator[ShortagePeriod]:
    """Join neighbouring intervals that are short."""
    short = np.concatenate([[False], shortage > LEAST, [False]])
    edges = np.flatnonzero(short[1:] != short[:-1])
    for first, after in zip(edges[::2], edges[1::2], strict=True):
        part = shortage[first:after]
        yield ShortagePeriod(
            start=local(horizon.starts[first], horizon),
            end=local(horizon.starts[after] if after < horizon.size else horizon.end, horizon),
            agent_h=float(part.sum()) * horizon.interval_h,
            most=float(part.max()),
        )
