"""``payroll-pivot.csv``: paid hours by person and period, the pay codes as rows or as columns.

``[reports.payroll]`` has the codes, the period, and how numbers and lines are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.exports.files import Dialect, harmless, write_rows
from reports.exports.pay_hours import codes_of, paid_hours
from reports.exports.people import members_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from reports.exports.pay_hours import PaidHours
    from reports.exports.people import Member
    from reports.run import Run

EXPORT = "payroll-pivot"
WHO = ("person", "name", "period")


def write(run: Run, home: Path) -> list[Path]:
    """Write the file."""
    pay = run.config.reports.payroll
    hours, members = paid_hours(run, EXPORT, pay.decimals), members_of(run, EXPORT)
    dialect = Dialect(pay.separator, "\r\n" if pay.line_end == "crlf" else "\n", pay.encoding)
    rows = _as_rows(run, hours, members) if pay.layout == "rows" else _as_columns(run, hours, members)
    return [write_rows(rows, home / "payroll-pivot.csv", dialect)]


def _as_rows(run: Run, hours: Sequence[PaidHours], members: dict[str, Member]) -> Iterator[tuple[str, ...]]:
    yield (*WHO, "code", "hours")
    for row in hours:
        yield (*_who(members[row.agent], row.period), harmless(row.code), _figure(run, row.hours))


def _as_columns(run: Run, hours: Sequence[PaidHours], members: dict[str, Member]) -> Iterator[tuple[str, ...]]:
    """A row for each person and period; a cell without hours is empty."""
    codes = list(dict.fromkeys(code for code in codes_of(run, EXPORT).values() if code))
    yield (*WHO, *map(harmless, codes))
    cells: dict[tuple[str, date], dict[str, str]] = {}
    for row in hours:
        cells.setdefault((row.agent, row.period), {})[row.code] = _figure(run, row.hours)
    for (agent, period), figures in cells.items():
        yield (*_who(members[agent], period), *(figures.get(code, "") for code in codes))


def _who(member: Member, period: date) -> tuple[str, str, str]:
    return member.id, harmless(member.name), period.isoformat()


def _figure(run: Run, hours: float) -> str:
    pay = run.config.reports.payroll
    return f"{hours:.{pay.decimals}f}".replace(".", pay.decimal_mark)
