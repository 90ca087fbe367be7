"""What every sheet shares: cell formats, set-up for screen and print, and tables written column by column."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

INK, SOFT, LINE, HEAD = "#1B2430", "#57616F", "#D9DCE1", "#EEF1F5"
ACCENT, SHORT, GOOD = "#2F6FB3", "#C2352B", "#23744A"
A4 = 9
LONG = 1000
"""Longer tables are data to filter, not pages to print."""
PRINTED_ROWS = 34
"""Rows of a data sheet that are printed: one page."""

STYLES: dict[str, dict[str, Any]] = {
    "text": {},
    "wrap": {"text_wrap": True},
    "soft": {"font_color": SOFT},
    "title": {"bold": True, "font_size": 16},
    "section": {"bold": True, "font_size": 12, "font_color": ACCENT},
    "head": {"bold": True, "bg_color": HEAD, "bottom": 1, "bottom_color": SOFT, "text_wrap": True, "valign": "vcenter"},
    "head_right": {
        "bold": True,
        "bg_color": HEAD,
        "bottom": 1,
        "bottom_color": SOFT,
        "text_wrap": True,
        "valign": "vcenter",
        "align": "right",
    },
    "head_day": {
        "bold": True,
        "bg_color": HEAD,
        "bottom": 1,
        "bottom_color": SOFT,
        "align": "center",
        "num_format": "ddd d mmm",
    },
    "number": {"num_format": "#,##0.0"},
    "fine": {"num_format": "#,##0.00"},
    "whole": {"num_format": "#,##0"},
    "agents": {"num_format": "General"},
    "share": {"num_format": "0.0%"},
    "seconds": {"num_format": "#,##0"},
    "money": {"num_format": "#,##0.00"},
    "moment": {"num_format": "ddd d mmm hh:mm", "align": "left"},
    "moment_second": {"num_format": 'ddd d mmm hh:mm"*"', "align": "left"},
    "day": {"num_format": "ddd d mmm yyyy", "align": "left"},
    "clock": {"num_format": "hh:mm", "align": "left"},
    "total": {"bold": True, "top": 1},
    "total_number": {"bold": True, "top": 1, "num_format": "#,##0.0"},
    "total_whole": {"bold": True, "top": 1, "num_format": "#,##0", "align": "center"},
    "total_right": {"bold": True, "top": 1, "num_format": "#,##0"},
    "total_money": {"bold": True, "top": 1, "num_format": "#,##0.00"},
    "good": {"font_color": GOOD, "bold": True},
    "bad": {"font_color": SHORT, "bold": True},
}


@dataclass(frozen=True)
class Column:
    """One column of a table: heading, width in characters, style of the cells, values (None or NaN: an empty cell)."""

    head: str
    width: float
    style: str
    values: Sequence[Any]


@dataclass
class Book:
    """The workbook with its cell formats, each made once."""

    workbook: Workbook
    footer: str
    made: dict[str, Format] = field(default_factory=dict)

    def style(self, name: str) -> Format:
        """Return the cell format called `name`."""
        if name not in self.made:
            self.made[name] = self.workbook.add_format(
                {"font_name": "Calibri", "font_size": 10, "valign": "vcenter", "font_color": INK} | STYLES[name]
            )
        return self.made[name]

    def own_style(self, name: str, look: dict[str, Any]) -> Format:
        """Return a cell format that only one sheet needs."""
        if name not in self.made:
            self.made[name] = self.workbook.add_format(
                {"font_name": "Calibri", "font_size": 10, "font_color": INK} | look
            )
        return self.made[name]

    def sheet(
        self, name: str, *, freeze: tuple[int, int] | None = None, repeat: tuple[int, int] | None = None
    ) -> Worksheet:
        """Add a sheet, set up for screen (frozen panes) and print (landscape, one page wide, heading on each page)."""
        sheet = self.workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L{_small(self.footer)}&C{_small(name)}&R&8&P / &N")
        if freeze:
            sheet.freeze_panes(*freeze)
        if repeat:
            sheet.repeat_rows(*repeat)
        return sheet

    def data_sheet(self, sheet: Worksheet, rows: int, columns: int) -> None:
        """Let only the first page of a long table print, and say so on it; on screen the whole table is there."""
        if rows <= PRINTED_ROWS:
            return
        sheet.set_tab_color(SOFT)
        sheet.print_area(0, 0, PRINTED_ROWS, columns - 1)
        words = f"Only the first {PRINTED_ROWS} of {rows:,} rows print; clear the print area to print all rows"
        sheet.set_header(f"&L&8{words}")

    def table(
        self, sheet: Worksheet, columns: Iterable[Column], *, row: int = 0, filtered: bool = True, widths: bool = True
    ) -> int:
        """Write a table with its headings in `row`; return the row after it."""
        columns = list(columns)
        length = len(columns[0].values)
        for at, column in enumerate(columns):
            right = column.style in {"number", "fine", "whole", "agents", "share", "seconds", "money"}
            sheet.write_string(row, at, column.head, self.style("head_right" if right else "head"))
            if widths:
                sheet.set_column(at, at, column.width)
            for step, value in enumerate(column.values):
                put(sheet, row + 1 + step, at, value, self._look(column, value))
        if filtered:
            sheet.autofilter(row, 0, row + length, len(columns) - 1)
            if length > LONG:
                self.data_sheet(sheet, length, len(columns))
        return row + 1 + length

    def _look(self, column: Column, value: object) -> Format:
        """Cell format of a value: a time the clock shows for the second time has its star."""
        second = column.style == "moment" and isinstance(value, datetime) and value.fold
        return self.style("moment_second" if second else column.style)


@dataclass(frozen=True)
class About:
    """What the properties of a workbook say: title, subject, and the first planned day as the day it was made."""

    title: str
    subject: str
    first: date


def write_book(path: Path, about: About, footer: str, fill: Callable[[Book], None]) -> Path:
    """Write a workbook whose sheets `fill` adds; the same sheets give the same bytes."""
    import xlsxwriter

    # The archive is made in memory: one that a full disk cuts off would be written again when it is cleared away.
    packed = BytesIO()
    settings = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(packed, settings)
    workbook.set_properties(
        {
            "title": about.title,
            "subject": about.subject,
            "author": "staffcurve",
            "created": datetime.combine(about.first, time()),
        }
    )
    fill(Book(workbook, footer))
    try:
        workbook.close()
    except xlsxwriter.exceptions.FileCreateError as error:  # of a folder for temporary files that is full
        raise OSError(*error.args[0].args) from error
    path.write_bytes(packed.getvalue())
    return path


def _small(text: str) -> str:
    """A text of a footer in small print; a digit at its begin would be read as part of the size."""
    return f"&8{' ' if text[:1].isdigit() else ''}{text.replace('&', '&&')}"


def put(sheet: Worksheet, row: int, column: int, value: object, look: Format) -> None:
    """Write one cell by the type of its value; text stays text, whatever it begins with."""
    if value is None or value != value:  # noqa: PLR0124 - NaN
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif isinstance(value, datetime | date):
        sheet.write_datetime(row, column, value, look)
    else:
        sheet.write_number(row, column, round(float(str(value)), 9), look)
