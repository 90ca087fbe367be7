"""Sheet Roster: agents by days, each shift with its times, coloured by the part of the day it starts in.

The grid is made to be edited: colours and counts follow what is typed, cells offer the shifts of the contract, and
``staffcurve roster CONFIG --edited staffing.xlsx`` reads it back.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from configs.break_times import SECOND
from reports.mark import mark_of
from reports.shifts import PARTS
from reports.workbook.book import put
from reports.workbook.choices import cells_of, choices

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from reports.metrics.people import Person
    from reports.metrics.week import Week
    from reports.workbook.book import Book

LOOKS: dict[str, dict[str, Any]] = {
    "early": {"bg_color": "#FBE7C2", "align": "center"},
    "day": {"bg_color": "#D5E5F6", "align": "center"},
    "late": {"bg_color": "#E6DAF2", "align": "center"},
    "night": {"bg_color": "#3B4A63", "font_color": "#FFFFFF", "align": "center"},
    "leave": {"pattern": 14, "bg_color": "#FFFFFF", "fg_color": "#C9CED6", "align": "center", "italic": True},
    "free": {"align": "center"},
}
HEADS = (("Agent", 10.0), ("Name", 22.0), ("Contract", 12.0), ("Team", 10.0), ("Skills", 18.0))
TAIL = (("Shifts", 7.0, "whole"), ("Paid h", 8.0, "number"), ("Cost", 11.0, "money"))
HOW_TO = (
    "To change the roster, type shifts as 07:00-15:30, leave days off empty, save the file, and run",
    "staffcurve roster CONFIG --edited staffing.xlsx  It lists every broken rule and the change in cost.",
    "Colours and counts follow what you type. Paid hours and cost are those of the run.",
    f"If the clock repeats an hour, {SECOND} marks the second time: 01:30{SECOND} is the second 01:30 of that night.",
)
OFFER: dict[str, Any] = {
    "validate": "list",
    "error_type": "warning",
    "error_title": "Not a shift of this contract",
    "error_message": "This contract does not have this shift. Type shifts as 07:00-15:30. Keep it anyway?",
    "ignore_blank": True,
}
TOP = 1
"""Row of the headings; the legend is above."""


def add(book: Book, week: Week) -> None:
    """Add the sheet."""
    sheet = book.sheet("Roster", freeze=(TOP + 1, 2), repeat=(0, TOP))
    looks = {
        name: book.own_style(f"roster_{name}", {"border": 1, "border_color": "#D9DCE1", **look})
        for name, look in LOOKS.items()
    }
    for part in PARTS:
        look = {key: value for key, value in LOOKS[part].items() if key != "align"}
        looks[f"{part}_colour"] = book.workbook.add_format(look)
    _legend(book, sheet, looks)
    _headings(book, sheet, week)
    for step, person in enumerate(week.people):
        _person(book, sheet, week, TOP + 1 + step, person, looks)
    last = TOP + len(week.people)
    _coloured(sheet, week, last, looks)
    _offered(sheet, week)
    sheet.autofilter(TOP, 0, last, len(HEADS) + len(week.days) + len(TAIL) - 1)
    _totals(book, sheet, week, last + 1)
    for step, line in enumerate((*HOW_TO, str(mark_of(week.run)))):
        sheet.write_string(last + 3 + step, 0, line, book.style("soft"))


def _legend(book: Book, sheet: Worksheet, looks: dict[str, Format]) -> None:
    sheet.write_string(0, 0, "Shifts by start", book.style("soft"))
    for step, (part, meaning) in enumerate(PARTS.items()):
        sheet.write_string(0, len(HEADS) + step, meaning.removeprefix("starts "), looks[part])
    sheet.write_string(0, len(HEADS) + len(PARTS), "leave", looks["leave"])


def _headings(book: Book, sheet: Worksheet, week: Week) -> None:
    for at, (head, width) in enumerate(HEADS):
        sheet.set_column(at, at, width)
        sheet.write_string(TOP, at, head, book.style("head"))
    for step, day in enumerate(week.days):
        sheet.set_column(len(HEADS) + step, len(HEADS) + step, 13)
        sheet.write_datetime(TOP, len(HEADS) + step, day, book.style("head_day"))
    for step, (head, width, _) in enumerate(TAIL):
        at = len(HEADS) + len(week.days) + step
        sheet.set_column(at, at, width)
        sheet.write_string(TOP, at, head, book.style("head_right"))


def _person(book: Book, sheet: Worksheet, week: Week, row: int, person: Person, looks: dict[str, Format]) -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    cells = (person.agent, person.name, person.contract, person.team, ", ".join(person.skills))
    for at, value in enumerate(cells):
        put(sheet, row, at, value, book.style("text"))
    leave = dict(person.leave)
    for number, day in enumerate(week.days):
        shifts = [shift for shift in person.shifts if shift.date == day]
        text = ", ".join(shift.clocks for shift in shifts) or leave.get(number, "")
        look = looks["leave" if number in leave and not shifts else "free"]
        put(sheet, row, len(HEADS) + number, text or None, look)
    at = len(HEADS) + len(week.days)
    span = f"{xl_rowcol_to_cell(row, len(HEADS))}:{xl_rowcol_to_cell(row, at - 1)}"
    sheet.write_formula(row, at, f'=COUNTIF({span},"*:*")', book.style("whole"), len(person.shifts))
    put(sheet, row, at + 1, person.paid_h, book.style("number"))
    put(sheet, row, at + 2, person.cost, book.style("money"))


def _coloured(sheet: Worksheet, week: Week, last: int, looks: dict[str, Format]) -> None:
    """Colour cells by the hour a shift begins at, so that the colour follows what is typed."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    corner = xl_rowcol_to_cell(TOP + 1, len(HEADS))
    hour = f'IFERROR(VALUE(LEFT({corner},FIND(":",{corner})-1)),-1)'
    spans = {"early": (4, 9), "day": (9, 12), "late": (12, 20)}
    rules = {part: f"=AND({hour}>={first},{hour}<{end})" for part, (first, end) in spans.items()}
    rules["night"] = f"=OR({hour}>=20,AND({hour}>=0,{hour}<4))"
    for part, rule in rules.items():
        place = (TOP + 1, len(HEADS), last, len(HEADS) + len(week.days) - 1)
        sheet.conditional_format(*place, {"type": "formula", "criteria": rule, "format": looks[f"{part}_colour"]})


