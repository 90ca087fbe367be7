"""What contacts gain with one, two, three and more people rostered: means over absence and over how busy a day is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np

from optimize.staffing.queueing.measures import ConcurrentService
from optimize.staffing.requirement.absence import attendance
from optimize.staffing.requirement.spread import rate_nodes, rate_quantile

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from optimize.staffing.queueing.measures import Service
    from optimize.staffing.queueing.queues import Queues

    Array = NDArray[np.float64]
    Rows = NDArray[np.int64]

Measure = Literal["share", "kept", "asa", "response"]
"""What a contact gains: answered in time, not given up, and, as negative seconds, its wait and the reply it gets."""
Counted = Measure | Literal["worked"]
"""What is averaged: gains, and "worked", the part of a contact's work that is done."""
_Counted = TypeVar("_Counted", Measure, Counted)
NODES = 8
"""Quantiles of the rate at which the service is computed; 32 change no gain by more than 0.002."""


@dataclass(frozen=True)
class Busyness:
    """How busy the day of each interval may be.

    Parameters
    ----------
    factors
        Rates over their mean; shape (T, K).
    weights
        Probability of each of them; shape (K,).
    """

    factors: Array
    weights: Array

    @classmethod
    def of_any_day(cls, rate_cv: Array) -> Busyness:
        """Days as they come: gamma with the coefficient of variation of each interval's day."""
        return cls(*rate_nodes(rate_cv, NODES))

    @classmethod
    def of_busy_day(cls, rate_cv: Array, probability: float) -> Busyness:
        """A day than which that share of days is no busier."""
        return cls(rate_quantile(rate_cv, np.array([probability])), np.ones(1))


def gains(
    queues: Queues, most: int, busyness: Busyness, absence: float, measures: Collection[_Counted], longest_s: float
) -> dict[_Counted, Array]:
    """Gain per contact in each interval with 0 to `most` people rostered.

    ``g(t, n) = sum_m Bin(m; n, 1 - absence) E[f gain(m, f load_t)] / E[f]``: a busy time counts with its contacts.

    Parameters
    ----------
    queues
        One for each interval, at its mean load.
    most
        Largest number of people.
    busyness
        How busy the day of each interval may be.
    absence
        Share of rostered people who stay away.
    measures
        What to compute: "share" in time, "kept" (not given up), negative seconds ("asa" of the wait, "response" of a
        reply), or "worked", the part of the work offered that is done.
    longest_s
        The longest wait or reply that counts, in seconds; a queue that grows without end has this one.

    Returns
    -------
    dict
        By measure, an array of shape (T, most + 1) that never falls with more people. Intervals without contacts are 0.

    References
    ----------
    Koole and van der Sluis (2003), Optimal shift scheduling with a global service level constraint.
    """
    busy = np.flatnonzero(queues.load_erl > 0)
    rows, alike = _distinct(queues, busyness, busy)
    found = _averaged(queues.take(rows), most, Busyness(busyness.factors[rows], busyness.weights), measures, longest_s)
    come = attendance(most, absence).T if absence else None
    whole: dict[_Counted, Array] = {}
    for measure, values in found.items():
        mixed = values if come is None else values @ come
        whole[measure] = np.zeros((queues.size, most + 1))
        whole[measure][busy] = np.maximum.accumulate(mixed, axis=1)[alike]
    return whole


def _distinct(queues: Queues, busyness: Busyness, busy: Rows) -> tuple[Rows, Rows]:
    """First of all intervals that are equal, and for each interval which of them it equals."""
    columns = [queues.load_erl, queues.aht_s, queues.patience_s, queues.within_s]
    columns += [] if queues.redial_share is None else [queues.redial_share]
    known = np.column_stack([*columns, busyness.factors])[busy]
    _, first, alike = np.unique(known, axis=0, return_index=True, return_inverse=True)
    return busy[first], np.asarray(alike.reshape(-1), dtype=np.int64)


def _averaged(
    queues: Queues, most: int, busyness: Busyness, measures: Collection[_Counted], longest_s: float
) -> dict[_Counted, Array]:
    """Gains with 0 to `most` people at work, a row for each queue."""
    shape = (queues.size, most + 1)
    people = np.tile(np.arange(most + 1.0), queues.size)
    each = queues.take(np.repeat(np.arange(queues.size), most + 1))
    sums: dict[_Counted, Array] = {measure: np.zeros(shape) for measure in measures}
    for factor, weight in zip(busyness.factors.T, busyness.weights, strict=True):
        load = each.load_erl * np.repeat(factor, most + 1)
        service = each.at(load).serve(people, replies="response" in measures)
        for measure in measures:
            gain = _worked(service, people, load) if measure == "worked" else _gain(measure, service, people, longest_s)
            sums[measure] += (weight * factor)[:, None] * gain.reshape(shape)
    contacts = (busyness.factors @ busyness.weights)[:, None]
    return {measure: total / contacts for measure, total in sums.items()}


def _worked(service: Service, people: Array, load_erl: Array) -> Array:
    """Part of the work offered that is done: people who are busy, for each who would have to be."""
    return np.where(people > 0, np.nan_to_num(service.occupancy, nan=1.0) * people, 0.0) / load_erl


def _gain(measure: Measure, service: Service, people: Array, longest_s: float) -> Array:
    """Gain per contact; nobody at work serves nobody, by any definition of the service level."""
    if measure == "share":
        return np.where(people > 0, service.service_level, 0.0)
    if measure == "kept":
        return np.where(people > 0, 1.0 - service.abandonment, 0.0)
    if measure == "response" and isinstance(service, ConcurrentService):
        return -np.where(people > 0, np.fmin(service.response_s, longest_s), longest_s)
    return -np.fmin(service.asa_s, longest_s)
