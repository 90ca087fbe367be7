"""The rows of a roster as the verifier reads them: on time stamps, with the shift type each row is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from configs.tables import records
from optimize.roster.verify.kinds import kind_of
from optimize.roster.verify.texts import activities_of, breaks_of

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from numpy.typing import NDArray

    from configs.schema import Config, Shift
    from optimize.roster.verify.texts import Segment


@dataclass(frozen=True)
class Duty:
    """One row of the roster with its shift type; None where no shift type of the contract fits.

    `starts` holds the beginning of each of its intervals in seconds since 1970; `works` and `paid` say whether the
    person is at work in it, and whether it is paid. `activities` is None where the cell cannot be read.
    """

    row: dict[str, Any]
    kind: Shift | None
    starts: NDArray[np.int64]
    works: NDArray[np.bool_]
    paid: NDArray[np.bool_]
    break_spans: tuple[tuple[datetime, datetime], ...] = ()
    activities: tuple[Segment, ...] | None = ()


def read_duties(config: Config, table: pd.DataFrame) -> list[Duty]:
    """Read every row of a roster, in order of agent and start."""
    return [_duty(config, row) for row in records(table.sort_values(["agent", "start"], kind="stable"))]


def _duty(config: Config, row: dict[str, Any]) -> Duty:
    starts = np.arange(row["start"].timestamp(), row["end"].timestamp(), config.plan.interval_s).astype(np.int64)
    works, paid = np.ones(len(starts), dtype=bool), np.ones(len(starts), dtype=bool)
    kind, break_spans = kind_of(config, row), breaks_of(row, config.plan.zone) or ()
    rules = config.contracts[str(row["contract"])].breaks_of(kind) if kind else ()
    for i, (first, last) in enumerate(break_spans):
        resting = (first.timestamp() <= starts) & (starts < last.timestamp())
        # Breaks that no kind of the contract has are breaks all the same; nothing says that they are unpaid.
        works[resting], paid[resting] = False, rules[i].paid if kind else True
    activities = activities_of(row, config.plan.zone)
    unpaid = {activity.name for activity in config.activities if not activity.paid}
    for each in activities or ():
        away = (each.start.timestamp() <= starts) & (starts < each.end.timestamp())
        works[away] = False
        paid[away] &= each.name not in unpaid
    return Duty(row, kind, starts, works, paid, break_spans, activities)
