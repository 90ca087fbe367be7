"""The roster read line by line, with local times: what the chart, the workbook and the calendars are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandas as pd

from configs.pauses import Held, read_activities, read_pauses
from reports import words

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import date, datetime

    from configs.horizon import Horizon
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
    """One shift of one agent; `start`, `end` and `breaks` are local times with their zone."""

    agent: str
    name: str
    contract: str
    date: date
    start: datetime
    end: datetime
    breaks: tuple[tuple[datetime, datetime], ...]
    paid_h: float
    cost: float
    activities: tuple[Held, ...] = ()

    @property
    def clocks(self) -> str:
        """Begin and end as clock times: ``06:30-15:00``."""
        return f"{words.clock(self.start)}-{words.clock(self.end)}"

    @property
    def breaks_text(self) -> str:
        """Breaks as clock times: ``08:30-08:45, 11:00-11:30``."""
        return ", ".join(f"{words.clock(first)}-{words.clock(last)}" for first, last in self.breaks)

    @property
    def activities_text(self) -> str:
        """Activities with their clock times: ``training 10:00-11:00``."""
        return ", ".join(f"{held.name} {words.clock(held.start)}-{words.clock(held.end)}" for held in self.activities)

    @property
    def with_pauses(self) -> str:
        """Everything with its clock times: ``06:30-15:00 (08:30-08:45; training 10:00-11:00)``."""
        inside = "; ".join(text for text in (self.breaks_text, self.activities_text) if text)
        return f"{self.clocks} ({inside})" if inside else self.clocks

    @property
    def part(self) -> Part:
        """Part of the day the shift starts in."""
        hour = self.start.hour
        return "night" if hour >= 20 or hour < 4 else "early" if hour < 9 else "day" if hour < 12 else "late"


def shifts_of(run: Run) -> tuple[ShiftLine, ...]:
    """Read the roster, in order of agent and start."""
    horizon = run.horizon
    table = run.roster.table.sort_values(["agent", "start"], kind="stable")
    return tuple(_line(row, horizon) for row in table.to_dict("records"))


def _line(row: Mapping[Hashable, object], horizon: Horizon) -> ShiftLine:
    start, end = pd.Timestamp(str(row["start"])), pd.Timestamp(str(row["end"]))
    day = pd.Timestamp(str(row["date"])).date()
    return ShiftLine(
        agent=str(row["agent"]),
        name=text(row.get("name")) or str(row["agent"]),
        contract=str(row["contract"]),
        date=day,
        start=local(start, horizon),
        end=local(end, horizon),
        breaks=read_pauses(text(row.get("breaks")), local(start, horizon), local(end, horizon), horizon.zone),
        paid_h=float(str(row["paid_h"])),
        cost=float(str(row["cost"])),
        activities=read_activities(
            text(row.get("activities")), local(start, horizon), local(end, horizon), horizon.zone
        ),
    )


def local(moment: pd.Timestamp, horizon: Horizon) -> datetime:
    """Turn a moment into local time."""
    return moment.tz_convert(horizon.zone).to_pydatetime()


def text(value: object) -> str:
    """Read a cell that may be empty as text."""
    return "" if value is None or value is pd.NA or value != value else str(value)  # noqa: PLR0124 - NaN
