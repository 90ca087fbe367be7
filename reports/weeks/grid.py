"""The roster of several weeks as grids of days: a row for each person, four weeks in each grid."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from reports import formatting
from reports.document.day_grid import DayCell, DayGrid, DayGroup, DayHead, DayRow
from reports.document.listing import Listing, listing
from reports.weeks.listings import name_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from reports.metrics.week import Week
    from reports.shifts import ShiftLine
    from reports.weeks.overview import Overview
    from reports.weeks.people import PersonWeeks

WEEKS = 4
"""Weeks of one grid: what fits across a screen and a page."""
SATURDAY = 5
DAY = timedelta(days=1)
LEGEND = (
    ("early-cell", "starts 04–09"),
    ("day-cell", "09–12"),
    ("late-cell", "12–20"),
    ("night-cell", "20–04"),
    ("leave-cell", "leave"),
    ("weekend", "Saturday, Sunday"),
)
NOTE = (
    "The start of each shift, on the day it begins; days worked in a row are joined. The list below has whole shifts."
)


def blocks(made: Overview) -> tuple[tuple[Week, ...], ...]:
    """Weeks of each grid, in order."""
    return tuple(made.weeks[at : at + WEEKS] for at in range(0, len(made.weeks), WEEKS))


def span_of(weeks: Sequence[Week]) -> str:
    """Name the days of some weeks: ``30 November to 27 December 2026``."""
    first, last = weeks[0].first, weeks[-1].days[-1]
    begin = formatting.day_long(first)
    return f"{begin.removesuffix(f' {last.year}')} to {formatting.day_long(last)}"


def grid(made: Overview, weeks: Sequence[Week]) -> DayGrid:
    """Draw some of the weeks."""
    days = [day for week in weeks for day in week.days]
    worked = [{day: sum(shift.date == day for shift in week.shifts) for day in week.days} for week in weeks]
    shifts = sum(len(week.shifts) for week in weeks)
    return DayGrid(
        title=span_of(weeks),
        note=NOTE,
        spans=tuple((f"week of {formatting.day(week.first)}", len(week.days)) for week in weeks),
        days=tuple(_head(day, weeks) for day in days),
        tail=("Shifts", "Paid h"),
        groups=tuple(_group(made, contract, days, weeks) for contract in made.contracts),
        totals_name="Shifts",
        totals=(
            *(str(counted[day]) for counted in worked for day in counted),
            formatting.number(shifts, 0),
            formatting.fixed(sum(week.paid_h for week in weeks)),
        ),
        legend=LEGEND,
    )


def _head(day: date, weeks: Sequence[Week]) -> DayHead:
    return DayHead(str(day.day), formatting.DAYS[day.weekday()], formatting.day(day), _column(day, weeks))


def _column(day: date, weeks: Sequence[Week]) -> str:
    """Looks of a column: its weekend, and the line before a week."""
    looks = ["weekend"] if day.weekday() >= SATURDAY else []
    return " ".join([*looks, *(["first"] if day in {week.first for week in weeks} else [])])


def _group(made: Overview, contract: str, days: Sequence[date], weeks: Sequence[Week]) -> DayGroup:
    people = [each for each in made.people if each.person.contract == contract]
    rows = tuple(_row(made, each, days, weeks) for each in people)
    working = sum(any(shift.date in set(days) for shift in each.person.shifts) for each in people)
    return DayGroup(contract, f"{working} of {len(people)} at work", rows)


def _row(made: Overview, each: PersonWeeks, days: Sequence[date], weeks: Sequence[Week]) -> DayRow:
    person = each.person
    worked: dict[date, list[ShiftLine]] = {}
    for shift in person.shifts:
        worked.setdefault(shift.date, []).append(shift)
    leave = {made.days[number]: reason for number, reason in person.leave if made.days[number] not in worked}
    at_work, away = _ends(worked, before=each.run_before > 0, first=made.days[0]), _ends(leave)
    cells = []
    for day in days:
        column = _column(day, weeks)
        if day in worked:
            cells.append(_shift_cell(worked[day], f"{at_work[day]} {column}"))
        elif day in leave:
            cells.append(_leave_cell(day, leave[day], away[day], column))
        else:
            cells.append(DayCell("", column))
    shown = [shift for day in days for shift in worked.get(day, ())]
    small = " · ".join(filter(None, (person.agent, person.team)))
    tail = (str(len(shown)), formatting.fixed(sum(shift.paid_h for shift in shown)))
    return DayRow(person.name, small, tuple(cells), tail)


def _ends(days: Collection[date], *, before: bool = False, first: date | None = None) -> dict[date, str]:
    """Looks of each day of a row of days: whether one begins or ends there; `before` if one reaches up to `first`."""
    found = {}
    for day in days:
        joined = day - DAY in days or (before and day == first)
        found[day] = " ".join([*([] if joined else ["begin"]), *([] if day + DAY in days else ["end"])])
    return found


def _shift_cell(shifts: Sequence[ShiftLine], looks: str) -> DayCell:
    more = "+" if len(shifts) > 1 else ""
    says = "; ".join(formatting.span(shift.start, shift.end) for shift in shifts)
    return DayCell(f"{formatting.clock(shifts[0].start)}{more}", _joined(shifts[0].part, looks), says)


def _leave_cell(day: date, reason: str, ends: str, column: str) -> DayCell:
    """A day of leave; the word is seen on its first day and at the beginning of a week."""
    seen = "begin" in ends or "first" in column
    return DayCell("leave", _joined("leave", ends, column), f"{formatting.day(day)}: {reason}", seen=seen)


def _joined(*looks: str) -> str:
    return " ".join(" ".join(looks).split())


def shifts_listing(made: Overview, weeks: Sequence[Week]) -> Listing:
    """Every shift of some weeks with its end, a row for each person who has one and a column for each week."""
    rows = []
    for each in made.people:
        shifts = [[shift for shift in each.person.shifts if shift.date in week.days] for week in weeks]
        if any(shifts):
            rows.append([name_of(each.person), *(", ".join(_written(shift) for shift in some) for some in shifts)])
    heads = ["person", *(f"<week of {formatting.day(week.first)}" for week in weeks)]
    return listing(f"Shifts with their ends, {span_of(weeks)}", heads, rows)


def _written(shift: ShiftLine) -> str:
    return f"{formatting.DAYS[shift.date.weekday()]} {shift.clocks.replace('-', '–')}"
