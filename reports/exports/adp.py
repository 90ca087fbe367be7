"""``PR<company>EPI.csv``: paid hours for ADP Workforce Now, paydata import.

``Co Code, Batch ID, File #, Reg Hours, O/T Hours`` and two pairs of code and hours; a person with more codes has more
rows. A cell without hours is empty. Columns and file name are those of four public programs.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from configs.errors import ConfigError, Fault
from configs.exporting import OVERTIME, REGULAR
from reports.exports.files import CRLF, write_rows
from reports.exports.pay_hours import paid_hours
from reports.exports.people import members_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reports.exports.pay_hours import PaidHours
    from reports.run import Run

HEADS = (
    "Co Code", "Batch ID", "File #", "Reg Hours", "O/T Hours", "Hours 3 Code", "Hours 3 Amount", "Hours 4 Code",
    "Hours 4 Amount",
)  # fmt: skip
PAIRS = 2
"""Pairs of code and hours in a row."""


def write(run: Run, home: Path) -> list[Path]:
    """Write the file."""
    settings = run.config.reports.adp
    if settings is None:
        raise ConfigError([Fault("reports.adp", 'is missing; the export "adp" needs this table')])
    members = members_of(run, "adp")
    rows = [
        (settings.company, settings.batch, members[agent].id.zfill(6), *cells)
        for agent, hours in groupby(paid_hours(run, "adp"), key=lambda row: row.agent)
        for cells in _rows(hours)
    ]
    return [write_rows([HEADS, *rows], home / f"PR{settings.company}EPI.csv", CRLF)]


def _rows(hours: Iterable[PaidHours]) -> Iterator[list[str]]:
    """Cells after the file number: the hours of the first row, and as many pairs as there are."""
    figures = {row.code: f"{row.hours:.2f}" for row in hours}
    own = [figures.pop(REGULAR, ""), figures.pop(OVERTIME, "")]
    others = list(figures.items())
    for first in range(0, max(1, len(others)), PAIRS):
        cells = [cell for pair in others[first : first + PAIRS] for cell in pair]
        yield [*(["", ""] if first else own), *cells, *[""] * (2 * PAIRS - len(cells))]
