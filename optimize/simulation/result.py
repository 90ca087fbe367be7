"""What a simulation hands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from configs.notes import Note

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Seen:
    """The contacts of one replication, one an element, in order of arrival.

    Parameters
    ----------
    arrival_s
        Moment the contact came.
    wait_s
        Time until it was answered, or until the customer gave up.
    served
        Whether it was answered.
    busy_s
        Agent-seconds worked in each interval.
    response_s
        Mean time to reply to a message; NaN where there are none.
    events
        Arrivals, ends of work and customers who gave up, counted.
    """

    arrival_s: Array
    wait_s: Array
    served: NDArray[np.bool_]
    busy_s: Array
    response_s: float
    events: int


@dataclass(frozen=True)
class ChannelService:
    """Service of a channel over the whole time, with its 95 % interval over replications."""

    channel: str
    contacts: float
    service_level: float
    sl_low: float
    sl_high: float
    abandonment: float
    asa_s: float
    occupancy: float
    kept: float
    """Share of replications in which the promised share was reached over the whole time."""


@dataclass(frozen=True)
class Replay:
    """The ``simulation`` table (see ``configs.tables.SIMULATION``) and the whole time of each channel."""

    table: pd.DataFrame
    channels: tuple[ChannelService, ...]
    replications: int
    seed: int
    notes: tuple[Note, ...] = ()
