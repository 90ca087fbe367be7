"""The floor of a channel whose target is one over a day or a week: the least people of an interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.staffing.requirement.absence import rostered
from optimize.staffing.requirement.channel_gains import ChannelInQueue
from optimize.staffing.requirement.least_agents import least_agents
from optimize.staffing.requirement.one_queue import occupancy_cap
from optimize.staffing.requirement.spans import least_share
from optimize.staffing.requirement.targets import ROUNDING, Targets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.staffing.requirement.one_queue import Contacts

    Array = NDArray[np.float64]


def floor_people(config: Config, horizon: Horizon, name: str, team: Mapping[str, Contacts]) -> Array:
    """Least people to roster so that a channel keeps its least share and the occupancy its limit.

    The share is the mean over absence and over how busy a day is (``channel_gains``); the occupancy is that of the
    people who come, at the mean volume.

    Parameters
    ----------
    config
        The channel's target and `max_occupancy`, and the absence.
    horizon
        The planned days.
    name
        The channel.
    team
        Contacts of every channel of its queue.

    Returns
    -------
    Array
        Whole numbers of shape (T,); 0 where nobody comes, else 1 or more. inf where no number keeps the limit.
    """
    channel = ChannelInQueue.of(config, horizon, name, team)
    nothing = np.full(channel.queues.size, np.nan)
    targets = Targets(nothing, nothing, nothing, occupancy_cap(config, team), nothing)
    present = least_agents(channel.queues, targets)
    capped = rostered(present, config.staffing.absence, config.staffing.enough_with)
    share = least_share(config, name)
    short = _people_short(channel, share, int(np.max(capped, initial=1.0, where=np.isfinite(capped))))
    return np.where(channel.queues.load_erl > 0, np.maximum(np.maximum(short, capped), 1.0), 0.0)


def _people_short(channel: ChannelInQueue, share: float, most: int) -> Array:
    """Numbers of people that are too few for the share: the least number that is enough."""
    while True:
        kept = channel.on_any_day(most, only="share")["share"]
        short = np.where(channel.queues.load_erl > 0, (kept < share - ROUNDING).sum(axis=1), 0)
        if (short <= most).all():
            return short.astype(float)
        most *= 2
