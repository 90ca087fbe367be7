"""One channel of calls in many random weeks: its customers, and what its service level counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.simulation.days import NO_REDIALS, Redials

if TYPE_CHECKING:
    from optimize.simulation.at_once.customers import Customers
    from optimize.staffing.queueing.measures import Definition


@dataclass(frozen=True)
class Called:
    """One channel: its customers, and what its service level counts.

    Parameters
    ----------
    customers
        Customers of R weeks.
    within_s, definition
        Time of the service level in seconds, and what it counts (``queueing.measures.Definition``).
    redials
        Who calls again after giving up; nobody does so in an interval without volume, or after the last one.
    patience_s
        Mean patience in seconds of those who call again.
    """

    customers: Customers
    within_s: float
    definition: Definition = "offered"
    redials: Redials = NO_REDIALS
    patience_s: float = np.inf

    @property
    def again(self) -> bool:
        """Whether anybody calls again."""
        return self.redials.share > 0 and bool(np.isfinite(self.patience_s))
