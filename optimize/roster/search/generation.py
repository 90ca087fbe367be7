"""Column generation: weeks under limits of hours, where they are too many to list.

The program begins with a few weeks for every set of working days. The prices of its relaxation then name, for each set,
the shift types that would lower the cost most; those are added until none would. Apart from the prices of its shift
types, the cost of a week depends on its days alone, so dynamic programming over days and hours covers all weeks at
once. The bound is Lagrange's and counts every week, listed or not (Luebbecke and Desrosiers 2005, section 2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.workload import NEAR
from optimize.roster.program import build
from optimize.roster.program.dual_bound import dual_bound, reduced_costs
from optimize.roster.program.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from optimize.roster.inputs.patterns import Pattern
    from optimize.roster.inputs.week import Subgroup, Week
    from optimize.roster.inputs.workload import Choice, ShiftTypeSequence
    from optimize.roster.program import Program
    from optimize.roster.program.published import PublishedRoster
    from optimize.roster.program.solution import Solution
    from optimize.roster.program.solver import Solver

    Array = NDArray[np.float64]

Place = tuple[int, int]
"""Number of a staff group and of a subgroup in it."""
Found = tuple["Pattern", "ShiftTypeSequence"]
"""A set of working days with the shift type of each."""

ROUNDS = 60
"""Most rounds of adding weeks: a guard, since rounds end by themselves when no week would lower the cost."""
A_ROUND = 30
"""Weeks added to a subgroup in one round, of different sets of days."""
CONVERGED = 1e-7
"""Share of the bound that weeks not listed may still take off it."""
MOST = 4000
"""Weeks that are added at once to make a search over whole numbers one over all weeks."""
FIRST = 50
"""Weeks for every set of days where fewer leave the program without an answer."""


def relax(week: Week, published_roster: PublishedRoster | None, solver: Solver) -> tuple[Program, Solution]:
    """Build the program of a week and solve it relaxed; its bound holds for all weeks people may have."""
    program = build(_with_published(week, published_roster), published_roster)
    solution = solver.solve("relaxed week", Problem(program.model, relaxed=True))
    if not is_open(week):
        return program, solution
    if solution.status == "infeasible":
        program = build(_with_more(program.week), published_roster)
        solution = solver.solve("relaxed week", Problem(program.model, relaxed=True))
    best = -np.inf
    for _ in range(ROUNDS):
        if not solution.duals.size or solver.budget.interrupted:
            break
        prices = _prices(program, solution.duals)
        best = max(best, bound := _bound(program, solution.duals, prices))
        new = {place: found for place, each in prices.items() if (found := tuple(each.cheapest()))}
        if not new or solution.bound - bound < CONVERGED * max(1.0, abs(bound)):
            break
        if solver.budget.is_over("relaxed week"):
            break
        program = build(_with(program.week, new), published_roster)
        solution = solver.solve("relaxed week", Problem(program.model, relaxed=True))
    return program, replace(solution, bound=best) if solution.found else solution


def complete(
    program: Program, published_roster: PublishedRoster | None, solution: Solution, cost: float
) -> Program | None:
    """Add every week that a roster cheaper than `cost` may have; None where those are too many.

    A week whose reduced cost exceeds the distance between a bound and the cost of a roster is in no cheaper one, so a
    search over the program returned is one over all weeks.
    """
    if not is_open(program.week):
        return program
    prices = _prices(program, solution.duals)
    slack = cost - _bound(program, solution.duals, prices) + CONVERGED * max(1.0, abs(cost))
    new: dict[Place, tuple[Found, ...]] = {}
    for place, each in prices.items():
        found = []
        for one in each.within(slack):
            found.append(one)
            if len(found) + sum(map(len, new.values())) > MOST:
                return None
        new[place] = tuple(found)
    return build(_closed(_with(program.week, new)), published_roster)


def carried(values: Array, before: Program, after: Program) -> Array:
    """Column values of one program in another that has all its columns and more."""
    place = {name: column for column, name in enumerate(after.model.names()[0])}
    made = np.zeros(after.model.columns)
    made[[place[name] for name in before.model.names()[0]]] = values
    return made


def is_open(week: Week) -> bool:
    """Whether people have more weeks than are listed."""
    return any(subgroup.choice is not None for staff_group in week.staff_groups for subgroup in staff_group.subgroups)


def _closed(week: Week) -> Week:
    """Return the week with what is listed as all there is."""
    staff_groups = tuple(
        replace(staff_group, subgroups=tuple(replace(subgroup, choice=None) for subgroup in staff_group.subgroups))
        for staff_group in week.staff_groups
    )
    return replace(week, staff_groups=staff_groups)


def _bound(program: Program, duals: Array, prices: Mapping[Place, _Prices]) -> float:
    """Lagrange's bound over all weeks: everybody has the cheapest one there is, instead of the cheapest one listed."""
    bound = dual_bound(program.model, duals, program.model.cost(), program.model.bounds())
    for each in prices.values():
        bound += each.people * min(0.0, each.least) - each.people * each.listed[each.listed < 0].sum()
    return float(bound)


