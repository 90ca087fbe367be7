"""Whole counts of shifts -> each person's week, as near to what they were told as the counts allow.

The counts of starts stand; who works which of them, and on which of their patterns, is chosen person by person by an
integer program that keeps rest exactly. It is small, since first as many people as can keep their whole week, and only
shifts begun by more people than were told them can be new to somebody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from optimize.roster.inputs.patterns import WEEK
from optimize.roster.persons.tours import Tour, begun_by_stint
from optimize.roster.program.budget import Limits
from optimize.roster.program.model import Model
from optimize.roster.program.problem import Problem
from optimize.roster.program.rules import work_one_pattern
from optimize.roster.program.solution import require
from optimize.roster.program.steady import may_work

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from optimize.roster.inputs.stint import Stint
    from optimize.roster.inputs.week import Cohort, Crew, Week
    from optimize.roster.program import Program
    from optimize.roster.program.solver import Solver
    from optimize.roster.program.steady import Told

NODES = 2000
"""Branch-and-bound nodes for the people of one crew; what ends there is a roster with more changes than need be."""
WHOLE = 0.99
"""Cells are whole: a bound less than one away proves the best."""
SMALL = 200
"""People of a crew up to which a program over all of them is tried where keeping whole weeks leads nowhere."""
LEFT_OUT = 20.0
"""A working day given up weighs like so many changed cells: more than the two of each of a week's seven shifts."""
SPARE = 2
"""People beyond a tenth more than the shifts left need at least, since rest keeps some of them from some shifts."""


def steady_tours(program: Program, values: NDArray[np.float64], solver: Solver) -> dict[str, Tour] | None:
    """Return everybody's tour by name; None where the counts cannot be worked by these people with rest."""
    if program.told is None:
        return None
    named: dict[str, Tour] = {}
    for c in range(len(program.week.crews)):
        tours = _crew_tours(program, c, begun_by_stint(program, values, c), program.told, solver)
        if tours is None:
            return None
        named |= tours
    return dict(sorted(named.items()))


def _crew_tours(
    program: Program, c: int, begun: dict[Stint, int], told: Told, solver: Solver
) -> dict[str, Tour] | None:
    """Most people keep their week; the others, and as many from home as are needed, share what is left."""
    crew = program.week.crews[c]
    kept = _keepers(crew, c, begun, told, solver)
    left = Counter(begun)
    left.subtract(stint for tour in kept.values() for stint in tour.stints)
    rest = {stint: people for stint, people in sorted(left.items()) if people}
    enough = _enough(crew, rest)
    for most, loose in ((enough, False), (crew.size, True)):
        tours = _named(program, c, rest, told, _others(crew, kept, told, most), solver, loose=loose)
        if tours is not None:
            return kept | tours
    everybody = {agent for cohort in crew.cohorts for agent in cohort.agents}
    return _named(program, c, begun, told, everybody, solver, loose=True) if len(everybody) <= SMALL else None


def _keepers(crew: Crew, c: int, begun: dict[Stint, int], told: Told, solver: Solver) -> dict[str, Tour]:
    """People who keep their whole week: the fewest shifts are given up so that none is kept by more than begin it."""
    weeks = {
        agent: Tour(c, h, told.stints[agent])
        for h, cohort in enumerate(crew.cohorts)
        for agent in cohort.agents
        if told.stints.get(agent) and cohort.pattern_of({s.day: s.family for s in told.stints[agent]}) is not None
    }
    users: dict[Stint, list[str]] = defaultdict(list)
    for agent, tour in weeks.items():
        for stint in tour.stints:
            users[stint].append(agent)
    model, columns = Model("keep"), dict[str, int]()
    for s, (stint, agents) in enumerate(sorted(users.items())):
        too_many = len(agents) - begun.get(stint, 0)
        if too_many > 0:
            for agent in agents:
                if agent not in columns:
                    columns[agent] = model.column(f"drop_{len(columns)}", 0, 1, integer=True)
                    model.charge([(columns[agent], float(len(weeks[agent].stints)))])
            model.row(f"most_{s}", [(columns[agent], 1.0) for agent in agents], ">=", too_many)
    if not columns:
        return weeks
    solution = solver.solve("published weeks", Problem(model), Limits(nodes=NODES))
    require(solution, "people who keep their week")
    return {a: tour for a, tour in weeks.items() if a not in columns or solution.values[columns[a]] < 0.5}


