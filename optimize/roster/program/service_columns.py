"""Columns of the targets over a day or a week."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.inputs.service import ServiceModel, TargetRow
    from optimize.roster.inputs.week import Week
    from optimize.roster.program.model import Model

    Columns = NDArray[np.int64]


@dataclass(frozen=True)
class ServiceColumns:
    """Columns of the targets; -1 where there is none.

    Parameters
    ----------
    step
        By ladder: people on each step of each interval; shape (T, K).
    below
        By ladder: people missing below the floors, who lose the first step each; shape (T,).
    missed
        By target row: gain short of what is asked for.
    spare
        By target row: gain beyond what is asked for.
    """

    step: tuple[Columns, ...] = ()
    below: tuple[Columns, ...] = ()
    missed: tuple[int, ...] = ()
    spare: tuple[int, ...] = ()
    by_step: tuple[Columns, ...] = field(default=(), compare=False)
    """The columns of `step` again, one array over the intervals for each step of each ladder."""

    @property
    def per_interval(self) -> tuple[Columns, ...]:
        """Columns that belong to an interval, each array over the intervals."""
        return (*self.by_step, *self.below)


def lay_out_service(model: Model, week: Week) -> ServiceColumns:
    """Make the columns of the targets; none where every interval is planned by itself."""
    service = week.service
    if service is None:
        return ServiceColumns()
    step, below = [], []
    for number, ladder in enumerate(service.ladders):
        most = int(ladder.steps.max(initial=0))
        columns = np.full((week.size, most), -1)
        for t, k in zip(*np.nonzero(np.arange(most)[None, :] < ladder.steps[:, None]), strict=True):
            columns[t, k] = model.column(f"f_{number}_{t}_{k}", 0, 1)
        lost = [model.column(f"j_{number}_{t}", 0, high) if high > 0 else -1 for t, high in enumerate(ladder.floor)]
        step.append(columns)
        below.append(np.array(lost))
    missed = tuple(model.column(f"r_{i}", 0, _most_missed(service, row)) for i, row in enumerate(service.rows))
    spare = tuple(
        model.column(f"t_{i}", 0, max(row.attainable - row.needed, 0.0)) for i, row in enumerate(service.rows)
    )
    by_step = tuple(columns[:, k] for columns in step for k in range(columns.shape[1]))
    return ServiceColumns(tuple(step), tuple(below), missed, spare, by_step)


def _most_missed(service: ServiceModel, row: TargetRow) -> float:
    """What a target lacks where nobody works at all."""
    most = row.needed - row.at_floor
    for number, gain in row.gain.items():
        if gain.step.shape[1]:
            most += float(service.ladders[number].floor @ gain.step[:, 0])
    return max(most, 0.0)