def _offered(sheet: Worksheet, week: Week) -> None:
    """Offer the shifts of each person's contract on each day; other texts are warned of, not refused."""
    found, row = choices(week.run.config, week.run.horizon), TOP + 1
    for contract, group in groupby(week.people, key=lambda person: person.contract):
        last, at = row + len(list(group)) - 1, len(HEADS)
        for source, days in groupby(cells_of(found, contract, day) for day in range(len(week.days))):
            after = at + len(list(days))
            if source is not None:
                sheet.data_validation(row, at, last, after - 1, {**OFFER, "source": source})
            at = after
        row = last + 1


def _totals(book: Book, sheet: Worksheet, week: Week, row: int) -> None:
    """Sum under the columns with formulas that keep working when a planner edits; filters leave out hidden rows."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    sheet.write_string(row, 0, "Total", book.style("total"))
    for at in range(1, len(HEADS)):
        sheet.write_blank(row, at, None, book.style("total"))
    first, last = TOP + 1, row - 1
    for number, day in enumerate(week.days):
        at = len(HEADS) + number
        cells = f"{xl_rowcol_to_cell(first, at)}:{xl_rowcol_to_cell(last, at)}"
        working = sum(1 for person in week.people if any(shift.date == day for shift in person.shifts))
        sheet.write_formula(row, at, f'=COUNTIF({cells},"*:*")', book.style("total_whole"), working)
    totals = (len(week.shifts), week.paid_h, sum(shift.cost for shift in week.shifts))
    for step, (value, style) in enumerate(zip(totals, ("total_whole", "total_number", "total_money"), strict=True)):
        at = len(HEADS) + len(week.days) + step
        cells = f"{xl_rowcol_to_cell(first, at)}:{xl_rowcol_to_cell(last, at)}"
        sheet.write_formula(row, at, f"=SUBTOTAL(109,{cells})", book.style(style), round(value, 9))
