"""Diagnosis of an infeasible week: which rule, who, on which day, by how much, and the least change that helps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import Fault
from configs.units import WEEKDAY_NAMES
from optimize.roster.inputs.patterns import WEEK
from optimize.roster.inputs.too_few import NAMED
from optimize.roster.program.budget import Limits
from optimize.roster.program.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from optimize.roster.inputs.week import Week
    from optimize.roster.program import Program
    from optimize.roster.program.solver import Solver

LIMITS = Limits(gap=0.01, nodes=500)
"""For the least relaxation in whole people: it names rules and days, not an exact amount."""


def diagnose(program: Program, solver: Solver) -> list[Fault]:
    """Find which rests and guaranteed days cannot all be kept, where the program is infeasible.

    An elastic program: rest may be violated and days may be dropped, each at a price, and nothing else costs anything.
    What it violates is the least that must give way. It is solved relaxed first, and then in whole people where that
    ends within its nodes.
    """
    model, layout, week = program.model, program.layout, program.week
    lower, upper = model.bounds()
    slack = np.array([*layout.rest_violation.values(), *layout.dropped_days.values()], dtype=np.int64)
    upper[slack] = sum(staff_group.size for staff_group in week.staff_groups)
    price = -model.cost()
    price[list(layout.rest_violation.values())] += 1.0
    price[list(layout.dropped_days.values())] += 2.0
    whole = np.array([y for ys in layout.pattern.values() for y in ys], dtype=np.int64)
    elastic = Problem(model, bounds=(lower, upper), extra_cost=price, whole=np.concatenate([whole, slack]))
    relaxed = solver.solve("diagnosis", replace(elastic, relaxed=True))
    exact = solver.solve("diagnosis", elastic, LIMITS)
    answer = exact if exact.found else relaxed
    faults = list(_findings(program, answer.values)) if answer.found else []
    return faults or [Fault("", _in_general(week))]


def _findings(program: Program, values: NDArray[np.float64]) -> Iterator[Fault]:
    week, layout = program.week, program.layout
    for (c, day), column in sorted(layout.rest_violation.items()):
        people = values[column]
        if people > 1e-4:
            staff_group, after = week.staff_groups[c], (day + 1) % WEEK
            bound = sorted(a for subgroup in staff_group.subgroups if subgroup.guaranteed for a in subgroup.agents)
            names = ", ".join(bound[:NAMED]) + (f" and {len(bound) - NAMED} more" if len(bound) > NAMED else "")
            hours, rest = week.horizon.interval_h, _longest_rest(week, c, day)
            remedy = f"rest = {rest * hours:g} h at most, " if rest is not None and rest >= 0 else ""
            yield Fault(
                f"contracts.{staff_group.contract}.rest",
                f"{people:.3g} of agent {names} cannot rest {staff_group.rest * hours:g} h "
                f"between {_name(week, day)} and "
                f"{_name(week, after)}, as their guaranteed days ask; the least change: {remedy}a later start on "
                f"{_name(week, after)}, or guaranteed = false",
            )
    for (c, day), column in sorted(layout.dropped_days.items()):
        if values[column] > 1e-4:
            staff_group = week.staff_groups[c]
            yield Fault(
                f"contracts.{staff_group.contract}",
                f"{values[column]:.3g} guaranteed working days find no start on {_name(week, day)}; "
                "the least change: allow more starts that day, or guaranteed = false",
            )


def _longest_rest(week: Week, c: int, day: int) -> int | None:
    """Intervals between the earliest end of a day and the latest start of the next."""
    shift_types, after = week.staff_groups[c].shift_types, (day + 1) % WEEK
    ends = [f.starts[day][0] + f.length for f in shift_types if f.starts[day]]
    starts = [f.starts[after][-1] + (week.size if after < day else 0) for f in shift_types if f.starts[after]]
    return max(starts) - min(ends) if ends and starts else None


def _name(week: Week, day: int) -> str:
    return WEEKDAY_NAMES[week.horizon.date(day).weekday()]


def _in_general(week: Week) -> str:
    """Say whose guaranteed days leave no week."""
    bound = sorted(
        {
            staff_group.contract
            for staff_group in week.staff_groups
            if any(subgroup.guaranteed for subgroup in staff_group.subgroups)
        }
    )
    return (
        f"the guaranteed working days of contract {', '.join(bound)} cannot be worked within its shifts, rest and days "
        "off; set guaranteed = false, shorten rest, or allow more starts"
    )
