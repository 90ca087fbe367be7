"""Hours of the week as spans of its days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from configs.units import DAY_MINUTES, format_clock
from forecast.opening.activity import runs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class DaySpan:
    """Minutes `start` to `end` after midnight of a weekday, Monday being 0."""

    weekday: int
    start: int
    end: int

    @property
    def clock(self) -> str:
        """Times of day, as a config writes them."""
        return f"{format_clock(self.start)}-{format_clock(self.end)}"


def spans_of(hours: NDArray[np.bool_]) -> tuple[DaySpan, ...]:
    """Spans of a mask of the week, shape (7, slots), in order."""
    step = DAY_MINUTES // hours.shape[1]
    return tuple(DaySpan(day, first * step, (last + 1) * step) for day in range(7) for first, last in runs(hours[day]))
