"""Rules about work of which the program chooses what is in time, so that a share of each day or of the week is.

`in_time[t]` counts the work chosen among all that arrived up to the end of interval t, `arrived[t]`. The lane in time
has arrivals ``in_time``, the lane of the rest ``arrived - in_time``; `P(x)` is what a lane got up to place x (see
``inputs/split.py``). Classes of work without a choice have their rows in ``cover.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.split import hours_at

if TYPE_CHECKING:
    from optimize.roster.inputs.week import Week
    from optimize.roster.program.arrays import Sense
    from optimize.roster.program.layout import Layout
    from optimize.roster.program.model import Model


def all_work_has_one_lane(model: Model, week: Week, layout: Layout) -> None:
    """``0 <= in_time[t] - in_time[t-1] <= arrivals[t]``: of the work of an interval, none, some or all is in time."""
    for m, split in week.splits.items():
        for t, hours in enumerate(week.work[split.in_time].arrivals.tolist()):
            terms = [(int(layout.in_time[m][t]), 1.0)] + ([(int(layout.in_time[m][t - 1]), -1.0)] if t else [])
            model.row(f"chosen_{m}_{t}", terms, "<=" if hours else "==", hours)
            if hours and t:
                model.row(f"kept_{m}_{t}", terms, ">=", 0)


def nothing_is_done_before_it_comes(model: Model, week: Week, layout: Layout) -> None:
    """``done[k,t] <= P(t)`` of each lane."""
    for m, split in week.splits.items():
        for k in split.lanes:
            for t in range(week.size):
                terms, hours = _got(week, layout, m, k, t)
                model.row(f"came_{k}_{t}", [(int(layout.done[k][t]), 1.0), *_minus(terms)], "<=", hours)


def lanes_meet_their_deadline(model: Model, week: Week, layout: Layout) -> dict[int, list[int]]:
    """``done[k,t] >= P(due[t]) + carried[t]``, of the rest ``done[k,t] + late[k,t]``: work chosen to be in time is so.

    `carried` is minus the part of a known opening backlog that is not due yet. Returns the row of each lane and
    interval.
    """
    rows: dict[int, list[int]] = {}
    for m, split in week.splits.items():
        for k, lane in split.lanes.items():
            rows[k] = []
            for t in range(week.size):
                terms, hours = _got(week, layout, m, k, int(lane.due[t]))
                late = [(int(layout.late[k][t]), 1.0)] if k == split.rest else []
                row = [(int(layout.done[k][t]), 1.0), *late, *_minus(terms)]
                rows[k].append(model.row(f"due_{k}_{t}", row, ">=", hours + float(lane.carried[t])))
    return rows


def lanes_begin_with_what_was_left(model: Model, week: Week, layout: Layout) -> None:
    """``-P(least) <= backlog[k] <= -P(most)``, in a week that repeats itself: what came after those places.

    No more may wait than was not due, or came after the last hour worked; no less than came after it.
    """
    for m, split in week.splits.items():
        for k, lane in split.lanes.items():
            for name, place, sense in _openings(lane.opening):
                terms, hours = _got(week, layout, m, k, place)
                model.row(f"{name}_{k}", [(layout.backlog[k], 1.0), *terms], sense, 0.0 - hours)


def lanes_end_with_their_work_done(model: Model, week: Week, layout: Layout) -> None:
    """``done[k,e] + terminal_backlog[k] >= P(closing)``; with ``at_end = "as-found"`` the opening backlog is added."""
    for m, split in week.splits.items():
        for k, lane in split.lanes.items():
            ending = week.work[k].ending
            terms, hours = _got(week, layout, m, k, lane.closing)
            found = [(layout.backlog[k], 1.0)] if ending.as_found else []
            row = [(int(layout.done[k][ending.interval]), 1.0), (layout.terminal_backlog[k], 1.0), *found]
            model.row(f"ending_{k}", [*row, *_minus(terms)], ">=", hours + lane.carried_at_end)


def enough_is_in_time(model: Model, week: Week, layout: Layout) -> None:
    """``in_time[last] - in_time[first-1] + missed[s] >= share * work``: the share of each day, or of the week."""
    for m, split in week.splits.items():
        for s, span in enumerate(split.spans):
            before = [(int(layout.in_time[m][span.first - 1]), -1.0)] if span.first else []
            terms = [(int(layout.in_time[m][span.last]), 1.0), *before, (int(layout.missed[m][s]), 1.0)]
            model.row(f"share_{m}_{s}", terms, ">=", span.required_h)


def missed_shares(model: Model, week: Week, layout: Layout) -> None:
    """``sum_{m,s} price_short * missed[m,s]``: an hour of work missing for a share costs what an hour short costs."""
    for columns in layout.missed.values():
        model.add_cost((int(column), week.prices.shortage) for column in columns)


def _openings(opening: tuple[int, int] | None) -> list[tuple[str, int, Sense]]:
    return [] if opening is None else [("most", opening[0], "<="), ("least", opening[1], ">=")]


def _got(week: Week, layout: Layout, m: int, k: int, place: int) -> tuple[list[tuple[int, float]], float]:
    """What a lane got up to a place: terms and hours."""
    split, columns = week.splits[m], layout.in_time[m]
    inside = place if place >= -1 else place + week.size
    terms = [(int(columns[inside]), 1.0)] if inside >= 0 else []
    terms += [(int(columns[-1]), -1.0)] if place < -1 else []
    if k == split.in_time:
        return terms, 0.0
    return _minus(terms), float(hours_at(week.work[k].arrivals, np.array([place]))[0])


def _minus(terms: list[tuple[int, float]]) -> list[tuple[int, float]]:
    return [(column, -value) for column, value in terms]
