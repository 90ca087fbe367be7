"""Deferrable work of a finished week: what is done when, what waits, what is in time, what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.tables import DECIMALS
from optimize.roster.inputs.split_work import parts_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from optimize.roster.inputs.week import Week, Work
    from optimize.roster.program import Program

    Array = NDArray[np.float64]

NO_WORK = 10.0**-DECIMALS


def work_columns(program: Program, values: Array, m: int) -> dict[str, Array]:
    """Columns of the ``coverage`` table about the work of channel m.

    `rest_done_h` and `rest_backlog_h` are the part of done and backlog that may take longer than the service target;
    they exist only where there is such a part, and `rest_work_h` where the roster chose it. `oldest_h` takes work in
    order of arrival.
    """
    week, classes = program.week, program.week.classes(m)
    works = _parts(program, values, m)
    levels = {k: _level(program, values, k) for k in classes}
    done = {k: np.diff(level, prepend=_opening(program, values, k)) for k, level in levels.items()}
    waiting = {k: np.maximum(works[k].arrived - level, 0) for k, level in levels.items()}
    arrived, level = sum(works[k].arrived for k in classes), sum(levels.values())
    columns = {
        "work_h": sum(works[k].arrivals for k in classes),
        "done_h": sum(done.values()),
        "backlog_h": sum(waiting.values()),
        "oldest_h": _oldest(np.asarray(arrived), np.asarray(level), week.horizon.interval_h),
        "on_time": _on_time([(works[k], level) for k, level in levels.items()]),
    }
    for rest in classes[1:]:
        columns |= {"rest_done_h": done[rest], "rest_backlog_h": waiting[rest]}
        if m in week.splits:
            columns["rest_work_h"] = works[rest].arrivals
    return {name: np.asarray(column, dtype=np.float64) for name, column in columns.items()}


def _parts(program: Program, values: Array, m: int) -> dict[int, Work]:
    """Classes of work of a channel, with the arrivals the roster chose for each."""
    week = program.week
    if m not in week.splits:
        return {k: week.work[k] for k in week.classes(m)}
    split = week.splits[m]
    came = week.work[split.in_time].arrivals
    chosen = np.diff(values[program.layout.in_time[m]].round(DECIMALS), prepend=0.0)
    return parts_of(week.work, split, np.clip(chosen, 0.0, came))


def _opening(program: Program, values: Array, k: int) -> float:
    return -round(float(values[program.layout.backlog[k]]), DECIMALS)


def _level(program: Program, values: Array, k: int) -> Array:
    """Work done by the end of each interval less the backlog at the beginning, never falling."""
    done = np.maximum(values[program.layout.done[k]], _opening(program, values, k))
    return np.asarray(np.maximum.accumulate(done.round(DECIMALS)))


def _oldest(arrived: Array, level: Array, hours: float) -> Array:
    """Hours since the oldest waiting work arrived; last week's backlog counts as one week old."""
    size = len(arrived)
    earlier = arrived - arrived[-1]
    both = np.concatenate([earlier, arrived])
    index = np.searchsorted(both, level + NO_WORK, side="right")
    age = (size + np.arange(size) - index + 1) * hours
    return np.where(arrived - level > NO_WORK, np.maximum(age, 0.0), 0.0)


def _on_time(classes: list[tuple[Work, Array]]) -> Array:
    """Share of the work of each interval done within the target; NaN without work, or if it is due after the week."""
    good, whole, judged = [], [], []
    for work, level in classes:
        size = len(level)
        by_then = level[np.minimum(work.due_by, size - 1)]
        good.append(np.clip(by_then - (work.arrived - work.arrivals), 0.0, work.arrivals))
        whole.append(work.arrivals)
        judged.append(work.due_by < size)
    total, in_time = np.sum(whole, axis=0), np.sum(good, axis=0)
    known = np.all(judged, axis=0) & (total > NO_WORK)
    share = np.divide(in_time, total, out=np.full_like(total, np.nan), where=known)
    return np.asarray(np.clip(share, 0.0, 1.0))


def late_and_terminal_backlog(week: Week, coverage: pd.DataFrame) -> tuple[float, float]:
    """Hours of work late, each times the hours it is late, and hours of terminal backlog."""
    late = undone = 0.0
    works = {k: work for m in range(len(week.channels)) for k, work in _parts_told(week, coverage, m).items()}
    for k, work in works.items():
        rows = _rows(week, coverage, work.channel)
        done, opening = _done_and_opening(rows, work, is_rest=k >= len(week.channels))
        level = done - opening
        late += float(np.maximum(work.floor - level, 0).sum()) * week.horizon.interval_h
        left = work.ending.level - float(level[work.ending.interval])
        undone += max(0.0, left - (opening if work.ending.as_found else 0.0))
    return late, undone


def missed_share(week: Week, coverage: pd.DataFrame) -> float:
    """Hours of work that are missing for shares of a day or the week."""
    return sum(
        split.missed_h(_parts_told(week, coverage, m)[split.in_time].arrivals) for m, split in week.splits.items()
    )


def _parts_told(week: Week, coverage: pd.DataFrame, m: int) -> dict[int, Work]:
    """Classes of work of a channel, with the arrivals that the coverage table names for each."""
    if m not in week.splits:
        return {k: week.work[k] for k in week.classes(m)}
    rows = _rows(week, coverage, m)
    return parts_of(week.work, week.splits[m], (rows["work_h"] - rows["rest_work_h"]).to_numpy(dtype=float))


def _rows(week: Week, coverage: pd.DataFrame, m: int) -> pd.DataFrame:
    return coverage[coverage["channel"] == week.channels[m]].sort_values("start")


def _done_and_opening(rows: pd.DataFrame, work: Work, *, is_rest: bool) -> tuple[Array, float]:
    """Work of a class done up to the end of each interval, and its backlog at the beginning."""
    done, backlog = rows["done_h"].to_numpy(dtype=float), rows["backlog_h"].to_numpy(dtype=float)
    if "rest_done_h" in rows and rows["rest_done_h"].notna().all():
        rest_done, rest_backlog = (
            rows["rest_done_h"].to_numpy(dtype=float),
            rows["rest_backlog_h"].to_numpy(dtype=float),
        )
        done, backlog = (rest_done, rest_backlog) if is_rest else (done - rest_done, backlog - rest_backlog)
    return np.cumsum(done), float(backlog[0] + done[0] - work.arrivals[0])
