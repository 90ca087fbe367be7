"""Sheet Choices: the shifts each contract allows; the cells of the roster grid offer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.units import DAY_MINUTES, format_clock
from reports.workbook.book import Column

if TYPE_CHECKING:
    from configs.schema import Config, Contract
    from reports.numbers.week import Week
    from reports.workbook.book import Book


def add(book: Book, week: Week) -> None:
    """Add the sheet: one column for each contract."""
    sheet = book.sheet("Choices", freeze=(1, 0), repeat=(0, 0))
    columns = [Column(name, 14, "text", shifts) for name, shifts in choices(week.run.config).items()]
    longest = max((len(column.values) for column in columns), default=0)
    padded = [Column(c.head, c.width, c.style, [*c.values, *[None] * (longest - len(c.values))]) for c in columns]
    if padded:
        book.table(sheet, padded, filtered=False)


def choices(config: Config) -> dict[str, list[str]]:
    """Shifts of each contract as the grid writes them, in order of contract, start and end."""
    return {name: _of(contract) for name, contract in sorted(config.contracts.items())}


def _of(contract: Contract) -> list[str]:
    spans = {
        (start, start + int(shift.length.total_seconds() // 60)) for shift in contract.shifts for start in shift.starts
    }
    return [f"{format_clock(start)}-{format_clock(end % DAY_MINUTES)}" for start, end in sorted(spans)]


def source_of(config: Config, contract: str) -> str | None:
    """Cells of a contract's choices, as a list of a data validation names them."""
    from xlsxwriter.utility import xl_col_to_name

    known = choices(config)
    if not known.get(contract):
        return None
    column = xl_col_to_name(list(known).index(contract))
    return f"=Choices!${column}$2:${column}${1 + len(known[contract])}"
