"""The service level of every channel on every day, as one table of coloured cells that lead to the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import formatting

if TYPE_CHECKING:
    from reports.page.channels import ChannelView, DayRow

NEAR = 0.10
"""A service level less than this below its target is near it."""


@dataclass(frozen=True)
class Cell:
    """One channel on one day: its text, its look (``kept``, ``near``, ``missed`` or empty), and where it leads."""

    text: str
    look: str
    address: str


@dataclass(frozen=True)
class DailyRow:
    """One live channel."""

    channel: str
    cells: tuple[Cell, ...]


def daily_rows(views: tuple[ChannelView, ...]) -> tuple[DailyRow, ...]:
    """Make a row for each live channel; deferrable work has no service level by day."""
    return tuple(
        DailyRow(formatting.title(view.channel.channel), tuple(_cell(day, view) for day in view.days))
        for view in views
        if view.channel.work is None
    )


def _cell(day: DayRow, view: ChannelView) -> Cell:
    if day.service_level is None:
        return Cell("closed" if not day.required_h else "–", "", "")
    target = view.channel.target
    below = target - day.service_level
    look = "kept" if below <= 1e-9 else "near" if below <= NEAR else "missed"
    return Cell(
        formatting.percent_down(day.service_level, aligned=True), look, f"#day={day.date.isoformat()}&at={view.key}"
    )
