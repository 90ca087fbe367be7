"""Whole counts of shifts -> each person's week, as close to the published roster as the counts allow.

The counts of starts are fixed. An integer program chooses who works which of them, and on which pattern, and keeps rest
exactly. It is small: first as many people as possible keep their whole week, and only shifts with more people than
published can be new to somebody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from optimize.roster.inputs.patterns import WEEK
from optimize.roster.persons.tours import Tour, begun_by_shift_slot
from optimize.roster.program.budget import Limits
from optimize.roster.program.model import Model
from optimize.roster.program.problem import Problem
from optimize.roster.program.published import may_work
from optimize.roster.program.rules import work_one_pattern
from optimize.roster.program.solution import require

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from optimize.roster.inputs.shift_slot import ShiftSlot
    from optimize.roster.inputs.week import StaffGroup, Subgroup, Week
    from optimize.roster.program import Program
    from optimize.roster.program.published import PublishedRoster
    from optimize.roster.program.solver import Solver

NODES = 2000
"""Branch-and-bound nodes for one staff group; a search that ends there may change more shifts than necessary."""
WHOLE = 0.99
"""Absolute gap: cells are whole numbers, so a bound less than one away proves the optimum."""
LARGEST_GROUP = 200
"""People of a staff group up to which a program over all of them is tried where keeping whole weeks fails."""
LEFT_OUT = 20.0
"""Price of a dropped day in changed cells: more than two for each of a week's seven shifts."""
SPARE = 2
"""People added to a tenth more than the remaining shifts need, since rest excludes some people from some shifts."""


def minimal_change_tours(program: Program, values: NDArray[np.float64], solver: Solver) -> dict[str, Tour] | None:
    """Return everybody's tour by name; None where the counts cannot be worked by these people with rest."""
    if program.published_roster is None:
        return None
    named: dict[str, Tour] = {}
    for c in range(len(program.week.staff_groups)):
        tours = _group_tours(program, c, begun_by_shift_slot(program, values, c), program.published_roster, solver)
        if tours is None:
            return None
        named |= tours
    return dict(sorted(named.items()))


def _group_tours(
    program: Program, c: int, begun: dict[ShiftSlot, int], published_roster: PublishedRoster, solver: Solver
) -> dict[str, Tour] | None:
    """As many people as possible keep their week; the others, and people without shifts as needed, share the rest."""
    staff_group = program.week.staff_groups[c]
    kept = _keepers(staff_group, c, begun, published_roster, solver)
    left = Counter(begun)
    left.subtract(shift_slot for tour in kept.values() for shift_slot in tour.shift_slots)
    rest = {shift_slot: people for shift_slot, people in sorted(left.items()) if people}
    needed = _people_needed(staff_group, rest)
    for most, loose in ((needed, False), (staff_group.size, True)):
        tours = _tours_of(
            program, c, rest, published_roster, _others(staff_group, kept, published_roster, most), solver, loose=loose
        )
        if tours is not None:
            return kept | tours
    everybody = {agent for subgroup in staff_group.subgroups for agent in subgroup.agents}
    return (
        _tours_of(program, c, begun, published_roster, everybody, solver, loose=True)
        if len(everybody) <= LARGEST_GROUP
        else None
    )


def _keepers(
    staff_group: StaffGroup, c: int, begun: dict[ShiftSlot, int], published_roster: PublishedRoster, solver: Solver
) -> dict[str, Tour]:
    """People who keep their whole week: as few shifts as possible are given up to meet the counts."""
    weeks = {
        agent: Tour(c, h, published_roster.shift_slots[agent])
        for h, subgroup in enumerate(staff_group.subgroups)
        for agent in subgroup.agents
        if published_roster.shift_slots.get(agent)
        and subgroup.pattern_of({s.day: s.shift_type for s in published_roster.shift_slots[agent]}) is not None
    }
    users: dict[ShiftSlot, list[str]] = defaultdict(list)
    for agent, tour in weeks.items():
        for shift_slot in tour.shift_slots:
            users[shift_slot].append(agent)
    model, columns = Model("keep"), dict[str, int]()
    for s, (shift_slot, agents) in enumerate(sorted(users.items())):
        too_many = len(agents) - begun.get(shift_slot, 0)
        if too_many > 0:
            for agent in agents:
                if agent not in columns:
                    columns[agent] = model.column(f"drop_{len(columns)}", 0, 1, integer=True)
                    model.add_cost([(columns[agent], float(len(weeks[agent].shift_slots)))])
            model.row(f"most_{s}", [(columns[agent], 1.0) for agent in agents], ">=", too_many)
    if not columns:
        return weeks
    solution = solver.solve("published weeks", Problem(model), Limits(nodes=NODES))
    require(solution, "people who keep their week")
    return {a: tour for a, tour in weeks.items() if a not in columns or solution.values[columns[a]] < 0.5}


