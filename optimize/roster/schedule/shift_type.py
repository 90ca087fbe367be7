"""Which shift type of its contract a finished shift is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from configs.schema.contracts import SECOND
from optimize.roster.schedule.break_windows import windows_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from configs.schema import Config, Contract
    from configs.schema import Shift as ShiftType
    from optimize.roster.schedule.shift import Shift

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def shift_type_of(config: Config, shift: Shift) -> ShiftType | None:
    """Shift type whose length, starts and breaks a shift has; None where no type of its contract fits.

    Of types that differ only in which breaks are paid, it is the one the shift was planned as, where that is known;
    otherwise the one with the paid hours of the shift.
    """
    contract = config.contracts[shift.contract]
    planned = None if shift.shift_type is None else contract.shifts[shift.shift_type]
    types = (each for each in contract.shifts if each.length == shift.end - shift.start)
    fitting = [
        each for each in types if may_begin(each, shift.start, config.plan.zone) and _breaks_fit(contract, each, shift)
    ]
    if planned in fitting:
        return planned
    return min(fitting, key=lambda each: abs(_paid_h(contract, each) - shift.paid_h), default=None)


def may_begin(shift_type: ShiftType, start: datetime, zone: ZoneInfo) -> bool:
    """Whether a shift of a type may begin at a moment; a start the clock skips begins when the skip ends."""
    local, before = (moment.astimezone(zone).replace(tzinfo=None) for moment in (start, start - MINUTE))
    minute = local.hour * 60 + local.minute
    skipped = max(1, (local - before) // MINUTE)
    return local.weekday() in shift_type.days and any(minute - back in shift_type.starts for back in range(skipped))


def _paid_h(contract: Contract, shift_type: ShiftType) -> float:
    unpaid = (each.length for each in contract.breaks_of(shift_type) if not each.paid)
    return (shift_type.length - sum(unpaid, start=timedelta(0))) / HOUR


def _breaks_fit(contract: Contract, shift_type: ShiftType, shift: Shift) -> bool:
    """Whether the breaks have their lengths and lie where the rule of breaks allows them."""
    windows = windows_of(contract.break_rule(shift_type))
    if [last - first for first, last in shift.breaks] != [each.length * SECOND for each in windows.break_types]:
        return False
    return windows.allow([(first - shift.start) // SECOND for first, _ in shift.breaks])
