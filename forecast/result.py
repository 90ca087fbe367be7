"""Results of the forecast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from configs.notes import Noticed
    from forecast.cleaning import Finding
    from forecast.models.explain import Explanation

NOTABLE_BIAS = 0.05
"""A bias up to this share of the volume is not remarked on."""
SURE = 2.0
"""Nor is one within so many standard errors of 0: chance alone goes beyond them once in twenty."""


@dataclass(frozen=True)
class Accuracy:
    """Accuracy on the last weeks of a channel's own history, with that of the weekly naive forecast.

    Shares are 0..1: `wape` is the summed absolute error over the summed volume, `bias` the summed error over it, above
    0 when too high, after the correction that the backtest makes; `bias_error` is its standard error, None where the
    history is too short to tell.
    """

    channel: str
    days: int
    wape: float
    naive_wape: float
    bias: float
    covered_80: float
    bias_error: float | None = None

    @property
    def is_biased(self) -> bool:
        """Whether the bias is above `NOTABLE_BIAS` and more than `SURE` standard errors from 0."""
        return self.bias_error is not None and abs(self.bias) > max(NOTABLE_BIAS, SURE * self.bias_error)


@dataclass(frozen=True)
class Past:
    """Contacts misjudged in the backtest by day ahead (the first is the day after), summed over its origins.

    `error` is the summed absolute error per interval of the recipe, `naive_error` that of last week again and
    `mean_error` that of the mean of eight weeks; `volume` the contacts that came.
    """

    channel: str
    origins: int
    volume: tuple[float, ...]
    error: tuple[float, ...]
    naive_error: tuple[float, ...]
    mean_error: tuple[float, ...]


@dataclass(frozen=True)
class Forecast:
    """The ``forecast`` table (see ``configs.tables.FORECAST``) with its record on the past.

    Every interval of the planned days is in the table; a closed one has volume 0. `explanations` explain each channel,
    `findings` list what looked odd in its history, and `past` holds the backtest by day.
    """

    table: pd.DataFrame
    accuracy: tuple[Accuracy, ...] = ()
    notes: tuple[Noticed, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    findings: tuple[Finding, ...] = ()
    past: tuple[Past, ...] = ()