def _enough(crew: Crew, rest: dict[Stint, int]) -> int:
    """People who can surely work the shifts left: those of the fullest day, or of whole weeks, and a few."""
    by_day = Counter[int]()
    for stint, people in rest.items():
        by_day[stint.day] += people
    longest = max((len(pattern) for cohort in crew.cohorts for pattern in cohort.patterns), default=1)
    least = max([*by_day.values(), -(-sum(by_day.values()) // max(1, longest))], default=0)
    return least + least // 10 + SPARE


def _others(crew: Crew, kept: dict[str, Tour], told: Told, most: int) -> set[str]:
    """Who shares the shifts left: people told some or guaranteed days, and some of each cohort who were at home."""
    found: set[str] = set()
    for cohort in crew.cohorts:
        left = [agent for agent in cohort.agents if agent not in kept]
        must = [agent for agent in left if cohort.guaranteed or told.stints.get(agent)]
        home = [agent for agent in left if agent not in must]
        found |= {*must, *home[:most]}
    return found


def patterns_of(program: Program, named: dict[str, Tour], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Column values whose patterns are those of named tours; a day given up is a day of the pattern all the same."""
    values = values.copy()
    for (c, h), ys in program.layout.pattern.items():
        cohort = program.week.crews[c].cohorts[h]
        values[list(ys)] = 0.0
        for agent in cohort.agents:
            kinds = {stint.day: stint.family for stint in named[agent].stints} if agent in named else {}
            if kinds or cohort.guaranteed:
                fitting = (p for p in range(len(ys)) if all(cohort.takes(p, *shift) for shift in kinds.items()))
                values[ys[min(fitting, key=lambda p: (len(cohort.patterns[p]), p))]] += 1
    return values


def _named(
    program: Program, c: int, begun: dict[Stint, int], told: Told, people: set[str], solver: Solver, *, loose: bool
) -> dict[str, Tour] | None:
    """Tours of some people of a crew; with `loose` everybody may get any shift."""
    crew, model = program.week.crews[c], Model("steady")
    before = Counter(stint for agent in people for stint in told.stints.get(agent, ()))
    open_to_all = {stint for stint, count in begun.items() if loose or count > before[stint]}
    columns = {
        agent: _one_person(model, program.week, crew, (h, i), set(told.stints.get(agent, ())) & set(begun), open_to_all)
        for h, cohort in enumerate(crew.cohorts)
        for i, agent in enumerate(agent for agent in cohort.agents if agent in people)
    }
    if not _everything_is_worked(model, begun, columns):
        return None
    if not model.columns:
        return {}
    solution = solver.solve("published shifts", Problem(model), Limits(nodes=NODES, absolute_gap=WHOLE))
    if not solution.found:
        return None
    homes = {agent: h for h, cohort in enumerate(crew.cohorts) for agent in cohort.agents}
    weeks = {agent: tuple(s for s, z in made.items() if solution.values[z] > 0.5) for agent, made in columns.items()}
    return {agent: Tour(c, homes[agent], stints) for agent, stints in weeks.items() if stints}


def _one_person(
    model: Model, week: Week, crew: Crew, place: tuple[int, int], own: set[Stint], open_to_all: set[Stint]
) -> dict[Stint, int]:
    """Columns of the stints a person may get, own ones preferred, with the rows of one pattern and of rest.

    `place` is the number of their cohort, and theirs among its people.
    """
    cohort, who = crew.cohorts[place[0]], f"{place[0]}_{place[1]}"
    possible = sorted(own | {stint for stint in open_to_all if may_work(crew, cohort, stint)})
    made = {s: model.column(f"z_{who}_{k}", 0, 1, integer=True) for k, s in enumerate(possible)}
    model.charge((z, -1.0 if stint in own else 1.0) for stint, z in made.items())
    one_pattern(model, cohort, who, made)
    rest_of_one(model, week, crew, who, made)
    return made


def _everything_is_worked(model: Model, begun: dict[Stint, int], columns: dict[str, dict[Stint, int]]) -> bool:
    """``sum_people z == begun`` for each stint; no rows, and false, where some stint has nobody who may work it."""
    takers: dict[Stint, list[int]] = defaultdict(list)
    for made in columns.values():
        for stint, z in made.items():
            takers[stint].append(z)
    if any(not takers[stint] for stint in begun):
        return False
    for s, (stint, count) in enumerate(begun.items()):
        model.row(f"all_{s}", [(z, 1.0) for z in takers[stint]], "==", count)
    return True


def one_pattern(model: Model, cohort: Cohort, who: str, made: dict[Stint, int]) -> list[int]:
    """``sum_p y <= 1`` (``== 1`` where days are guaranteed); on each day ``sum_s z + out == sum of y with the day``.

    Where hours are limited, and patterns name the kind of shift of each day, no kind is worked that none names.
    Returns the columns `y` of the patterns of one person.
    """
    ys = [model.column(f"y_{who}_{p}", 0, 1, integer=True) for p in range(len(cohort.patterns))]
    work_one_pattern(model, who, ys, cohort, 1)
    for day in range(WEEK):
        works = [(y, -1.0) for y, pattern in zip(ys, cohort.patterns, strict=True) if day in pattern]
        today = [(z, 1.0) for stint, z in made.items() if stint.day == day]
        if not works and not today:
            continue
        out = model.column(f"out_{who}_{day}", 0, 1)
        model.charge([(out, LEFT_OUT)])
        model.row(f"day_{who}_{day}", [*today, *works, (out, 1.0)], "==", 0)
        for f in sorted({stint.family for stint in made if stint.day == day} if cohort.mixes else ()):
            named = [(y, -1.0) for p, y in enumerate(ys) if cohort.takes(p, day, f)]
            kind = [(z, 1.0) for stint, z in made.items() if (stint.day, stint.family) == (day, f)]
            model.row(f"kind_{who}_{day}_{f}", [*kind, *named], "<=", 0)
    return ys


def rest_of_one(model: Model, week: Week, crew: Crew, who: str, made: dict[Stint, int]) -> None:
    """At most one of the shifts that end too late for a start of the next day and those that begin by then.

    A long shift with a long rest may reach over whole days off, so all days it reaches are asked.
    """
    reach = week.reach(crew)
    last = 2 * WEEK if week.before is None else WEEK
    for today, later in [(day, day + gap) for day in range(WEEK) for gap in range(1, reach + 1) if day + gap < last]:
        tomorrow = later % WEEK
        ahead = week.size if later >= WEEK else 0
        late = [(stint.start + crew.families[stint.family].length + crew.rest, z) for stint, z in _on(made, today)]
        early = [(stint.start + ahead, z) for stint, z in _on(made, tomorrow)]
        for moment in sorted({start for start, _ in early}):
            tired = [(z, 1.0) for free, z in late if free > moment]
            soon = [(z, 1.0) for start, z in early if start <= moment]
            if tired and soon:
                model.row(f"rest_{who}_{today}_{tomorrow}_{moment}", [*tired, *soon], "<=", 1)


def _on(made: dict[Stint, int], day: int) -> Iterable[tuple[Stint, int]]:
    return [(stint, z) for stint, z in made.items() if stint.day == day]
