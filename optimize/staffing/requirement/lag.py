"""Work lags behind arrivals: the load of intervals whose contacts last as long as the interval or longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def lagged_load(rate_per_s: Array, aht_s: Array, interval_s: float) -> Array:
    """Load of each interval when nobody has to wait (the infinite-server queue), day and night in one row.

    The number in service follows ``m' = rate - m / aht`` and is known in closed form within an interval. An interval
    takes its mean, and its largest value while the first contacts after a quiet time are still on their way, since a
    mean would understaff the end of the opening interval.

    Parameters
    ----------
    rate_per_s
        Contacts per second of each interval.
    aht_s
        Mean time a contact lasts, of each interval.
    interval_s
        Length of an interval in seconds.

    References
    ----------
    Jennings, Mandelbaum, Massey and Whitt (1996), Server staffing to meet time-varying demand (modified offered load).
    """
    load, in_service, since = np.empty(rate_per_s.size), 0.0, 0.0
    for number, (rate, aht) in enumerate(zip(rate_per_s.tolist(), aht_s.tolist(), strict=True)):
        steady, decay = rate * aht, float(np.exp(-interval_s / aht))
        end = steady + (in_service - steady) * decay
        mean = steady + (in_service - steady) * (1.0 - decay) * aht / interval_s
        since = since + interval_s if rate > 0 else 0.0
        opening = 0.0 < since - interval_s < aht or since == interval_s
        load[number] = (max(in_service, end) if opening else mean) if rate > 0 else 0.0
        in_service = end
    return load
