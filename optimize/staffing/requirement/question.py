"""What a calculator is asked: its arguments checked, and laid out as rows of one length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault
from optimize.staffing.queueing.measures import checked_definition, numbers
from optimize.staffing.queueing.queues import Queues
from optimize.staffing.queueing.redials import checked_share
from optimize.staffing.requirement.targets import Targets

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from optimize.staffing.queueing.concurrency import Curve
    from optimize.staffing.queueing.measures import Definition

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Question:
    """Customers and service targets as given to ``required_agents`` and ``volume_for``, which say what each means.

    Raises
    ------
    DataError
        No target is given, there is neither a handle time nor a curve, or a target needs a curve that is not there.
    """

    asked_by: str
    aht_s: ArrayLike | None
    share: ArrayLike | None
    within_s: ArrayLike
    patience_s: ArrayLike
    asa_s: ArrayLike | None
    abandonment: ArrayLike | None
    max_occupancy: ArrayLike | None
    response_s: ArrayLike | None
    redial_share: ArrayLike
    definition: Definition
    curve: Curve | None

    def __post_init__(self) -> None:
        targets = self.targets()
        if all(value is None for value in targets.values()):
            raise DataError(Fault(self.asked_by, f"needs a target to meet: one of {', '.join(targets)}"))
        if self.curve is None and self.aht_s is None:
            raise DataError(Fault("aht_s", "is needed without a curve"))
        if self.response_s is not None and (self.curve is None or np.isnan(self.curve.reply_s[0])):
            raise DataError(Fault("response_s", "needs a curve made of touch, think and touches"))

    def targets(self) -> dict[str, ArrayLike | None]:
        """The service targets by name, in the order of `Targets`; None where none is given."""
        return {
            "share": self.share,
            "asa_s": self.asa_s,
            "abandonment": self.abandonment,
            "max_occupancy": self.max_occupancy,
            "response_s": self.response_s,
        }

    def rows(self, *amounts: Array) -> Rows:
        """Broadcast everything against the amounts the question is about, such as loads or agents, and lay it flat.

        Raises
        ------
        DataError
            A number is out of range.
        """
        aht = self.aht_s if self.curve is None else self.curve.handle_s
        *parts, patience, within, again = np.broadcast_arrays(
            *amounts,
            numbers("aht_s", aht, above=0.0),  # type: ignore[arg-type]
            *(np.asarray(np.nan) if value is None else numbers(name, value) for name, value in self.targets().items()),
            numbers("patience_s", self.patience_s, above=0.0, infinite=True),
            numbers("within_s", self.within_s),
            checked_share(self.redial_share),
        )
        flat = [part.ravel() for part in parts]
        asked, (aht_s, *targets) = flat[: len(amounts)], flat[len(amounts) :]
        queues = Queues(
            np.zeros(aht_s.size),
            aht_s,
            patience.ravel(),
            within.ravel(),
            checked_definition(self.definition),
            again.ravel() if again.any() else None,
            None if self.curve is None else self.curve.rows(aht_s.size),
        )
        return Rows(again.shape, tuple(asked), queues, Targets(*targets))


@dataclass(frozen=True)
class Rows:
    """A question as flat rows: the amounts asked about, the queues without their load, and the targets.

    `shape` is the broadcast shape that an answer gets back.
    """

    shape: tuple[int, ...]
    amounts: tuple[Array, ...]
    queues: Queues
    targets: Targets

    def shaped(self, answer: Array) -> Array:
        """Return an answer a row in the shape of the question; a number for numbers."""
        return np.asarray(answer.reshape(self.shape))[()]
