"""The floor of a channel whose target is one over a day or a week: the least people of an interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.staffing.requirement.channel_gains import ChannelInQueue
from optimize.staffing.requirement.one_queue import occupancy_cap
from optimize.staffing.requirement.spans import least_share
from optimize.staffing.requirement.targets import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.staffing.requirement.one_queue import Contacts

    Array = NDArray[np.float64]


_ROOM = 1.6
"""People for whom curves are computed, over the load of the busiest interval; twice as many where they are too few."""


def floor_people(config: Config, horizon: Horizon, name: str, team: Mapping[str, Contacts]) -> Array:
    """Least people to roster so that a channel keeps its least share and the occupancy its limit.

    Both are means over absence and over how busy a day is (``channel_gains``).

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
        Whole numbers of shape (T,); 0 where nobody comes, else 1 or more.
    """
    channel = ChannelInQueue.of(config, horizon, name, team)
    comes = channel.queues.load_erl > 0
    share, cap = least_share(config, name), occupancy_cap(config, team)[:, None]
    most = int(np.ceil(_ROOM * float(np.max(channel.queues.load_erl, initial=1.0))))
    while True:
        kept, occupancy = channel.share_and_occupancy(most)
        few = (kept < share - ROUNDING) | (occupancy > cap + ROUNDING)
        short = np.where(comes, few.sum(axis=1), 0)
        if (short <= most).all():
            return np.where(comes, np.maximum(short, 1.0), 0.0)
        most *= 2
