"""Sheet Choices: the shifts each contract allows on a day; the cells of the roster grid offer them.

A shift is its length in elapsed time. In the night of a clock change it ends at another clock time than on other days,
so days with other texts have a column of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from configs.break_times import clock_of
from optimize.roster.schedule.day import begins_on
from reports import formatting
from reports.workbook.book import Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.horizon import Horizon
    from configs.schema import Config, Contract
    from reports.metrics.week import Week
    from reports.workbook.book import Book


@dataclass(frozen=True)
class Choice:
    """Shifts a contract allows, as the grid writes them, and the numbers of the days on which it does."""

    contract: str
    days: tuple[int, ...]
    shifts: tuple[str, ...]


def add(book: Book, week: Week) -> None:
    """Add the sheet: one column for each contract and set of days with the same shifts."""
    sheet = book.sheet("Choices", freeze=(1, 0), repeat=(0, 0))
    found = choices(week.run.config, week.run.horizon)
    longest = max((len(choice.shifts) for choice in found), default=0)
    columns = [
        Column(_head(choice, week.run.horizon), 14, "text", [*choice.shifts, *[None] * (longest - len(choice.shifts))])
        for choice in found
    ]
    if columns:
        book.table(sheet, columns, filtered=False)


def choices(config: Config, horizon: Horizon) -> tuple[Choice, ...]:
    """Shifts of each contract in order of contract and first day; days without any are left out."""
    return tuple(
        Choice(name, tuple(days), shifts)
        for name, contract in sorted(config.contracts.items())
        for shifts, days in _by_shifts(contract, horizon).items()
        if shifts
    )


def _by_shifts(contract: Contract, horizon: Horizon) -> dict[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = {}
    for day in range(horizon.days):
        found.setdefault(tuple(_on(contract, horizon, day)), []).append(day)
    return found


def _on(contract: Contract, horizon: Horizon, day: int) -> Iterator[str]:
    """Shifts that belong to a day, in order of start and end."""
    spans = {
        (start := horizon.moment(begins_on(horizon, day, minutes, shift.length), minutes), start + shift.length)
        for shift in contract.shifts
        if horizon.date(day).weekday() in shift.days
        for minutes in shift.starts
    }
    for span in sorted(spans):
        yield "-".join(clock_of(pd.Timestamp(moment).tz_convert(horizon.zone)) for moment in span)


def _head(choice: Choice, horizon: Horizon) -> str:
    """Name the contract, and the days where they are not most of the week."""
    if 2 * len(choice.days) > horizon.days:
        return choice.contract
    return f"{choice.contract}, {formatting.listed([formatting.day(horizon.date(day)) for day in choice.days])}"


def cells_of(found: tuple[Choice, ...], contract: str, day: int) -> str | None:
    """Cells with the choices of a contract on a day, as a list of a data validation names them."""
    from xlsxwriter.utility import xl_col_to_name

    for at, choice in enumerate(found):
        if choice.contract == contract and day in choice.days:
            column = xl_col_to_name(at)
            return f"=Choices!${column}$2:${column}${1 + len(choice.shifts)}"
    return None
