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
    def starts(self) -> pd.DatetimeIndex:
        """Start of every interval, UTC."""
        step = gcd(self.interval_min, OFFSETS_MIN)
        begin = pd.Timestamp(self.first, unit="s", tz="UTC") - LONGEST_CHANGE
        end = pd.Timestamp(self.last, unit="s", tz="UTC")
        tried = pd.date_range(begin.floor("h"), end, freq=f"{step}min", unit="us")
        local = tried.tz_convert(zone(self.timezone))
        starts = tried[(local.hour * 60 + local.minute) % self.interval_min == 0]
        return starts[starts.searchsorted(pd.Timestamp(self.first, unit="s", tz="UTC"), side="right") - 1 :]

    @cached_property
    def starts_s(self) -> Array:
        """Start of every interval, seconds since 1970."""
        return self.starts.tz_localize(None).to_numpy().astype("datetime64[s]").astype(float)

    @cached_property
    def days(self) -> NDArray[np.datetime64]:
        """Local day of every interval."""
        return self.starts.tz_convert(zone(self.timezone)).tz_localize(None).to_numpy().astype("datetime64[D]")

    def local(self, number: int) -> datetime:
        """Start of an interval on the local clock."""
        return self.starts[number].tz_convert(zone(self.timezone)).to_pydatetime()

    def index(self, moments: Array) -> NDArray[np.int64]:
        """Number of the interval each moment falls in; those after the last interval count to it."""
        return np.searchsorted(self.starts_s, moments, side="right") - 1
