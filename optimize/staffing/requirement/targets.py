"""Service targets, and whether they are met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.staffing.queueing.measures import ConcurrentService, Service

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.staffing.queueing.queues import Queues

    Array = NDArray[np.float64]
    Rows = NDArray[np.int64]

ROUNDING = 1e-12
"""Tolerance of every comparison: 35.7 Erlang on 42 agents is an occupancy of 0.85 despite rounding."""


@dataclass(frozen=True)
class Targets:
    """Service targets, one set in each row; flat arrays of one length, NaN where there is no target."""

    share: Array
    asa_s: Array
    abandonment: Array
    max_occupancy: Array
    response_s: Array

    def take(self, rows: Rows) -> Targets:
        """Return some of the rows, in the order asked."""
        return Targets(*(part[rows] for part in vars(self).values()))

    def met(self, service: Service) -> NDArray[np.bool_]:
        """Return whether each row meets all its targets; a queue that grows without end meets none."""
        met = np.isfinite(service.asa_s) & ~(service.service_level < self.share - ROUNDING)
        for measure, most in self._limits(service):
            met &= ~(measure > most * (1.0 + ROUNDING))
        return met

    def attainable(self, queues: Queues) -> NDArray[np.bool_]:
        """Return whether any number of agents can meet each row's targets.

        A share of 1, a wait of 0 and abandonment of 0 take infinitely many agents; a reply takes at least one touch.
        """
        least_reply = np.full(queues.size, -np.inf) if queues.curves is None else queues.curves.reply_s[:, 0]
        impatient = np.isfinite(queues.patience_s)
        beyond = (self.share >= 1) | (self.asa_s <= 0) | ((self.abandonment <= 0) & impatient)
        beyond |= (self.max_occupancy <= 0) | (self.response_s <= least_reply)
        return ~beyond | (queues.load_erl <= 0)

    def _limits(self, service: Service) -> list[tuple[Array, Array]]:
        limits = [
            (service.asa_s, self.asa_s),
            (service.abandonment, self.abandonment),
            (service.occupancy, self.max_occupancy),
        ]
        if isinstance(service, ConcurrentService):
            limits.append((service.response_s, self.response_s))
        return limits
