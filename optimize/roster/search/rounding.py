"""From the relaxed week to whole people.

Every rule about people compares two cumulative counts, and ``floor(z + theta)`` is monotone: applied to all cumulative
counts of one staff group and day it keeps the break rules whatever `theta` is. So a day is rounded by one number,
chosen by the cost of the rounded day together with all the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.patterns import WEEK
from optimize.roster.program.budget import Limits
from optimize.roster.program.model import Model
from optimize.roster.program.problem import Problem
from optimize.roster.program.rules import work_one_pattern
from optimize.roster.program.solution import require
from optimize.roster.search.priced_people import PricedPeople

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from optimize.roster.inputs.week import Week
    from optimize.roster.program import Program
    from optimize.roster.program.layout import ShiftColumns
    from optimize.roster.program.solver import Solver

THETAS = tuple((i + 0.5) / 16 for i in range(16))
"""Thresholds that are tried for each staff group and day, evenly spread and none of them where counts are whole."""
PASSES = 3
"""Rounds over all staff groups and days; the descent hardly moves after the second."""
NEAR = Limits(gap=0.01, nodes=2000)
"""For patterns: a gap of one hundredth of a distance in people is less than one person."""
ROUGHLY = Limits(gap=0.1, nodes=100)
"""For patterns that name shift types in a small week: the search over the whole week only begins with them."""
BELOW = 1.05
"""Price of one person too few on a day; one too many costs 1, so ties go to more people."""
LARGEST_WHOLE_SEARCH = 4000
"""Integer columns up to which branch and bound over the whole week is worth its time."""
TOLERANCE = 1e-6
"""Distance from a whole number at which an interior point stops."""


def round_patterns(program: Program, relaxed: NDArray[np.float64], solver: Solver) -> NDArray[np.float64]:
    """Whole numbers of people per working pattern, as close as possible to the relaxed day totals.

    A small integer program: the distance is counted per staff group and day, and per pool and day, since people of one
    pool stand in for each other. Returns a copy of `relaxed` with the pattern columns replaced.
    """
    model = Model("patterns")
    columns = _pattern_columns(model, program)
    totals = _day_totals(program, relaxed, columns)
    most = float(sum(staff_group.size for staff_group in program.week.staff_groups))
    for (what, number, day), (terms, wanted) in sorted(totals.items()):
        stem = f"{what.replace(' ', '_')}_{number}_{day}"
        above, below = (model.column(f"{side}_{stem}", 0, most) for side in ("above", "below"))
        model.row(f"near_{stem}", [*terms, (above, -1.0), (below, 1.0)], "==", wanted)
        model.add_cost([(above, 1.0), (below, BELOW)])
    rough = program.model.integers <= LARGEST_WHOLE_SEARCH and any(what.startswith("kind") for what, _, _ in totals)
    solution = solver.solve("working patterns", Problem(model), ROUGHLY if rough else NEAR)
    require(solution, "working patterns")
    values = relaxed.copy()
    for y, mine in columns.items():
        values[y] = round(solution.values[mine])
    return values


def _pattern_columns(model: Model, program: Program) -> dict[int, int]:
    """Columns of the small program by those of the week, with one pattern for everybody."""
    columns: dict[int, int] = {}
    for (c, h), ys in program.layout.pattern.items():
        subgroup = program.week.staff_groups[c].subgroups[h]
        own = [model.column(f"y_{y}", 0, len(subgroup.agents), integer=True) for y in ys]
        columns |= dict(zip(ys, own, strict=True))
        if own:
            work_one_pattern(model, f"{c}_{h}", own, subgroup, len(subgroup.agents))
    return columns


def _day_totals(
    program: Program, relaxed: NDArray[np.float64], columns: dict[int, int]
) -> dict[tuple[str, int, int], tuple[list[tuple[int, float]], float]]:
    """Terms that count the people of each staff group, pool and shift type on each day, and their relaxed number."""
    terms: dict[tuple[str, int, int], list[tuple[int, float]]] = {}
    wanted: dict[tuple[str, int, int], float] = {}
    for (c, h), ys in program.layout.pattern.items():
        staff_group = program.week.staff_groups[c]
        subgroup = staff_group.subgroups[h]
        for p, (y, pattern) in enumerate(zip(ys, subgroup.patterns, strict=True)):
            for day in pattern:
                shift_type = subgroup.shift_type(p, day)
                shift_types = [] if shift_type is None else [(f"kind {shift_type}", c, day)]
                for key in (("crew", c, day), ("pool", staff_group.pool, day), *shift_types):
                    terms.setdefault(key, []).append((columns[y], 1.0))
                    wanted[key] = wanted.get(key, 0.0) + float(relaxed[y])
    return {key: (terms[key], wanted[key]) for key in terms}


@dataclass(frozen=True)
class Choice:
    """One rounding of one staff group's day: column values, people at work per interval, wages."""

    columns: NDArray[np.int64]
    values: NDArray[np.float64]
    people: NDArray[np.float64]
    wages: float


