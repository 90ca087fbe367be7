"""Staircases: the service of a channel with one, two, three and more people of its team, interval by interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Measure = Literal["share", "kept", "asa", "response"]
"""What a contact gains: answered in time, not given up, and, as negative seconds, its wait and the reply it gets."""


@dataclass(frozen=True)
class Staircase:
    """Gain per contact of a channel with 0, 1, 2, ... people of its team rostered, in each interval.

    Parameters
    ----------
    channel
        The channel.
    team
        Channels that share their people and so are one queue, this one included, in the order of the config.
    volume
        Contacts of the channel expected in each interval; shape (T,).
    average
        By measure: mean gain over absence and over how busy a day is; shape (T, N + 1), column n for n people rostered.
    busy
        By measure: the same on a day as busy as the probability of the target says (nine in ten: no nine days in ten
        are busier); shape (T, N + 1).
    """

    channel: str
    team: tuple[str, ...]
    volume: Array
    average: Mapping[Measure, Array]
    busy: Mapping[Measure, Array]
