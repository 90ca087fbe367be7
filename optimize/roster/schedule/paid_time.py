"""Which part of a shift is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.schedule.intervals import covered, intervals
from optimize.roster.schedule.shift_type import shift_type_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.schedule.shift import Shift, Span


def paid_intervals(config: Config, horizon: Horizon, shift: Shift) -> NDArray[np.int64]:
    """Numbers of the paid intervals of a shift; numbers go on past the end of the horizon."""
    unpaid_names = {activity.name for activity in config.activities if not activity.paid}
    unpaid = [span for span, paid in breaks_paid(config, shift) if not paid]
    unpaid += [(each.start, each.end) for each in shift.activities if each.name in unpaid_names]
    return intervals(shift, horizon)[~covered(shift, unpaid, horizon)]


def breaks_paid(config: Config, shift: Shift) -> tuple[tuple[Span, bool], ...]:
    """Breaks of a shift, and whether each is paid; all are where no shift type of the contract fits."""
    shift_type = shift_type_of(config, shift)
    if shift_type is None:
        return tuple((span, True) for span in shift.breaks)
    rules = config.contracts[shift.contract].breaks_of(shift_type)
    return tuple((span, rule.paid) for span, rule in zip(shift.breaks, rules, strict=True))
