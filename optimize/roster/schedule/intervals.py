"""In which intervals of a horizon a shift is at work or on a break.

Intervals are numbered from the begin of the horizon; those before it are negative, and numbers go on past its end.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from optimize.roster.schedule.shift import Shift, Span


def intervals(shift: Shift, horizon: Horizon) -> NDArray[np.int64]:
    """Intervals of a shift."""
    step = timedelta(minutes=horizon.interval_min)
    first = (shift.start - horizon.begin.to_pydatetime()) // step
    return np.arange(first, first - (shift.start - shift.end) // step)


def at_work(shift: Shift, horizon: Horizon) -> NDArray[np.int64]:
    """Intervals in which the person serves channels: without breaks and activities."""
    return intervals(shift, horizon)[~covered(shift, shift.off_service, horizon)]


def on_break(shift: Shift, horizon: Horizon) -> NDArray[np.int64]:
    """Intervals of the breaks."""
    return intervals(shift, horizon)[covered(shift, shift.breaks, horizon)]


def covered(shift: Shift, spans: Iterable[Span], horizon: Horizon) -> NDArray[np.bool_]:
    """Whether each interval of a shift begins within one of some spans."""
    step = timedelta(minutes=horizon.interval_min)
    found = np.zeros(-((shift.start - shift.end) // step), dtype=bool)
    for first, last in spans:
        # Rounded up: an interval belongs to the span in which it begins.
        found[-((shift.start - first) // step) : -((shift.start - last) // step)] = True
    return found
