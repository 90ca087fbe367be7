"""When a person can work: the small language of the ``available`` column."""

from __future__ import annotations

from dataclasses import dataclass

from configs.units import DAY_MINUTES, ClockSpan, parse_weekdays

WHOLE = ClockSpan(0, 2 * DAY_MINUTES)
"""Any hour of a day, and into the next one."""


@dataclass(frozen=True)
class Availability:
    """Clock spans of each weekday, Monday first, within one of which a shift must lie; none is a day not worked."""

    spans: tuple[tuple[ClockSpan, ...], ...] = ((WHOLE,),) * 7

    @classmethod
    def parse(cls, text: str) -> Availability:
        """Read ``mon-fri`` or ``mon-fri 08:00-18:00; sat 09:00-13:00``; blank is always.

        Raises
        ------
        ValueError
            With a sentence that says what is not understood.
        """
        if not text.strip():
            return cls()
        spans: list[list[ClockSpan]] = [[] for _ in range(7)]
        for part in text.split(";"):
            days, _, hours = part.strip().partition(" ")
            for day in parse_weekdays(days):
                spans[day].append(ClockSpan.parse(hours.strip()) if hours.strip() else WHOLE)
        return cls(tuple(tuple(day) for day in spans))

    def allows(self, weekday: int, start: int, length: int) -> bool:
        """Return whether a shift of `length` minutes that begins `start` minutes after midnight lies inside."""
        return any(span.start <= start and start + length <= span.end for span in self.spans[weekday])
