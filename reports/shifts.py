"""The shifts of the roster with local times: what the chart, the workbook and the calendars are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import pandas as pd

from reports import formatting

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from configs.horizon import Horizon
    from optimize.roster.schedule.shift import PlannedActivity, Shift
    from reports.run import Run

Part = Literal["early", "day", "late", "night"]
PARTS: dict[Part, str] = {
    "early": "starts 04:00–08:59",
    "day": "starts 09:00–11:59",
    "late": "starts 12:00–19:59",
    "night": "starts 20:00–03:59",
}
"""Parts of the day a shift may start in, by which it is coloured."""


@dataclass(frozen=True)
class ShiftLine:
    """One shift of one agent; all its moments are local times with their zone."""

    agent: str
    name: str
    contract: str
    date: date
    start: datetime
    end: datetime
    breaks: tuple[tuple[datetime, datetime], ...]
    paid_h: float
    cost: float
    activities: tuple[PlannedActivity, ...] = ()

    @property
    def clocks(self) -> str:
        """Begin and end as clock times: ``06:30-15:00``."""
        return f"{formatting.clock(self.start)}-{formatting.clock(self.end)}"

    @property
    def breaks_text(self) -> str:
        """Breaks as clock times: ``08:30-08:45, 11:00-11:30``."""
        return ", ".join(f"{formatting.clock(first)}-{formatting.clock(last)}" for first, last in self.breaks)

    @property
    def activities_text(self) -> str:
        """Activities with their clock times: ``training 10:00-11:00``."""
        return ", ".join(
            f"{held.name} {formatting.clock(held.start)}-{formatting.clock(held.end)}" for held in self.activities
        )

    @property
    def with_breaks(self) -> str:
        """Everything with its clock times: ``06:30-15:00 (08:30-08:45; training 10:00-11:00)``."""
        inside = "; ".join(text for text in (self.breaks_text, self.activities_text) if text)
        return f"{self.clocks} ({inside})" if inside else self.clocks

    @property
    def part(self) -> Part:
        """Part of the day the shift starts in."""
        hour = self.start.hour
        return "night" if hour >= 20 or hour < 4 else "early" if hour < 9 else "day" if hour < 12 else "late"


def shifts_of(run: Run) -> tuple[ShiftLine, ...]:
    """Lines of the roster, in order of agent and start."""
    return tuple(_line(shift, run.horizon.zone) for shift in run.roster.schedule.shifts)


def _line(shift: Shift, zone: ZoneInfo) -> ShiftLine:
    return ShiftLine(
        agent=shift.agent,
        name=shift.name or shift.agent,
        contract=shift.contract,
        date=shift.day,
        start=shift.start.astimezone(zone),
        end=shift.end.astimezone(zone),
        breaks=tuple((first.astimezone(zone), last.astimezone(zone)) for first, last in shift.breaks),
        paid_h=shift.paid_h,
        cost=shift.cost,
        activities=tuple(
            replace(each, start=each.start.astimezone(zone), end=each.end.astimezone(zone)) for each in shift.activities
        ),
    )


def local(moment: pd.Timestamp, horizon: Horizon) -> datetime:
    """Turn a moment into local time."""
    return moment.tz_convert(horizon.zone).to_pydatetime()


def text(value: object) -> str:
    """Read a cell that may be empty as text."""
    return "" if value is None or value is pd.NA or value != value else str(value)  # noqa: PLR0124 - NaN
