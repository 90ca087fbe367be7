"""Whole counts of shifts -> tours: one person's week of shifts, with daily rest kept exactly."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from optimize.roster.inputs.patterns import WEEK
from optimize.roster.inputs.stint import Stint
from optimize.roster.program.budget import Limits
from optimize.roster.program.model import Model
from optimize.roster.program.problem import Problem
from optimize.roster.program.solution import require
from optimize.roster.search.rounding import working

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from optimize.roster.inputs.patterns import Pattern
    from optimize.roster.inputs.week import Crew, Week
    from optimize.roster.program import Program
    from optimize.roster.program.solver import Solver

NODES = 2000
"""Branch-and-bound nodes for the tours of one crew; the few breaches of rest that are left are repaired one by one."""


@dataclass(frozen=True)
class Tour:
    """The shifts of one person of a cohort, in order of days."""

    crew: int
    cohort: int
    stints: tuple[Stint, ...]


def make_tours(
    program: Program, values: NDArray[np.float64], crews: frozenset[int], solver: Solver
) -> tuple[Tour, ...]:
    """Split the counts of each of these crews over its patterns, so that everybody rests between shifts.

    Within one pattern people are interchangeable, and rest links neighbouring days only: sorting those who end on a
    day against those who start on the next is the best matching, so a split without a breach is one where these sorted
    pairs fit. Where the counts allow no such split, starts are moved later, and in the last resort a shift is left
    out; `Tour` never holds a breach.
    """
    tours: list[Tour] = []
    for c in sorted(crews):
        crew, groups = program.week.crews[c], _groups(program, values, c)
        split = _split(program, values, c, groups, solver)
        for group, people in groups.items():
            tours += [Tour(c, group.cohort, stints) for stints in _link(program, crew, group, split[group], people)]
    return tuple(tours)


@dataclass(frozen=True)
class Group:
    """People of a cohort with the same pattern; `mix` holds the kind of shift of each day, or nothing."""

    cohort: int
    pattern: Pattern
    mix: tuple[int, ...]

    def takes(self, day: int, family: int) -> bool:
        """Whether they work that day, by a shift of that kind."""
        return day in self.pattern and (not self.mix or self.mix[self.pattern.index(day)] == family)


def _groups(program: Program, values: NDArray[np.float64], c: int) -> dict[Group, int]:
    """People per cohort, pattern and mix of kinds."""
    crew = program.week.crews[c]
    counts = {
        Group(h, pattern, cohort.mixes[p] if cohort.mixes else ()): round(values[program.layout.pattern[c, h][p]])
        for h, cohort in enumerate(crew.cohorts)
        for p, pattern in enumerate(cohort.patterns)
    }
    return {group: people for group, people in counts.items() if people and group.pattern}


def begun_by_stint(program: Program, values: NDArray[np.float64], c: int) -> dict[Stint, int]:
    """People who begin each kind of shift of a crew."""
    counts: dict[Stint, int] = {}
    for (crew, f, day), shift in sorted(program.layout.shifts.items()):
        if crew != c:
            continue
        before = 0
        for start, column in zip(shift.starts, shift.started, strict=True):
            now = round(values[column])
            if now > before:
                counts[Stint(day, start, f)] = now - before
            before = now
    return counts


@dataclass(frozen=True)
class _Share:
    """What a group may get: a column that counts its people on each stint. `number` names its rows."""

    number: int
    group: Group
    people: int
    columns: dict[Stint, int]

    def on(self, day: int) -> list[tuple[Stint, int]]:
        """Columns of the stints of one day."""
        return [(stint, z) for stint, z in self.columns.items() if stint.day == day]


def _split(
    program: Program, values: NDArray[np.float64], c: int, groups: dict[Group, int], solver: Solver
) -> dict[Group, dict[int, list[Stint]]]:
    """Give each group its stints of each day by a small integer program that minimises breaches of rest.

    A stint given to people who have not rested from the week before, or whose leave begins before its end, is a breach
    like any other.
    """
    crew, begun, model = program.week.crews[c], begun_by_stint(program, values, c), Model("tours")
    shares = [_share(model, g, group, people, begun) for g, (group, people) in enumerate(groups.items())]
    for s, (stint, people) in enumerate(begun.items()):
        takers = [(share.columns[stint], 1.0) for share in shares if stint in share.columns]
        model.row(f"all_{s}", takers, "==", people)
    for share in shares:
        model.charge((z, 1.0) for stint, z in share.columns.items() if not _allowed(crew, share.group.cohort, stint))
        for day in share.group.pattern:
            model.row(f"day_{share.number}_{day}", [(z, 1.0) for _, z in share.on(day)], "==", share.people)
        _count_breaches(model, program.week, crew, share)
    given: dict[Group, dict[int, list[Stint]]] = {group: {day: [] for day in group.pattern} for group in groups}
    if not any(share.columns for share in shares):
        return given
    solution = solver.solve("tours", Problem(model), Limits(nodes=NODES))
    require(solution, f"tours of contract {crew.contract}")
    for share in shares:
        for stint, z in share.columns.items():
            given[share.group][stint.day].extend([stint] * round(solution.values[z]))
    return given


def _share(model: Model, number: int, group: Group, people: int, begun: dict[Stint, int]) -> _Share:
    """Columns of the stints begun that a group may take."""
    columns = {
        stint: model.column(f"z_{number}_{s}", 0, min(people, count), integer=True)
        for s, (stint, count) in enumerate(begun.items())
        if group.takes(stint.day, stint.family)
    }
    return _Share(number, group, people, columns)


def _count_breaches(model: Model, week: Week, crew: Crew, share: _Share) -> None:
    """``#{on d: free after a'} - breach <= #{on d+1: start > a'}`` for each start a': one charge for each breach."""
    for today, tomorrow in _neighbours(week, crew, share.group.pattern):
        ahead = week.size if tomorrow < today else 0
        for start in sorted({stint.start for stint, _ in share.on(tomorrow)}):
            tired = [(z, 1.0) for stint, z in share.on(today) if _free_from(crew, stint) > start + ahead]
            later = [(z, -1.0) for stint, z in share.on(tomorrow) if stint.start > start]
            if tired:
                breach = model.column(f"w_{share.number}_{today}_{start}", 0, share.people)
                model.charge([(breach, 1.0)])
                model.row(f"rest_{share.number}_{today}_{start}", [*tired, *later, (breach, -1.0)], "<=", 0)


