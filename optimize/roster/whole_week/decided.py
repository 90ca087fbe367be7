"""A week whose people and starts are decided, as where several weeks are planned together; breaks and work follow."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import Fault, VerificationError
from optimize.roster.persons.minimal_change_tours import patterns_of
from optimize.roster.persons.tours import Tour, counts_of
from optimize.roster.program.published import published_slots
from optimize.roster.search.at_prices import at_prices
from optimize.roster.search.neighbourhood_search import place_breaks
from optimize.roster.whole_week.found import Found
from optimize.roster.whole_week.relaxed import relaxed_program

if TYPE_CHECKING:
    import pandas as pd

    from optimize.roster.inputs.week import Subgroup, Week
    from optimize.roster.program.published import PublishedRoster
    from optimize.roster.program.solver import Solver
    from optimize.roster.whole_week.telling import Tell


def decided_week(
    week: Week, decided: pd.DataFrame, published_roster: PublishedRoster | None, solver: Solver, tell: Tell
) -> Found:
    """Give everybody the shifts decided for them; breaks, activities and deferrable work are placed at least cost.

    Parameters
    ----------
    week
        The week; its bound is that of all its patterns, not of the shifts decided.
    decided
        A ``roster`` table of this week or of more; breaks in it are not read.

    Raises
    ------
    VerificationError
        A shift decided is not one that its person may work.
    """
    tell("relaxing the week", None)
    named = _tours(week, decided)
    program, relaxed = at_prices(*relaxed_program(_with_patterns_of(week, named), published_roster, solver))
    values = counts_of(program, tuple(named.values()), patterns_of(program, named, np.zeros(relaxed.values.size)))
    tell("placing breaks", None)
    values = place_breaks(program, values, solver)
    return Found(program, values, relaxed.bound, relaxed, stopped=solver.budget.interrupted, named=named)


def _tours(week: Week, decided: pd.DataFrame) -> dict[str, Tour]:
    """Everybody's decided shifts of this week; nobody without a shift is in it."""
    begins, ends = week.horizon.starts[0], week.horizon.starts[-1]
    asked = decided[(decided["start"] >= begins) & (decided["start"] <= ends)]
    bare = asked.drop(columns="activities", errors="ignore").assign(breaks="")
    taken = published_slots(week, bare, 0.0)
    slots = {} if taken is None else taken.shift_slots
    counts = sorted(Counter(asked["agent"].astype(str)).items())
    lost = [
        Fault(f"roster of {agent}", f"has {count} shifts decided, of which {len(slots.get(agent, ()))} can be worked")
        for agent, count in counts
        if len(slots.get(agent, ())) != count
    ]
    if lost:
        raise VerificationError(lost)
    return {
        agent: Tour(c, h, slots[agent])
        for c, staff_group in enumerate(week.staff_groups)
        for h, subgroup in enumerate(staff_group.subgroups)
        for agent in subgroup.agents
        if slots.get(agent)
    }


def _with_patterns_of(week: Week, named: dict[str, Tour]) -> Week:
    """List the weeks decided among those people may have; limits of hours may make them too many to list all."""
    staff_groups = tuple(
        replace(staff_group, subgroups=tuple(_with_tours(subgroup, named) for subgroup in staff_group.subgroups))
        for staff_group in week.staff_groups
    )
    return replace(week, staff_groups=staff_groups)


def _with_tours(subgroup: Subgroup, named: dict[str, Tour]) -> Subgroup:
    for agent in subgroup.agents:
        if agent not in named:
            continue
        shift_types = {shift_slot.day: shift_slot.shift_type for shift_slot in named[agent].shift_slots}
        if subgroup.pattern_of(shift_types) is None:
            days = tuple(sorted(shift_types))
            types = (tuple(shift_types[day] for day in days),) if subgroup.type_sequences else ()
            subgroup = replace(
                subgroup,
                patterns=(*subgroup.patterns, days),
                type_sequences=(*subgroup.type_sequences, *types),
            )
    return subgroup
