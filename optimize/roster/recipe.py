"""The recipe of a roster: relax, round, tie into tours, place breaks, polish, name, recount."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from configs.errors import InfeasibleError
from configs.notes import Note
from configs.tables import records
from optimize.roster.assemble import assemble
from optimize.roster.breaks import hand_out_breaks
from optimize.roster.naming import name_tours
from optimize.roster.people import check_people
from optimize.roster.polish import place_breaks, polish
from optimize.roster.price import price
from optimize.roster.program import build
from optimize.roster.result import People, Roster, Status
from optimize.roster.rounding import round_patterns, round_shifts
from optimize.roster.solver import Limits, require
from optimize.roster.tables import coverage_table, roster_table
from optimize.roster.tours import Tour, counts_of, make_tours
from optimize.roster.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.program import Program

NIGHT_BEFORE = (
    "the first hours of the week are covered by the night shift that begins on its last day, "
    "taken to be staffed alike the week before"
)
BREAK_SECONDS = 20.0
BREAK_NODES = 2000


def plan_week(
    config: Config,
    horizon: Horizon,
    requirement: pd.DataFrame,
    people: People,
    tell: Callable[[str, float | None], None] = lambda _word, _gap: None,
) -> Roster:
    """Make, price and verify the roster of a week.

    Parameters
    ----------
    config
        The rules, costs and limits.
    horizon
        The week.
    requirement
        The ``requirement`` table; every interval of the week and every channel.
    people
        Agents, leave and requests.
    tell
        Called with the name of the stage and, while searching, the gap.

    Raises
    ------
    InfeasibleError
        The guaranteed days of a contract cannot be worked within its rules.
    VerificationError
        The recount differs.
    """
    begun = time.perf_counter()
    week = assemble(config, horizon, requirement, check_people(config, people))
    tell("building the program", None)
    program = build(week)
    limits = Limits(config.roster.time_limit.total_seconds(), config.roster.gap, seed=config.plan.seed)
    values, bound, status = _search(program, limits, begun, tell)
    values, tours = _tours(program, values)
    named = name_tours(week, tours, people.requests)
    names = {str(row["agent"]): str(row["name"] or row["agent"]) for row in records(people.agents)}
    table = roster_table(week, named, hand_out_breaks(program, values, named), names)
    coverage = coverage_table(program, values)
    cost = price(config, program, values, table, coverage)
    gap = max(0.0, (cost.total - bound) / cost.total) if cost.total > 0 else 0.0
    roster = Roster(
        table,
        coverage,
        people,
        status,
        cost,
        min(bound, cost.total),
        gap,
        time.perf_counter() - begun,
        _notes(program, values, people),
    )
    tell("verifying", gap)
    verify(config, requirement, roster)
    return roster


def _search(
    program: Program, limits: Limits, begun: float, tell: Callable[[str, float | None], None]
) -> tuple[NDArray[np.float64], float, Status]:
    """Relax, round and polish; returns column values, a proven bound and how the search ended."""
    tell("relaxing the week", None)
    relaxed = program.model.solve(Limits(limits.seconds, seed=limits.seed), relaxed=True)
    if relaxed.status == "infeasible":
        raise InfeasibleError(
            "the guaranteed working days of a contract cannot be worked within its shifts, rest and days off; "
            "set guaranteed = false, or shorten rest"
        )
    require(relaxed, "the relaxed week")
    tell("rounding", None)
    values = round_shifts(program, round_patterns(program, relaxed.values))
    values = place_breaks(program, values, _break_limits(limits))
    left = limits.seconds - (time.perf_counter() - begun)
    values, timed_out = polish(program, values, relaxed.bound, Limits(left, limits.gap, seed=limits.seed), tell)
    cost = float(program.model.cost() @ values)
    if cost - relaxed.bound <= 1e-6 * max(cost, 1.0):
        return values, relaxed.bound, "optimal"
    return (
        values,
        relaxed.bound,
        "time limit" if timed_out else "within gap" if cost - relaxed.bound <= limits.gap * cost else "no better found",
    )


def _tours(program: Program, values: NDArray[np.float64]) -> tuple[NDArray[np.float64], tuple[Tour, ...]]:
    """Tie shifts into tours; where a repair of rest moved a start, the breaks are placed anew."""
    tours = make_tours(program, values)
    counted = counts_of(program, tours, values)
    if (counted != values).any():
        counted = place_breaks(program, counted, _break_limits(Limits()))
    return counted, tours


def _break_limits(limits: Limits) -> Limits:
    return Limits(BREAK_SECONDS, gap=5e-4, nodes=BREAK_NODES, seed=limits.seed)


def _notes(program: Program, values: NDArray[np.float64], people: People) -> tuple[Note, ...]:
    notes = list(people.notes)
    left_out = sum(round(values[column]) for column in program.layout.left_out.values())
    if left_out:
        notes.append(
            Note(
                "roster",
                f"{left_out} working days were left out, since no allowed start kept the rest before them",
            )
        )
    over = [
        f
        for crew in program.week.crews
        for family in crew.families
        for f in family.starts[-1]
        if f + family.length > program.week.size
    ]
    if over:
        notes.append(
            Note(
                "roster",
                NIGHT_BEFORE,
            )
        )
    return tuple(notes)
