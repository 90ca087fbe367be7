"""The workbook, sheet after sheet."""

from __future__ import annotations

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
from reports.workbook.book import About, Book, write_book

if TYPE_CHECKING:
    from pathlib import Path

    from reports.run import Run

SHEETS = (overview, targets, days, forecast, requirement, roster, coverage, shifts, choices, assumptions)


def write(run: Run, path: Path) -> Path:
    """Write the workbook; the same run gives the same bytes."""
    week = week_of(run)

    def fill(book: Book) -> None:
        for sheet in SHEETS:
            sheet.add(book, week)

    about = About(f"Staffing, week of {week.first:%Y-%m-%d}", run.config.plan.name, week.first)
    return write_book(path, about, f"{run.config.plan.name}, week of {week.first:%Y-%m-%d}", fill)
