"""Agents who hold several conversations, below saturation: the states of the birth-death chain, summed.

Conversations are spread evenly, so with m of them n agents close ``(n - r) f(q) + r f(q+1)`` per second, where
``q, r = divmod(m, n)`` and ``f(j)`` is what an agent with j of them closes. The states are visited from all slots full
downwards, and those that no longer count are never visited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Rows = NDArray[np.int64]

_BLOCK = 12  # states summed at once
_STEEPEST = 1e16  # so that a block cannot overflow
_LARGE = 1e100  # a sum is brought back to 1 from here on
_AS_GOOD_AS_ENDLESS = 1e30


@dataclass(frozen=True)
class Below:
    """States up to all slots full, a value a row.

    `total` is the sum of their probabilities over that of the full state, inf where it overflows. `writing` and
    `closing` are means over them, per agent: messages waiting for a reply (over touches) and conversations closed per
    second; NaN where they were not asked for.
    """

    total: Array
    writing: Array
    closing: Array


def sum_below(n: Array, rate: Array, closed: Array, reply_s: Array, *, replies: bool) -> Below:
    """Sum the states up to all slots full.

    Parameters
    ----------
    n, rate
        Agents (whole numbers) and arrivals per second.
    closed, reply_s
        Conversations closed per second, and time to reply, of an agent with 1, 2, ... of them; a row for each `n`.
    replies
        Whether the means are wanted; without them sums above 1e30, which change no measure, are cut short to inf.
    """
    closing = _levels(closed)
    values = np.stack([closing * _levels(reply_s), closing]) if replies else np.zeros((0, *closing.shape))
    peak = np.maximum.accumulate(closing, axis=1)
    slots, monotone = closed.shape[1], bool((peak == closing).all())
    total, term, endless = np.ones_like(rate), np.ones_like(rate), np.zeros(n.size, dtype=bool)
    sums = values[:, :, slots].copy()
    live = np.flatnonzero((n > 0) & (rate > 0))
    step = 0
    while live.size:
        of, per_second = n[live][:, None], rate[live][:, None]
        conversations = np.maximum(of * slots - np.arange(step, step + _BLOCK + 1), 0.0) / of
        ratio = np.minimum(of * between(closing, live, conversations[:, :-1]) / per_second, _STEEPEST)
        weights = term[live][:, None] * np.cumprod(ratio, axis=1)
        total[live] += weights.sum(axis=1)
        for k in range(len(sums)):
            sums[k, live] += (weights * between(values[k], live, conversations[:, 1:])).sum(axis=1)
        term[live] = weights[:, -1]
        large = live[total[live] > _LARGE]
        endless[large] = True
        for part in (term, *sums, total):
            part[large] /= total[large]
        step += _BLOCK
        growing = (ratio if monotone else of * between(peak, live, conversations[:, 1:]) / per_second)[:, -1] >= 1.0
        more = (n[live] * slots > step) & (growing | (term[live] > 1e-18 * total[live]))
        if not replies:
            cut = total[live] > _AS_GOOD_AS_ENDLESS
            endless[live[cut]] = True
            more &= ~cut
        live = live[more]
    writing, closes = sums / total if replies else np.full((2, n.size), np.nan)
    finite = np.where(endless, np.inf, total)
    return Below(np.where(rate > 0, finite, np.where(n > 0, np.inf, 1.0)), writing, closes)


def between(levels: Array, rows: Rows, conversations: Array) -> Array:
    """Value per agent at an average number of `conversations`, some agents holding one more; a row for each row."""
    full = conversations.astype(np.int64)
    at = rows[:, None]
    low = levels[at, full]
    return low + (conversations - full) * (levels[at, full + 1] - low)


def _levels(by_conversations: Array) -> Array:
    """The values with 0, 1, ... conversations, the last one twice so that a level above can always be read."""
    return np.hstack([np.zeros((by_conversations.shape[0], 1)), by_conversations, by_conversations[:, -1:]])
