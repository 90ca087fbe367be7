"""Measures of a queue for its customers and its agents, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar, get_args

import numpy as np

from configs.errors import DataError, Fault, nearest

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

Definition = Literal["offered", "answered", "abandon-ok", "exclude-short", "virtual"]
"""What a service level within t seconds counts:

offered
    answered within t / offered
answered
    answered within t / answered
abandon-ok
    (answered within t + gave up within t) / offered
exclude-short
    answered within t / (offered - gave up within t)
virtual
    share of endlessly patient customers who would be answered within t
"""

DEFINITIONS: tuple[Definition, ...] = get_args(Definition)

_Service = TypeVar("_Service", bound="Service")


@dataclass(frozen=True)
class Service:
    """Measures of a queue in steady state; arrays of one shape, numbers for numbers.

    Without customers the service level is 1 and everything else 0. Without agents, or where customers never give up and
    the load is not below the agents, the service level is 0 and the occupancy 1; in the latter case the wait is
    infinite.
    """

    probability_wait: Array
    """Share of customers who find no agent free."""
    service_level: Array
    """Share within the time asked, by the definition asked."""
    asa_s: Array
    """Mean wait of all offered customers in seconds, those who give up included."""
    abandonment: Array
    """Share of offered customers who give up."""
    occupancy: Array
    """Share of the agents' capacity in use."""
    queue_length: Array
    """Mean number of customers waiting."""


@dataclass(frozen=True)
class ConcurrentService(Service):
    """Measures of a queue whose agents hold several conversations."""

    response_s: Array
    """Mean time from a customer's message to the agent's reply in seconds; NaN where the curve has no messages."""


def shaped(service: _Service, shape: tuple[int, ...]) -> _Service:
    """Return the measures with another shape; numbers where the shape is empty."""
    return type(service)(*(np.reshape(values, shape)[()] for values in vars(service).values()))


def numbers(name: str, value: ArrayLike, *, above: float | None = None, infinite: bool = False) -> Array:
    """Check that values are numbers of 0 or more (more than `above` when given) and return them as floats.

    Raises
    ------
    DataError
        A value is NaN, negative, infinite (unless allowed) or not above the limit.
    """
    array = np.asarray(value, dtype=float)
    wrong = np.isnan(array) | (array < 0)
    words = "a number of 0 or more"
    if above is not None:
        wrong |= array <= above
        words = f"a number above {above:g}"
    if not infinite:
        wrong |= np.isinf(array)
    if wrong.any():
        raise DataError(Fault(name, f"must be {words}, got {array[wrong].flat[0]:g}"))
    return array


def checked_definition(definition: str) -> Definition:
    """Return the definition of that name.

    Raises
    ------
    DataError
        There is no such definition.
    """
    for known in DEFINITIONS:
        if definition == known:
            return known
    raise DataError(
        Fault("definition", f'"{definition}" is not one of {", ".join(DEFINITIONS)}{nearest(definition, DEFINITIONS)}')
    )
