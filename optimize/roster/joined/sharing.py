"""People at work shared out among the channels they know, at least cost.

People counts that can be at the channels are those with ``sum of n over Z <= people who know a channel of Z`` for every
set Z of channels (Hall). Such sets are polymatroids, so filling steps from the largest gain down, each as far as every
set allows, costs least (Federgruen and Groenevelt 1986). Nobody counts twice.

Of sets whose channels the same people know, the largest says it all, and a set that falls apart into parts that no
person connects says no more than its parts. What is left are a few sets, also with twenty channels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from optimize.roster.joined.demand import Demand

    Array = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Skills:
    """The different sets of skills, and the sets of channels that limit who is where.

    Parameters
    ----------
    known
        Whether people of a set of skills serve a channel; shape (K, C).
    sets
        Sets of channels that no others stand for; shape (Z, C).
    touched
        Whether people of a set of skills serve a channel of a set; shape (Z, K).
    """

    known: Mask
    sets: Mask
    touched: Mask

    @classmethod
    def of(cls, skills: Sequence[frozenset[int]], channels: int) -> Skills:
        """Return the tables of some different sets of skills."""
        known = np.array([[c in each for c in range(channels)] for each in skills])
        sets = np.array(list(_sets(known)))
        touched: Mask = np.any(sets[:, None, :] & known[None, :, :], axis=2)
        return cls(known, sets, touched)


def _sets(known: Mask) -> Iterator[tuple[bool, ...]]:
    """For each union of those who know a channel, all channels that only they know, where these hang together."""
    knowers = [frozenset(np.flatnonzero(column).tolist()) for column in known.T]
    unions: set[frozenset[int]] = set()
    for people in knowers:
        unions |= {people, *(people | each for each in unions)}
    for union in sorted(unions, key=sorted):
        inside = [bool(people) == bool(union) and people <= union for people in knowers]
        if _hang_together([people for people, known_inside in zip(knowers, inside, strict=True) if known_inside]):
            yield tuple(inside)


def _hang_together(knowers: list[frozenset[int]]) -> bool:
    """Whether people lead from each of these channels to all others; channels that nobody knows are in one set."""
    reached, rest = knowers[0], knowers[1:]
    while near := [people for people in rest if people & reached]:
        reached = reached.union(*near)
        rest = [people for people in rest if not people & reached]
    return not any(rest)


@dataclass(frozen=True)
class Shared:
    """People at each channel in each interval, shape (C, T), and how many more each set could take, shape (Z, T)."""

    people: Array
    room: Array


def shared(skills: Skills, present: Array, demand: Demand, moments: Ints | None = None) -> Shared:
    """Share people out at least cost.

    Parameters
    ----------
    skills
        Sets of skills and of channels.
    present
        People at work of each set of skills in each interval; shape (K, T).
    demand
        What they are worth at the channels.
    moments
        Intervals of the demand that `present` is about; all where it is not given.
    """
    if demand.channels == 1:
        return Shared(present.sum(axis=0, keepdims=True), np.zeros((1, present.shape[1])))
    room = skills.touched.astype(float) @ present
    people, left = np.zeros((demand.channels, present.shape[1])), present.sum(axis=0)
    moments, places = np.arange(present.shape[1]) if moments is None else moments, np.arange(present.shape[1])
    for piece in demand.order[:, moments]:
        if left.max(initial=0.0) <= 0.0:
            break
        channel = piece % demand.channels
        member = skills.sets[:, channel]
        step = np.minimum(np.where(member, room, np.inf).min(axis=0), demand.widths[piece, moments])
        room -= member * step
        left -= step
        people[channel, places] += step
    return Shared(people, room)


def best_channels(skills: Skills, prices: Array) -> Array:
    """Price of each set of skills in each interval: the largest of the channels they know; shape (K, T)."""
    return np.stack([prices[known].max(axis=0) for known in skills.known])


def open_channels(skills: Skills, skill_set: int, prices: Array, room: Array) -> Array:
    """Price of one more person of a set of skills, who may free somebody for a channel they do not know; shape (T,).

    One more at a channel is possible when every full set around it has a channel the person knows.
    """
    known, touched = skills.known[skill_set], skills.touched[:, skill_set]
    full = room < 1.0 - 1e-9
    best = np.full(prices.shape[1], -np.inf)
    for channel, price in enumerate(prices):
        around = ~touched & skills.sets[:, channel]
        if known[channel] or not around.any():
            np.maximum(best, price, out=best)
        else:
            np.maximum(best, np.where(full[around].any(axis=0), -np.inf, price), out=best)
    return best
