"""People that channels with shared people need together, split over the channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.staffing.requirement.targets import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from optimize.staffing.requirement.one_queue import Contacts
    from optimize.staffing.requirement.teams import Sharing

    Array = NDArray[np.float64]
    Needed = Callable[[str, Mapping[str, Contacts]], Array]
    """People to roster so that a channel gets what it asks for in the queue of some channels, interval by interval."""


def pooled(
    own: Mapping[str, Array],
    minimum: Mapping[str, Array],
    contacts: Mapping[str, Contacts],
    sharing: Sharing,
    needed: Needed,
) -> dict[str, Array]:
    """People to roster for each live channel, where channels of a team are one queue.

    A team takes the least people with whom each of its channels gets what it asks for in the common queue, never more
    than its channels take alone. They are split in proportion to what the channels take alone. A channel that shares
    few people goes only part of the way from its own need to its split (``Sharing.effect``), rounded up.

    Parameters
    ----------
    own
        People to roster for each channel alone, the minimum included; whole numbers of shape (T,).
    minimum
        Least people of each channel in each interval; shape (T,).
    contacts
        Contacts of each channel.
    sharing
        Who knows what.
    needed
        What a channel takes in a queue of several.
    """
    people = dict(own)
    for team in dict.fromkeys(sharing.team(name) for name in own):
        if len(team) < 2:
            continue
        queue = {name: contacts[name] for name in team}
        alone = np.array([own[name] for name in team])
        comes = np.array([contacts[name].volume > 0 for name in team])
        asked = np.array([needed(name, queue) for name in team])
        together = np.minimum(np.where(comes, asked, 0.0).max(axis=0), alone.sum(axis=0))
        known = np.array([sharing.everybody(name) for name in team])[:, None]
        low = np.array([minimum[name] for name in team])
        low = np.minimum(np.maximum(low, np.where(comes & ~known, 1.0, 0.0)), alone)
        for name, mine, part in zip(team, alone, split(together, alone, low), strict=True):
            people[name] = np.ceil(mine - sharing.effect(name) * (mine - part) - ROUNDING)
    return people


def split(total: Array, weights: Array, low: Array) -> Array:
    """Whole numbers in proportion to weights that add up to a total (largest remainder); more where `low` takes more.

    Parameters
    ----------
    total
        What to split; whole numbers, shape (T,).
    weights
        Weight of each part; shape (C, T). A part without weight gets `low`.
    low
        Least of each part; whole numbers, shape (C, T).

    Notes
    -----
    Of parts with equal remainders the first comes first. A part held at its least leaves fewer to the others, which
    then share the rest in proportion.

    >>> split(np.array([7.0]), np.array([[5.0], [5.0], [2.0]]), np.zeros((3, 1))).ravel().tolist()
    [3.0, 3.0, 1.0]
    """
    held = weights <= 0
    for _ in range(len(weights)):
        share = _shares(total, weights, low, held)
        below = ~held & (share < low - ROUNDING)
        if not below.any():
            break
        held |= below
    share = np.where(held, low, _shares(total, weights, low, held))
    whole = np.floor(share + ROUNDING)
    left = np.maximum(total - whole.sum(axis=0), 0.0)
    remainder = np.where(held, -1.0, np.round(share - whole, 9))
    rank = np.argsort(np.argsort(-remainder, axis=0, kind="stable"), axis=0)
    return np.asarray(whole + ((rank < left) & ~held))


def _shares(total: Array, weights: Array, low: Array, held: NDArray[np.bool_]) -> Array:
    """What is left beyond the parts held at their least, in proportion."""
    left = np.maximum(total - np.where(held, low, 0.0).sum(axis=0), 0.0)
    free = np.where(held, 0.0, weights)
    weight = free.sum(axis=0)
    return np.asarray(free * np.divide(left, weight, out=np.zeros_like(left), where=weight > 0))
