"""Sheet Shifts: one row for each shift, with its breaks, for filters and pivot tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.workbook.book import Column

if TYPE_CHECKING:
    from reports.metrics.week import Week
    from reports.workbook.book import Book


def add(book: Book, week: Week) -> None:
    """Add the sheet."""
    sheet = book.sheet("Shifts", freeze=(1, 2), repeat=(0, 0))
    lines = week.shifts
    held = [line.activities_text for line in lines]
    book.table(
        sheet,
        [
            Column("Agent", 10, "text", [line.agent for line in lines]),
            Column("Name", 22, "text", [line.name for line in lines]),
            Column("Contract", 14, "text", [line.contract for line in lines]),
            Column("Date", 17, "day", [line.date for line in lines]),
            Column("Start", 18, "moment", [line.start.replace(tzinfo=None) for line in lines]),
            Column("End", 18, "moment", [line.end.replace(tzinfo=None) for line in lines]),
            Column("Breaks", 38, "text", [line.breaks_text for line in lines]),
            *([Column("Activities", 30, "text", held)] if any(held) else []),
            Column("Paid h", 9, "fine", [line.paid_h for line in lines]),
            Column("Cost", 11, "money", [line.cost for line in lines]),
        ],
    )