@dataclass(frozen=True)
class _Prices:
    """What the weeks of one subgroup cost at the prices of a relaxation, in units of the common measure of their hours.

    `own[days]` is the cost of a set of days without its shift types, `shift_types[day][shift_type]` that of a shift
    type on a day, `listed` the reduced costs of the weeks listed; `cost[days][hours]` the least of the shift types of
    those days with so many hours.
    """

    people: int
    choice: Choice
    taken: frozenset[Found]
    listed: Array
    own: dict[Pattern, float]
    shift_types: dict[int, dict[int, float]]
    units: tuple[int, ...]
    span: tuple[int, int]
    cost: dict[Pattern, Array]

    @property
    def least(self) -> float:
        """Reduced cost of the cheapest week of all."""
        return min(self._least(days) for days in self.choice.days)

    def _hours(self, days: Pattern) -> Array:
        return self.cost[days][self.span[0] : self.span[1] + 1]

    def _least(self, days: Pattern) -> float:
        return self.own[days] + float(self._hours(days).min())

    def cheapest(self) -> Iterator[Found]:
        """The cheapest week of each set of days that would lower the cost and is not listed, a round of them."""
        ranked = sorted((self._least(days), days) for days in self.choice.days)
        new = 0
        for least, days in ranked:
            if least >= 0 or new == A_ROUND:
                return
            hours = self.span[0] + int(self._hours(days).argmin())
            type_sequence = next(self._type_sequences(days, hours, float(self.cost[days][hours])))
            if (days, type_sequence) not in self.taken:
                new += 1
                yield days, type_sequence

    def within(self, slack: float) -> Iterator[Found]:
        """Yield all weeks not listed whose reduced cost is no more than `slack`."""
        for days in self.choice.days:
            for hours in range(self.span[0], self.span[1] + 1):
                for type_sequence in self._type_sequences(days, hours, slack - self.own[days]):
                    if (days, type_sequence) not in self.taken:
                        yield days, type_sequence

    def _type_sequences(self, days: Pattern, hours: int, budget: float) -> Iterator[ShiftTypeSequence]:
        """Shift types for days that add up to the hours and cost no more than the budget."""
        if hours < 0 or self.cost[days][hours] > budget + NEAR * max(1.0, abs(budget)):
            return
        if not days:
            yield ()
            return
        for shift_type, price in self.shift_types[days[-1]].items():
            for type_sequence in self._type_sequences(days[:-1], hours - self.units[shift_type], budget - price):
                yield (*type_sequence, shift_type)


def _prices(program: Program, duals: Array) -> dict[Place, _Prices]:
    """Prices of the weeks of all subgroups that have more of them than are listed."""
    reduced = reduced_costs(program.model, duals)
    found = {}
    for (c, h), columns in program.layout.pattern.items():
        subgroup = program.week.staff_groups[c].subgroups[h]
        if subgroup.choice is not None:
            shift_types = {
                day: {
                    shift_type: _price_of_kind(program, duals, (c, shift_type, day))
                    for shift_type in subgroup.choice.can[day]
                }
                for day in sorted({day for days in subgroup.choice.days for day in days})
            }
            found[c, h] = _priced(subgroup, subgroup.choice, reduced[list(columns)], shift_types)
    return found


def _price_of_kind(program: Program, duals: Array, key: tuple[int, int, int]) -> float:
    """Price of a staff group's shift type on a day; 0 where no week listed names it, so that it has no row yet."""
    return max(0.0, float(duals[program.rows.shift_types[key]])) if key in program.rows.shift_types else 0.0


