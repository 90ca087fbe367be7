"""One finished shift of one person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

Span = tuple[datetime, datetime]
"""Begin and end, UTC."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class PlannedActivity:
    """An activity within a shift, such as a training; moments are UTC."""

    name: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Shift:
    """A shift with its breaks and activities; moments are UTC, so that their differences are elapsed time.

    Parameters
    ----------
    agent, name
        Who works it: the id, and the name to show.
    contract
        Name of the contract.
    day
        Local day the shift belongs to.
    start, end
        First moment, and the moment after the last.
    breaks
        Spans in the order they are taken, paid or not.
    activities
        In order of time.
    paid_h
        Paid hours.
    cost
        Cost of the paid hours, premiums included, in the currency of the plan.
    shift_type
        Number of its shift type in the contract; None where it is not known, since no table holds it.
    """

    agent: str
    name: str
    contract: str
    day: date
    start: datetime
    end: datetime
    breaks: tuple[Span, ...] = ()
    activities: tuple[PlannedActivity, ...] = ()
    paid_h: float = 0.0
    cost: float = 0.0
    shift_type: int | None = field(default=None, compare=False)

    @property
    def off_service(self) -> tuple[Span, ...]:
        """Spans in which the person serves no channel: breaks, and activities."""
        return (*self.breaks, *((each.start, each.end) for each in self.activities))

    @property
    def worked_h(self) -> float:
        """Hours of the shift without its breaks; activities are work."""
        rested = sum((last - first for first, last in self.breaks), start=timedelta(0))
        return (self.end - self.start - rested) / HOUR

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Whether some of the shift lies between two moments."""
        return self.start < end and start < self.end
