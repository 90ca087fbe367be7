"""From a model of logs back to contacts: how far the mean of days lies from their typical day.

The exponential of a fitted log is near the median of the day. What is planned is a sum, so the fit is raised by the
mean of what its errors amount to, all days included, those a robust fit counts less as well: the smearing estimate of
Duan (1983), Journal of the American Statistical Association 78:605-610.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

STEP_DAYS = 3
DOUBT = 2.0
"""What ``n`` equal odd days add keeps the share ``1 - DOUBT / n``: one or two days do not recur and move nothing."""


def log_lift(errors: Array, weight: Array) -> float:
    """Log of the factor from the exponential of a log fit to the mean, shrunk by its standard error.

    Parameters
    ----------
    errors
        Log of what came over what was fitted, a value for each known day.
    weight
        Weight of each day, 0 or more, not all 0.

    >>> import numpy as np
    >>> round(float(np.exp(log_lift(np.log(np.tile([0.5, 1.5], 500)), np.ones(1000)))), 3)
    1.0
    """
    return float(np.log1p(shrunk_mean(np.expm1(errors), weight / weight.sum())))


def catching_up(errors: Array, limit: float) -> NDArray[np.bool_]:
    """Days of runs in which the level follows a step: `STEP_DAYS` or more in a row, odd to the same side.

    Their errors say how far the level had to go, not how days differ.

    >>> import numpy as np
    >>> catching_up(np.array([0.1, 4.0, 3.0, 2.0, 0.1, 5.0, 0.0]), 1.0).tolist()
    [False, True, True, True, False, False, False]
    """
    side = np.sign(errors) * (np.abs(errors) > limit)
    begins = np.flatnonzero(np.diff(side, prepend=np.nan) != 0)
    lengths = np.diff(np.append(begins, len(side)))
    run: NDArray[np.bool_] = np.repeat((lengths >= STEP_DAYS) & (side[begins] != 0), lengths)
    return run


def shrunk_mean(values: Array, share: Array) -> float:
    """Mean of values by shares that sum to 1, drawn to 0; it is 0 unless above ``sqrt(DOUBT)`` standard errors."""
    mean = float(share @ values)
    noise = float(share**2 @ (values - mean) ** 2)
    return mean * max(0.0, 1 - DOUBT * noise / mean**2) if mean else 0.0
