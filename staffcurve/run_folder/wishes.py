"""Wishes that weeks planned by name do not grant, in a run folder; a run without such wishes has no such table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from configs.tables import REFUSED_WISHES, check, records, settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from configs.tables import Table
    from optimize.roster.facts import Families
    from optimize.roster.result import Roster
    from optimize.roster.wish_facts import RefusedWish
    from reports.run import Run

    Row = dict[str, Any]
TOGETHER, OR = " with ", "; "
"""Between families of rules that are left out together, and between such sets."""
WORK, OFF = "on", "off"


def wish_tables(run: Run) -> list[tuple[pd.DataFrame, Table]]:
    """Return the wishes a run does not grant as a table; none where every wish is granted, or nothing is known."""
    rows = [_row(each) for each in run.roster.refused]
    if not rows:
        return []
    frame = pd.DataFrame(rows, columns=REFUSED_WISHES.names)
    frame["date"] = pd.to_datetime(frame["date"])
    return [(settled(check(frame, REFUSED_WISHES)), REFUSED_WISHES)]


def with_wishes(roster: Roster, read: Callable[[Table], pd.DataFrame | None]) -> Roster:
    """Return a roster with what its run folder keeps of wishes that are not granted.

    Parameters
    ----------
    roster
        As its other tables have it.
    read
        Returns a table of the folder, None where the run has none.
    """
    found = read(REFUSED_WISHES)
    return roster if found is None else replace(roster, refused=tuple(_wish(row) for row in records(found)))


def _row(wish: RefusedWish) -> Row:
    from configs.units import format_clock

    return {
        "agent": wish.agent,
        "date": wish.day,
        "shift": None if wish.start is None else format_clock(wish.start),
        "wish": WORK if wish.work else OFF,
        "weight": wish.weight,
        "reason": wish.reason,
        "cost": wish.cost,
        "cover": wish.cover,
        "relax": OR.join(TOGETHER.join(families) for families in wish.freed_by) or None,
    }


def _wish(row: Row) -> RefusedWish:
    from optimize.roster.inputs.wishes import as_date, wished_start
    from optimize.roster.wish_facts import RefusedWish

    start, freed_by = wished_start(row["shift"]), _families(row["relax"])
    wish = (str(row["agent"]), as_date(row["date"]), start, row["wish"] == WORK, float(row["weight"]))
    return RefusedWish(*wish, row["reason"], _amount(row["cost"]), _amount(row["cover"]), freed_by)


def _amount(cell: float | None) -> float | None:
    return None if pd.isna(cell) else float(cell)


def _families(text: object) -> tuple[Families, ...]:
    from optimize.roster.facts import RuleFamily

    known = {str(family): family for family in get_args(RuleFamily)}
    if text is None or text != text or not text:  # noqa: PLR0124 - NaN
        return ()
    return tuple(tuple(known[name] for name in each.split(TOGETHER)) for each in str(text).split(OR))
