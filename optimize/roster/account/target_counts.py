"""What the people of a finished week give the targets over a day or a week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.inputs.service import Present
from optimize.roster.result import TargetCount

if TYPE_CHECKING:
    import pandas as pd

    from optimize.roster.inputs.service import TargetRow
    from optimize.roster.inputs.week import Week
    from optimize.roster.program import Program
    from optimize.roster.program.solution import Solution


def target_counts(program: Program, coverage: pd.DataFrame, relaxed: Solution) -> tuple[TargetCount, ...]:
    """Count every target row; its worth is the price of the relaxed week."""
    service = program.week.service
    if service is None:
        return ()
    paid = relaxed.duals[program.rows.targets] if relaxed.duals.size else [0.0] * len(service.rows)
    return tuple(
        TargetCount(row.target, row.measure, row.day, row.volume, row.needed, got, max(float(worth), 0.0), row.price)
        for (row, got), worth in zip(_reached(program.week, coverage), paid, strict=True)
    )


def counted_again(week: Week, coverage: pd.DataFrame, before: tuple[TargetCount, ...]) -> tuple[TargetCount, ...]:
    """Count every target row of a changed roster; what a contact is worth stays as it was."""
    worth = {each.key: each.worth for each in before}
    return tuple(
        TargetCount(*row.key, row.volume, row.needed, got, worth.get(row.key, 0.0), row.price)
        for row, got in _reached(week, coverage)
    )


def missed_targets(week: Week, coverage: pd.DataFrame) -> float:
    """Price of what targets lack."""
    return sum(row.price * max(row.needed - got, 0.0) for row, got in _reached(week, coverage))


def _reached(week: Week, coverage: pd.DataFrame) -> list[tuple[TargetRow, float]]:
    """Every target row with the gain it gets."""
    if week.service is None:
        return []
    return list(zip(week.service.rows, week.service.reached(present_by(coverage, week.channels)), strict=True))


def present_by(coverage: pd.DataFrame, channels: tuple[str, ...]) -> Present:
    """People at the live channels by a ``coverage`` table."""
    over, able = {}, {}
    for m, name in enumerate(channels):
        rows = coverage[coverage["channel"] == name].sort_values("start")
        over[m] = (rows["staffed"] - rows["required"]).to_numpy(dtype=float)
        if "able" in rows:
            able[m] = rows["able"].to_numpy(dtype=float)
    return Present(over, able)
