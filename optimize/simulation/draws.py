"""Where random numbers come from: one stream for each kind of draw of a replication.

Two staffings are compared on the same customers (common random numbers), since no draw moves another kind's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np

ARRIVALS, SERVICE, PATIENCE, REDIALS, DAY_FACTOR, ABSENCE, LEAVERS, RETURNS = range(8)
"""The kinds of draws."""


@dataclass(frozen=True)
class Draws:
    """Names the streams of one channel's replication: the same three give the same customers for any staff.

    Parameters
    ----------
    seed
        Seed of the whole simulation; 0 or more.
    channel
        Name of the channel, so that no two channels share their draws.
    replication
        Number of the replication, from 0.
    """

    seed: int
    channel: str
    replication: int = 0

    def stream(self, kind: int) -> np.random.Generator:
        """Source of one kind of draw (`ARRIVALS`, `SERVICE`, ...), independent of all other draws."""
        return np.random.default_rng([self.seed, crc32(self.channel.encode()), self.replication, kind])

    def week(self, number: int) -> Draws:
        """Draws of the week with a number, where these are of many weeks at once."""
        return replace(self, replication=self.replication + number)

    def of(self, channel: str) -> Draws:
        """Draws of another channel in the same replication."""
        return replace(self, channel=channel)
