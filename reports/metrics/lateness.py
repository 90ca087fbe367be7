"""Work that is finished after its deadline, channel by channel: how much, what share, how old, and when it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reports.metrics.channels import time_allowed
from reports.metrics.work import NOISE_H, work_of
from reports.series import laid_out
from reports.shifts import local

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from reports.run import Rostered


@dataclass(frozen=True)
class Lateness:
    """Late work of a deferrable channel; agent-hours and hours.

    `late_h` of the `due_h` that fell due in the week are finished after their deadline; `target` is the share asked
    for. `oldest_h` is the longest that work waits. `worst` is the local time of the interval with most late work among
    what it brings, `worst_share` the late share of it; both are None where the coverage does not say. `missed_days` is
    the number of days with too little in time, where the target is one over each day.
    """

    channel: str
    time_allowed: str
    target: float
    late_h: float
    due_h: float
    oldest_h: float
    worst: datetime | None = None
    worst_share: float | None = None
    missed_days: int | None = None

    @property
    def share(self) -> float:
        """Late share of the work that fell due."""
        return self.late_h / self.due_h

    @property
    def met(self) -> bool:
        """Whether the service target is met all the same."""
        if self.missed_days is not None:
            return self.missed_days == 0
        return 1 - self.share >= self.target - 1e-9


def lateness(made: Rostered) -> tuple[Lateness, ...]:
    """Late work of every deferrable channel that has any, in the order of the config."""
    return tuple(_found(made))


def _found(made: Rostered) -> Iterator[Lateness]:
    for name, settings in made.config.channels.items():
        if settings.kind != "deferrable":
            continue
        work = work_of(made, name)
        if work.late_h <= NOISE_H:
            continue
        worst, share = _worst(made, name)
        allowed, target = time_allowed(settings), settings.target.share
        missed = _missed_days(made, name) if made.config.span_of(name) == "day" else None
        yield Lateness(name, allowed, target, work.late_h, work.judged_h, work.oldest_h or 0.0, worst, share, missed)


def _missed_days(made: Rostered, channel: str) -> int | None:
    """Days of the channel's zone with less of their work in time than the share; None where the coverage has no say."""
    settings, coverage = made.config.channels[channel], made.roster.coverage
    if settings.kind != "deferrable" or settings.target.share == 1 or "on_time" not in coverage.columns:
        return None
    share, hours = (laid_out(coverage, channel, name, made.horizon) for name in ("on_time", "work_h"))
    day, judged = made.horizon.seen_in(settings.timezone).day, np.isfinite(share)
    came, good = (np.bincount(day[judged], weights=each[judged]) for each in (hours, hours * share))
    return int((good < settings.target.share * came - NOISE_H).sum())


def _worst(made: Rostered, channel: str) -> tuple[datetime | None, float | None]:
    """The interval whose work is late most, in agent-hours, and the late share of that work."""
    coverage = made.roster.coverage
    if "on_time" not in coverage.columns:
        return None, None
    late = 1 - laid_out(coverage, channel, "on_time", made.horizon)
    hours = np.nan_to_num(late * laid_out(coverage, channel, "work_h", made.horizon))
    at = int(np.argmax(hours))
    if hours[at] <= NOISE_H:
        return None, None
    return local(made.horizon.starts[at], made.horizon), float(late[at])
