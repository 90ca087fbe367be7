"""The workbook, sheet after sheet."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from reports.metrics.week import week_of
from reports.workbook import (
    assumptions,
    choices,
    coverage,
    days,
    forecast,
    overview,
    requirement,
    roster,
    shifts,
    targets,
)
from reports.workbook.book import Book

if TYPE_CHECKING:
    from pathlib import Path

    from reports.run import Run

SHEETS = (overview, targets, days, forecast, requirement, roster, coverage, shifts, choices, assumptions)


def write(run: Run, path: Path) -> Path:
    """Write the workbook; the same run gives the same bytes."""
    import xlsxwriter

    week = week_of(run)
    # The archive is made in memory: one that a full disk cuts off would be written again when it is cleared away.
    packed = BytesIO()
    settings = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(packed, settings)
    planned = datetime.combine(week.first, time())
    workbook.set_properties(
        {
            "title": f"Staffing, week of {week.first:%Y-%m-%d}",
            "subject": run.config.plan.name,
            "author": "staffcurve",
            "created": planned,
        }
    )
    book = Book(workbook, f"{run.config.plan.name}, week of {week.first:%Y-%m-%d}")
    for sheet in SHEETS:
        sheet.add(book, week)
    try:
        workbook.close()
    except xlsxwriter.exceptions.FileCreateError as error:  # of a folder for temporary files that is full
        raise OSError(*error.args[0].args) from error
    path.write_bytes(packed.getvalue())
    return path
