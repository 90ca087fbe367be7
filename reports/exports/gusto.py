"""``gusto.csv``: paid hours for Gusto, hours import.

The columns of three public programs, those of money empty. A column of hours pays whole hours, so each hour is in one
of them.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from configs.exporting import DOUBLE, OVERTIME, REGULAR
from reports.exports.files import harmless, write_rows
from reports.exports.pay_hours import paid_hours
from reports.exports.people import members_of

if TYPE_CHECKING:
    from pathlib import Path

    from reports.run import Run

WHO = ("last_name", "first_name", "title", "gusto_employee_id")
HOURS = {REGULAR: "regular_hours", OVERTIME: "overtime_hours", DOUBLE: "double_overtime_hours"}
EMPTY = (
    "missed_break_hours", "bonus", "commission", "paycheck_tips", "cash_tips", "correction_payment", "reimbursement",
    "personal_note",
)  # fmt: skip
"""Columns for what a roster does not know."""


def write(run: Run, home: Path) -> list[Path]:
    """Write the file."""
    members = members_of(run, "gusto")
    rows = []
    for agent, hours in groupby(paid_hours(run, "gusto"), key=lambda row: row.agent):
        figures = {row.code: f"{row.hours:.2f}" for row in hours}
        last, first = _names(members[agent].name)
        who = (harmless(last), harmless(first), "", members[agent].id)
        rows.append((*who, *(figures.get(code, "") for code in HOURS), *[""] * len(EMPTY)))
    return [write_rows([(*WHO, *HOURS.values(), *EMPTY), *rows], home / "gusto.csv")]


def _names(name: str) -> tuple[str, str]:
    """Last and first name of ``Ash, Ann`` or ``Ann Ash``: without a comma the last word is the last name.

    >>> _names("Ash, Ann"), _names("Ann Mary Ash"), _names("Ann")
    (('Ash', 'Ann'), ('Ash', 'Ann Mary'), ('Ann', ''))
    """
    if "," in name:
        last, _, first = name.partition(",")
    else:
        first, _, last = name.rpartition(" ")
    return last.strip(), first.strip()
