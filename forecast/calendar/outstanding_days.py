"""Which marked days stand out of a history: far more than chance allows, and nearly every time.

Every day is compared with the same weekday up to three weeks before and after. The clearest mark is taken first, the
others must stand out without it. How large an effect is, the ridge decides; here it is only admitted, so that a
channel without it is forecast as if the mark did not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

WEEKS_COMPARED = (-3, -2, -1, 1, 2, 3)
LEAST_COMPARED = 2
LEAST_EFFECT = 0.05
ALWAYS = 0.7
"""Share of its days on which an effect is at least half of its mean."""
MOST_MARKS = 6
MAD_TO_SIGMA = 1.4826
LEAST_TOTAL = 0.5


@dataclass(frozen=True)
class Proof:
    """How often a mark must have been seen, and by how many standard errors its mean must differ from none."""

    days: int
    sigmas: float


MONTH_DAY = Proof(4, 4.5)
"""About a hundred days of the month are looked at; chance gives one of them this much once in a thousand histories."""
NEIGHBOUR = Proof(5, 4.0)
"""What days next to holidays have in common shows after half a year at the earliest."""
YEAR_END = Proof(1, 3.5)
"""The last days of the year may have been seen once, and there is a reason to expect them to differ."""


def standing_out(rest: Array, columns: Array, proof: Proof, of: Sequence[int] | None = None) -> tuple[int, ...]:
    """Columns of the marks that stand out, the clearest first.

    Parameters
    ----------
    rest
        Log of each day total less what its neighbours let expect, see `beyond_weekday`; NaN unknown.
    columns
        1 where a mark is, shape (days, marks).
    proof
        What it takes.
    of
        Columns that are looked at; all by default.
    """
    known = np.isfinite(rest)
    if of is not None:
        return tuple(of[i] for i in standing_out(rest, columns[:, of], proof))
    noise = _noise(rest)
    columns, rest = columns * known[:, None], np.where(known, rest, 0.0)
    days = columns.sum(axis=0)
    chosen: list[int] = []
    while len(chosen) < MOST_MARKS:
        mean = (rest @ columns) / np.maximum(days, 1.0)
        half = rest[:, None] * np.sign(mean) >= np.abs(mean) / 2
        always = (columns * half).sum(axis=0) >= ALWAYS * days
        sigmas = np.abs(mean) * np.sqrt(days) / noise
        clear = (days >= proof.days) & (sigmas >= proof.sigmas) & (np.abs(mean) >= LEAST_EFFECT) & always
        if not clear.any():
            break
        best = int(np.argmax(np.where(clear, sigmas, 0.0)))
        chosen.append(best)
        rest = rest - mean[best] * columns[:, best]
    return tuple(chosen)


def is_odd(rest: Array) -> Mask:
    """Whether a single day stands out."""
    odd: Mask = np.abs(np.nan_to_num(rest)) >= max(YEAR_END.sigmas * _noise(rest), LEAST_EFFECT)
    return odd


def _noise(rest: Array) -> float:
    """Standard deviation that odd days do not reach; without any known day nothing stands out."""
    known = rest[np.isfinite(rest)]
    return MAD_TO_SIGMA * float(np.median(np.abs(known))) + 1e-6 if len(known) else np.inf


def beyond_weekday(totals: Array, usual: Mask) -> Array:
    """Log of each day total less the median of the same weekday up to three weeks away, of usual days only."""
    y = np.log(np.maximum(totals, LEAST_TOTAL))
    n, reach = len(y), 7 * max(WEEKS_COMPARED)
    padded = np.concatenate([np.full(reach, np.nan), np.where(usual, y, np.nan), np.full(reach, np.nan)])
    others = np.stack([padded[reach + 7 * week : reach + 7 * week + n] for week in WEEKS_COMPARED])
    enough = np.isfinite(others).sum(axis=0) >= LEAST_COMPARED
    rest = np.full(n, np.nan)
    rest[enough] = y[enough] - np.nanmedian(others[:, enough], axis=0)
    return rest
