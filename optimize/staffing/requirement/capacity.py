"""Requirements of many similar intervals, from a table of the largest load each number of agents can carry.

Bisection on the load gives each entry as a pair: a load that meets the targets and one that does not. A load between
the two goes to the exact search, so every answer is as exact as that of the search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.staffing.queueing.queues import Queues
    from optimize.staffing.requirement.targets import Targets

    Array = NDArray[np.float64]
    Rows = NDArray[np.int64]

_HALVINGS = 22


def by_capacity(
    queues: Queues, targets: Targets, groups: list[Rows], search: Callable[[Queues, Targets], Array]
) -> tuple[Array, Rows]:
    """Least agents of groups of queues that differ only in their load, and the rows left for the search.

    The tables of all groups are made in one go, since many short arrays cost more than a long one.

    Parameters
    ----------
    groups
        Rows that are alike, group by group.
    search
        Finds the least agents exactly, one row at a time; used for the ends of the tables.
    """
    answer = np.full(queues.size, np.inf)
    ends = np.array([rows[at] for rows in groups for at in _extremes(queues.load_erl[rows])])
    span = search(queues.take(ends), targets.take(ends)).reshape(-1, 2)
    size = np.array([rows.size for rows in groups])
    with np.errstate(invalid="ignore"):
        worth = np.isfinite(span[:, 1]) & ((span[:, 1] - span[:, 0]) * _HALVINGS <= size)
    left = [rows for rows, good in zip(groups, worth, strict=True) if not good]
    tabled = np.flatnonzero(worth).tolist()
    if tabled:
        agents = [np.arange(max(span[g, 0] - 1.0, 0.0), span[g, 1] + 1.0) for g in tabled]
        row = np.repeat(ends[1::2][tabled], [table.size for table in agents])
        carried, too_much = _table(np.concatenate(agents), queues.take(row), targets.take(row))
        cuts = np.cumsum([table.size for table in agents])[:-1]
        for g, table, low, high in zip(tabled, agents, np.split(carried, cuts), np.split(too_much, cuts), strict=True):
            rows = groups[g]
            answer[rows], sure = _looked_up(queues.load_erl[rows], table, low, high)
            left.append(rows[~sure])
    return answer, np.concatenate(left) if left else np.zeros(0, dtype=np.int64)


def _extremes(load: Array) -> tuple[np.intp, np.intp]:
    return load.argmin(), load.argmax()


def _looked_up(load: Array, agents: Array, carried: Array, too_much: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Agents of each load, and whether the table is sure of it."""
    carried, too_much = np.maximum.accumulate(carried), np.minimum.accumulate(too_much[::-1])[::-1]
    at = np.searchsorted(carried, load)
    sure = (at < agents.size) & ((at == 0) | (load >= np.concatenate([[0.0], too_much])[at]))
    return agents[np.minimum(at, agents.size - 1)], sure


def kinds(columns: list[Array], fewest: int) -> list[Rows]:
    """Rows that are equal in all columns, for each group of at least `fewest` rows."""
    size = columns[0].size
    if size < fewest:
        return []
    changes = np.zeros(size - 1, dtype=bool)
    for column in columns:
        if column[0] != column[0] and np.isnan(column).all():
            continue
        changes |= (column[1:] != column[:-1]) & ~(np.isnan(column[1:]) & np.isnan(column[:-1]))
    starts = np.concatenate([[0], np.flatnonzero(changes) + 1])
    if starts.size == 1:
        return [np.arange(size)]
    if starts.size > size // 16:
        return _sorted_kinds(columns, fewest)
    lengths = np.diff(np.append(starts, size))  # long runs of equal rows: only their first rows are compared
    of_run: dict[tuple[str, ...], list[int]] = {}
    for run, values in enumerate(zip(*(column[starts].tolist() for column in columns), strict=True)):
        of_run.setdefault(tuple(map(repr, values)), []).append(run)  # as text, since NaN differs from NaN
    return [
        np.concatenate([np.arange(starts[run], starts[run] + lengths[run]) for run in runs])
        for runs in of_run.values()
        if lengths[runs].sum() >= fewest
    ]


def _sorted_kinds(columns: list[Array], fewest: int) -> list[Rows]:
    """As ``kinds``, for rows in any order."""
    size = columns[0].size
    group = np.zeros(size, dtype=np.int64)
    for column in columns:
        if np.array_equal(column[1:], column[:-1], equal_nan=True):
            continue
        _, inverse = np.unique(column, return_inverse=True, equal_nan=True)
        _, group = np.unique(group * (int(inverse.max()) + 1) + inverse, return_inverse=True)
        if int(group.max()) + 1 > size // 2:  # hardly two rows alike
            return []
    counts = np.bincount(group)
    large = np.flatnonzero(counts >= fewest)
    if counts.size == 1:
        return [np.arange(size)] if large.size else []
    order = np.argsort(group, kind="stable")
    ends = np.cumsum(counts)
    return [order[ends[number] - counts[number] : ends[number]] for number in large]


def _table(agents: Array, row: Queues, target_of_row: Targets) -> tuple[Array, Array]:
    """Largest load seen to be carried and smallest seen to be too much, by number of agents; `row` holds the most."""
    replies = not bool(np.isnan(target_of_row.response_s).all())
    carried, too_much = np.zeros(agents.size), np.full(agents.size, np.inf)
    for _ in range(_HALVINGS):
        middle = 0.5 * (carried + np.minimum(too_much, row.load_erl))
        good = target_of_row.met(row.at(middle).serve(agents, replies=replies))
        carried, too_much = np.where(good, middle, carried), np.where(good, too_much, middle)
    return carried, too_much
