"""Shifts that a contract offers on each day, with the burdens that each of them is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.schedule.day import begins_on

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.fairness.burdens import Burdens

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Cells:
    """Shifts of a contract: one for each shift type and start, in the order of the config, on each day.

    Parameters
    ----------
    starts
        Interval of the horizon in which each begins on each day; shape (D, S).
    lengths, clock, minutes
        Its length in intervals, its begin in minutes after midnight, its length in minutes; shape (S,).
    offered
        Whether it is offered on a day; shape (D, S).
    burdens
        Which burdens it is, offered or not; shape (D, S, K).
    """

    starts: Ints
    lengths: Ints
    clock: Ints
    minutes: Ints
    offered: Mask
    burdens: Mask


def cells_of(config: Config, name: str, horizon: Horizon, burdens: Burdens) -> Cells:
    """Return the shifts of a contract on every day of a horizon."""
    contract, step = config.contracts[name], timedelta(minutes=horizon.interval_min)
    shifts = [(shift, clock) for shift in contract.shifts for clock in shift.starts]
    days = [horizon.date(day) for day in range(horizon.days)]
    starts = [
        [horizon.index(horizon.moment(begins_on(horizon, day, clock, shift.length), clock)) for shift, clock in shifts]
        for day in range(horizon.days)
    ]
    return Cells(
        starts=np.array(starts),
        lengths=np.array([-(-shift.length // step) for shift, _ in shifts]),
        clock=np.array([clock for _, clock in shifts]),
        minutes=np.array([shift.length // MINUTE for shift, _ in shifts]),
        offered=np.array([[day.weekday() in shift.days for shift, _ in shifts] for day in days]),
        burdens=np.array(
            [[burdens.of(name, day, clock, shift.length // MINUTE) for shift, clock in shifts] for day in days]
        ).reshape(len(days), len(shifts), len(burdens.names)),
    )
