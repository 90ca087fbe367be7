"""Sheet Days: contacts, agent-hours and service of every channel day by day, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reports import formatting
from reports.workbook.book import INK, SOFT, put

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from xlsxwriter.worksheet import Worksheet

    from reports.metrics.channels import ChannelWeek
    from reports.metrics.week import Week
    from reports.workbook.book import Book

ON_ONE_PAGE = 8
"""Channels whose numbers and chart can be read on a single page."""
SHADES = ("#2F6FB3", "#8FB8DE", "#E0A458", "#7A9E7E", "#9C7CB5", "#C2695B", "#57616F")


def add(book: Book, week: Week) -> None:
    """Add the sheet."""
    sheet = book.sheet("Days", freeze=(1, 1))
    if len(week.channels) <= ON_ONE_PAGE:
        sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, len(week.days), 11)
    sheet.set_column(len(week.days) + 1, len(week.days) + 1, 12)
    _heads(book, sheet, week)
    row = 1
    for title, style, of in (
        ("Contacts", "whole", _contacts),
        (f"{formatting.title(week.required_name)} agent-hours", "number", _required),
        ("Staffed agent-hours", "number", _staffed),
        ("Understaffed agent-hours", "number", _short),
    ):
        row = _block(book, sheet, week, row, title, style, [of(week, channel) for channel in week.channels])
    row = _service(book, sheet, week, row)
    _chart(book, sheet, week, row + 1)


def _heads(book: Book, sheet: Worksheet, week: Week) -> None:
    sheet.write_string(0, 0, "Channel", book.style("head"))
    for number, day in enumerate(week.days):
        sheet.write_datetime(0, 1 + number, day, book.style("head_day"))
    sheet.write_string(0, 1 + len(week.days), "Week", book.style("head_right"))


def _block(
    book: Book, sheet: Worksheet, week: Week, row: int, title: str, style: str, lines: list[NDArray[np.float64]]
) -> int:
    """Write one number of every channel and day, with the sum of the week as a formula."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    sheet.write_string(row, 0, title, book.style("section"))
    last = len(week.days)
    for channel, line in zip(week.channels, lines, strict=True):
        row += 1
        sheet.write_string(row, 0, formatting.title(channel.channel), book.style("text"))
        for number, value in enumerate(line.tolist()):
            put(sheet, row, 1 + number, value, book.style(style))
        cells = f"{xl_rowcol_to_cell(row, 1)}:{xl_rowcol_to_cell(row, last)}"
        sheet.write_formula(row, last + 1, f"=SUM({cells})", book.style(style), round(float(line.sum()), 9))
    return row + 1


def _service(book: Book, sheet: Worksheet, week: Week, row: int) -> int:
    """Write the share in time of every live channel and day, weighted by contacts; red below the service target."""
    sheet.write_string(row, 0, "Expected service level", book.style("section"))
    bad = book.own_style("day_below", {"font_color": "#C2352B", "bold": True, "num_format": "0.0%"})
    last = len(week.days)
    for channel in week.channels:
        if channel.work:
            continue
        row += 1
        sheet.write_string(row, 0, formatting.title(channel.channel), book.style("text"))
        for number, share in enumerate(in_time(week, channel).tolist()):
            put(sheet, row, 1 + number, share, book.style("share"))
        put(sheet, row, last + 1, channel.service_level, book.style("share"))
        rule = {"type": "cell", "criteria": "between", "minimum": 1e-9, "maximum": channel.target - 1e-9, "format": bad}
        sheet.conditional_format(row, 1, row, last + 1, rule)
    return row + 1


def in_time(week: Week, channel: ChannelWeek) -> NDArray[np.float64]:
    """Share in time of each day, weighted by contacts; NaN where none come."""
    share, contacts = channel.series.service_level, np.nan_to_num(channel.series.volume)
    known = ~np.isnan(share) & (contacts > 0)
    weights = _by_day(week, np.where(known, contacts, 0.0))
    sums = _by_day(week, np.where(known, contacts * np.nan_to_num(share), 0.0))
    shares = np.full(weights.shape, np.nan)
    np.divide(sums, weights, out=shares, where=weights > 0)
    return shares


def _by_day(week: Week, values: NDArray[np.float64]) -> NDArray[np.float64]:
    horizon = week.run.horizon
    return np.bincount(horizon.day, weights=np.nan_to_num(values), minlength=horizon.days).astype(np.float64)


def _contacts(week: Week, channel: ChannelWeek) -> NDArray[np.float64]:
    return _by_day(week, channel.series.volume)


def _required(week: Week, channel: ChannelWeek) -> NDArray[np.float64]:
    return _by_day(week, channel.series.required) * week.run.horizon.interval_h


def _staffed(week: Week, channel: ChannelWeek) -> NDArray[np.float64]:
    return _by_day(week, channel.series.staffed) * week.run.horizon.interval_h


def _short(week: Week, channel: ChannelWeek) -> NDArray[np.float64]:
    return _by_day(week, channel.series.shortage) * week.run.horizon.interval_h


def _chart(book: Book, sheet: Worksheet, week: Week, row: int) -> None:
    """Draw contacts by day, channels stacked."""
    chart = book.workbook.add_chart({"type": "column", "subtype": "stacked"})
    for number in range(len(week.channels)):
        at, last = 2 + number, len(week.days)
        look: dict[str, Any] = {"fill": {"color": SHADES[number % len(SHADES)]}, "gap": 60}
        chart.add_series(
            {
                "name": ["Days", at, 0],
                "categories": ["Days", 0, 1, 0, last],
                "values": ["Days", at, 1, at, last],
                **look,
            }
        )
    chart.set_title({"name": "Contacts by day", "name_font": {"size": 11, "color": INK}})
    chart.set_x_axis({"text_axis": True, "num_format": "ddd d", "num_font": {"size": 9, "color": SOFT}})
    grid = {"visible": True, "line": {"color": "#E3E6EA"}}
    chart.set_y_axis({"num_font": {"size": 9, "color": SOFT}, "num_format": "#,##0", "major_gridlines": grid})
    chart.set_legend({"position": "right"})
    chart.set_size({"width": 860, "height": 300})
    sheet.insert_chart(row, 0, chart, {"description": "Contacts by day and channel"})
