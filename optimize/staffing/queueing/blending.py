"""Deferrable work in idle time, with some agents kept free for calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault
from optimize.staffing.queueing.above_saturation import Saturated, queue
from optimize.staffing.queueing.measures import Service, checked_definition, numbers

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from optimize.staffing.queueing.measures import Definition

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class BlendedService(Service):
    """Measures of calls blended with unlimited deferrable work; the occupancy counts both."""

    deferrable_erl: Array
    """Agents busy with deferrable work on average."""


def blend(
    agents: ArrayLike,
    load_erl: ArrayLike,
    aht_s: ArrayLike,
    reserve: ArrayLike,
    patience_s: ArrayLike = np.inf,
    within_s: ArrayLike = 0.0,
    *,
    definition: Definition = "offered",
) -> BlendedService:
    """Service of calls when idle agents take deferrable work, but only while more than `reserve` of them are idle.

    Deferrable work never runs out, takes as long as a call on average, and is finished once begun. The number of busy
    agents then never falls below ``agents - reserve``: the chain of Erlang A cut off there.

    Parameters
    ----------
    agents
        Agents at work, whole numbers.
    load_erl, aht_s, patience_s, within_s, definition
        Of the calls, as in ``erlang_a``.
    reserve
        Agents kept free for calls, whole numbers; from `agents` on no deferrable work is done.

    Raises
    ------
    DataError
        A number is out of range or not whole.

    References
    ----------
    Bhulai and Koole (2003), A queueing model for call blending in call centers; Gans and Zhou (2003).

    >>> round(float(blend(60, 48, 300, 2, 120, 20).service_level), 3)
    0.828
    """
    given = np.broadcast_arrays(
        numbers("agents", agents),
        numbers("load_erl", load_erl),
        numbers("aht_s", aht_s, above=0.0),
        numbers("reserve", reserve),
        numbers("patience_s", patience_s, above=0.0, infinite=True),
        numbers("within_s", within_s),
    )
    shape = given[0].shape
    n, a, aht, kept, patience, within = (part.ravel() for part in given)
    for name, values in (("agents", n), ("reserve", kept)):
        if (values % 1 != 0).any():
            raise DataError(Fault(name, f"must be whole numbers, got {values[values % 1 != 0][0]:g}"))
    kept = np.minimum(kept, n)
    below, busy_below = _cut_chain(n, a, kept)
    service = queue(Saturated(below, n, a, aht), patience, within, checked_definition(definition))
    waiting = np.where(a > 0, service.probability_wait, kept <= 0)
    busy = (1.0 - waiting) * busy_below + waiting * n
    calls = a * (1.0 - service.abandonment)
    work = np.where(np.isinf(service.asa_s), 0.0, np.maximum(busy - calls, 0.0))
    in_use = np.where(np.isinf(service.asa_s), 1.0, np.minimum(busy / np.maximum(n, 1.0), 1.0))
    occupancy = np.where(n > 0, in_use, service.occupancy)
    measures = vars(service) | {"probability_wait": waiting, "occupancy": occupancy, "deferrable_erl": work}
    return BlendedService(**{name: np.reshape(values, shape)[()] for name, values in measures.items()})


def _cut_chain(n: Array, a: Array, kept: Array) -> tuple[Array, Array]:
    """Weight of the states from ``n - kept`` to n over that of n, and mean busy agents where somebody is idle."""
    total, busy, term = np.ones_like(n), np.zeros_like(n), np.ones_like(n)
    loaded = a > 0
    for step in range(int(kept.max(initial=0.0))):
        live = (step < kept) & loaded
        term = np.where(live, term * np.maximum(n - step, 0.0) / np.where(loaded, a, 1.0), 0.0)
        total, busy = total + term, busy + term * (n - step - 1.0)
        large = total > 1e200
        for part in (total, busy, term):
            part[large] *= 1e-200
    idle = total - 1.0
    mean = np.divide(busy, idle, out=n - kept, where=idle > 0)
    return np.where(loaded, total, np.where(kept > 0, np.inf, 1.0)), mean
