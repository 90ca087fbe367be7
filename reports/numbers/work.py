"""Work with a deadline over the week: what came, what was done, what was late.

Work is taken in order of arrival. With A(t) the agent-hours of work that had arrived by t (what was open when the week
began included), D(t) those done and L(t) those due, the backlog is A - D, and nothing is late as long as D >= L,
that is as long as the backlog is no larger than A - L.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reports.series import laid_out

if TYPE_CHECKING:
    from configs.horizon import Horizon
    from reports.run import Run
    from reports.series import Numbers

NOISE_H = 0.005
"""Agent-hours below this (18 seconds) are rounding, not work."""


@dataclass(frozen=True)
class Work:
    """The work of a deferrable channel; agent-hours throughout.

    `opening_h` was open when the week began, `left_h` is handed on, `judged_h` fell due within the week and
    `late_h` of it was not finished by then. `room` is the largest backlog with nothing
    late at the end of each interval.
    """

    opening_h: float
    arriving_h: float
    done_h: float
    left_h: float
    judged_h: float
    late_h: float
    oldest_h: float | None
    arriving: Numbers
    done: Numbers
    backlog: Numbers
    room: Numbers

    @property
    def in_time(self) -> float | None:
        """Share of the work that fell due which was finished by then; none when nothing fell due."""
        return None if self.judged_h <= NOISE_H else 1 - self.late_h / self.judged_h


def work_of(run: Run, channel: str) -> Work:
    """Count the work of a deferrable channel."""
    horizon, coverage = run.horizon, run.roster.coverage
    arriving, done, backlog, oldest = (
        np.nan_to_num(laid_out(coverage, channel, column, horizon))
        for column in ("work_h", "done_h", "backlog_h", "oldest_h")
    )
    opening = max(0.0, float(backlog[0] - arriving[0] + done[0]))
    due = _due(run, channel, horizon)
    arrived = opening + np.cumsum(arriving)
    finished = np.cumsum(done)
    late, judged = _late(arriving, arrived, finished, due)
    return Work(
        opening_h=opening,
        arriving_h=float(arriving.sum()),
        done_h=float(done.sum()),
        left_h=float(backlog[-1]),
        judged_h=judged,
        late_h=late if late > NOISE_H else 0.0,
        oldest_h=float(oldest.max()) if "oldest_h" in coverage.columns else None,
        arriving=arriving,
        done=done,
        backlog=backlog,
        room=arrived - _fallen_due(arriving, due, opening),
    )


def _due(run: Run, channel: str, horizon: Horizon) -> Numbers:
    """Return how many intervals are over when the work of each interval falls due; infinite beyond the week."""
    table = run.requirement.table
    due = np.full(horizon.size, np.inf)
    if "due" not in table.columns:
        return due
    rows = table[(table["channel"] == channel) & table["due"].notna()]
    step = 60.0 * horizon.interval_min
    at = horizon.starts.get_indexer(pd.DatetimeIndex(rows["start"]))
    ends = ((rows["due"] - horizon.begin).dt.total_seconds() / step).to_numpy(dtype=float)
    inside = (at >= 0) & (ends <= horizon.size + 1e-9)
    due[at[inside]] = np.maximum(1.0, np.ceil(ends[inside] - 1e-9))
    return due


def _late(arriving: Numbers, arrived: Numbers, finished: Numbers, due: Numbers) -> tuple[float, float]:
    """Agent-hours late and agent-hours that fell due, taken in order of arrival."""
    judged = np.isfinite(due) & (arriving > 0)
    by_then = finished[due[judged].astype(np.int64) - 1]
    late = np.clip(arrived[judged] - by_then, 0.0, arriving[judged])
    return float(late.sum()), float(arriving[judged].sum())


def _fallen_due(arriving: Numbers, due: Numbers, opening: float) -> Numbers:
    """Agent-hours due by the end of each interval; what was open at first is due no later than what arrives first."""
    size = len(arriving)
    judged = np.isfinite(due) & (arriving > 0)
    ends = due[judged].astype(np.int64) - 1
    falling = np.bincount(ends, weights=arriving[judged], minlength=size)
    if ends.size:
        falling[ends.min()] += opening
    return np.cumsum(falling)
