"""Work with a deadline over the week: arrivals, work done, work late.

Work is taken in order of arrival, what was open when the week began first. With A(t) the agent-hours of work that had
arrived by t (what was open at first included), D(t) those done and L(t) those due, the backlog is A - D, and nothing
is late as long as D >= L, that is as long as the backlog is no larger than A - L.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from reports.series import laid_out

if TYPE_CHECKING:
    from reports.run import Rostered
    from reports.series import Numbers

NOISE_H = 0.005
"""Agent-hours below this (18 seconds) are rounding, not work."""


@dataclass(frozen=True)
class Work:
    """The work of a deferrable channel; agent-hours throughout.

    `opening_h` was open when the week began, `left_h` carries over to the next, `judged_h` fell due within the week and
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


def work_of(made: Rostered, channel: str) -> Work:
    """Count the work of a deferrable channel."""
    horizon, coverage = made.horizon, made.roster.coverage
    arriving, done, backlog, oldest = (
        np.nan_to_num(laid_out(coverage, channel, column, horizon))
        for column in ("work_h", "done_h", "backlog_h", "oldest_h")
    )
    opening = max(0.0, float(backlog[0] - arriving[0] + done[0]))
    due = _due(made, channel)
    queue = _queue(arriving, due, opening, _backlog_due(made, channel, arriving, due))
    late, judged = _told(made, channel, arriving, due) or _late(queue, np.cumsum(done))
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
        room=opening + np.cumsum(arriving) - _owed(made, channel, arriving, opening, queue),
    )


def _owed(made: Rostered, channel: str, arriving: Numbers, opening: float, queue: Queue) -> Numbers:
    """Agent-hours due by the end of each interval; work outside the target share is due later."""
    settings, size = made.config.channels[channel], made.horizon.size
    share = settings.target.share if settings.kind == "deferrable" else 1.0
    if "rest_work_h" in made.roster.coverage.columns and share < 1 and made.config.span_of(channel) != "interval":
        return _owed_by_lane(made, channel)
    if share == 1 or "rest_due" not in made.requirement.columns:
        return queue.owed(size)
    later = _due(made, channel, "rest_due")
    rest = _queue(arriving, later, opening, _backlog_due(made, channel, arriving, later))
    return np.asarray(share * queue.owed(size) + (1 - share) * rest.owed(size))


def _owed_by_lane(made: Rostered, channel: str) -> Numbers:
    """Agent-hours due by the end of each interval where the coverage says which work is in time, and which is later."""
    coverage, horizon, names = made.roster.coverage, made.horizon, ("work_h", "done_h", "backlog_h")
    arriving, done, backlog = (np.nan_to_num(laid_out(coverage, channel, name, horizon)) for name in names)
    rest = [np.nan_to_num(laid_out(coverage, channel, f"rest_{name}", horizon)) for name in names]
    owed = np.zeros(horizon.size)
    prompt = (arriving - rest[0], done - rest[1], backlog - rest[2])
    for (came, finished, waits), column in ((prompt, "due"), (tuple(rest), "rest_due")):
        due = _due(made, channel, column)
        opening = max(0.0, float(waits[0] + finished[0] - came[0]))
        owed += _queue(came, due, opening, _backlog_due(made, channel, arriving, due)).owed(horizon.size)
    return owed


@dataclass(frozen=True)
class Queue:
    """Work in the order it is taken: agent-hours, and how many intervals are over when each falls due."""

    hours: Numbers
    due: Numbers

    def owed(self, size: int) -> Numbers:
        """Agent-hours that have fallen due by the end of each of `size` intervals."""
        inside = self.due <= size
        ends = self.due[inside].astype(np.int64) - 1
        return np.cumsum(np.bincount(ends, weights=self.hours[inside], minlength=size), dtype=np.float64)


