"""Hours and weekdays that were opened or given up: only what came since then tells what they are like today."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from forecast.data.day_totals import day_totals
from forecast.opening.chance import SURE, chance_of_none

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forecast.data.grid import Grid

    Array = NDArray[np.float64]

LEAST_WEEKS = 4
"""Fewer weeks of zeros than these are not a change of hours."""


def since_changes(grid: Grid) -> Grid:
    """Take as not observed what lies before the last change: first for whole weekdays, then for single slots.

    A slot that had contacts and has had none since keeps its zeros only; one that had none and has had contacts
    since loses its zeros. Chance must not explain it (see ``forecast.opening.chance``).
    """
    values = grid.values.copy()
    totals = day_totals(grid)
    for w in range(7):
        rows = np.flatnonzero(grid.weekday == w)
        begun = int(first_rows(totals[rows, None])[0])
        values[rows[:begun]] = np.nan
        since = first_rows(values[rows])
        values[rows] = np.where(np.arange(len(rows))[:, None] < since, np.nan, values[rows])
    return replace(grid, values=values)


def first_rows(values: Array) -> NDArray[np.int64]:
    """Row of each column from which on it is as it is today, 0 when it always was; NaN is not observed.

    Parameters
    ----------
    values
        Contacts, a row for each week, shape (weeks, columns).
    """
    known, row = np.isfinite(values), np.arange(len(values))[:, None]
    busy = known & (values > 0)
    some = busy.any(axis=0)
    first = np.where(some, busy.argmax(axis=0), 0) if len(values) else np.zeros(values.shape[1], dtype=np.int64)
    last = np.where(some, len(values) - 1 - busy[::-1].argmax(axis=0), len(values)) if len(values) else first
    times, with_contacts = known.sum(axis=0), busy.sum(axis=0)

    def unlikely(zeros: NDArray[np.int64]) -> NDArray[np.bool_]:
        return some & (zeros >= LEAST_WEEKS) & (chance_of_none(zeros, times, with_contacts) < SURE)

    ended = unlikely((known & (row > last)).sum(axis=0))
    began = unlikely((known & (row < first)).sum(axis=0))
    since: NDArray[np.int64] = np.where(ended, last + 1, np.where(began, first, 0)).astype(np.int64)
    return since
