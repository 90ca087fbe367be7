"""What the contacts of one channel gain in the queue of its team, with one, two, three and more people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from configs.schema import DeferrableChannel
from configs.schema.targets import ConcurrentTarget
from optimize.staffing.requirement.gains import Busyness, gains
from optimize.staffing.requirement.interval_method import span_queues
from optimize.staffing.requirement.one_queue import queues_of, rate_cv_of, volume_of
from optimize.staffing.requirement.risk import day_rate_cv
from optimize.staffing.requirement.spans import asked_share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Channel, Config
    from optimize.staffing.queueing.queues import Queues
    from optimize.staffing.requirement.gains import Counted, Measure
    from optimize.staffing.requirement.one_queue import Contacts

    Array = NDArray[np.float64]

_LONGEST = 2.0
"""Longest wait or reply that counts, over the one the target allows; at least an interval, after which others come."""


@dataclass(frozen=True)
class ChannelInQueue:
    """A channel in the queue of its team.

    Parameters
    ----------
    queues
        The queue of the team in each interval, judged as the channel asks.
    day_cv
        Coefficient of variation of the rate of each interval's day, a day of the channel's customers; shape (T,).
    absence
        Share of rostered people who stay away.
    limits_s
        What the channel asks for, "share" first; of waits and replies the seconds its target allows, else None.
    shortest_s
        Least of the longest waits that count, in seconds: an interval.
    """

    queues: Queues
    day_cv: Array
    absence: float
    limits_s: Mapping[Measure, float | None]
    shortest_s: float

    @classmethod
    def of(cls, config: Config, horizon: Horizon, name: str, team: Mapping[str, Contacts]) -> ChannelInQueue:
        """Put the contacts of a team into one queue and judge it as the channel `name` asks."""
        channel = config.channels[name]
        queues = span_queues(config, queues_of(config, team, name), asked_share(config, name))
        day = horizon.seen_in(channel.timezone).day
        spread = day_rate_cv(rate_cv_of(team.values()), volume_of(team.values()), day)
        return cls(queues, spread[day], config.staffing.absence, limits_of(channel), float(config.plan.interval_s))

    def on_any_day(self, most: int) -> dict[Measure, Array]:
        """Mean gains over how busy a day is, with 0 to `most` people rostered; by measure, of shape (T, most + 1)."""
        busyness = Busyness.of_any_day(self.day_cv)
        return gains(self.queues, most, busyness, self.absence, tuple(self.limits_s), self._longest_s)

    def on_busy_day(self, most: int, probability: float) -> dict[Measure, Array]:
        """Gains on a day than which the share `probability` of days is no busier."""
        busyness = Busyness.of_busy_day(self.day_cv, probability)
        return gains(self.queues, most, busyness, self.absence, tuple(self.limits_s), self._longest_s)

    def share_and_occupancy(self, most: int) -> tuple[Array, Array]:
        """Mean share in time, and busy time over time at work, over how busy a day is; each of shape (T, most + 1).

        Nobody rostered is busy all the time.
        """
        asked: tuple[Counted, ...] = ("share", "worked")
        found = gains(self.queues, most, Busyness.of_any_day(self.day_cv), self.absence, asked, self._longest_s)
        busy = found["worked"] * self.queues.load_erl[:, None]
        there = np.arange(most + 1.0) * (1.0 - self.absence)
        return found["share"], np.divide(busy, there, out=np.ones_like(busy), where=there > 0)

    @property
    def _longest_s(self) -> float:
        allowed = max((seconds for seconds in self.limits_s.values() if seconds is not None), default=0.0)
        return max(self.shortest_s, _LONGEST * allowed)


def limits_of(channel: Channel) -> dict[Measure, float | None]:
    """What a live channel's target asks for; of waits and replies the seconds it allows."""
    if isinstance(channel, DeferrableChannel):
        raise TypeError(channel.kind)
    target = channel.target
    asked: dict[Measure, float | None] = {"share": None}
    if target.abandonment is not None:
        asked["kept"] = None
    if target.asa is not None:
        asked["asa"] = target.asa.total_seconds()
    response = target.response if isinstance(target, ConcurrentTarget) else None
    if response is not None:
        asked["response"] = response.total_seconds()
    return asked
