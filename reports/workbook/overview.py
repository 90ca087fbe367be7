"""Sheet Summary: the week at a glance, the channels, the cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import formatting
from reports.findings import findings
from reports.workbook.book import Column, put

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from reports.metrics.week import Week
    from reports.workbook.book import Book

LINE = 150
"""Characters that fit into the merged cells of a sentence."""

WIDTHS = (34, 14, 12, 12, 12, 12, 12, 12, 12, 14)


def add(book: Book, week: Week) -> None:
    """Add the sheet."""
    sheet = book.sheet("Summary")
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, f"Week of {formatting.day_long(week.first)}", book.style("title"))
    sheet.write_string(1, 0, f"{week.run.config.plan.name}, {week.run.horizon.timezone}", book.style("soft"))
    row = _sentences(book, sheet, week, 3)
    row = _channels(book, sheet, week, row + 1)
    _cost(book, sheet, week, row + 1)


def _sentences(book: Book, sheet: Worksheet, week: Week, row: int) -> int:
    sheet.write_string(row, 0, "The week at a glance", book.style("section"))
    for finding in findings(week):
        row += 1
        look = book.style(finding.mark if finding.mark != "plain" else "text")
        sheet.merge_range(row, 1, row, len(WIDTHS) - 1, "", book.style("wrap"))
        sheet.write_string(row, 0, {"good": "good", "bad": "attention", "plain": ""}[finding.mark], look)
        sheet.write_string(row, 1, finding.sentence, book.style("wrap"))
        if len(finding.sentence) > LINE:  # a merged cell does not grow with its text
            sheet.set_row(row, 14 * (1 + len(finding.sentence) // LINE))
    return row + 1


def _channels(book: Book, sheet: Worksheet, week: Week, row: int) -> int:
    sheet.write_string(row, 0, "Channels", book.style("section"))
    channels = week.channels
    required, excess = formatting.title(week.required_name), formatting.title(week.excess_name)
    if week.required_name != "required":
        sheet.set_row(row + 1, 42)  # the longer names take up to three lines
    columns = [
        Column("Channel", 0, "text", [channel.channel for channel in channels]),
        Column("Kind", 0, "text", [channel.kind for channel in channels]),
        Column("Contacts", 0, "whole", [channel.volume for channel in channels]),
        Column(f"{required} h", 0, "number", [channel.required_h for channel in channels]),
        Column("Staffed h", 0, "number", [channel.staffed_h for channel in channels]),
        Column("Understaffed h", 0, "number", [channel.shortage_h for channel in channels]),
        Column(f"{excess} h", 0, "number", [channel.excess_h for channel in channels]),
        Column("Target", 0, "share", [channel.target for channel in channels]),
        Column("Expected", 0, "share", [channel.service_level for channel in channels]),
        Column("Late work h", 0, "number", [channel.work.late_h if channel.work else None for channel in channels]),
    ]
    return book.table(sheet, columns, row=row + 1, filtered=False, widths=False)


def _cost(book: Book, sheet: Worksheet, week: Week, row: int) -> None:
    cost, roster = week.run.roster.cost, week.run.roster
    sheet.write_string(row, 0, f"Cost in {week.run.config.plan.currency}", book.style("section"))
    lines = [
        ("Wages", cost.wages, "money"),
        ("Premiums", cost.premiums, "money"),
        ("Paid", week.payroll, "total_money"),
        ("Penalty for understaffing", cost.shortage, "money"),
        ("Penalty for overstaffing", cost.excess, "money"),
        ("Penalty for late work", cost.late, "money"),
        *([("Penalty for missed service targets", cost.targets, "money")] if cost.targets else []),
        *([("Penalty for activities not scheduled", cost.activities, "money")] if cost.activities else []),
        *([("Penalty for changed shifts", cost.changes, "money")] if week.run.roster.changes else []),
        ("Total (minimised)", cost.total, "total_money"),
        ("Lower bound", roster.bound, "money"),
        ("Gap", roster.gap_text, "text") if roster.gap is None else ("Gap", roster.gap, "share"),
        ("Status", roster.status, "text"),
    ]
    for step, (label, value, style) in enumerate(lines, start=1):
        sheet.write_string(row + step, 0, label, book.style("total" if style.startswith("total") else "text"))
        put(sheet, row + step, 1, value, book.style(style))
        if label == "Lower bound":
            sheet.write_string(row + step, 2, f"no roster{roster.scope} costs less", book.style("soft"))
