"""The searches of a repair: fewest changes with their proof, then changes at a price.

Fewest changes: the program without rest and whole numbers gives the bound, and the starts worth trying; those of the
lost shifts are tried too where these do not restore the cover. Each search keeps what its relaxed program uses.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.shift_slot import ShiftSlot
from optimize.roster.program.budget import Limits
from optimize.roster.program.problem import Problem
from optimize.roster.program.solution import require
from optimize.roster.repair.program import build_repair

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.week import Week
    from optimize.roster.program.solver import Solver
    from optimize.roster.repair.people import Staff
    from optimize.roster.repair.program import Place, RepairProgram

    Array = NDArray[np.float64]

NODES = 300
"""Branch-and-bound nodes of one search; a search that ends there keeps its best answer, and the bound stays true."""
MOST = 4000
"""Columns that decide up to which everybody is tried where those of the relaxed program do not reach the bound."""
WHOLE = 0.99
"""Absolute gap: changes are whole numbers, so a bound less than one away proves the least."""
PRICED_NODES = 20
"""The same for a search at prices, whose answer needs no proof."""
CLOSE = 0.05
"""Share of the proven least within which more starts and people are not tried: they take longer than all the rest."""
NEAR = 1e-4
"""Distance from a whole number within which a bound counts as that number, and money as none."""
USED = 0.02
"""Share of a person from which a start of the relaxed program is tried."""
TRIFLE = 0.01
"""Least price of a change, so that none is made for nothing."""
PRICED_GAP = 0.01
"""Relative gap of a search at prices."""
HALF = 0.5
"""Threshold between 0 and 1, clear of the solver's tolerance."""


@dataclass(frozen=True)
class Situation:
    """The week with the absences as leave, its people, those present in kept shifts, and the lack as published."""

    config: Config
    week: Week
    people: People
    staff: Staff
    present: Array
    lack_before: float

    def program(self, slots: Collection[Place] | None = None) -> RepairProgram:
        """State the repair, with all starts or with some."""
        return build_repair(self.config, self.week, self.staff, self.present, self.lack_before, slots)


@dataclass(frozen=True)
class Found:
    """A repair as column values. `as_before` says that customers lack no more than as published, at its prices."""

    program: RepairProgram
    values: Array
    as_before: bool

    @property
    def cells(self) -> int:
        """Changed cells."""
        return round(float(self.values[list(self.program.cells)].sum()))

    @property
    def places(self) -> frozenset[Place]:
        """Starts that somebody takes."""
        groups = self.program.week.staff_groups
        home = {a: c for c, group in enumerate(groups) for each in group.subgroups for a in each.agents}
        return frozenset(
            (home[agent], slot)
            for agent, each in self.program.columns.items()
            for slot, column in each.slots.items()
            if self.values[column] > HALF
        )


@dataclass(frozen=True)
class Fewest:
    """The repair of fewest changes, the proven least number (None where cover as before is impossible), and starts."""

    found: Found
    least: int | None
    places: frozenset[Place]


def fewest_changes(situation: Situation, solver: Solver) -> Fewest:
    """Restore the cover as published with as few changes as possible.

    Where that is impossible, or is not found, each change is made only if it removes more understaffing than one person
    in one interval.
    """
    relaxed = situation.program()
    lower, upper = relaxed.model.bounds()
    upper[relaxed.lack] = 0.0
    problem = Problem(relaxed.model, (lower, upper), extra_cost=relaxed.cost(1.0, 0.0), relaxed=True)
    answer = solver.for_the_floor().solve("least changes", problem)
    if answer.found and math.isfinite(answer.bound):
        least = max(0, math.ceil(answer.bound - NEAR))
        used = _used(relaxed, answer.values)
        found = _restored(situation, used, least, solver)
        if found is not None:
            return Fewest(found, least, used | found.places)
    places = lost_places(situation)
    worth = max(situation.week.prices.shortage * situation.week.horizon.interval_h, TRIFLE)
    found = _search(situation.program(places), (worth, 0.0, 1.0), Limits(gap=PRICED_GAP, nodes=NODES), solver)
    return Fewest(found, None, places)


def _restored(situation: Situation, used: frozenset[Place], least: int, solver: Solver) -> Found | None:
    """Restore the cover with fewest changes: with the starts of the bound, with those lost too, with everybody."""
    weights, limits = (1.0, 0.0, 1.0), Limits(absolute_gap=WHOLE, nodes=NODES)
    best: Found | None = None
    for places, everybody in (
        (used, False),
        (used | lost_places(situation), False),
        (used | lost_places(situation), True),
    ):
        program = situation.program(places)
        if everybody and program.decisions.size > MOST:
            break
        found = _search(program, weights, limits, solver, everybody=everybody)
        if found.as_before and (best is None or found.cells < best.cells):
            best = found
        if best is not None and best.cells <= (1 + CLOSE) * least:
            break
    return best


