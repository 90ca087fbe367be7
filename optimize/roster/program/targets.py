"""Targets over a day or a week: people beyond the floors take steps, and steps add up to what a target asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from optimize.roster.inputs.week import Week
    from optimize.roster.program.layout import Layout
    from optimize.roster.program.model import Model


def people_take_steps(model: Model, week: Week, layout: Layout) -> None:
    """``sum_k f[n,t,k] - j[n,t] <= sum_{m of team n} overstaff[m,t] - understaff[m,t]``: people beyond the floors."""
    if week.service is None:
        return
    for number, team in enumerate(week.service.teams):
        for t, columns in enumerate(layout.service.step[number]):
            taken = [(int(column), 1.0) for column in columns if column >= 0]
            below = int(layout.service.below[number][t])
            if not taken and below < 0:
                continue
            there = [(int(layout.overstaff[m][t]), -1.0) for m in team]
            missing = [(int(layout.understaff[m][t]), 1.0) for m in team]
            lost = [(below, -1.0)] if below >= 0 else []
            model.row(f"steps_{number}_{t}", [*taken, *lost, *there, *missing], "<=", 0)


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
