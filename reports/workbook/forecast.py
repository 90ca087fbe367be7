"""Sheet Forecast: contacts and handle time of every channel and interval, with the spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.workbook.book import Column
from reports.workbook.long import channel_and_start, stacked

if TYPE_CHECKING:
    from reports.metrics.week import Week
    from reports.workbook.book import Book


def add(book: Book, week: Week) -> None:
    """Add the sheet."""
    sheet = book.sheet("Forecast", freeze=(1, 2), repeat=(0, 0))
    table = week.run.forecast.table
    columns = [
        *channel_and_start(week),
        Column("Contacts", 11, "fine", stacked(week, table, "volume")),
        Column("2.5%", 10, "number", stacked(week, table, "q025")),
        Column("10%", 10, "number", stacked(week, table, "q10")),
        Column("50%", 10, "number", stacked(week, table, "q50")),
        Column("90%", 10, "number", stacked(week, table, "q90")),
        Column("97.5%", 10, "number", stacked(week, table, "q975")),
        Column("Handle time s", 13, "seconds", stacked(week, table, "aht_s")),
    ]
    book.table(sheet, columns)
