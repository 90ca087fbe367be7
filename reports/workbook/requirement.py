"""Sheet Requirement: agents required and staffed by channel and interval; the charts draw from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import formatting
from reports.workbook.book import Column
from reports.workbook.long import channel_and_start, stacked

if TYPE_CHECKING:
    from reports.metrics.week import Week
    from reports.workbook.book import Book

REQUIRED, STAFFED, BACKLOG = 5, 6, 14
"""Positions of the columns the charts of sheet Coverage draw."""


def add(book: Book, week: Week) -> None:
    """Add the sheet."""
    sheet = book.sheet("Requirement", freeze=(1, 2), repeat=(0, 0))
    needed, cover = week.run.requirement.table, week.run.roster.coverage
    required, excess = (f"{formatting.title(name)} agents" for name in (week.required_name, week.excess_name))
    columns = [
        *channel_and_start(week),
        Column("Contacts", 10, "fine", stacked(week, needed, "volume")),
        Column("Handle time s", 9, "seconds", stacked(week, needed, "aht_s")),
        Column("Load Erlang", 9, "fine", stacked(week, needed, "load_erl")),
        Column(required, _width(required, 9), "agents", stacked(week, cover, "required")),
        Column("Staffed agents", 9, "agents", stacked(week, cover, "staffed")),
        Column("Understaffed agents", 12, "agents", stacked(week, cover, "shortage")),
        Column(excess, _width(excess, 12), "agents", stacked(week, cover, "excess")),
        Column("Service level", 9, "share", stacked(week, cover, "service_level")),
        Column("Abandonment", 12, "share", stacked(week, cover, "abandonment")),
        Column("Occupancy", 10, "share", stacked(week, cover, "occupancy")),
        Column("Work arriving h", 9, "fine", stacked(week, cover, "work_h")),
        Column("Work done h", 9, "fine", stacked(week, cover, "done_h")),
        Column("Backlog h", 9, "fine", stacked(week, cover, "backlog_h")),
    ]
    sheet.set_row(0, 28)
    last = book.table(sheet, columns) - 1
    bad = book.own_style("short_row", {"font_color": "#C2352B", "bold": True, "num_format": "General"})
    sheet.conditional_format(1, 7, last, 7, {"type": "cell", "criteria": ">", "value": 0, "format": bad})


def _width(head: str, least: int) -> int:
    """Width of a column whose heading takes two lines at most."""
    return max(least, len(head) // 2 + 2)
