"""Sentences about a repair: what each alternative changes, and what is proven about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.repair.result import Alternative, AlternativeLeftOut, Repair
from reports.english import units
from reports.english.registry import written

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from optimize.roster.repair.result import Kind
    from optimize.roster.schedule.shift import Shift

TITLES: dict[Kind, str] = {
    "open": "shifts stay open",
    "fewest": "fewest changes",
    "balanced": "balanced",
    "cheapest": "cheapest",
}
"""Name of each alternative."""


@written.register
def _(alternative: Alternative) -> str:
    """What is proven about the number of changes."""
    cells = units.count(alternative.changes.cells, "change")
    if alternative.kind != "fewest":
        return f"{cells}; not proven to be the fewest at this cost"
    if alternative.least is None:
        words = "no repair with the cover of the published roster was found; every change removes more understaffing"
        return f"{cells}: {words} than one person in one interval"
    if alternative.changes.cells <= alternative.least:
        return f"{cells}: proven to be the fewest of any repair that leaves no more understaffing or late work"
    least = f"any repair that leaves no more understaffing or late work makes at least {alternative.least}"
    return f"{cells}: {least}, so at most {alternative.changes.cells - alternative.least} more than needed"


@written.register
def _(left_out: AlternativeLeftOut) -> str:
    """What the recount found; the planner can take another alternative."""
    found = "; ".join(f"{fault.where.removeprefix('roster: ')} {fault.sentence}".strip() for fault in left_out.faults)
    return f"left out, because its recount found a fault: {found}. Take another alternative, and report this fault"


@written.register
def _(repair: Repair) -> str:
    """What is open, and who may take it."""
    nobody = sum(not each.takers for each in repair.open_shifts)
    opened = units.count(len(repair.open_shifts), "shift is open", "shifts are open")
    takers = f"{nobody} of them nobody with the skills may take without another change" if nobody else ""
    swaps = units.count(len(repair.swaps), "swap is lawful", "swaps are lawful") if repair.swaps else ""
    return "; ".join(part for part in (opened, takers, swaps) if part)


def hours_of(shifts: tuple[Shift, ...], zone: ZoneInfo) -> str:
    """Shifts of a day such as ``07:00-15:30``; empty for a day off."""
    return ", ".join(
        "-".join(units.clock(moment.astimezone(zone)) for moment in (shift.start, shift.end)) for shift in shifts
    )
