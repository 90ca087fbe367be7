"""Results of a simulation."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from configs.notes import Noticed
    from configs.schema.targets import Span

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
    """Share of replications in which the target share was reached over the whole time."""


@dataclass(frozen=True)
class TargetProbability:
    """Probability that a channel, or channels together, meet their service target.

    Parameters
    ----------
    channel
        Name of the channel, or that of a target over channels together.
    promise
        The service target, such as ``80% in 20s, each day``.
    probability
        Share of replicated weeks in which the target share of the week's contacts is in time; of a target over a day
        the share in which that of the day is, on the open day on which it is least.
    low, high
        Ends of its 95 % interval (Wilson).
    cushion_h
        Deferrable channels: agent-hours to add over the week, spread as the roster has them, for a probability of 0.9;
        0 where it is reached; NaN where nobody is rostered or even four times the hours are not enough, and for other
        channels.
    over
        What the target is kept over: "interval", "day" or "week"; the first is judged by the week.
    """

    channel: str
    promise: str
    probability: float
    low: float
    high: float
    cushion_h: float = float("nan")
    over: Span = "interval"


@dataclass(frozen=True)
class DayProbability:
    """Probability that a channel meets its service target on one day.

    Parameters
    ----------
    channel, date
        Name of the channel, and a day on which contacts come.
    service_level
        Share of the day's contacts in time, over all replications.
    probability
        Share of replications in which the target share of the day's contacts is in time.
    low, high
        Ends of its 95 % interval (Wilson).
    """

    channel: str
    date: date
    service_level: float
    probability: float
    low: float
    high: float


@dataclass(frozen=True)
class Busier:
    """Probability that a channel, or channels together, meet their target with `factor` times the contacts forecast."""

    channel: str
    factor: float
    probability: float


@dataclass(frozen=True)
class Replay:
    """The ``simulation`` table (``configs.tables.SIMULATION``), with the whole time and service target of each channel.

    `service_targets` has one entry for each channel, in the order of the config, with contacts that can be judged, and
    then one for each target over channels together. `days` has one for each live channel and open day;
    `busier` tells of weeks with more contacts than forecast where a target is one over a day or a week.
    """

    table: pd.DataFrame
    channels: tuple[ChannelService, ...]
    replications: int
    seed: int
    service_targets: tuple[TargetProbability, ...] = ()
    notes: tuple[Noticed, ...] = ()
    days: tuple[DayProbability, ...] = ()
    busier: tuple[Busier, ...] = ()

    @property
    def target_table(self) -> pd.DataFrame:
        """The ``promise`` table (see ``configs.tables.TARGET_PROBABILITY``)."""
        import pandas as pd

        from configs.tables import TARGET_PROBABILITY, check, settled

        rows = [asdict(each) for each in self.service_targets]
        return settled(check(pd.DataFrame(rows, columns=TARGET_PROBABILITY.names), TARGET_PROBABILITY))

    @property
    def day_table(self) -> pd.DataFrame:
        """The ``promise_days`` table (see ``configs.tables.PROMISE_DAYS``)."""
        import pandas as pd

        from configs.tables import PROMISE_DAYS, check, settled

        rows = [asdict(each) | {"date": pd.Timestamp(each.date)} for each in self.days]
        return settled(check(pd.DataFrame(rows, columns=PROMISE_DAYS.names), PROMISE_DAYS))
