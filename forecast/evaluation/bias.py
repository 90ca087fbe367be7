"""Bias of a channel in the backtest, its standard error, and the factor that corrects what is beyond chance.

Origins overlap and the days after one of them err together, so the standard error comes from the spread of the origins,
for as many as would not overlap; never less than if every day erred alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from forecast.models.quantiles import BUCKETS, bucket_of
from forecast.result import NOTABLE_BIAS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from forecast.evaluation.trial import Trial

    Array = NDArray[np.float64]

LEAST_SHOWN, LEAST_CORRECTED = 2, 3
"""Fewest origins for a bias to be reported, and for it to be corrected."""
BEYOND = 3.0
"""Standard errors that a bias must exceed; smaller ones did not last to the weeks after on real histories."""
LOWEST = -0.5
"""Largest correction downwards as a share: the forecast at most doubles; more than that has another cause."""


@dataclass(frozen=True)
class Bias:
    """Summed error over the summed volume, above 0 when too high, and its standard error; both shares."""

    share: float
    error: float


def measured(trials: Sequence[Trial]) -> Bias | None:
    """Bias over all trials; None without a contact or with fewer than `LEAST_SHOWN` origins."""
    came = np.array([one.actual.sum() for one in trials])
    if len(trials) < LEAST_SHOWN or came.sum() <= 0:
        return None
    said = np.array([one.mean.sum() for one in trials])
    share = float(said.sum() / came.sum()) - 1
    rest = said - (1 + share) * came
    days = [_daily(one, share) for one in trials]
    distinct = len({day for one in trials for day in (one.origin + one.lead).tolist()})
    overlap = sum(len(one) for one in days) / distinct
    spread = float((rest**2).sum()) * len(trials) / (len(trials) - 1)
    alone = sum(float((one**2).sum()) for one in days)
    return Bias(share, float(np.sqrt(overlap * max(spread, alone)) / came.sum()))


def factors(trials: Sequence[Trial]) -> Array:
    """Factor by bucket of days ahead that takes off the bias of the trials, as far as it is beyond chance; else 1."""
    return np.array([_factor([_between(one, low, high) for one in trials]) for low, high in BUCKETS])


def corrected(trials: Sequence[Trial]) -> list[Trial]:
    """Trials as they would have gone with the correction, each corrected by what the others say."""
    return [
        replace(one, mean=one.mean * factors([*trials[:i], *trials[i + 1 :]])[bucket_of(one.lead)])
        for i, one in enumerate(trials)
    ]


def _factor(trials: Sequence[Trial]) -> float:
    some = [one for one in trials if len(one.actual)]
    bias = measured(some) if len(some) >= LEAST_CORRECTED else None
    if bias is None or not bias.share:
        return 1.0
    limit = max(NOTABLE_BIAS, BEYOND * bias.error)
    return 1 / (1 + max(bias.share * max(0.0, 1 - (limit / bias.share) ** 2), LOWEST))


def _between(one: Trial, low: int, high: int) -> Trial:
    """Cut a trial to the days `low` to `high` ahead."""
    k = (one.lead >= low) & (one.lead <= high)
    return replace(
        one, mean=one.mean[k], actual=one.actual[k], naive=one.naive[k], average=one.average[k], lead=one.lead[k]
    )


def _daily(one: Trial, share: float) -> Array:
    """Errors of the days of a trial that has a contact or expects one, its bias taken off."""
    errors = np.bincount(one.lead, weights=one.mean - (1 + share) * one.actual)[np.unique(one.lead)]
    return np.asarray(errors, dtype=np.float64)
