"""Paid hours by person, period and pay code: what every payroll export is a view of.

The hours of ``payroll.csv`` by another key. ``added``: the normal hours are all paid hours, and those of a premium are
listed as well. ``apart``: every paid interval has one code, that of its highest premium.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from configs.exporting import NORMAL, REGULAR
from optimize.roster.inputs.pay import premium_shares
from optimize.roster.schedule.paid_time import paid_intervals
from reports.exports.payroll import payroll

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from reports.run import Run


@dataclass(frozen=True)
class PaidHours:
    """Hours of an agent in a period, which has a first day, under a pay code of the payroll program."""

    agent: str
    period: date
    code: str
    hours: float


def paid_hours(run: Run, export: str, decimals: int = 2) -> tuple[PaidHours, ...]:
    """Hours of an export, in order of agent, period and the codes of the config; none are 0.

    A shift counts in the period of the day it belongs to. Hours are rounded so that those of an agent keep their sum:
    what one figure loses, the next gains.
    """
    apart = _apart(run, export)
    codes = codes_of(run, export)
    found: dict[tuple[str, str], dict[tuple[date, str], float]] = {}
    for agent, day, name, hours in _apart_hours(run, codes) if apart else _added_hours(run):
        if codes[name]:
            # Codes of one agent share their rounding only where they share the hours.
            cells = found.setdefault((agent, "" if apart else codes[name]), {})
            key = (_first_day(run, export, day), codes[name])
            cells[key] = cells.get(key, 0.0) + hours
    order = {code: number for number, code in enumerate(dict.fromkeys(codes.values()))}
    rows = [
        PaidHours(agent, period, code, hours)
        for (agent, _), cells in found.items()
        for (period, code), hours in _rounded(dict(sorted(cells.items(), key=lambda each: each[0][0])), decimals)
        if hours
    ]
    return tuple(sorted(rows, key=lambda row: (row.agent, row.period, order[row.code])))


def _apart(run: Run, export: str) -> bool:
    return export == "gusto" or run.config.reports.payroll.hours == "apart"


def codes_of(run: Run, export: str) -> dict[str, str]:
    """Pay code of the payroll program by our own, normal first; blank for a premium that is left out."""
    names = dict.fromkeys([NORMAL, *(premium.name for premium in run.config.costs.premiums)])
    own = {NORMAL: REGULAR} if export in {"adp", "gusto"} else {}
    return {name: run.config.reports.payroll.codes.get(name, own.get(name, name)) for name in names}


def _added_hours(run: Run) -> Iterator[tuple[str, date, str, float]]:
    """Agent, day, our code and hours of every row of ``payroll.csv``."""
    table = payroll(run)
    for agent, day, code, hours in zip(table["agent"], table["date"], table["code"], table["hours"], strict=True):
        yield str(agent), day.date(), str(code), float(hours)


def _apart_hours(run: Run, codes: dict[str, str]) -> Iterator[tuple[str, date, str, float]]:
    """Agent, day, our code and hours of every shift, each interval under its highest premium that has a code."""
    horizon = run.horizon
    names = list(codes)
    best = _highest(run, codes)
    for shift in run.roster.schedule.shifts:
        index = paid_intervals(run.config, horizon, shift)
        counts = np.bincount(best[index % len(best)], minlength=len(names))
        for name, count in zip(names, counts, strict=True):
            if count:
                yield shift.agent, shift.day, name, float(count) * horizon.interval_h


def _highest(run: Run, codes: dict[str, str]) -> NDArray[np.int64]:
    """Number of the code of each interval: 0 is normal; of equal premiums it is the first in the config."""
    premiums = [premium for premium in run.config.costs.premiums if codes[premium.name]]
    numbers = {name: number for number, name in enumerate(codes)}
    best = np.zeros(len(premium_shares(run.config, run.horizon, [])), dtype=np.int64)
    for premium in sorted(premiums, key=lambda each: -each.add):
        # One that adds nothing is a code all the same.
        certain = premium.model_copy(update={"add": 1.0})
        hit = premium_shares(run.config, run.horizon, [certain]) > 0
        best[hit & (best == 0)] = numbers[premium.name]
    return best


def _first_day(run: Run, export: str, day: date) -> date:
    monthly = export == "datev-lodas" or (export == "payroll-pivot" and run.config.reports.payroll.period == "month")
    return day.replace(day=1) if monthly else run.horizon.first


def _rounded(cells: dict[tuple[date, str], float], decimals: int) -> Sequence[tuple[tuple[date, str], float]]:
    """Round figures so that every sum of the first of them is rounded, and with it the sum of all."""
    # Sums of thirds of an hour stop just short of a half.
    sums = np.floor(np.cumsum(list(cells.values())) * 10**decimals + 0.5 + 1e-6)
    parts = np.diff(sums, prepend=0.0) / 10**decimals
    return [(key, float(part)) for key, part in zip(cells, parts, strict=True)]
