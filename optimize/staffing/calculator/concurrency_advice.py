"""How many conversations an agent should hold, what that saves, and the slow-down curve seen in a history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from configs.errors import DataError, Fault
from optimize.staffing.queueing.concurrency import Curve, derived
from optimize.staffing.queueing.measures import numbers
from optimize.staffing.requirement.least_agents import required_agents

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

MOST = 8
"""Slots compared; beyond eight nothing but delay is gained."""


@dataclass(frozen=True)
class SlotChoice:
    """What a number of slots brings."""

    slots: int
    per_hour: float
    """Conversations an agent closes per hour with all slots in use."""
    session_s: float
    """Mean length of a conversation then."""
    response_s: float
    """Mean time to reply then."""
    agents: float
    """Agents needed for the volume; inf where the targets cannot be met."""
    saving: float
    """Agents saved against one customer at a time on the phone, as a share; NaN without a phone handle time."""


@dataclass(frozen=True)
class SlotAdvice:
    """The numbers of slots side by side, and the best of them: fewest agents, then fewest slots."""

    choices: tuple[SlotChoice, ...]
    best: int


def advise_slots(
    volume: float,
    interval_s: float,
    touch_s: float,
    think_s: float,
    touches: float,
    *,
    switch: float = 0.0,
    share: float = 0.8,
    within_s: float = 40.0,
    patience_s: float = np.inf,
    response_s: float | None = None,
    max_occupancy: float | None = None,
    phone_aht_s: float | None = None,
) -> SlotAdvice:
    """Compare 1 to 8 slots for a volume and its service targets.

    Parameters
    ----------
    volume, interval_s
        Contacts of an interval, and its length in seconds.
    touch_s, think_s, touches, switch
        As in ``Curve.from_touches``.
    share, within_s, patience_s, response_s, max_occupancy
        The service targets, as in ``required_agents``.
    phone_aht_s
        Handle time of the same matter on the phone, to tell the saving.

    Raises
    ------
    DataError
        A number is out of range.
    """
    promise: dict[str, Any] = {
        "share": share,
        "within_s": within_s,
        "patience_s": patience_s,
        "max_occupancy": max_occupancy,
    }
    phone = float("nan")
    if phone_aht_s is not None:
        load = volume * phone_aht_s / interval_s
        phone = float(required_agents(load, phone_aht_s, **promise))
    choices = []
    for slots in range(1, MOST + 1):
        curve = Curve.from_touches(slots, touch_s, think_s, touches, switch)
        load = volume * curve.handle_s / interval_s
        agents = float(required_agents(load, response_s=response_s, curve=curve, **promise))
        per_hour = 3600.0 * slots / curve.session_s[-1]
        choices.append(
            SlotChoice(slots, per_hour, curve.session_s[-1], curve.reply_s[-1], agents, 1.0 - agents / phone)
        )
    best = min(choices, key=lambda choice: (choice.agents, choice.slots))
    return SlotAdvice(tuple(choices), best.slots)


def curve_from_history(
    concurrency: ArrayLike, aht_s: ArrayLike, slots: int, touches: float, volume: ArrayLike = 1.0
) -> Curve:
    """Estimate the slow-down curve from handle times seen at known concurrency.

    The two times behind the curve (agent time per message, customer time between two) are fitted by least squares on
    the logarithm of the handle time, weighted by contacts; at a concurrency between whole numbers the curve is read
    between them.

    Parameters
    ----------
    concurrency
        Conversations an agent held on average, 1 or more; one for each interval (or agent) seen.
    aht_s
        Mean length of a conversation there, in seconds.
    slots
        Conversations an agent may hold.
    touches
        Agent messages per conversation.
    volume
        Contacts behind each value.

    Raises
    ------
    DataError
        Fewer than two different levels of concurrency, which cannot separate touch from think.
    """
    from scipy.optimize import least_squares

    levels_seen, seen, weight = np.broadcast_arrays(
        numbers("concurrency", concurrency), numbers("aht_s", aht_s, above=0.0), numbers("volume", volume)
    )
    levels_seen, seen, weight = levels_seen.ravel(), seen.ravel(), weight.ravel()
    if (levels_seen < 1).any():
        raise DataError(Fault("concurrency", f"must be 1 or more, got {levels_seen.min():g}"))
    if np.ptp(levels_seen) < 0.25:
        raise DataError(
            Fault("concurrency", "is the same everywhere; handle times at one level are not enough for a curve")
        )
    most = max(slots, int(np.ceil(levels_seen.max())))
    levels = np.arange(1, most + 1)

    def lengths(logs: Array) -> Array:
        touch, think = np.exp(logs[:1]), np.exp(logs[1:])
        return np.asarray(derived(most, touch, think, np.array([touches]), np.zeros(1))[0][0])

    def gaps(logs: Array) -> Array:
        return np.asarray(np.sqrt(weight) * (np.log(np.interp(levels_seen, levels, lengths(logs))) - np.log(seen)))

    per_message = float(seen.min()) / touches
    found = least_squares(gaps, np.log([0.5 * per_message, per_message]), bounds=(-5.0, 15.0))
    touch, think = np.exp(found.x)
    return Curve.from_touches(slots, float(touch), float(think), touches)
