"""The share of customers who would still wait after each time, from waits that are partly cut short by an answer.

References
----------
Kaplan and Meier (1958), Nonparametric estimation from incomplete observations; Greenwood (1926) for the variance;
Brown et al. (2005), Statistical analysis of a telephone call center, for its use on patience.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

NORMAL_95 = 1.959963984540054


@dataclass(frozen=True, eq=False)
class Survival:
    """A Kaplan-Meier curve with its steps where somebody gave up, as far as enough customers still waited.

    Parameters
    ----------
    time_s
        Waits after which somebody gave up, ascending, seconds.
    at_risk, gave_up
        Customers who waited at least that long, and those of them who gave up then.
    until_s
        Wait up to which the curve is followed.
    waited_s, abandoned
        All time waited, and everybody who gave up, those after `until_s` included.
    """

    time_s: Array
    at_risk: Array
    gave_up: Array
    until_s: float
    waited_s: float
    abandoned: int

    @property
    def share(self) -> Array:
        """Share that still waits after each time: the product of ``1 - gave_up / at_risk``."""
        return np.cumprod(1 - self.gave_up / self.at_risk).astype(float)

    @property
    def share_error(self) -> Array:
        """Greenwood's standard error of `share`; 0 where nobody is left."""
        return self.share * np.sqrt(np.cumsum(self._terms()))

    def band(self) -> tuple[Array, Array]:
        """Lower and upper bound of `share` with a confidence of 95%, cut at 0 and 1."""
        off = NORMAL_95 * self.share_error
        return np.maximum(self.share - off, 0.0), np.minimum(self.share + off, 1.0)

    @property
    def beyond(self) -> float:
        """Share that still waits after `until_s`."""
        return float(self.share[-1]) if len(self.time_s) else 1.0

    @property
    def median_s(self) -> float | None:
        """First time after which half or less still wait; None where it was not seen."""
        half = np.flatnonzero(self.share <= 0.5)
        return float(self.time_s[half[0]]) if len(half) else None

    @property
    def exponential_s(self) -> float:
        """Mean if patience is exponential: all time waited over the number who gave up; infinite when nobody did."""
        return self.waited_s / self.abandoned if self.abandoned else np.inf

    @property
    def restricted_mean_s(self) -> float:
        """Mean of patience cut at `until_s`: the area under the curve up to there."""
        return float(self._areas().sum())

    @property
    def mean_s(self) -> float:
        """Mean patience: the area under the curve, continued after `until_s` by the exponential estimate.

        A customer who still waits then is taken to wait `exponential_s` more on average; with an exponential patience
        that is exact.
        """
        return self.restricted_mean_s + self._rest_s

    @property
    def _rest_s(self) -> float:
        """Part of the mean after `until_s`."""
        return self.beyond * self.exponential_s if self.beyond else 0.0

    @property
    def mean_error_s(self) -> float:
        """Standard error of `mean_s`: Greenwood's for the area, and that of the exponential estimate for the rest."""
        if not len(self.time_s):
            return np.inf
        after = np.cumsum(self._areas()[::-1])[::-1][1:] + self._rest_s  # the area right of each step
        return float(np.sqrt((after**2 * self._terms()).sum() + self._rest_s**2 / self.abandoned))

    def _areas(self) -> Array:
        """Area under the curve from 0 to the first step, between steps, and from the last to `until_s`."""
        return np.append(1.0, self.share) * np.diff([0.0, *self.time_s, self.until_s])

    def _terms(self) -> Array:
        """Greenwood's terms ``d / (n (n - d))``; 0 at a last step that leaves nobody."""
        left = self.at_risk * (self.at_risk - self.gave_up)
        return np.divide(self.gave_up, left, out=np.zeros(len(left)), where=left > 0)


def survival(wait_s: Array, gave_up: Mask, least_at_risk: int = 1) -> Survival:
    """Estimate the curve from waits; a wait that did not end by giving up is right-censored.

    Customers whose wait was cut short at the very moment another gives up count as waiting then.

    Parameters
    ----------
    wait_s
        Seconds each customer waited, 0 or more.
    gave_up
        Whether the wait ended because the customer gave up.
    least_at_risk
        The curve is followed up to the longest wait that so many customers reached; the last few make it a lottery.
    """
    order = np.sort(wait_s)
    until_s = float(order[-min(least_at_risk, len(order))]) if len(order) else 0.0
    time_s, count = np.unique(wait_s[gave_up & (wait_s <= until_s)], return_counts=True)
    at_risk = len(order) - np.searchsorted(order, time_s, side="left")
    sums = (until_s, float(wait_s.sum()), int(gave_up.sum()))
    return Survival(time_s, at_risk.astype(float), count.astype(float), *sums)
