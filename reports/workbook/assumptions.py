"""Sheet Assumptions: the settings of the plan, the accuracy of the forecast, and the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import formatting
from reports.assumptions import assumptions
from reports.workbook.book import Column

if TYPE_CHECKING:
    from forecast.result import Accuracy
    from reports.metrics.week import Week
    from reports.workbook.book import Book


def add(book: Book, week: Week) -> None:
    """Add the sheet."""
    sheet = book.sheet("Assumptions", freeze=(1, 0), repeat=(0, 0))
    rows = [(line.group, line.setting, line.value) for line in assumptions(week.run)]
    rows += [("Forecast", f"Accuracy of {record.channel}", _record(record)) for record in week.run.forecast.accuracy]
    rows += [("Note", note.where, note.sentence) for note in week.notes]
    rows.append(("Program", "staffcurve", week.run.version))
    heads = (("Topic", 22), ("Setting", 26), ("Value", 90))
    book.table(
        sheet, [Column(head, width, "wrap", [row[at] for row in rows]) for at, (head, width) in enumerate(heads)]
    )


def _record(record: Accuracy) -> str:
    return (
        f"{formatting.count(record.days, 'day')}: error {formatting.percent(record.wape)}, "
        f"weekly naive {formatting.percent(record.naive_wape)}, "
        f"bias {formatting.percent(record.bias)}, 80% band covers {formatting.percent(record.covered_80)}"
    )
