"""Slow and obvious ways to the same numbers: 50-digit recurrences, and the birth-death chain state by state."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, getcontext

import numpy as np

getcontext().prec = 50


def erlang_b(agents: int, load: float) -> Decimal:
    """B(n) = a B(n-1) / (n + a B(n-1)), in 50 digits."""
    a, b = Decimal(load), Decimal(1)
    for n in range(1, agents + 1):
        b = a * b / (n + a * b)
    return b


def erlang_c(agents: int, load: float) -> Decimal:
    """Probability of waiting from that of blocking."""
    b, a = erlang_b(agents, load), Decimal(load)
    return agents * b / (agents - a * (1 - b))


def erlang_c_level(agents: int, load: float, aht_s: float, within_s: float) -> Decimal:
    """Share who wait at most that long."""
    return 1 - erlang_c(agents, load) * (-(agents - Decimal(load)) * Decimal(within_s) / Decimal(aht_s)).exp()


@dataclass(frozen=True)
class Seen:
    """Measures of a chain counted state by state."""

    wait: float
    abandonment: float
    asa_s: float
    offered: float
    answered: float
    abandon_ok: float
    exclude_short: float
    virtual: float
    queue_length: float
    response_s: float


def chain(
    agents: int,
    rate: float,
    closing: list[float],
    patience_s: float,
    within_s: float,
    replies: list[float] | None = None,
) -> Seen:
    """Solve the birth-death chain of agents with ``len(closing)`` slots.

    `closing[j]` is what an agent with j+1 conversations closes per second. What happens to a customer who finds i
    others waiting is a chain of its own, solved by the matrix exponential.
    """
    from scipy.linalg import expm

    slots, theta = len(closing), 1.0 / patience_s
    full, f = agents * slots, [0.0, *closing]

    def deaths(m: int) -> float:
        spread = [(m + i) // agents for i in range(agents)]  # conversations of each agent, as even as can be
        return sum(f[held] for held in spread)

    deepest = full + int(20 + 12 * np.sqrt(rate * patience_s) + 3 * rate * patience_s)
    log_p = [0.0]
    for m in range(1, deepest + 1):
        served = deaths(m) if m <= full else deaths(full) + (m - full) * theta
        log_p.append(log_p[-1] + np.log(rate / served))
    p = np.exp(np.array(log_p) - max(log_p))
    p /= p.sum()
    size = deepest - full
    capacity = deaths(full)
    # states of one customer: i others ahead (0..size), then served, then gave up
    q = np.zeros((size + 3, size + 3))
    for i in range(size + 1):
        q[i, i - 1 if i else size + 1] += capacity + i * theta
        q[i, size + 2] += theta
        q[i, i] = -q[i].sum()
    after = expm(q * within_s)
    patient = q.copy()
    patient[:, size + 2] = 0.0
    for i in range(size + 1):
        patient[i, i] = -(capacity + i * theta)
    virtual = expm(patient * within_s)
    waiting = p[full:]
    at_once = p[:full].sum()
    served_in_time = at_once + waiting @ after[: size + 1, size + 1]
    left_in_time = waiting @ after[: size + 1, size + 2]
    length = waiting @ np.arange(size + 1)
    lost = theta * length / rate
    response = np.nan
    if replies is not None:
        reply = [0.0, *replies]
        open_messages = messages = 0.0
        for m, share in enumerate(p):
            for agent in range(agents):
                held = (min(m, full) + agent) // agents
                open_messages += share * f[held] * reply[held]
                messages += share * f[held]
        response = open_messages / messages
    return Seen(
        wait=float(1 - at_once),
        abandonment=float(lost),
        asa_s=float(length / rate),
        offered=float(served_in_time),
        answered=float(served_in_time / (1 - lost)),
        abandon_ok=float(served_in_time + left_in_time),
        exclude_short=float(served_in_time / (1 - left_in_time)),
        virtual=float(at_once + waiting @ virtual[: size + 1, size + 1]),
        queue_length=float(length),
        response_s=float(response),
    )