def at_price(situation: Situation, places: Collection[Place], price: float, before: Found, solver: Solver) -> Found:
    """Least money with a price for each changed cell; never worse, at these prices, than an earlier repair."""
    slots = frozenset([*places, *before.places])
    program = before.program if before.program.slots == slots else situation.program(slots)
    weights = (max(price, TRIFLE), 1.0, 0.0)
    cost = program.cost(*weights)
    kept = _placed(program, _same(before, program), cost, solver)
    found = _search(program, weights, Limits(gap=PRICED_GAP, nodes=PRICED_NODES), solver, start=kept.values)
    return min(found, kept, key=lambda each: float(cost @ each.values))


def lost_places(situation: Situation) -> frozenset[Place]:
    """Starts, of any staff group, with the begin or the end of a lost shift."""
    import pandas as pd

    horizon, groups = situation.week.horizon, situation.week.staff_groups
    step = pd.Timedelta(minutes=horizon.interval_min)
    starts, ends = set(), set()
    for shift in situation.staff.lost:
        start = horizon.index(pd.Timestamp(shift.start))
        starts.add(start)
        ends.add(start + math.ceil((shift.end - shift.start) / step))
    return frozenset(
        (c, ShiftSlot(day, start, f))
        for c, group in enumerate(groups)
        for f, shift_type in enumerate(group.shift_types)
        for day, possible in enumerate(shift_type.starts)
        for start in possible
        if start in starts or start + shift_type.length in ends
    )


def _used(program: RepairProgram, values: Array) -> frozenset[Place]:
    """Starts that a solution uses by more than a trace."""
    return frozenset(
        (c, ShiftSlot(day, start, f))
        for (c, f, day), shift in program.layout.shifts.items()
        for k, start in enumerate(shift.starts)
        if values[shift.started[k]] - (values[shift.started[k - 1]] if k else 0.0) > USED
    )


def unchanged(program: RepairProgram, solver: Solver) -> Found:
    """Nothing is changed: the lost shifts stay open."""
    return _placed(program, {}, program.cost(0.0, 1.0, 0.0), solver)


def _search(
    program: RepairProgram,
    weights: tuple[float, float, float],
    limits: Limits,
    solver: Solver,
    *,
    everybody: bool = False,
    start: Array | None = None,
) -> Found:
    """Decide who changes, among those the relaxed program and `start` use or among `everybody`; then place breaks."""
    cost = program.cost(*weights)
    lower, upper = program.model.bounds()
    if not everybody:
        relaxed = Problem(program.model, extra_cost=cost, whole=np.zeros(0, dtype=np.int64))
        values = require(solver.for_the_floor().solve("relaxed repair", relaxed), "relaxed repair").values
        used = values if start is None else np.maximum(values, start)
        upper[[column for column in program.decisions.tolist() if used[column] < NEAR]] = 0.0
    problem = Problem(program.model, (lower, upper), start=start, extra_cost=cost, whole=program.whole)
    solution = solver.solve("repair", problem, limits)
    chosen = program.decisions.tolist() if solution.found else []
    return _placed(program, {c: 1.0 for c in chosen if solution.values[c] > HALF}, cost, solver)


def _placed(program: RepairProgram, decided: dict[int, float], cost: Array, solver: Solver) -> Found:
    """Place the breaks of what is decided, in whole numbers; nothing else changes."""
    lower, upper = program.model.bounds()
    lower[program.decisions] = upper[program.decisions] = 0.0
    for column, value in decided.items():
        lower[column] = upper[column] = value
    problem = Problem(program.model, (lower, upper), extra_cost=cost)
    solution = require(
        solver.to_finish().solve("breaks of a repair", problem, Limits(nodes=NODES)), "breaks of a repair"
    )
    values = solution.values.copy()
    whole = program.model.integer_columns()
    values[whole] = np.round(values[whole])
    lack = sum(price * float(values[column]) for column, price in program.lack_prices.items())
    return Found(program, values, lack <= program.lack_before + NEAR)


def _same(before: Found, program: RepairProgram) -> dict[int, float]:
    """What an earlier repair decides, as columns of another program."""
    decided: dict[int, float] = {}
    for agent, mine in program.columns.items():
        theirs = before.program.columns[agent]
        decided |= {c: before.values[theirs.drop[own]] for own, c in mine.drop.items() if own in theirs.drop}
        decided |= {c: before.values[theirs.takes[kind]] for kind, c in mine.takes.items() if kind in theirs.takes}
        decided |= {c: before.values[theirs.slots[slot]] for slot, c in mine.slots.items() if slot in theirs.slots}
    return {column: round(value) for column, value in decided.items() if value > HALF}
