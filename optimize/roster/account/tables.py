"""The finished week -> the ``coverage`` table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.tables import COVERAGE, DECIMALS, check, settled
from optimize.roster.account.work_table import work_columns
from optimize.roster.program.present import present_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.inputs.week import Week
    from optimize.roster.program import Program


TOLERANCE = 1e-4
"""Distance within which a solver's answer counts as a whole number, or as another number: its tolerance."""


UNLESS_USED = ("rest_work_h", "rest_done_h", "rest_backlog_h", "blended_h", "able")
"""Columns of the coverage table that are left out where no channel has them."""


def coverage_table(program: Program, values: NDArray[np.float64]) -> pd.DataFrame:
    """Return people required and staffed per channel and interval, and the state of deferrable work."""
    frames = [
        _live(program, values, m) if m in program.week.live else _work(program, values, m)
        for m in range(len(program.week.channels))
    ]
    frame = pd.concat(frames, ignore_index=True)
    return check(settled(_without_unused(frame)), COVERAGE)


def _frame(week: Week, m: int, **columns: NDArray[np.float64]) -> pd.DataFrame:
    frame = pd.DataFrame({"channel": week.channels[m], "start": week.horizon.starts})
    for column in COVERAGE.names[2:]:
        frame[column] = columns.get(column, np.full(week.size, np.nan))
    return frame


def _without_unused(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out the columns of rules the config does not use."""
    return frame.drop(columns=[name for name in UNLESS_USED if frame[name].isna().all()])


def staffed(program: Program, values: NDArray[np.float64], m: int) -> NDArray[np.float64]:
    """People at a channel in each interval."""
    people: NDArray[np.float64] = np.zeros(program.week.size)
    for (_, channel), flow in program.layout.flow.items():
        if channel == m:
            people = people + np.where(flow >= 0, values[flow], 0.0)
    return _whole(people)


def _whole(people: NDArray[np.float64]) -> NDArray[np.float64]:
    """The numbers, whole ones without what a solver's tolerance leaves of them."""
    whole = np.round(people)
    return np.where(np.abs(people - whole) < TOLERANCE, whole, people)


def _live(program: Program, values: NDArray[np.float64], m: int) -> pd.DataFrame:
    required, there = program.week.live[m], staffed(program, values, m)
    short, over = np.maximum(required - there, 0), np.maximum(there - required, 0)
    given = {}
    if program.layout.blend:
        used = {work: _used(program, values, work)[0] for work in program.week.blending.worth}
        hours = [used[work] * _between(program, values, m, work) for work in sorted(used)]
        given["blended_h"] = np.sum(hours, axis=0)
    able = present_in(program, values).able
    if m in able:
        given["able"] = _whole(able[m])
    return _frame(program.week, m, required=required, staffed=there, shortage=short, excess=over, **given)


def _work(program: Program, values: NDArray[np.float64], m: int) -> pd.DataFrame:
    """People at a deferrable channel: those its work of the interval takes, and those beyond."""
    columns, hours = work_columns(program, values, m), program.week.horizon.interval_h
    if program.layout.blend:
        columns["blended_h"] = _used(program, values, m)[1]
    there = staffed(program, values, m)
    busy = np.maximum(columns["done_h"] - columns.get("blended_h", 0.0), 0) / hours
    required = np.where(np.abs(busy - there) < TOLERANCE, there, busy)
    short, over = np.maximum(required - there, 0), np.maximum(there - required, 0)
    return _frame(program.week, m, required=required, staffed=there, shortage=short, excess=over, **columns)


def _between(program: Program, values: NDArray[np.float64], live: int, work: int) -> NDArray[np.float64]:
    """Hours in each interval that one channel's agents give to another channel's work between calls."""
    total: NDArray[np.float64] = np.zeros(program.week.size)
    for (_, giving, taking), columns in program.layout.blend.items():
        if (giving, taking) == (live, work):
            total = total + np.where(columns >= 0, values[columns], 0.0)
    return total * program.week.horizon.interval_h


def _used(program: Program, values: NDArray[np.float64], work: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share of the time between calls that is used, since people at the channel come first; and its rostered hours."""
    week = program.week
    done = work_columns(program, values, work)["done_h"]
    worth = week.blending.worth.get(work, 0.0)
    given = worth * sum((_between(program, values, m, work) for m in week.live), start=np.zeros(week.size))
    needed = np.clip(done - staffed(program, values, work) * week.horizon.interval_h, 0.0, given)
    needed = np.where(given > 10.0**-DECIMALS, needed, 0.0)
    return np.divide(needed, given, out=np.zeros_like(given), where=needed > 0), needed