def _told(made: Rostered, channel: str, arriving: Numbers, due: Numbers) -> tuple[float, float] | None:
    """Agent-hours late and judged where the target is a share: the coverage says which work had to wait."""
    settings, coverage = made.config.channels[channel], made.roster.coverage
    if settings.kind != "deferrable" or settings.target.share == 1 or "on_time" not in coverage.columns:
        return None
    share = laid_out(coverage, channel, "on_time", made.horizon)
    judged = (due <= made.horizon.size) & ~np.isnan(share)
    return float(((1 - share) * arriving)[judged].sum()), float(arriving[judged].sum())


def _backlog_due(made: Rostered, channel: str, arriving: Numbers, due: Numbers) -> Numbers | None:
    """Share of a known backlog that is due by the end of each interval; None where the week is a circle."""
    from optimize.roster.inputs.carryover_backlog import due_of_waiting, found_waiting
    from optimize.roster.inputs.work import share_due

    settings = made.config.channels[channel]
    if settings.kind != "deferrable":
        return None
    left = found_waiting(made.roster.people.waiting, made.config, channel)
    if left is not None:
        due_h = sum(due_of_waiting(part, made.horizon) for part in left.values())
        return np.asarray(due_h / max(sum(part["work_h"].sum() for part in left.values()), NOISE_H))
    if settings.backlog is None:
        return None
    ends = np.where(np.isfinite(due), due - 1, made.horizon.size).astype(np.int64)
    return share_due(settings, made.horizon, arriving, ends)


def _queue(arriving: Numbers, due: Numbers, opening: float, backlog_due: Numbers | None) -> Queue:
    """Put what was open when the week began before what arrives.

    In a circular week the backlog is what the end of last week left, due as much earlier; what it holds beyond that is
    due at once. A backlog that was counted and stated is due as `backlog_due` says.
    """
    size, there = len(arriving), arriving > 0
    found: list[tuple[float, float]] = []
    if opening > 0 and backlog_due is None:
        left = there & (due > size)
        excess = opening - float(arriving[left].sum())
        found = [(max(0.0, excess), 1.0), *zip(arriving[left], np.maximum(1.0, due[left] - size), strict=True)]
        found = _shortened(found, max(0.0, -excess))
    elif opening > 0 and backlog_due is not None:
        steps = opening * np.diff(backlog_due, prepend=0.0)
        found = [(float(hours), float(end + 1)) for end, hours in enumerate(steps) if hours > 0]
    hours = np.array([*(hour for hour, _ in found), *arriving[there]])
    return Queue(hours, np.array([*(end for _, end in found), *due[there]]))


def _shortened(queue: list[tuple[float, float]], done: float) -> list[tuple[float, float]]:
    """Take from the front of a queue what is done already."""
    rest = []
    for hours, due in queue:
        rest.append((max(0.0, hours - done), due))
        done = max(0.0, done - hours)
    return rest


def _due(made: Rostered, channel: str, column: str = "due") -> Numbers:
    """Return how many intervals are over when the work of each interval falls due; infinite where nothing is said."""
    horizon, table = made.horizon, made.requirement
    due = np.full(horizon.size, np.inf)
    if column not in table.columns:
        return due
    rows = table[(table["channel"] == channel) & table[column].notna()]
    at = horizon.starts.get_indexer(pd.DatetimeIndex(rows["start"]))
    elapsed = (rows[column] - horizon.begin).dt.total_seconds().to_numpy(dtype=float)
    ends = np.maximum(1.0, np.floor(elapsed / (60.0 * horizon.interval_min) + 1e-9))
    due[at[at >= 0]] = ends[at >= 0]
    return due


def _late(queue: Queue, finished: Numbers) -> tuple[float, float]:
    """Agent-hours late and agent-hours that fell due."""
    inside = queue.due <= len(finished)
    position, hours = np.cumsum(queue.hours)[inside], queue.hours[inside]
    by_then = finished[queue.due[inside].astype(np.int64) - 1]
    late = np.clip(position - by_then, 0.0, hours)
    return float(late.sum()), float(hours.sum())
