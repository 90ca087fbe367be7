"""A repair as tables: its alternatives, and the open shifts with who may take or swap them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.tables import ALTERNATIVES, OPEN_SHIFTS, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optimize.roster.repair import Repair
    from optimize.roster.schedule.shift import Shift


def alternatives_table(repair: Repair, interval_h: float) -> pd.DataFrame:
    """One row for each alternative; `changed` names the people whose shifts change."""
    rows = [
        {
            "alternative": each.kind,
            "changes": float(each.changes.cells),
            "people": float(each.changes.people),
            "unavoidable": float(each.changes.unavoidable),
            "least_changes": float("nan") if each.least is None else float(each.least),
            "cost": each.roster.cost.total,
            "short_h": each.short_h(interval_h),
            "as_before": "yes" if each.as_before else "no",
            "changed": ";".join(sorted({day.agent for day in each.changed})),
        }
        for each in repair.alternatives
    ]
    return check(pd.DataFrame(rows), ALTERNATIVES)


def open_shifts_table(repair: Repair) -> pd.DataFrame:
    """One row for each person who may take or swap an open shift; one without a person where nobody may."""
    rows = list(_offers(repair))
    frame = pd.DataFrame(rows, columns=OPEN_SHIFTS.names)
    for column in ("start", "end", "swap_start", "swap_end"):
        frame[column] = pd.to_datetime(frame[column], utc=True)
    frame["date"] = pd.to_datetime(frame["date"])
    for column in ("paid_h", "cost"):
        frame[column] = frame[column].astype("float64")
    return check(frame, OPEN_SHIFTS)


def _offers(repair: Repair) -> Iterator[dict[str, Any]]:
    for each in repair.open_shifts:
        found = [
            {"agent": taker.agent, "name": taker.name, "paid_h": taker.paid_h, "cost": taker.cost}
            for taker in each.takers
        ]
        found += [
            {
                "agent": swap.agent,
                "name": swap.theirs.name,
                "swap_start": swap.theirs.start,
                "swap_end": swap.theirs.end,
            }
            for swap in repair.swaps
            if swap.shift is each.shift
        ]
        yield from (_shift(each.shift) | offer for offer in found or [{"agent": "", "name": ""}])


def _shift(shift: Shift) -> dict[str, Any]:
    return {
        "absent": shift.agent,
        "date": shift.day,
        "start": shift.start,
        "end": shift.end,
        "contract": shift.contract,
    }
