"""The hour of the week in which the fewest contacts are in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reports.series import laid_out
from reports.shifts import local

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from configs.horizon import Horizon
    from optimize.simulation.result import Replay
    from reports.run import Rostered


@dataclass(frozen=True)
class WorstHour:
    """The hour by the clock of the plan, named by its local start, whose contacts are in time least often."""

    start: datetime
    share: float


def worst_hour(made: Rostered, replay: Replay, weights: Mapping[str, float]) -> WorstHour | None:
    """Find the worst hour of some channels, a contact of each counted by its weight; None where no contacts come."""
    horizon = made.horizon
    good, contacts = np.zeros(horizon.size), np.zeros(horizon.size)
    for name, weight in weights.items():
        level = laid_out(replay.table, name, "service_level", horizon)
        volume = np.nan_to_num(laid_out(made.requirement, name, "volume", horizon)) * np.isfinite(level)
        good += weight * volume * np.nan_to_num(level)
        contacts += weight * volume
    first, hour = _hours(horizon)
    top, bottom = np.bincount(hour, good), np.bincount(hour, contacts)
    known = np.flatnonzero(bottom > 0)
    if not known.size:
        return None
    at = int(known[np.argmin(top[known] / bottom[known])])
    return WorstHour(local(horizon.starts[first[at]], horizon), float(top[at] / bottom[at]))


def _hours(horizon: Horizon) -> tuple[list[int], list[int]]:
    """First interval of every hour of the local clock, and the number of the hour of every interval."""
    hours: dict[tuple[object, int, int], int] = {}
    first, number = [], []
    for at, moment in enumerate(horizon.local):
        key = (moment.date(), moment.hour, moment.fold)
        if key not in hours:
            hours[key] = len(hours)
            first.append(at)
        number.append(hours[key])
    return first, number