def round_shifts(program: Program, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Whole starts and breaks for whole patterns, by descent over the threshold of each staff group and day.

    `values` holds whole patterns and relaxed starts and breaks; returned is a copy with all of them whole.
    """
    week = program.week
    cost = program.model.cost()
    duty = program.duty.tocsc()
    choices = {key: [round_day(program, duty, cost, values, key, theta) for theta in THETAS] for key in _days(program)}
    picked = dict.fromkeys(choices, len(THETAS) // 2)
    staffing_cost = _StaffingCost(week, values, program) if week.service is None else PricedPeople(program, values)
    away = list(program.layout.fixed_at_zero)
    people: NDArray[np.float64] = week.present.ravel() + np.asarray(duty[:, away] @ values[away])
    for key, options in choices.items():
        people = people + options[picked[key]].people
    for _ in range(PASSES):
        for key, options in choices.items():
            rest = people - options[picked[key]].people
            costs = [staffing_cost.of(rest + option.people) + option.wages for option in options]
            picked[key] = int(np.argmin(costs))
            people = rest + options[picked[key]].people
    rounded = values.copy()
    for key, options in choices.items():
        rounded[options[picked[key]].columns] = options[picked[key]].values
    return rounded


def _days(program: Program) -> list[tuple[int, int]]:
    return sorted({(c, day) for c, _, day in program.layout.shifts})


def working(program: Program, values: NDArray[np.float64], staff_group: int, day: int) -> int:
    """People of a staff group whose whole patterns have the day."""
    week, layout = program.week, program.layout
    return round(
        sum(
            float(values[y])
            for h, subgroup in enumerate(week.staff_groups[staff_group].subgroups)
            for y, pattern in zip(layout.pattern[staff_group, h], subgroup.patterns, strict=True)
            if day % WEEK in pattern
        )
    )


def round_day(
    program: Program,
    duty: object,
    cost: NDArray[np.float64],
    values: NDArray[np.float64],
    key: tuple[int, int],
    theta: float,
    total: int | None = None,
) -> Choice:
    """Round the shifts of a staff group's day by one threshold, for those whose patterns have it, or for `total`."""
    staff_group, day = key
    total = working(program, values, staff_group, day) if total is None else total
    shifts = [s for (c, _, d), s in sorted(program.layout.shifts.items()) if (c, d) == key]
    asked = _asked(program, values, key)
    shares = np.array([max(values[s.everybody] - n, 0.0) for s, n in zip(shifts, asked, strict=True)])
    people = [n + more for n, more in zip(asked, _split(total - sum(asked), shares), strict=True)]
    columns: list[int] = []
    whole: list[float] = []
    for shift, number in zip(shifts, people, strict=True):
        for curve in _curves(shift):
            columns += curve
            whole += list(round_curve(values[list(curve)], number, theta))
    index = np.array(columns, dtype=np.int64)
    counts = np.array(whole)
    return Choice(index, counts, np.asarray(duty[:, index] @ counts), float(cost[index] @ counts))  # type: ignore[index]


def _asked(program: Program, values: NDArray[np.float64], key: tuple[int, int]) -> list[int]:
    """People whose whole patterns name each shift type of a staff group's day, in the order of the shift types."""
    staff_group, day = key
    counts = {f: 0 for c, f, d in sorted(program.layout.shifts) if (c, d) == key}
    for h, subgroup in enumerate(program.week.staff_groups[staff_group].subgroups):
        for p, (y, pattern) in enumerate(zip(program.layout.pattern[staff_group, h], subgroup.patterns, strict=True)):
            shift_type = subgroup.shift_type(p, day) if day in pattern else None
            if shift_type is not None:
                counts[shift_type] += round(float(values[y]))
    return list(counts.values())


def _curves(shift: ShiftColumns) -> list[tuple[int, ...]]:
    return [shift.started, *(break_type.columns for break_type in shift.break_types if break_type.moves)]


def round_curve(curve: NDArray[np.float64], total: int, theta: float) -> NDArray[np.float64]:
    """Round a cumulative curve, scaled so that it ends at `total`, by ``floor(z + theta)``.

    Monotone in `curve`, so that a curve that lies under another stays under it.
    """
    last = curve[-1]
    scaled = curve * (total / last) if last > TOLERANCE else np.arange(1, len(curve) + 1) * (total / len(curve))
    whole = np.maximum.accumulate(np.clip(np.floor(scaled + theta + TOLERANCE), 0, total))
    whole[-1] = total
    return whole


def _split(total: int, shares: NDArray[np.float64]) -> list[int]:
    """Split a whole number in the proportion of `shares`, by rounding their cumulative sums."""
    weights = shares if shares.sum() > TOLERANCE else np.ones(len(shares))
    cumulative = np.floor(np.cumsum(weights) / weights.sum() * total + 0.5)
    cumulative[-1] = total
    return [int(n) for n in np.diff(cumulative, prepend=0)]


class _StaffingCost:
    """Price of understaffing and overstaffing, with work fixed where the relaxed week placed it.

    The people missing in an interval are, by Hall's condition, the largest
    ``required(M) - at_work(pools that serve M)`` over all sets M of channels.
    """

    def __init__(self, week: Week, values: NDArray[np.float64], program: Program) -> None:
        hours = week.horizon.interval_h
        required = np.zeros((len(week.channels), week.size))
        for m, people in week.live.items():
            required[m] = people
        for k, work in week.work.items():
            done = values[program.layout.done[k]]
            required[work.channel] += np.diff(done, prepend=values[program.layout.backlog[k]] * -1) / hours
        for (_, _, m), columns in program.layout.blend.items():
            required[m] -= np.where(columns >= 0, values[columns], 0.0) * week.blending.worth[m]
        sets = list(
            chain.from_iterable(combinations(range(len(week.channels)), n) for n in range(1, len(week.channels) + 1))
        )
        self._required = _over_sets(required, sets)
        self._tiers = [
            (hours * extra, _over_sets(levels, sets)) for extra, levels in _levels(week, len(week.channels), week.size)
        ]
        self._serves = np.array(
            [[float(bool(set(members) & set(skills))) for skills in week.pools] for members in sets]
        )
        self._short, self._over = hours * week.prices.shortage, hours * week.prices.excess
        self._shape = (len(week.pools), week.size)
        self._total = float(required.sum())

    def of(self, people: NDArray[np.float64]) -> float:
        """Price of `people`, flattened over pools and intervals."""
        able = self._serves @ people.reshape(self._shape)
        missing = (self._required - able).max(axis=0).clip(0).sum()
        deep = sum(extra * (level - able).max(axis=0).clip(0).sum() for extra, level in self._tiers)
        return float(self._short * missing + deep + self._over * (people.sum() - self._total + missing))


def _over_sets(counts: NDArray[np.float64], sets: list[tuple[int, ...]]) -> NDArray[np.float64]:
    return np.array([counts[list(members)].sum(axis=0) for members in sets])


def _levels(week: Week, channels: int, size: int) -> Iterator[tuple[float, NDArray[np.float64]]]:
    """Yield extra price and levels of each tier of shortage, one row for each channel."""
    for same in zip(*week.tiers.values(), strict=True):
        levels = np.zeros((channels, size))
        for m, tier in zip(week.tiers, same, strict=True):
            levels[m] = tier.level
        yield same[0].extra, levels
