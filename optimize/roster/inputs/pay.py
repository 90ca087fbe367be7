"""What an hour of each contract costs in each interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.units import DAY_MINUTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Premium


def premium_shares(premiums: Sequence[Premium], horizon: Horizon) -> NDArray[np.float64]:
    """Extra pay in each interval as a share of the hourly cost; premiums that meet add up.

    The hours after midnight of a span such as 22:00-06:00 belong to the day on which the span began.
    """
    shares = np.zeros(horizon.size)
    minute = horizon.slot * horizon.interval_min
    yesterday = (horizon.weekday - 1) % 7
    for premium in premiums:
        today = np.isin(horizon.weekday, premium.days)
        if premium.span is None:
            hit = today
        else:
            start, end = premium.span.start, premium.span.end
            hit = today & (minute >= start) & (minute < end)
            hit |= np.isin(yesterday, premium.days) & (minute < end - DAY_MINUTES)
        shares[hit] += premium.add
    return shares
