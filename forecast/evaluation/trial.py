"""One origin of a backtest: a past day from which the days after it are forecast again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Trial:
    """Forecasts and actuals after one origin, flat over the intervals with data.

    Parameters
    ----------
    mean, actual
        Forecast and actual volume of each interval.
    naive, average
        Two simple forecasts to compare with: the last week, and the mean of the last weeks.
    lead
        Days ahead of each interval, 1 on the first day forecast.
    origin
        Number of the first day forecast.
    """

    mean: Array
    actual: Array
    naive: Array
    average: Array
    lead: NDArray[np.int64]
    origin: int = 0
