"""Sheet Coverage: a heat map of agents over or under the requirement by hour and day, and a chart of the week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reports import formatting
from reports.workbook.book import INK, SOFT, put
from reports.workbook.long import rows_of
from reports.workbook.requirement import BACKLOG, REQUIRED, STAFFED

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from xlsxwriter.worksheet import Worksheet

    from reports.metrics.channels import ChannelWeek
    from reports.metrics.week import Week
    from reports.workbook.book import Book

HOURS = 24
BLOCK = HOURS + 4
"""Rows of one channel: title, headings, hours and two to keep apart."""


def add(book: Book, week: Week) -> None:
    """Add the sheet."""
    sheet = book.sheet("Coverage", freeze=(1, 1))
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, len(week.days), 10.5)
    sheet.write_string(
        0, 0, "Each cell is the mean of one local hour. Empty cells are closed hours.", book.style("soft")
    )
    sheet.set_h_pagebreaks([1 + BLOCK * number for number in range(2, len(week.channels), 2)])
    for number, channel in enumerate(week.channels):
        top = 1 + number * BLOCK
        _heat_map(book, sheet, week, channel, top)
        _chart(book, sheet, week, channel, top)


def _heat_map(book: Book, sheet: Worksheet, week: Week, channel: ChannelWeek, top: int) -> None:
    what = "backlog, agent-hours" if channel.work else f"staffed minus {channel.required_name}, agents"
    sheet.write_string(top, 0, f"{formatting.title(channel.channel)}: {what}", book.style("section"))
    sheet.write_string(top + 1, 0, "Hour", book.style("head"))
    for number, day in enumerate(week.days):
        sheet.write_datetime(top + 1, 1 + number, day, book.style("head_day"))
    cell = book.own_style(
        "heat_work" if channel.work else "heat",
        {"num_format": "0.0" if channel.work else "+0.0;-0.0;0", "align": "center"},
    )
    grid = by_hour(week, channel)
    for hour in range(HOURS):
        sheet.write_string(top + 2 + hour, 0, f"{hour:02d}:00", book.style("soft"))
        for number in range(len(week.days)):
            put(sheet, top + 2 + hour, 1 + number, float(grid[hour, number]), cell)
    sheet.conditional_format(top + 2, 1, top + 1 + HOURS, len(week.days), _scale(channel, grid))


def by_hour(week: Week, channel: ChannelWeek) -> NDArray[np.float64]:
    """Mean of each local hour and day; NaN where there is neither need nor people, or the clock skips the hour."""
    horizon = week.run.horizon
    if channel.work:
        values = channel.work.backlog
        known = np.ones(horizon.size, dtype=bool)
    else:
        required, staffed = np.nan_to_num(channel.series.required), np.nan_to_num(channel.series.staffed)
        values, known = staffed - required, (required > 0) | (staffed > 0)
    hour = horizon.time_of_day * horizon.interval_min // 60
    place = hour * horizon.days + horizon.day
    cells = HOURS * horizon.days
    counts = np.bincount(place[known], minlength=cells)
    sums = np.bincount(place[known], weights=values[known], minlength=cells)
    means = np.full(cells, np.nan)
    np.divide(sums, counts, out=means, where=counts > 0)
    return means.reshape(HOURS, horizon.days)


def _scale(channel: ChannelWeek, grid: NDArray[np.float64]) -> dict[str, Any]:
    """Colour by amount: red where short, blue where over, the same distance from white on both sides."""
    known = grid[~np.isnan(grid)]
    far = max(1.0, float(np.abs(known).max())) if known.size else 1.0
    if channel.work:
        return {
            "type": "2_color_scale",
            "min_type": "num",
            "max_type": "num",
            "min_value": 0,
            "max_value": far,
            "min_color": "#FFFFFF",
            "max_color": "#F2B66D",
        }
    return {
        "type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num",
        "min_value": -far, "mid_value": 0, "max_value": far,
        "min_color": "#E0685E", "mid_color": "#FFFFFF", "max_color": "#7FB0E0",
    }  # fmt: skip


def _chart(book: Book, sheet: Worksheet, week: Week, channel: ChannelWeek, top: int) -> None:
    """Draw the week from the rows of sheet Requirement."""
    first, last = rows_of(week, channel.channel)
    chart = book.workbook.add_chart({"type": "area"})
    filled = (BACKLOG, "Backlog h") if channel.work else (STAFFED, "Staffed")
    chart.add_series(_line(filled, first, last) | {"fill": {"color": "#BFD6EE"}, "border": {"none": True}})
    if not channel.work:
        line = book.workbook.add_chart({"type": "line"})
        required = (REQUIRED, formatting.title(channel.required_name))
        line.add_series(_line(required, first, last) | {"line": {"color": INK, "width": 1.25}})
        chart.combine(line)
    shown = "backlog" if channel.work else f"staffed and {channel.required_name}"
    title = f"{formatting.title(channel.channel)}: {shown}"
    chart.set_title({"name": title, "name_font": {"size": 11, "color": INK}})
    chart.set_x_axis(_days_axis(week.run.horizon.times_of_day))
    chart.set_y_axis(_amount_axis("agent-hours" if channel.work else "agents"))
    chart.set_legend({"position": "top"})
    chart.set_size({"width": 900, "height": 500})
    description = f"{channel.channel}: the week by interval"
    sheet.insert_chart(top, len(week.days) + 2, chart, {"description": description, "y_offset": 4})


def _days_axis(slots: int) -> dict[str, Any]:
    """A label a day, of so many intervals.

    The axis is told to be of text: a date axis would fold all intervals of a day into one point.
    """
    return {
        "text_axis": True,
        "interval_unit": slots,
        "interval_tick": slots,
        "num_format": "ddd d",
        "num_font": {"size": 9, "color": SOFT},
    }


def _amount_axis(unit: str) -> dict[str, Any]:
    """From 0 up, with lines across."""
    return {
        "name": unit,
        "min": 0,
        "num_font": {"size": 9, "color": SOFT},
        "major_gridlines": {"visible": True, "line": {"color": "#E3E6EA"}},
    }


def _line(column: tuple[int, str], first: int, last: int) -> dict[str, Any]:
    """Name a series and the cells it is read from."""
    at, name = column
    return {
        "name": name,
        "categories": ["Requirement", first, 1, last, 1],
        "values": ["Requirement", first, at, last, at],
    }
