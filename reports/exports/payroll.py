"""``payroll.csv``: paid hours of each shift by pay code; the amounts add up to what the roster pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from configs.exporting import NORMAL
from configs.tables import PAYROLL, check, no_rows
from optimize.roster.inputs.pay import premium_shares
from optimize.roster.schedule.paid_time import paid_intervals
from reports.tables import write_ordered

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from configs.schema import Premium
    from optimize.roster.schedule.shift import Shift
    from reports.run import Run


def write(run: Run, home: Path) -> list[Path]:
    """Write the table."""
    path = home / "payroll.csv"
    write_ordered(payroll(run), PAYROLL, path, run.horizon.timezone)
    return [path]


def payroll(run: Run) -> pd.DataFrame:
    """Return the ``payroll`` table: a row for each shift and pay code with hours.

    `hours` times `rate` is `amount`: for the code ``normal`` all paid hours at the cost of the contract, for a premium
    its hours at its share of that cost. Premiums of one name are one code: an hour of several counts once, and its
    amount is that of all of them.
    """
    config, horizon = run.config, run.horizon
    named: dict[str, list[Premium]] = {}
    for premium in config.costs.premiums:
        named.setdefault(premium.name, []).append(premium)
    shares = {name: premium_shares(config, horizon, premiums) for name, premiums in named.items()}
    rows = []
    for shift in run.roster.schedule.shifts:
        row = {
            "agent": shift.agent, "name": shift.name, "contract": shift.contract,
            "date": pd.Timestamp(shift.day), "start": shift.start, "end": shift.end,
        }  # fmt: skip
        rate = config.contracts[shift.contract].cost_per_hour
        for code, (hours, amount) in _codes(run, shift, rate, shares).items():
            rows.append({**row, "code": code, "hours": hours, "rate": amount / hours, "amount": amount})
    if not rows:
        return no_rows(PAYROLL)
    return check(pd.DataFrame(rows), PAYROLL)


def _codes(
    run: Run, shift: Shift, rate: float, shares: dict[str, NDArray[np.float64]]
) -> dict[str, tuple[float, float]]:
    """Hours and amount of a shift by pay code; `shares` is the extra pay of each name in each interval."""
    length = run.horizon.interval_h
    index = paid_intervals(run.config, run.horizon, shift)
    hours = len(index) * length
    codes = {NORMAL: (hours, hours * rate)} if hours else {}
    for name, share in shares.items():
        extra = share[index % len(share)]
        hours = float((extra > 0).sum()) * length
        if hours:
            codes[name] = (hours, float(extra.sum()) * length * rate)
    return codes
