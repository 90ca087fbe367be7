"""Sheet of one week, named by its first day: people by days, with the hours of the week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.shifts import PARTS
from reports.workbook.book import put
from reports.workbook.roster import LOOKS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from reports.metrics.week import Week
    from reports.weeks.overview import Overview
    from reports.weeks.people import PersonWeeks
    from reports.workbook.book import Book

HEADS = (("Agent", 10.0), ("Name", 22.0), ("Contract", 12.0), ("Team", 10.0))
TAIL = (
    ("Shifts", 7.0, "whole"), ("Paid h", 8.0, "number"), ("Least h", 8.0, "number"), ("Most h", 8.0, "number"),
    ("Difference h", 10.0, "number"),
)  # fmt: skip
TOP = 1
"""Row of the headings; the legend is above."""
SATURDAY = 5


@dataclass(frozen=True)
class _Page:
    """The sheet and what its cells need; `number` is that of the week, from 0."""

    book: Book
    sheet: Worksheet
    made: Overview
    number: int
    looks: dict[str, Format]

    @property
    def week(self) -> Week:
        return self.made.weeks[self.number]

    @property
    def tail(self) -> int:
        """Column of the first number after the days."""
        return len(HEADS) + len(self.week.days)


def add(book: Book, made: Overview, number: int) -> None:
    """Add the sheet of a week."""
    sheet = book.sheet(f"{made.weeks[number].first:%Y-%m-%d}", freeze=(TOP + 1, 2), repeat=(0, TOP))
    looks = {
        name: book.own_style(f"weeks_{name}", {"border": 1, "border_color": "#D9DCE1", **look})
        for name, look in (LOOKS | {"weekend": {"align": "center", "bg_color": "#F2F3F5"}}).items()
    }
    page = _Page(book, sheet, made, number, looks)
    _legend(page)
    _headings(page)
    for row, each in enumerate(made.people, start=TOP + 1):
        _person(page, row, each)
    last = TOP + len(made.people)
    sheet.autofilter(TOP, 0, last, page.tail + len(TAIL) - 1)
    _sums(page, last + 1)


def _legend(page: _Page) -> None:
    page.sheet.write_string(0, 0, "Shifts by start", page.book.style("soft"))
    for at, (part, meaning) in enumerate(PARTS.items(), start=len(HEADS)):
        page.sheet.write_string(0, at, meaning.removeprefix("starts "), page.looks[part])
    page.sheet.write_string(0, len(HEADS) + len(PARTS), "leave", page.looks["leave"])


def _headings(page: _Page) -> None:
    sheet, book = page.sheet, page.book
    for at, (head, width) in enumerate(HEADS):
        sheet.set_column(at, at, width)
        sheet.write_string(TOP, at, head, book.style("head"))
    for at, day in enumerate(page.week.days, start=len(HEADS)):
        sheet.set_column(at, at, 13)
        sheet.write_datetime(TOP, at, day, book.style("head_day"))
    for at, (head, width, _) in enumerate(TAIL, start=page.tail):
        sheet.set_column(at, at, width)
        sheet.write_string(TOP, at, head, book.style("head_right"))


def _person(page: _Page, row: int, each: PersonWeeks) -> None:
    person, account = each.person, each.weeks[page.number]
    for at, text in enumerate((person.agent, person.name, person.contract, person.team)):
        put(page.sheet, row, at, text, page.book.style("text"))
    leave = {page.made.days[number]: reason for number, reason in person.leave}
    for at, day in enumerate(page.week.days, start=len(HEADS)):
        shifts = [shift for shift in person.shifts if shift.date == day]
        written = ", ".join(shift.clocks for shift in shifts) or leave.get(day)
        free = "weekend" if day.weekday() >= SATURDAY else "free"
        look = shifts[0].part if shifts else "leave" if day in leave else free
        put(page.sheet, row, at, written, page.looks[look])
    shifts_worked = sum(account.first <= shift.date <= account.last for shift in person.shifts)
    agreed = account.agreed
    numbers = (shifts_worked, account.paid_h, agreed.least_h, agreed.most_h, account.difference_h)
    for at, (number, (_, _, style)) in enumerate(zip(numbers, TAIL, strict=True), start=page.tail):
        put(page.sheet, row, at, number, page.book.style(style))


def _sums(page: _Page, row: int) -> None:
    """Count the cells with a shift under each day, and sum shifts and hours."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    sheet, book, week = page.sheet, page.book, page.week
    sheet.write_string(row, 0, "At work", book.style("total"))
    for at in range(1, len(HEADS)):
        sheet.write_blank(row, at, None, book.style("total"))
    for at, day in enumerate(week.days, start=len(HEADS)):
        cells = f"{xl_rowcol_to_cell(TOP + 1, at)}:{xl_rowcol_to_cell(row - 1, at)}"
        working = len({shift.agent for shift in week.shifts if shift.date == day})
        sheet.write_formula(row, at, f'=COUNTIF({cells},"*:*")', book.style("total_whole"), working)
    for at, number, style in (
        (page.tail, len(week.shifts), "total_right"),
        (page.tail + 1, week.paid_h, "total_number"),
    ):
        cells = f"{xl_rowcol_to_cell(TOP + 1, at)}:{xl_rowcol_to_cell(row - 1, at)}"
        sheet.write_formula(row, at, f"=SUBTOTAL(109,{cells})", book.style(style), round(number, 9))
