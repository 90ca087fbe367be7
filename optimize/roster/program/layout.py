"""Column numbers of the program's variables: working patterns, starts, breaks, flows and work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from optimize.roster.inputs.activities import people_of_pool
from optimize.roster.program.service_columns import ServiceColumns, lay_out_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.breaks import BreakType
    from optimize.roster.inputs.week import ShiftType, StaffGroup, Week, WeekActivity
    from optimize.roster.program.model import Model
    from optimize.roster.schedule.break_windows import BreakWindows

Shifts = tuple[int, int, int]
"""Staff group, shift type and day."""


@dataclass(frozen=True)
class BreakColumns:
    """Cumulative count of people who have begun a break: one column for each interval from `first` on.

    A break that cannot move begins a fixed time after its shift, so it shares the columns of the shifts.
    """

    break_type: BreakType
    first: int
    columns: tuple[int, ...]

    @property
    def moves(self) -> bool:
        """Whether the break has columns of its own."""
        return self.break_type.moves


@dataclass(frozen=True)
class ShiftColumns:
    """Columns of the shifts one staff group begins on one day.

    ``started[k]`` counts people who begin at ``starts[k]`` or before; every rule about them compares two such counts.
    `windows` says where the breaks may lie.
    """

    starts: tuple[int, ...]
    started: tuple[int, ...]
    break_types: tuple[BreakColumns, ...]
    windows: BreakWindows

    @property
    def everybody(self) -> int:
        """Column that counts all who work that day."""
        return self.started[-1]


@dataclass(frozen=True)
class Layout:
    """All columns of the program.

    Parameters
    ----------
    pattern
        By staff group and subgroup: people on each working pattern.
    shifts
        By staff group, shift type and day: starts and breaks.
    flow
        By pool and channel: people at the channel in each interval; -1 where there is no column, as in all arrays here.
    understaff, overstaff
        By channel: people missing, and people beyond the requirement, in each interval.
    tier_shortage
        By channel and tier: people missing below the level of a tier of shortage.
    done, late
        By class of work: hours done since the week began less the opening backlog, and hours late, in each interval.
    backlog, terminal_backlog
        By class of work: hours the week begins with, and hours at its end beyond what the rule allows.
    dropped_days, rest_violation
        By staff group and day: people dropped from a working day, and people who rest too little before the next.
        Both are fixed at 0 except while a search over whole numbers runs.
    activity
        By activity and pool: people who begin the activity in each interval.
    meeting
        By activity held together: whether it begins in each interval.
    unheld
        By activity: people who cannot take part.
    blend
        By pool, live and deferrable channel: average agents who work for the latter between calls.
    service
        Columns of the targets over a day or a week.
    in_time, missed
        By deferrable channel with a share of a day or the week: hours chosen to be in time of what arrived up to the
        end of each interval, and hours missing for the share of each day or week.
    """

    pattern: dict[tuple[int, int], tuple[int, ...]]
    shifts: dict[Shifts, ShiftColumns]
    flow: dict[tuple[int, int], np.ndarray]
    understaff: dict[int, np.ndarray]
    tier_shortage: dict[tuple[int, int], np.ndarray]
    overstaff: dict[int, np.ndarray]
    done: dict[int, np.ndarray]
    late: dict[int, np.ndarray]
    backlog: dict[int, int]
    terminal_backlog: dict[int, int]
    dropped_days: dict[tuple[int, int], int]
    rest_violation: dict[tuple[int, int], int]
    activity: dict[tuple[int, int], np.ndarray]
    meeting: dict[int, np.ndarray]
    unheld: dict[int, int]
    blend: dict[tuple[int, int, int], np.ndarray]
    in_time: dict[int, np.ndarray]
    missed: dict[int, np.ndarray]
    service: ServiceColumns

    @property
    def fixed_at_zero(self) -> tuple[int, ...]:
        """Columns of activities, all of which must be whole."""
        begun = [*self.activity.values(), *self.meeting.values()]
        return tuple(int(c) for columns in begun for c in columns if c >= 0) + tuple(self.unheld.values())


def lay_out(model: Model, week: Week) -> Layout:
    """Make every column of the program, in a fixed order."""
    everybody = sum(staff_group.size for staff_group in week.staff_groups) + week.present.sum(axis=0).max()
    return Layout(
        pattern=_patterns(model, week),
        shifts=_shifts(model, week),
        flow=_flows(model, week),
        understaff={m: _per_interval(model, f"u_{m}", required) for m, required in week.live.items()},
        tier_shortage={
            (m, k): _where(model, f"v_{m}_{k}", tier.level)
            for m, tiers in week.tiers.items()
            for k, tier in enumerate(tiers)
        },
        overstaff={m: _per_interval(model, f"o_{m}", np.full(week.size, everybody)) for m in range(len(week.channels))},
        done={m: _done(model, week, m) for m in week.work},
        late={
            m: _per_interval(model, f"l_{m}", np.maximum(work.floor + work.backlog[1], 0))
            for m, work in week.work.items()
            if m not in week.always_in_time
        },
        backlog={m: model.column(f"b_{m}", *work.backlog) for m, work in week.work.items()},
        terminal_backlog={
            m: model.column(f"d_{m}", 0, work.arrived[-1] + work.backlog[1]) for m, work in week.work.items()
        },
        dropped_days=_never(model, week, "g"),
        rest_violation=_never(model, week, "w"),
        activity=_activities(model, week),
        meeting={
            i: _begin(model, f"m_{i}", activity, week, 1)
            for i, activity in enumerate(week.activities)
            if activity.together
        },
        unheld={
            i: model.column(f"e_{i}", 0, activity.count, integer=True) for i, activity in enumerate(week.activities)
        },
        blend=_blends(model, week),
        service=lay_out_service(model, week),
        in_time={
            m: _per_interval(model, f"z_{m}", week.work[split.in_time].arrived) for m, split in week.splits.items()
        },
        missed={
            m: _per_interval(model, f"k_{m}", np.array([span.required_h for span in split.spans]))
            for m, split in week.splits.items()
        },
    )


def _patterns(model: Model, week: Week) -> dict[tuple[int, int], tuple[int, ...]]:
    """Columns for people of a subgroup who work each of its patterns."""
    return {
        (c, h): tuple(
            model.column(f"y_{c}_{h}_{p}", 0, len(subgroup.agents), integer=True) for p in range(len(subgroup.patterns))
        )
        for c, staff_group in enumerate(week.staff_groups)
        for h, subgroup in enumerate(staff_group.subgroups)
    }


def _shifts(model: Model, week: Week) -> dict[Shifts, ShiftColumns]:
    """Columns of the shifts of each staff group, shift type and day that has a start."""
    return {
        (c, f, day): _shift_columns(model, staff_group, shift_type, (c, f, day))
        for c, staff_group in enumerate(week.staff_groups)
        for f, shift_type in enumerate(staff_group.shift_types)
        for day in range(week.horizon.days)
        if shift_type.starts[day]
    }


def _blends(model: Model, week: Week) -> dict[tuple[int, int, int], np.ndarray]:
    """Columns for agents of a pool who work for a deferrable channel between the calls of a live one."""
    return {
        (pool, m, work): _between(model, f"x_{pool}_{m}_{work}", np.where(week.worked(work), idle, 0.0))
        for pool, skills in enumerate(week.pools)
        for m, idle in week.blending.idle.items()
        for work in week.blending.worth
        if m in skills and work in skills
    }


def _between(model: Model, stem: str, idle: np.ndarray) -> np.ndarray:
    columns = np.full(len(idle), -1)
    for t in np.flatnonzero(idle > 0).tolist():
        columns[t] = model.column(f"{stem}_{t}", 0, float(idle[t]))
    return columns


def _activities(model: Model, week: Week) -> dict[tuple[int, int], np.ndarray]:
    """Columns for people of a pool who begin an activity, where any of them take part."""
    able = {
        (i, pool): len(people_of_pool(week, activity, pool))
        for i, activity in enumerate(week.activities)
        for pool in range(len(week.pools))
    }
    return {
        (i, pool): _begin(model, f"q_{i}_{pool}", week.activities[i], week, people)
        for (i, pool), people in able.items()
        if people
    }


def _begin(model: Model, stem: str, activity: WeekActivity, week: Week, most: int) -> np.ndarray:
    columns = np.full(week.size, -1)
    for t in activity.starts:
        columns[t] = model.column(f"{stem}_{t}", 0, most, integer=True)
    return columns


def _never(model: Model, week: Week, stem: str) -> dict[tuple[int, int], int]:
    """Columns fixed at 0, which a search over whole numbers may free."""
    days = range(week.horizon.days)
    return {(c, day): model.column(f"{stem}_{c}_{day}", 0, 0) for c in range(len(week.staff_groups)) for day in days}


def _shift_columns(model: Model, staff_group: StaffGroup, shift_type: ShiftType, key: Shifts) -> ShiftColumns:
    stem = "_".join(map(str, key))
    starts = shift_type.starts[key[2]]
    started = tuple(model.column(f"n_{stem}_{k}", 0, staff_group.size, integer=True) for k in range(len(starts)))
    break_types = []
    for b, break_type in enumerate(shift_type.break_types):
        moments = shift_type.breaks.moments(b, starts).tolist()
        if break_type.moves:
            columns = tuple(
                model.column(f"p_{stem}_{b}_{i}", 0, staff_group.size, integer=True) for i in range(len(moments))
            )
        else:
            opened, _ = shift_type.breaks.begun(b, starts)
            columns = tuple(started[n - 1] for n in opened)
        break_types.append(BreakColumns(break_type, moments[0], columns))
    return ShiftColumns(starts, started, tuple(break_types), shift_type.breaks)


def _per_interval(model: Model, stem: str, upper: np.ndarray) -> np.ndarray:
    return np.array([model.column(f"{stem}_{t}", 0, high) for t, high in enumerate(upper)])


def _where(model: Model, stem: str, upper: np.ndarray) -> np.ndarray:
    """Return a column for each interval in which there may be something to count, -1 elsewhere."""
    return np.array([model.column(f"{stem}_{t}", 0, high) if high > 0 else -1 for t, high in enumerate(upper)])


def _done(model: Model, week: Week, m: int) -> np.ndarray:
    work = week.work[m]
    low = -work.backlog[1]
    return np.array([model.column(f"s_{m}_{t}", low, high) for t, high in enumerate(work.arrived)])


def _flows(model: Model, week: Week) -> dict[tuple[int, int], np.ndarray]:
    """Columns for people of a pool at a channel, where it needs somebody.

    In intervals in which no channel of theirs needs people, they are counted at a live channel if they have one.
    """
    size = {
        pool: sum(staff_group.size for staff_group in week.staff_groups if staff_group.pool == pool)
        + week.present[pool].max()
        for pool in range(len(week.pools))
    }
    flow = {}
    for pool, skills in enumerate(week.pools):
        wanted = {m: (week.live[m] > 0 if m in week.live else week.worked(m)) for m in skills}
        idle = ~np.any(list(wanted.values()), axis=0)
        home = next((m for m in skills if m in week.live), skills[0])
        wanted[home] = wanted[home] | idle
        for m in skills:
            flow[pool, m] = np.array(
                [model.column(f"a_{pool}_{m}_{t}", 0, size[pool]) if wanted[m][t] else -1 for t in range(week.size)]
            )
    return flow


def on_duty(shift: ShiftColumns, length: int, *, break_types: str = "all") -> Iterator[tuple[int, int, float]]:
    """Yield (interval, column, coefficient) of the people at work: started, not finished, not on a break.

    Interval numbers go on past the end of the horizon. With ``break_types="unpaid"`` only unpaid breaks are taken
    off, which counts paid time.
    """
    starts, started = np.array(shift.starts), shift.started
    for t in range(shift.starts[0], shift.starts[-1] + length):
        begun = int(np.searchsorted(starts, t, side="right")) - 1
        gone = int(np.searchsorted(starts, t - length, side="right")) - 1
        if begun == gone:
            continue
        yield t, started[begun], 1.0
        if gone >= 0:
            yield t, started[gone], -1.0
    for break_type in shift.break_types:
        if break_types == "unpaid" and break_type.break_type.paid:
            continue
        yield from _on_break(break_type)


def _on_break(break_type: BreakColumns) -> Iterator[tuple[int, int, float]]:
    """A break begun at u lasts over u .. u + length - 1; before the first column nobody has begun."""
    columns, last = break_type.columns, len(break_type.columns) - 1
    for i in range(last + break_type.break_type.length):
        t = break_type.first + i
        yield t, columns[min(i, last)], -1.0
        if i >= break_type.break_type.length:
            yield t, columns[i - break_type.break_type.length], 1.0


def duty_matrix(week: Week, layout: Layout, columns: int) -> sparse.csr_matrix:
    """Matrix that turns column values into people at work: row ``pool * size + interval``."""
    rows: list[int] = []
    cols: list[int] = []
    values: list[float] = []
    for (c, f, _), shift in layout.shifts.items():
        staff_group = week.staff_groups[c]
        for t, column, value in on_duty(shift, staff_group.shift_types[f].length):
            interval = week.interval(t)
            if interval is not None:
                rows.append(staff_group.pool * week.size + interval)
                cols.append(column)
                values.append(value)
    for row, column in _away(week, layout):
        rows.append(row)
        cols.append(column)
        values.append(-1.0)
    shape = (len(week.pools) * week.size, columns)
    return sparse.coo_matrix((np.array(values), (np.array(rows), np.array(cols))), shape=shape).tocsr()


def _away(week: Week, layout: Layout) -> Iterator[tuple[int, int]]:
    """Yield (row of the duty matrix, column) of people who take part in an activity and so are not at a channel."""
    for (i, pool), columns in layout.activity.items():
        for t in np.flatnonzero(columns >= 0).tolist():
            for moment in range(t, t + week.activities[i].length):
                yield pool * week.size + moment, int(columns[t])
