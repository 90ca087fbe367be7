"""Hours of the week as text and as spans: ``Mon-Fri 18:00-24:00; Sat all day``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from configs.units import DAY_MINUTES, WEEKDAYS
from forecast.activity import runs

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
        return f"{_clock(self.start)}-{_clock(self.end)}"


def spans_of(hours: NDArray[np.bool_]) -> tuple[DaySpan, ...]:
    """Spans of a mask of the week, shape (7, slots), in order."""
    step = DAY_MINUTES // hours.shape[1]
    return tuple(DaySpan(day, first * step, (last + 1) * step) for day in range(7) for first, last in runs(hours[day]))


def hours_told(hours: NDArray[np.bool_], most: int | None = None) -> str:
    """Hours of a mask of the week, shape (7, slots), weekdays of the same hours together; at most `most` ranges."""
    spans = spans_of(hours)
    by_day = {day: ", ".join(span.clock for span in spans if span.weekday == day) for day in range(7)}
    groups = [clocks.split(", ") for clocks in dict.fromkeys(by_day.values()) if clocks]
    more = 0 if most is None else max(0, sum(map(len, groups)) - most)
    told, left = [], sum(map(len, groups)) - more
    for ranges in groups:
        shown, left = ranges[: max(left, 0)], left - len(ranges)
        if shown:
            days = _days([day for day in range(7) if by_day[day] == ", ".join(ranges)])
            told.append(f"{days} {'all day' if shown == [f'00:00-{_clock(DAY_MINUTES)}'] else ', '.join(shown)}")
    return "; ".join(told) + (f" and {more} more" if more else "")


def _days(days: list[int]) -> str:
    """Weekdays as a person writes them: ``Mon-Fri``, ``Mon, Wed``."""
    names = [name.capitalize() for name in WEEKDAYS]
    groups: list[list[int]] = []
    for day in days:
        if groups and groups[-1][-1] == day - 1:
            groups[-1].append(day)
        else:
            groups.append([day])
    return ", ".join(
        names[group[0]] if len(group) == 1 else f"{names[group[0]]}-{names[group[-1]]}" for group in groups
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
