"""Requirements of many intervals of one kind, by a table of the largest load each number of agents can carry.

The table is built by bisection on the load, so each entry is a pair: a load seen to be carried and one seen to be too
much. A load between the two is put to the exact search, and every answer is as exact as that of the search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from optimize.staffing.queues import Queues
    from optimize.staffing.targets import Targets

    Array = NDArray[np.float64]
    Rows = NDArray[np.int64]

_HALVINGS = 22


def by_capacity(queues: Queues, targets: Targets, search: Callable[[Queues, Targets], Array]) -> Array:
    """Least agents of queues that differ in nothing but their load.

    Parameters
    ----------
    search
        Finds the least agents exactly, one row at a time; used for the ends of the table and for loads near a step.
    """
    load = queues.load_erl
    ends = np.array([load.argmin(), load.argmax()])
    fewest, most = search(queues.take(ends), targets.take(ends))
    if not np.isfinite(most) or (most - fewest) * _HALVINGS > load.size:
        return search(queues, targets)
    agents = np.arange(max(fewest - 1.0, 0.0), most + 1.0)
    carried, too_much = _table(agents, queues, targets, load.max())
    at = np.searchsorted(carried, load)
    sure = (at < agents.size) & ((at == 0) | (load >= np.concatenate([[0.0], too_much])[at]))
    answer = agents[np.minimum(at, agents.size - 1)]
    rows = np.flatnonzero(~sure)
    if rows.size:
        answer[rows] = search(queues.take(rows), targets.take(rows))
    return answer


def kinds(columns: list[Array], fewest: int) -> list[Rows]:
    """Rows that are equal in all columns, for each group of at least `fewest` rows."""
    size = columns[0].size
    group = np.zeros(size, dtype=np.int64)
    for column in columns:
        if np.array_equal(column[1:], column[:-1], equal_nan=True):
            continue
        _, inverse = np.unique(column, return_inverse=True, equal_nan=True)
        _, group = np.unique(group * (int(inverse.max()) + 1) + inverse, return_inverse=True)
        if int(group.max()) + 1 > size // 2:  # hardly two rows alike
            return []
    if size < fewest:
        return []
    counts = np.bincount(group)
    large = np.flatnonzero(counts >= fewest)
    if counts.size == 1:
        return [np.arange(size)] if large.size else []
    order = np.argsort(group, kind="stable")
    ends = np.cumsum(counts)
    return [order[ends[number] - counts[number] : ends[number]] for number in large]


def _table(agents: Array, queues: Queues, targets: Targets, most_load: float) -> tuple[Array, Array]:
    """Largest load seen to be carried and smallest seen to be too much, by number of agents."""
    same = np.zeros(agents.size, dtype=np.int64)
    row, promised = queues.take(same), targets.take(same)
    replies = not bool(np.isnan(targets.response_s).all())
    carried, too_much = np.zeros(agents.size), np.full(agents.size, np.inf)
    for _ in range(_HALVINGS):
        middle = 0.5 * (carried + np.minimum(too_much, most_load))
        good = promised.kept(row.at(middle).serve(agents, replies=replies))
        carried, too_much = np.where(good, middle, carried), np.where(good, too_much, middle)
    return np.maximum.accumulate(carried), np.minimum.accumulate(too_much[::-1])[::-1]