def _people_needed(staff_group: StaffGroup, rest: dict[ShiftSlot, int]) -> int:
    """People likely to be enough for the remaining shifts: those of the busiest day or of whole weeks, and a few."""
    by_day = Counter[int]()
    for shift_slot, people in rest.items():
        by_day[shift_slot.day] += people
    longest = max((len(pattern) for subgroup in staff_group.subgroups for pattern in subgroup.patterns), default=1)
    least = max([*by_day.values(), -(-sum(by_day.values()) // max(1, longest))], default=0)
    return least + least // 10 + SPARE


def _others(staff_group: StaffGroup, kept: dict[str, Tour], published_roster: PublishedRoster, most: int) -> set[str]:
    """Who shares the remaining shifts: people with published or guaranteed days, and `most` others of each subgroup."""
    found: set[str] = set()
    for subgroup in staff_group.subgroups:
        left = [agent for agent in subgroup.agents if agent not in kept]
        must = [agent for agent in left if subgroup.guaranteed or published_roster.shift_slots.get(agent)]
        home = [agent for agent in left if agent not in must]
        found |= {*must, *home[:most]}
    return found


def patterns_of(program: Program, named: dict[str, Tour], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Column values with the patterns of named tours; a dropped day remains a day of the pattern."""
    values = values.copy()
    for (c, h), ys in program.layout.pattern.items():
        subgroup = program.week.staff_groups[c].subgroups[h]
        values[list(ys)] = 0.0
        for agent in subgroup.agents:
            kinds = (
                {shift_slot.day: shift_slot.shift_type for shift_slot in named[agent].shift_slots}
                if agent in named
                else {}
            )
            if kinds or subgroup.guaranteed:
                fitting = (p for p in range(len(ys)) if all(subgroup.takes(p, *shift) for shift in kinds.items()))
                values[ys[min(fitting, key=lambda p: (len(subgroup.patterns[p]), p))]] += 1
    return values


def _tours_of(
    program: Program,
    c: int,
    begun: dict[ShiftSlot, int],
    published_roster: PublishedRoster,
    people: set[str],
    solver: Solver,
    *,
    loose: bool,
) -> dict[str, Tour] | None:
    """Tours of some people of a staff group; with `loose` everybody may get any shift."""
    staff_group, model = program.week.staff_groups[c], Model("steady")
    before = Counter(shift_slot for agent in people for shift_slot in published_roster.shift_slots.get(agent, ()))
    open_to_all = {shift_slot for shift_slot, count in begun.items() if loose or count > before[shift_slot]}
    columns = {
        agent: _one_person(
            model,
            program.week,
            staff_group,
            (h, i),
            set(published_roster.shift_slots.get(agent, ())) & set(begun),
            open_to_all,
        )
        for h, subgroup in enumerate(staff_group.subgroups)
        for i, agent in enumerate(agent for agent in subgroup.agents if agent in people)
    }
    if not _everything_is_worked(model, begun, columns):
        return None
    if not model.columns:
        return {}
    solution = solver.solve("published shifts", Problem(model), Limits(nodes=NODES, absolute_gap=WHOLE))
    if not solution.found:
        return None
    homes = {agent: h for h, subgroup in enumerate(staff_group.subgroups) for agent in subgroup.agents}
    weeks = {agent: tuple(s for s, z in made.items() if solution.values[z] > 0.5) for agent, made in columns.items()}
    return {agent: Tour(c, homes[agent], shift_slots) for agent, shift_slots in weeks.items() if shift_slots}


def _one_person(
    model: Model,
    week: Week,
    staff_group: StaffGroup,
    place: tuple[int, int],
    own: set[ShiftSlot],
    open_to_all: set[ShiftSlot],
) -> dict[ShiftSlot, int]:
    """Columns of the shift slots a person may get, own ones preferred, with the rows of one pattern and of rest.

    `place` is the number of their subgroup, and theirs among its people.
    """
    subgroup, who = staff_group.subgroups[place[0]], f"{place[0]}_{place[1]}"
    possible = sorted(own | {shift_slot for shift_slot in open_to_all if may_work(staff_group, subgroup, shift_slot)})
    made = {s: model.column(f"z_{who}_{k}", 0, 1, integer=True) for k, s in enumerate(possible)}
    model.add_cost((z, -1.0 if shift_slot in own else 1.0) for shift_slot, z in made.items())
    one_pattern(model, subgroup, who, made)
    rest_of_one(model, week, staff_group, who, made)
    return made


def _everything_is_worked(model: Model, begun: dict[ShiftSlot, int], columns: dict[str, dict[ShiftSlot, int]]) -> bool:
    """``sum_people z == begun`` for each shift slot; False, without rows, where nobody may work some shift slot."""
    takers: dict[ShiftSlot, list[int]] = defaultdict(list)
    for made in columns.values():
        for shift_slot, z in made.items():
            takers[shift_slot].append(z)
    if any(not takers[shift_slot] for shift_slot in begun):
        return False
    for s, (shift_slot, count) in enumerate(begun.items()):
        model.row(f"all_{s}", [(z, 1.0) for z in takers[shift_slot]], "==", count)
    return True


def one_pattern(model: Model, subgroup: Subgroup, who: str, made: dict[ShiftSlot, int]) -> list[int]:
    """``sum_p y <= 1`` (``== 1`` where days are guaranteed); on each day ``sum_s z + out == sum of y with the day``.

    Where patterns name the shift type of each day, only named shift types are worked.
    Returns the columns `y` of the patterns of one person.
    """
    ys = [model.column(f"y_{who}_{p}", 0, 1, integer=True) for p in range(len(subgroup.patterns))]
    work_one_pattern(model, who, ys, subgroup, 1)
    for day in range(WEEK):
        works = [(y, -1.0) for y, pattern in zip(ys, subgroup.patterns, strict=True) if day in pattern]
        today = [(z, 1.0) for shift_slot, z in made.items() if shift_slot.day == day]
        if not works and not today:
            continue
        out = model.column(f"out_{who}_{day}", 0, 1)
        model.add_cost([(out, LEFT_OUT)])
        model.row(f"day_{who}_{day}", [*today, *works, (out, 1.0)], "==", 0)
        for f in sorted(
            {shift_slot.shift_type for shift_slot in made if shift_slot.day == day} if subgroup.type_sequences else ()
        ):
            named = [(y, -1.0) for p, y in enumerate(ys) if subgroup.takes(p, day, f)]
            kind = [(z, 1.0) for shift_slot, z in made.items() if (shift_slot.day, shift_slot.shift_type) == (day, f)]
            model.row(f"kind_{who}_{day}_{f}", [*kind, *named], "<=", 0)
    return ys


def rest_of_one(model: Model, week: Week, staff_group: StaffGroup, who: str, made: dict[ShiftSlot, int]) -> None:
    """At most one of the shifts that end too late for a start of the next day and those that begin by then.

    The rest after a long shift may span whole days off, so all days it reaches have rows.
    """
    reach = week.reach(staff_group)
    last = 2 * WEEK if week.before is None else WEEK
    for today, later in [(day, day + gap) for day in range(WEEK) for gap in range(1, reach + 1) if day + gap < last]:
        tomorrow = later % WEEK
        ahead = week.size if later >= WEEK else 0
        late = [
            (shift_slot.start + staff_group.shift_types[shift_slot.shift_type].length + staff_group.rest, z)
            for shift_slot, z in _on(made, today)
        ]
        early = [(shift_slot.start + ahead, z) for shift_slot, z in _on(made, tomorrow)]
        for moment in sorted({start for start, _ in early}):
            tired = [(z, 1.0) for free, z in late if free > moment]
            soon = [(z, 1.0) for start, z in early if start <= moment]
            if tired and soon:
                model.row(f"rest_{who}_{today}_{tomorrow}_{moment}", [*tired, *soon], "<=", 1)


def _on(made: dict[ShiftSlot, int], day: int) -> Iterable[tuple[ShiftSlot, int]]:
    return [(shift_slot, z) for shift_slot, z in made.items() if shift_slot.day == day]
