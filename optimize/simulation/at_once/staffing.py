"""Who is at work where: what a simulation of many weeks needs of a roster, or of a week that is not whole yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Staffing:
    """People rostered in each interval; 0 or more, not only whole numbers.

    Parameters
    ----------
    groups
        People at synchronous channels that share people, by the channels they serve (in order of priority).
    alone
        People at every other channel, by its name; work done between calls included.
    """

    groups: Mapping[tuple[str, ...], Array]
    alone: Mapping[str, Array]