def _priced(subgroup: Subgroup, choice: Choice, reduced: Array, shift_types: dict[int, dict[int, float]]) -> _Prices:
    own = {
        days: float(cost)
        - sum(shift_types[day][shift_type] for day, shift_type in zip(days, type_sequence, strict=True))
        for days, type_sequence, cost in zip(subgroup.patterns, subgroup.type_sequences, reduced, strict=True)
    }
    minutes = [round(hours * 60) for hours in choice.paid]
    unit = math.gcd(*minutes) or 1
    units = tuple(each // unit for each in minutes)
    most = max(map(len, choice.days)) * max(units)
    high = most if math.isinf(choice.high) else min(most, math.floor(choice.high * 60 / unit + NEAR))
    span = (max(0, math.ceil(choice.low * 60 / unit - NEAR)), high)
    return _Prices(
        len(subgroup.agents),
        choice,
        frozenset(zip(subgroup.patterns, subgroup.type_sequences, strict=True)),
        reduced,
        own,
        shift_types,
        units, span, _least_costs(choice.days, shift_types, units, most),
    )  # fmt: skip


def _least_costs(
    sets: tuple[Pattern, ...], shift_types: dict[int, dict[int, float]], units: tuple[int, ...], most: int
) -> dict[Pattern, Array]:
    """Least cost of shift types for the first days of every set, by hours; infinite where none add up to them."""
    nothing = np.full(most + 1, np.inf)
    nothing[0] = 0.0
    cost: dict[Pattern, Array] = {(): nothing}
    for days in sets:
        for number in range(1, len(days) + 1):
            first = days[:number]
            if first not in cost:
                cost[first] = np.full(most + 1, np.inf)
                for shift_type, price in shift_types[first[-1]].items():
                    before = cost[first[:-1]][: most + 1 - units[shift_type]] + price
                    cost[first][units[shift_type] :] = np.minimum(cost[first][units[shift_type] :], before)
    return cost


def _with(week: Week, new: Mapping[Place, tuple[Found, ...]]) -> Week:
    """Return the week with more weeks listed for some of its people."""

    def more(subgroup: Subgroup, found: tuple[Found, ...]) -> Subgroup:
        """Return the subgroup with these weeks listed after those it has."""
        return replace(
            subgroup,
            patterns=(*subgroup.patterns, *(days for days, _ in found)),
            type_sequences=(*subgroup.type_sequences, *(type_sequence for _, type_sequence in found)),
        )

    staff_groups = tuple(
        replace(
            staff_group,
            subgroups=tuple(more(subgroup, new.get((c, h), ())) for h, subgroup in enumerate(staff_group.subgroups)),
        )
        for c, staff_group in enumerate(week.staff_groups)
    )
    return replace(week, staff_groups=staff_groups)


def _with_published(week: Week, published_roster: PublishedRoster | None) -> Week:
    """List the published weeks that people may still work."""
    new: dict[Place, tuple[Found, ...]] = {}
    if published_roster is None:
        return week
    for c, h, subgroup, choice in _choices(week):
        weeks = {
            (
                tuple(shift_slot.day for shift_slot in shift_slots),
                tuple(shift_slot.shift_type for shift_slot in shift_slots),
            )
            for agent in subgroup.agents
            if (shift_slots := published_roster.shift_slots.get(agent))
        }
        listed = set(zip(subgroup.patterns, subgroup.type_sequences, strict=True))
        new[c, h] = tuple(each for each in sorted(weeks) if each not in listed and choice.holds(*each))
    return _with(week, new)


def _with_more(week: Week) -> Week:
    """List several weeks for every set of days."""
    new: dict[Place, tuple[Found, ...]] = {}
    for c, h, subgroup, choice in _choices(week):
        listed = set(zip(subgroup.patterns, subgroup.type_sequences, strict=True))
        weeks = (
            (days, type_sequence)
            for days in choice.days
            for type_sequence, _ in zip(choice.type_sequences(days), range(FIRST), strict=False)
        )
        new[c, h] = tuple(each for each in weeks if each not in listed)
    return _with(week, new)


def _choices(week: Week) -> Iterator[tuple[int, int, Subgroup, Choice]]:
    for c, staff_group in enumerate(week.staff_groups):
        for h, subgroup in enumerate(staff_group.subgroups):
            if subgroup.choice is not None:
                yield c, h, subgroup, subgroup.choice
