"""Rules about channels: people at work go to channels, channels get the people they need, work meets its deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.program.blend_rules import blended

if TYPE_CHECKING:
    from scipy import sparse

    from optimize.roster.inputs.week import Week
    from optimize.roster.program.layout import Layout
    from optimize.roster.program.model import Model


def people_are_at_one_channel(model: Model, week: Week, layout: Layout, duty: sparse.csr_matrix) -> None:
    """``sum_m a[s,m,t] == on_duty[s,t] + present[s,t]``: everybody at work counts once, at a channel of their skills.

    `present` are people of the previous week whose shift runs into this one.
    """
    for pool, skills in enumerate(week.pools):
        for t in range(week.size):
            row = duty.getrow(pool * week.size + t)
            flows = [(int(layout.flow[pool, m][t]), 1.0) for m in skills if layout.flow[pool, m][t] >= 0]
            there = float(week.present[pool, t])
            if not row.nnz and not there:
                for column, _ in flows:
                    model.row(f"nobody_{pool}_{t}_{column}", [(column, 1.0)], "<=", 0)
                continue
            present = [(int(column), -float(value)) for column, value in zip(row.indices, row.data, strict=True)]
            model.row(f"place_{pool}_{t}", flows + present, "==", there)


def live_channels_are_covered(model: Model, week: Week, layout: Layout) -> dict[int, list[int]]:
    """``sum_s a[s,m,t] + understaff[m,t] - overstaff[m,t] == required[m,t]``; returns the rows by channel."""
    rows: dict[int, list[int]] = {}
    for m, required in week.live.items():
        rows[m] = []
        for t in range(week.size):
            terms = [
                *_people(layout, m, t),
                (int(layout.understaff[m][t]), 1.0),
                (int(layout.overstaff[m][t]), -1.0),
            ]
            rows[m].append(model.row(f"cover_{m}_{t}", terms, "==", float(required[t])))
    return rows


def work_is_done_by_people(model: Model, week: Week, layout: Layout) -> dict[int, list[int]]:
    """``h * sum_s a[s,m,t] - h * overstaff[m,t] == sum_{k of m} done[k,t] - done[k,t-1]``, `h` hours to an interval.

    Work done between calls is added to that of the people at the channel. Returns the row of each channel and interval.
    """
    rows: dict[int, list[int]] = {}
    hours = week.horizon.interval_h
    for m in sorted({work.channel for work in week.work.values()}):
        classes, rows[m] = week.classes(m), []
        for t in range(week.size):
            people = [(column, hours) for column, _ in _people(layout, m, t)]
            now = [(int(layout.done[k][t]), -1.0) for k in classes]
            before = [_before(layout, k, t) for k in classes]
            people += [(column, hours * value) for column, value in blended(week, layout, m, t)]
            terms = [*people, (int(layout.overstaff[m][t]), -hours), *now, *before]
            rows[m].append(model.row(f"work_{m}_{t}", terms, "==", 0))
    return rows


def _before(layout: Layout, k: int, t: int) -> tuple[int, float]:
    """Work of a class done before interval t: at the beginning of the week, minus the backlog."""
    return (int(layout.done[k][t - 1]), 1.0) if t else (layout.backlog[k], -1.0)


def work_never_goes_back(model: Model, week: Week, layout: Layout) -> None:
    """``done[k,t-1] <= done[k,t]``, beginning from minus the backlog; equal outside the hours the work is done in."""
    for k, work in week.work.items():
        for t in range(week.size):
            terms = [_before(layout, k, t), (int(layout.done[k][t]), -1.0)]
            model.row(f"forward_{k}_{t}", terms, "<=" if work.worked[t] else "==", 0)


def work_meets_its_deadline(model: Model, week: Week, layout: Layout) -> dict[int, list[int]]:
    """``done[k,t] + late[k,t] >= floor[k,t]``: what is not done when it is due is late until it is done.

    Returns the row of each class of work and interval.
    """
    rows: dict[int, list[int]] = {}
    for k, work in week.work.items():
        if k in week.chosen:
            continue
        rows[k] = []
        for t in range(week.size):
            terms = [(int(layout.done[k][t]), 1.0), (int(layout.late[k][t]), 1.0)]
            rows[k].append(model.row(f"due_{k}_{t}", terms, ">=", float(work.floor[t])))
    return rows


def week_hands_on_what_it_found(model: Model, week: Week, layout: Layout) -> None:
    """``done[k,T-1] + terminal_backlog[k] >= arrived[k] - backlog[k]``: the backlog does not grow over the week."""
    for k, work in week.work.items():
        if work.ending.as_found and k not in week.chosen:
            terms = [(int(layout.done[k][-1]), 1.0), (layout.terminal_backlog[k], 1.0), (layout.backlog[k], 1.0)]
            model.row(f"hand_on_{k}", terms, ">=", work.ending.level)


def week_ends_with_its_work_done(model: Model, week: Week, layout: Layout) -> None:
    """``done[k,e] + terminal_backlog[k] >= level[k]``: all arrivals up to the last open interval e, or all work due.

    Only with ``at_end = "clear"`` or ``"due"``; without this row, work late at the end of the week would cost nothing.
    """
    for k, work in week.work.items():
        if not work.ending.as_found and k not in week.chosen:
            terms = [(int(layout.done[k][work.ending.interval]), 1.0), (layout.terminal_backlog[k], 1.0)]
            model.row(f"ending_{k}", terms, ">=", work.ending.level)


def _people(layout: Layout, m: int, t: int) -> list[tuple[int, float]]:
    return [(int(flow[t]), 1.0) for (_, channel), flow in sorted(layout.flow.items()) if channel == m and flow[t] >= 0]
