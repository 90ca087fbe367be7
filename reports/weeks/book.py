"""Several weeks as a workbook: totals of the weeks, a sheet for each week, and the accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.weeks import week_sheet
from reports.workbook.book import About, Column, write_book

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet

    from reports.metrics.week import Week
    from reports.weeks.overview import Overview
    from reports.workbook.book import Book

SUMMED = {
    "Cost": "total_money", "Paid": "total_money", "Required h": "total_number", "Understaffed h": "total_number",
    "Shifts": "total_right", "Paid h": "total_number", "Rules broken": "total_right",
}  # fmt: skip
"""Columns of the weeks that have a sum, with its style; a bound may take the other weeks as they are and has none."""
TO_CHANGE = "To change a week, edit the workbook of its own run."


def write(made: Overview, path: Path) -> Path:
    """Write the workbook; the same weeks give the same bytes."""
    plan, first, last = made.runs[0].config.plan.name, made.days[0], made.days[-1]

    def fill(book: Book) -> None:
        _weeks(book, made)
        for number in range(len(made.weeks)):
            week_sheet.add(book, made, number)
        _accounts(book, made)

    title = f"Roster of {len(made.weeks)} weeks, {first:%Y-%m-%d} to {last:%Y-%m-%d}"
    return write_book(path, About(title, plan, first), f"{plan}, {first:%Y-%m-%d} to {last:%Y-%m-%d}", fill)


def _weeks(book: Book, made: Overview) -> None:
    """Sheet Weeks: cost, bound, gap, people short and service of each week, with sums."""
    sheet, weeks = book.sheet("Weeks", freeze=(3, 1), repeat=(2, 2)), made.weeks
    sheet.set_row(0, 24)
    sheet.set_row(2, 30)
    sheet.write_string(0, 0, f"{len(weeks)} weeks from {made.days[0]:%Y-%m-%d}", book.style("title"))
    sheet.write_string(1, 0, f"Cost in {made.currency}. {TO_CHANGE}", book.style("soft"))
    names = list(dict.fromkeys(channel.channel for week in weeks for channel in week.channels))
    columns = [
        Column("Week of", 17, "day", [week.first for week in weeks]),
        Column("Cost", 12, "money", [week.run.roster.cost.total for week in weeks]),
        Column("Paid", 12, "money", [week.payroll for week in weeks]),
        Column("Bound", 12, "money", [week.run.roster.bound for week in weeks]),
        Column("Gap", 9, "share", [week.run.roster.gap for week in weeks]),
        Column("Required h", 11, "number", [sum(each.required_h for each in week.channels) for week in weeks]),
        Column("Understaffed h", 13, "number", [week.shortage_h for week in weeks]),
        Column("At work", 9, "whole", [sum(bool(each.shifts) for each in week.people) for week in weeks]),
        Column("Shifts", 9, "whole", [len(week.shifts) for week in weeks]),
        Column("Paid h", 10, "number", [week.paid_h for week in weeks]),
        Column("Rules broken", 9, "whole", _broken(made)),
        *(Column(f"{name}: service", 12, "share", [_service(week, name) for week in weeks]) for name in names),
    ]
    after = book.table(sheet, columns, row=2, filtered=False)
    _sums(book, sheet, columns, after, SUMMED)


def _broken(made: Overview) -> list[int]:
    return [sum(each.weeks[number].rules_broken for each in made.people) for number in range(len(made.weeks))]


def _service(week: Week, name: str) -> float | None:
    return next((each.service_level for each in week.channels if each.channel == name), None)


def _sums(book: Book, sheet: Worksheet, columns: Sequence[Column], row: int, summed: dict[str, str]) -> None:
    """Write sums as formulas under some columns of a table whose last row is above `row`."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    sheet.write_string(row, 0, "Total", book.style("total"))
    for at, column in enumerate(columns[1:], start=1):
        if column.head not in summed:
            sheet.write_blank(row, at, None, book.style("total"))
            continue
        cells = f"{xl_rowcol_to_cell(row - len(column.values), at)}:{xl_rowcol_to_cell(row - 1, at)}"
        value = round(sum(float(each or 0) for each in column.values), 9)
        sheet.write_formula(row, at, f"=SUBTOTAL(109,{cells})", book.style(summed[column.head]), value)


def _accounts(book: Book, made: Overview) -> None:
    """Sheet Accounts: a row for each person, paid hours of each week, and the account of all weeks."""
    sheet, people = book.sheet("Accounts", freeze=(1, 2), repeat=(0, 0)), made.people
    totals = [each.total for each in people]
    columns = [
        Column("Agent", 10, "text", [each.person.agent for each in people]),
        Column("Name", 22, "text", [each.person.name for each in people]),
        Column("Contract", 12, "text", [each.person.contract for each in people]),
        Column("Team", 10, "text", [each.person.team for each in people]),
        *(
            Column(f"{week.first:%Y-%m-%d} h", 10, "number", [each.weeks[number].paid_h for each in people])
            for number, week in enumerate(made.weeks)
        ),
        Column("Paid h", 9, "number", [each.paid_h for each in totals]),
        Column("Least h", 9, "number", [each.agreed.least_h for each in totals]),
        Column("Most h", 9, "number", [each.agreed.most_h for each in totals]),
        Column("Difference h", 10, "number", [each.difference_h for each in totals]),
        Column("Days", 7, "whole", [each.days for each in totals]),
        Column("Nights", 7, "whole", [each.nights for each in totals]),
        Column("Leave days", 7, "whole", [each.leave_days for each in totals]),
        Column("Weekends worked", 9, "whole", [each.weekends_worked for each in totals]),
        Column("Weekends free", 9, "whole", [each.weekends_free for each in totals]),
        Column("Longest run", 8, "whole", [each.longest_run for each in totals]),
        Column("Shortest rest h", 9, "number", [each.shortest_rest_h for each in totals]),
        Column("Wishes granted", 8, "whole", [each.wishes_granted for each in totals]),
        Column("Wishes refused", 8, "whole", [each.wishes_refused for each in totals]),
        Column("Rules broken", 8, "whole", [each.rules_broken for each in totals]),
        Column("Rules relaxed", 8, "whole", [each.rules_relaxed for each in totals]),
    ]
    sheet.set_row(0, 30)
    after = book.table(sheet, columns)
    hours = {column.head for column in columns if column.style == "number"} - {"Shortest rest h"}
    counts = {column.head for column in columns if column.style == "whole"} - {"Longest run"}
    looks = dict.fromkeys(hours, "total_number") | dict.fromkeys(counts, "total_right")
    _sums(book, sheet, columns, after, looks)
