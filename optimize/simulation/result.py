"""What a simulation hands on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from configs.notes import Noticed

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class ContactLog:
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
class TargetProbability:
    """How probable it is that a channel keeps its promise over the week.

    Parameters
    ----------
    channel
        Name of the channel.
    promise
        What is promised, such as ``80% in 20s``.
    probability
        Share of replicated weeks in which the promised share of the week's contacts is in time.
    low, high
        Ends of its 95 % interval (Wilson).
    cushion_h
        Deferrable channels: agent-hours to add over the week, spread as the roster has them, for a probability of 0.9;
        0 where it is reached, NaN where nobody is there or even four times the hours are not enough, and for others.
    """

    channel: str
    promise: str
    probability: float
    low: float
    high: float
    cushion_h: float = float("nan")


@dataclass(frozen=True)
class Replay:
    """The ``simulation`` table (see ``configs.tables.SIMULATION``), the whole time of each channel, and its promise.

    `service_targets` holds a channel of the config, in its order, where contacts come whose promise can be judged.
    """

    table: pd.DataFrame
    channels: tuple[ChannelService, ...]
    replications: int
    seed: int
    service_targets: tuple[TargetProbability, ...] = ()
    notes: tuple[Noticed, ...] = ()

    @property
    def target_table(self) -> pd.DataFrame:
        """The ``promise`` table (see ``configs.tables.PROMISE``)."""
        import pandas as pd

        from configs.tables import PROMISE, check, settled

        rows = [asdict(each) for each in self.service_targets]
        return settled(check(pd.DataFrame(rows, columns=PROMISE.names), PROMISE))
