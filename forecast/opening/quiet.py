"""Slots of the week that are quieter than chance explains, judged in runs of neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forecast.opening.activity import runs
from forecast.opening.chance import SURE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]


def beyond_chance(quiet: Mask, times: Array, busy: Array, stated: Mask) -> Mask:
    """Quiet slots in a run of neighbours that is quieter than chance explains.

    Runs go on through the week, and over the weekdays at the same time of day. The chance of a run is hypergeometric:
    that so few of the observations with contacts fall into it, had they come at any open time but those found so far.
    It asks nothing about how contacts vary. Since every open slot may begin a run, a run is found below ``SURE`` over
    their number.

    Parameters
    ----------
    quiet
        Slots that may look closed, shape (7, slots).
    times, busy
        Times each slot was observed, and times it had a contact, shape (7, slots).
    stated
        Slots open as stated.
    """
    from scipy.stats import hypergeom

    limit = SURE / max(int(stated.sum()), 1)
    found = np.zeros(quiet.shape, dtype=bool)
    before = -1
    while (count := int(found.sum())) > before:
        before, pool = count, stated & ~found
        observed, with_contacts = times[pool].sum(), busy[pool].sum()
        for number in _runs(quiet & pool):
            few, seen = busy.flat[number].sum(), times.flat[number].sum()
            if hypergeom.cdf(few, observed, with_contacts, seen) < limit:
                found.flat[number] = True
    return found


def touching(one: Mask, other: Mask) -> bool:
    """Whether a slot of one mask of the week follows one of the other, midnight and weekend included."""
    first, second = one.ravel(), other.ravel()
    return bool((first & np.roll(second, 1)).any() or (first & np.roll(second, -1)).any())


def _runs(quiet: Mask) -> list[NDArray[np.int64]]:
    """Numbers of the slots of every run: through the week, and over the weekdays of each time of day."""
    number = np.arange(quiet.size, dtype=np.int64).reshape(quiet.shape)
    lines = [(quiet.ravel(), number.ravel()), *zip(quiet.T, number.T, strict=True)]
    return [line[first : last + 1] for mask, line in lines for first, last in runs(mask)]
