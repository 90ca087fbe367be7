"""Rules about channels: people at work go to channels, channels get the people they need, work meets its deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy import sparse

    from optimize.roster.layout import Layout
    from optimize.roster.solver import Model
    from optimize.roster.week import Week


def people_are_at_one_channel(model: Model, week: Week, layout: Layout, duty: sparse.csr_matrix) -> None:
    """``sum_m a[s,m,t] == on_duty[s,t]``: everybody at work counts once, at a channel they have the skill for."""
    for pool, skills in enumerate(week.pools):
        for t in range(week.size):
            row = duty.getrow(pool * week.size + t)
            flows = [(int(layout.flow[pool, m][t]), 1.0) for m in skills if layout.flow[pool, m][t] >= 0]
            if not row.nnz:
                for column, _ in flows:
                    model.row(f"nobody_{pool}_{t}_{column}", [(column, 1.0)], "<=", 0)
                continue
            present = [(int(column), -float(value)) for column, value in zip(row.indices, row.data, strict=True)]
            model.row(f"place_{pool}_{t}", flows + present, "==", 0)


def live_channels_are_covered(model: Model, week: Week, layout: Layout) -> None:
    """``sum_s a[s,m,t] + short[m,t] - over[m,t] == required[m,t]``."""
    for m, required in week.live.items():
        for t in range(week.size):
            terms = [
                *_people(layout, m, t),
                (int(layout.short[m][t]), 1.0),
                (int(layout.over[m][t]), -1.0),
            ]
            model.row(f"cover_{m}_{t}", terms, "==", float(required[t]))


def work_is_done_by_people(model: Model, week: Week, layout: Layout) -> None:
    """``h * sum_s a[s,m,t] - h * over[m,t] == done[m,t] - done[m,t-1]``, `h` hours to an interval."""
    hours = week.horizon.interval_h
    for m in week.work:
        done = layout.done[m]
        for t in range(week.size):
            people = [(column, hours) for column, _ in _people(layout, m, t)]
            before = (int(done[t - 1]), 1.0) if t else (layout.backlog[m], -1.0)
            model.row(
                f"work_{m}_{t}",
                [*people, (int(layout.over[m][t]), -hours), (int(done[t]), -1.0), before],
                "==",
                0,
            )


def work_never_goes_back(model: Model, week: Week, layout: Layout) -> None:
    """``done[m,t-1] <= done[m,t]``, beginning from minus the backlog."""
    for m in week.work:
        done = layout.done[m]
        for t in range(week.size):
            before = (int(done[t - 1]), 1.0) if t else (layout.backlog[m], -1.0)
            model.row(f"forward_{m}_{t}", [before, (int(done[t]), -1.0)], "<=", 0)


def work_meets_its_deadline(model: Model, week: Week, layout: Layout) -> None:
    """``done[m,t] + late[m,t] >= floor[m,t]``: what is not done when it is due is late until it is done."""
    for m, work in week.work.items():
        for t in range(week.size):
            terms = [(int(layout.done[m][t]), 1.0), (int(layout.late[m][t]), 1.0)]
            model.row(f"due_{m}_{t}", terms, ">=", float(work.floor[t]))


def week_hands_on_what_it_found(model: Model, week: Week, layout: Layout) -> None:
    """``done[m,T-1] + undone[m] >= arrived[m] - backlog[m]``: the backlog at the end is no larger than at the start."""
    for m, work in week.work.items():
        terms = [(int(layout.done[m][-1]), 1.0), (layout.undone[m], 1.0), (layout.backlog[m], 1.0)]
        model.row(f"hand_on_{m}", terms, ">=", float(work.arrived[-1]))


def _people(layout: Layout, m: int, t: int) -> list[tuple[int, float]]:
    return [(int(flow[t]), 1.0) for (_, channel), flow in sorted(layout.flow.items()) if channel == m and flow[t] >= 0]
