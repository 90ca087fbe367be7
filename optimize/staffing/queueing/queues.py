"""Many queues at once, one in each row; chooses the model of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from optimize.staffing.queueing.concurrency import slotted_queue
from optimize.staffing.queueing.erlang import plain_queue
from optimize.staffing.queueing.redials import with_redials

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from optimize.staffing.queueing.concurrency import Curves
    from optimize.staffing.queueing.measures import Definition, Service

    Array = NDArray[np.float64]
    Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Queues:
    """Everything about each queue except the number of agents; valid flat arrays of one length.

    `curves` is None for agents with one customer at a time.
    """

    load_erl: Array
    aht_s: Array
    patience_s: Array
    within_s: Array
    definition: Definition = "offered"
    redial_share: Array | None = None
    curves: Curves | None = None
    service_cv: float = 1.0

    @property
    def size(self) -> int:
        """Number of queues."""
        return self.load_erl.size

    def take(self, rows: Rows) -> Queues:
        """Return some of the queues, in the order asked."""
        again = None if self.redial_share is None else self.redial_share[rows]
        curves = None if self.curves is None else self.curves.take(rows)
        known = (self.load_erl[rows], self.aht_s[rows], self.patience_s[rows], self.within_s[rows])
        return Queues(*known, self.definition, again, curves, self.service_cv)

    def at(self, load_erl: Array) -> Queues:
        """Return the same queues with other loads."""
        return replace(self, load_erl=load_erl)

    def serve(self, agents: Array, *, replies: bool = True) -> Service:
        """Service with that many agents, redials included; the time to reply may be left out."""
        if self.redial_share is None or not self.redial_share.any():
            return self._per_attempt(agents, replies=replies)

        def lost(load: Array, rows: Rows) -> Array:
            return self.take(rows).at(load)._per_attempt(agents[rows], replies=False).abandonment  # noqa: SLF001

        attempts = with_redials(self.load_erl, self.redial_share, lost)
        return self.at(attempts)._per_attempt(agents, replies=replies)  # noqa: SLF001

    def _per_attempt(self, agents: Array, *, replies: bool) -> Service:
        parts = (self.load_erl, self.patience_s, self.within_s)
        if self.curves is None:
            load, patience, within = parts
            aht, definition, cv = self.aht_s, self.definition, self.service_cv
            return plain_queue(agents, load, aht, patience, within, definition=definition, service_cv=cv)
        return slotted_queue(agents, *parts, self.curves, definition=self.definition, replies=replies)
