"""How long customers wait before they give up, and how many of those call again, from abandonments and waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from configs.notes import Fact
from forecast.data.day_totals import day_totals
from forecast.data.grid import to_grid
from forecast.models.profile import MEMORIES, shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forecast.prepare import Prepared

    Array = NDArray[np.float64]

LEAST_ABANDONED = 50
REDIAL_INTERVALS = 2
LEAST_INTERVALS = 500


@dataclass(frozen=True)
class Patience(Fact):
    """Estimates for one channel; None where the history holds too little.

    `patience_s` is the mean time a customer would wait, `redial_share` the share of those who gave up that call
    again within two intervals.
    """

    channel: str
    patience_s: float | None
    redial_share: float | None

    @property
    def where(self) -> str:
        """The channel."""
        return f"channel {self.channel}"

    @property
    def is_known(self) -> bool:
        """Whether either says anything."""
        return self.patience_s is not None or bool(self.redial_share)


def read_patience(ready: Prepared) -> Patience | None:
    """Estimate both for one channel; None when the history has no abandonments or no waits."""
    if not {"abandoned", "wait_s"} <= set(ready.rows.columns):
        return None
    grid = ready.grid
    abandoned, wait_s = (
        to_grid(
            ready.clock[known], ready.rows[name].to_numpy(float)[known], grid.times_of_day, grid.first, grid.days
        ).flat()
        for name in ("abandoned", "wait_s")
        for known in [ready.rows[name].notna().to_numpy()]
    )
    totals = day_totals(grid)
    expected = (totals[:, None] * shares(grid, totals, MEMORIES[1])[grid.weekday]).ravel()
    volume = grid.flat()
    return Patience(ready.name, mean_patience_s(volume, abandoned, wait_s), redial_share(volume, expected, abandoned))


def mean_patience_s(volume: Array, abandoned: Array, wait_s: Array) -> float | None:
    """Mean patience: all time waited over all abandonments.

    The waits of those who were answered are censored patience; for an exponential one this is the maximum of the
    likelihood (Brown et al. 2005, Statistical analysis of a telephone call center).

    Parameters
    ----------
    volume, abandoned
        Contacts offered and given up, per interval; NaN not observed.
    wait_s
        Mean wait of the contacts offered, seconds.
    """
    known = np.isfinite(volume) & np.isfinite(abandoned) & np.isfinite(wait_s)
    gave_up = float(abandoned[known].sum())
    if gave_up < LEAST_ABANDONED:
        return None
    waited = float((volume[known] * wait_s[known]).sum())
    return waited / gave_up if waited > 0 else None


def redial_share(volume: Array, expected: Array, abandoned: Array) -> float | None:
    """Share of abandoned contacts that come back within the next two intervals, 0 to 1.

    Volume beyond what was expected is regressed on what was given up beyond the usual in the intervals before;
    intervals follow one another, NaN where not observed.

    Parameters
    ----------
    volume, expected, abandoned
        Contacts that came, that were to be expected, and that gave up, by interval.

    Returns
    -------
    float or None
        None where too few intervals or abandoned contacts are known.
    """
    more, gave_up = volume - expected, abandoned - np.nanmean(abandoned) if np.isfinite(abandoned).any() else abandoned
    columns = np.stack([np.roll(gave_up, lag) for lag in range(1, REDIAL_INTERVALS + 1)] + [np.roll(more, 1)], axis=1)
    columns[:REDIAL_INTERVALS] = np.nan
    known = np.isfinite(more) & np.isfinite(columns).all(axis=1)
    if known.sum() < LEAST_INTERVALS or float(np.nansum(abandoned)) < LEAST_ABANDONED:
        return None
    # The last column takes the carry-over of a busy hour to the next one, redials or not.
    effect = np.linalg.lstsq(columns[known], more[known], rcond=None)[0]
    return float(np.clip(effect[:REDIAL_INTERVALS].sum(), 0.0, 1.0))