def _neighbours(week: Week, crew: Crew, pattern: Pattern) -> list[tuple[int, int]]:
    """Working days that follow one another, so near that the rest after the first may reach the second."""
    days = [day for row in week.rows_of(pattern) for day in row]
    edge = [(days[-1], days[0])] if week.before is None and len(days) > 1 else []
    return [(day, after) for day, after in [*pairwise(days), *edge] if 0 < (after - day) % WEEK <= week.reach(crew)]


def _free_from(crew: Crew, stint: Stint) -> int:
    """First interval in which somebody who worked `stint` may work again."""
    return stint.start + crew.families[stint.family].length + crew.rest


def _link(
    program: Program, crew: Crew, group: Group, days: dict[int, list[Stint]], people: int
) -> list[tuple[Stint, ...]]:
    """Tie the stints of neighbouring days together, earliest free to earliest start, and repair what does not fit.

    Nobody begins before they have rested from the week before, or is at work when their leave begins.
    """
    h, pattern = group.cohort, group.pattern
    first = crew.cohorts[h].first
    tours: list[list[Stint]] = [[] for _ in range(people)]
    free = [first or -program.week.size] * people
    before = -1
    for row in _opened(program.week, crew, pattern):
        for place, day in enumerate(row):
            if day < before:
                free = [moment - program.week.size for moment in free]
            if not place:
                opens = min(stint.start for stint in days[day])
                free = [moment if moment > opens else first or -program.week.size for moment in free]
            before = day
            order = sorted(range(people), key=lambda i: (free[i], i))
            for i, stint in zip(order, sorted(days[day], key=lambda s: (s.start, s.family)), strict=True):
                fits = stint.start >= free[i] and _allowed(crew, h, stint)
                fitting = stint if fits else _nearest(crew, group, stint, free[i])
                if fitting is not None:
                    tours[i].append(fitting)
                    free[i] = _free_from(crew, fitting)
    return [_closed(program.week, crew, tuple(sorted(tour))) for tour in tours]


def _opened(week: Week, crew: Crew, pattern: Pattern) -> tuple[Pattern, ...]:
    """Rows of working days in turn; a circle is opened after a row so long before the next that no rest reaches it."""
    rows = week.rows_of(pattern)
    wide = (i for i, row in enumerate(rows) if (row[0] - rows[i - 1][-1]) % WEEK > week.reach(crew))
    cut = next(wide, 0) if week.before is None else 0
    return (*rows[cut:], *rows[:cut])


def _closed(week: Week, crew: Crew, tour: tuple[Stint, ...]) -> tuple[Stint, ...]:
    """Leave out the stint before the cut where the circle of days was opened, if it ends too late for the next one.

    Only where the week is a circle; the week that follows a known one is asked when it is planned.
    """
    if week.before is not None or len(tour) < 2:
        return tour
    after = [*(stint.start for stint in tour[1:]), tour[0].start + week.size]
    return tuple(stint for stint, start in zip(tour, after, strict=True) if _free_from(crew, stint) <= start)


def _allowed(crew: Crew, h: int, stint: Stint) -> bool:
    """Whether a stint lies between the rest and the leave of a cohort."""
    return crew.cohorts[h].allows(stint.day, stint.start, crew.families[stint.family].length)


def _nearest(crew: Crew, group: Group, stint: Stint, free: int) -> Stint | None:
    """Return the stint of the same day nearest to the one given that people free from `free` on may work, if any."""
    stints = [
        Stint(stint.day, start, f) for f, family in enumerate(crew.families) for start in family.starts[stint.day]
    ]
    fitting = [
        other
        for other in stints
        if other.start >= free and group.takes(other.day, other.family) and _allowed(crew, group.cohort, other)
    ]
    return min(fitting, key=lambda s: (abs(s.start - stint.start), s.start, s.family), default=None)


def counts_of(program: Program, tours: tuple[Tour, ...], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Column values whose starts are those of the tours, and whose patterns count who was left out of a day."""
    values = values.copy()
    begun: dict[tuple[int, Stint], int] = {}
    for tour in tours:
        for stint in tour.stints:
            begun[tour.crew, stint] = begun.get((tour.crew, stint), 0) + 1
    for (c, f, day), shift in program.layout.shifts.items():
        total = 0
        for start, column in zip(shift.starts, shift.started, strict=True):
            total += begun.get((c, Stint(day, start, f)), 0)
            values[column] = total
    for (c, day), column in program.layout.left_out.items():
        begun_today = sum(values[s.everybody] for (cc, _, d), s in program.layout.shifts.items() if (cc, d) == (c, day))
        values[column] = working(program, values, c, day) - begun_today
    return values
