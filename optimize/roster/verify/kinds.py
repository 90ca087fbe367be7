"""Which shift type a row of the roster is, to which day it belongs, and when its breaks are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from optimize.roster.verify.texts import breaks_of

if TYPE_CHECKING:
    from datetime import date

    from configs.schema import Break, Config, Contract, Shift

LONGEST_SKIP_MIN = 60
Row = dict[str, Any]


def day_of(start: pd.Timestamp) -> date:
    """Local day to which the recount counts a shift that begins at a local moment."""
    return start.date()


def may_begin(shift: Shift, start: pd.Timestamp) -> bool:
    """Return whether a shift may begin at a local moment; a start the clock skips may begin when the skip ends."""
    minute = start.hour * 60 + start.minute
    first, last, step = shift.start.first, shift.start.last, int(shift.step.total_seconds() // 60)
    skipped = start.strftime("%z") != (start - pd.Timedelta(minutes=1)).strftime("%z")
    clock = [minute - back for back in (range(LONGEST_SKIP_MIN + 1) if skipped else (0,))]
    return day_of(start).weekday() in shift.days and any(first <= m <= last and (m - first) % step == 0 for m in clock)


def kind_of(config: Config, row: Row) -> Shift | None:
    """The shift type whose length, start and breaks a row has; None where no kind of the contract fits.

    Of kinds that differ in nothing but which breaks are paid, it is the one with the paid hours of the row.
    """
    start, end = row["start"].tz_convert(config.plan.zone), row["end"].tz_convert(config.plan.zone)
    contract = config.contracts[str(row["contract"])]
    kinds = [shift for shift in contract.shifts if shift.length == end - start and may_begin(shift, start)]
    gap = contract.break_gap.total_seconds()
    fitting = [shift for shift in kinds if _breaks_fit(contract.breaks_of(shift), gap, row, config)]
    return min(fitting, key=lambda shift: abs(_paid_h(contract, shift) - row["paid_h"]), default=None)


def _paid_h(contract: Contract, shift: Shift) -> float:
    unpaid = sum(rule.length.total_seconds() for rule in contract.breaks_of(shift) if not rule.paid)
    return (shift.length.total_seconds() - unpaid) / 3600


def _breaks_fit(breaks: tuple[Break, ...], gap: float, row: Row, config: Config) -> bool:
    """Whether breaks lie in their windows, in their order, `gap` seconds apart and from both ends of the shift."""
    spans = breaks_of(row, config.plan.zone)
    if spans is None or len(spans) != len(breaks):
        return False
    begin = row["start"].timestamp()
    edges = [begin, *(moment.timestamp() for span in spans for moment in span), row["end"].timestamp()]
    if spans and any(after - before < gap for before, after in zip(edges[::2], edges[1::2], strict=True)):
        return False
    return all(
        rule.after.first.total_seconds() <= first.timestamp() - begin <= rule.after.last.total_seconds()
        and last.timestamp() - first.timestamp() == rule.length.total_seconds()
        for rule, (first, last) in zip(breaks, spans, strict=True)
    )
