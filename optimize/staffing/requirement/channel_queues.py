"""A channel of the config as queues and service targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.errors import ConfigError, Fault
from configs.schema import ConcurrentChannel, SynchronousChannel
from optimize.staffing.queueing.concurrency import Curve
from optimize.staffing.queueing.queues import Queues
from optimize.staffing.requirement.targets import Targets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.staffing.queueing.measures import Definition

    Array = NDArray[np.float64]


def used_curve(channel: ConcurrentChannel) -> Curve:
    """The slow-down curve of a channel, derived from its touches or as measured.

    Raises
    ------
    ConfigError
        The channel gives neither.
    """
    if channel.aht_by_slots is not None:
        return Curve.measured([length.total_seconds() for length in channel.aht_by_slots])
    if channel.touch is None or channel.think is None or channel.touches is None:
        raise ConfigError(Fault("touch, think, touches", "are all needed where aht_by_slots is not given"))
    return Curve.from_touches(
        channel.slots, channel.touch.total_seconds(), channel.think.total_seconds(), channel.touches, channel.switch
    )


def live_queues(
    channel: SynchronousChannel | ConcurrentChannel,
    definition: Definition,
    volume: Array,
    aht_s: Array,
    interval_s: float,
) -> Queues:
    """The intervals of a channel as queues; with concurrent conversations the curve replaces `aht_s`.

    Where customers call again, `volume` is that of first calls and the service that of each attempt.

    Parameters
    ----------
    channel
        Gives patience, slots or slow-down, redials, and the time of the service level.
    definition
        What the service level counts.
    volume, aht_s
        Contacts and mean handle time in seconds of each interval.
    interval_s
        Length of an interval in seconds.
    """
    curve = used_curve(channel) if isinstance(channel, ConcurrentChannel) else None
    handle = np.where(aht_s > 0, aht_s, 1.0) if curve is None else np.full(volume.size, curve.handle_s)
    patience = np.inf if channel.patience is None else channel.patience.total_seconds()
    curves = None if curve is None else curve.rows(volume.size)
    within = np.full(volume.size, channel.target.within.total_seconds())
    load = volume * handle / interval_s
    cv = channel.service_cv if isinstance(channel, SynchronousChannel) else 1.0
    share = channel.redial_share if isinstance(channel, SynchronousChannel) else 0.0
    again = np.full(volume.size, share) if share > 0 else None
    return Queues(load, handle, np.full(volume.size, patience), within, definition, again, curves, cv)


def service_targets(channel: SynchronousChannel | ConcurrentChannel, size: int) -> Targets:
    """Service targets of a channel, for each of `size` intervals.

    Raises
    ------
    ConfigError
        A time to reply is promised, but the slow-down was measured and does not say how long a reply takes.
    """
    target = channel.target
    response = channel.target.response if isinstance(channel, ConcurrentChannel) else None
    if response is not None and isinstance(channel, ConcurrentChannel) and channel.aht_by_slots is not None:
        message = "needs touch, think and touches; aht_by_slots does not say how long a reply takes"
        raise ConfigError(Fault("target.response", message))
    seconds = [None if span is None else span.total_seconds() for span in (target.asa, response)]
    values = (target.share, seconds[0], target.abandonment, channel.max_occupancy, seconds[1])
    return Targets(*(np.full(size, np.nan if value is None else value) for value in values))
