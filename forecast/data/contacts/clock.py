"""Intervals on a local clock between two moments, and the one that each moment falls in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import gcd
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.zones import zone

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

OFFSETS_MIN = 15
"""Every zone in use is a multiple of a quarter hour off UTC."""
LONGEST_CHANGE = pd.Timedelta(days=2)
"""No clock change keeps an interval from beginning for longer; a zone that skips a day comes close."""


@dataclass(frozen=True)
class LocalIntervals:
    """Every interval from the one of the first moment to that of the last.

    An interval begins whenever the local clock shows a multiple of its length. An hour that comes twice gives its
    intervals twice. Where the clock changes by a part of an interval, the interval before takes the part as well, so
    that every moment is in one interval.

    Parameters
    ----------
    first, last
        Seconds since 1970, UTC.
    interval_min
        Length of an interval in minutes; divides 60.
    timezone
        Name of the zone.
    """

    first: float
    last: float
    interval_min: int
    timezone: str

    @cached_property
    def edges(self) -> pd.DatetimeIndex:
        """Start of every interval and end of the last, UTC."""
        step = gcd(self.interval_min, OFFSETS_MIN)
        first, last = (pd.Timestamp(moment, unit="s", tz="UTC") for moment in (self.first, self.last))
        span = ((first - LONGEST_CHANGE).floor("h"), last + LONGEST_CHANGE)
        tried = pd.date_range(*span, freq=f"{step}min", unit="us")
        local = tried.tz_convert(zone(self.timezone))
        edges = tried[(local.hour * 60 + local.minute) % self.interval_min == 0]
        begin, end = (edges.searchsorted(moment, side="right") for moment in (first, last))
        return edges[begin - 1 : end + 1]

    @property
    def starts(self) -> pd.DatetimeIndex:
        """Start of every interval, UTC."""
        return self.edges[:-1]

    @cached_property
    def edges_s(self) -> Array:
        """Start of every interval and end of the last, seconds since 1970."""
        return self.edges.tz_localize(None).to_numpy().astype("datetime64[s]").astype(float)

    @cached_property
    def days(self) -> NDArray[np.datetime64]:
        """Local day of every interval."""
        return self.starts.tz_convert(zone(self.timezone)).tz_localize(None).to_numpy().astype("datetime64[D]")

    def local(self, number: int) -> datetime:
        """Start of an interval on the local clock."""
        return self.starts[number].tz_convert(zone(self.timezone)).to_pydatetime()

    def index(self, moments: Array) -> NDArray[np.int64]:
        """Number of the interval each moment falls in; the number of intervals for moments after the last."""
        return np.searchsorted(self.edges_s, moments, side="right") - 1
