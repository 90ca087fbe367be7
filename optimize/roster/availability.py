"""When a person can work: the small language of the ``available`` column, and leave."""

from __future__ import annotations

from dataclasses import dataclass

from configs.units import ClockSpan, parse_weekdays


@dataclass(frozen=True)
class Availability:
    """Clock span of each weekday, Monday first, within which shifts must lie; ``None`` is a day that is not worked."""

    spans: tuple[ClockSpan | None, ...] = (ClockSpan(0, 2 * 1440),) * 7

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
        spans: list[ClockSpan | None] = [None] * 7
        for part in text.split(";"):
            days, _, hours = part.strip().partition(" ")
            for day in parse_weekdays(days):
                spans[day] = ClockSpan.parse(hours.strip()) if hours.strip() else ClockSpan(0, 2 * 1440)
        return cls(tuple(spans))

    def allows(self, weekday: int, start: int, length: int) -> bool:
        """Return whether a shift of `length` minutes that begins `start` minutes after midnight lies inside."""
        span = self.spans[weekday]
        return span is not None and span.start <= start and start + length <= span.end
