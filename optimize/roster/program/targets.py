"""Targets over a day or a week: people beyond the floors take steps, and steps add up to what a target asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optimize.roster.inputs.service import Ladder
    from optimize.roster.inputs.week import Week
    from optimize.roster.program.layout import Layout
    from optimize.roster.program.model import Model


def people_take_steps(model: Model, week: Week, layout: Layout) -> dict[int, list[int]]:
    """``sum_k f[n,t,k] - j[n,t] <= people beyond the floors`` of each ladder, by their weights.

    They are ``others * sum_m (overstaff[m,t] - understaff[m,t]) + (own - others) * able[t] - (1 - others) * floor[t]``,
    and no more than those who can serve its channel stand for, ``most[t] * able[t] - floor[t]``.
    Returns the first of these rows of each ladder and interval; -1 where there is nothing to gain or to lose.
    """
    rows: dict[int, list[int]] = {}
    for number, ladder in enumerate(() if week.service is None else week.service.ladders):
        rows[number] = [-1] * week.size
        for t, columns in enumerate(layout.service.step[number]):
            taken = [(int(column), 1.0) for column in columns if column >= 0]
            below = int(layout.service.below[number][t])
            if not taken and below < 0:
                continue
            taken += [(below, -1.0)] if below >= 0 else []
            there = [(int(layout.overstaff[m][t]), -ladder.others) for m in ladder.team]
            missing = [(int(layout.understaff[m][t]), ladder.others) for m in ladder.team]
            able = list(able_flows(week, layout, ladder, t))
            more = [(column, ladder.others - ladder.own) for column in able]
            floor = float(ladder.floor[t])
            rows[number][t] = model.row(
                f"steps_{number}_{t}", [*taken, *there, *missing, *more], "<=", (ladder.others - 1.0) * floor
            )
            if ladder.most is not None:
                stand = [(column, -float(ladder.most[t])) for column in able]
                model.row(f"able_{number}_{t}", [*taken, *stand], "<=", -floor)
    return rows


def able_flows(week: Week, layout: Layout, ladder: Ladder, t: int) -> Iterator[int]:
    """Flows of people at the channels of a team who can serve the channel that counts them for more."""
    for (pool, m), flow in sorted(layout.flow.items()):
        if ladder.channel is not None and m in ladder.team and ladder.channel in week.pools[pool] and flow[t] >= 0:
            yield int(flow[t])


def targets_are_met(model: Model, week: Week, layout: Layout) -> list[int]:
    """``sum gain[n,t,k] f[n,t,k] - gain[n,t,0] j[n,t] + missed - spare == needed - gain at the floors``."""
    rows: list[int] = []
    service = week.service
    if service is None:
        return rows
    for i, row in enumerate(service.rows):
        terms = [(layout.service.missed[i], 1.0), (layout.service.spare[i], -1.0)]
        for number, gain in row.gain.items():
            columns, below = layout.service.step[number], layout.service.below[number]
            step = gain.step[:, : columns.shape[1]]
            at = np.nonzero((columns >= 0) & (step > 0))
            terms += zip(columns[at].tolist(), step[at].tolist(), strict=True)
            if step.shape[1]:
                losing = np.flatnonzero((below >= 0) & (step[:, 0] > 0))
                terms += zip(below[losing].tolist(), (-step[losing, 0]).tolist(), strict=True)
        rows.append(model.row(f"target_{i}", terms, "==", row.needed - row.at_floor))
    return rows


def missed_targets(model: Model, week: Week, layout: Layout) -> None:
    """``sum_rows price * missed``: what a target lacks."""
    if week.service is not None:
        model.add_cost((c, row.price) for c, row in zip(layout.service.missed, week.service.rows, strict=True))
