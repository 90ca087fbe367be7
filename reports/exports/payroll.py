"""``payroll.csv``: paid hours of each shift by pay code; the amounts add up to what the roster pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from configs.tables import PAYROLL, check
from optimize.roster.inputs.pay import premium_shares
from optimize.roster.verify.presence import read_duties

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from optimize.roster.verify.presence import Duty
    from reports.run import Run

NORMAL = "normal"
"""Pay code of every paid hour; premiums come on top, each under its own name."""


def payroll(run: Run) -> pd.DataFrame:
    """Return the ``payroll`` table: a row for each shift and pay code with hours.

    `hours` times `rate` is `amount`: for the code ``normal`` all paid hours at the cost of the contract, for a premium
    its hours at its share of that cost.
    """
    config, horizon = run.config, run.horizon
    premiums = [(each.name, each.add, premium_shares(config, horizon, [each]) > 0) for each in config.costs.premiums]
    rows = []
    for duty in read_duties(config, run.roster.table):
        shift = {name: duty.row[name] for name in ("agent", "name", "contract", "date", "start", "end")}
        rate = config.contracts[str(duty.row["contract"])].cost_per_hour
        for code, (hours, amount) in _codes(run, duty, rate, premiums).items():
            rows.append({**shift, "code": code, "hours": hours, "rate": amount / hours, "amount": amount})
    if not rows:
        kinds = {"time": "datetime64[us, UTC]", "number": "float64"}
        return pd.DataFrame({c.name: pd.Series(dtype=kinds.get(c.kind, "str")) for c in PAYROLL.columns})
    return check(pd.DataFrame(rows), PAYROLL)


def _codes(
    run: Run, duty: Duty, rate: float, premiums: list[tuple[str, float, NDArray[np.bool_]]]
) -> dict[str, tuple[float, float]]:
    """Hours and amount of a shift by pay code; premiums of one name are added up."""
    horizon = run.horizon
    index = (duty.starts - int(horizon.begin.timestamp())) // run.config.plan.interval_s
    hours = float(duty.paid.sum()) * horizon.interval_h
    codes = {NORMAL: (hours, hours * rate)} if hours else {}
    for name, add, hit in premiums:
        hours = float((hit[index % len(hit)] & duty.paid).sum()) * horizon.interval_h
        if hours:
            before = codes.get(name, (0.0, 0.0))
            codes[name] = (before[0] + hours, before[1] + hours * rate * add)
    return codes
