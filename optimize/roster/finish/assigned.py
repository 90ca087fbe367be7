"""The shifts found -> people: who works each tour, with breaks and activities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from optimize.roster.fairness.openings import wanted_by_live
from optimize.roster.fairness.sharing import sharing_of
from optimize.roster.persons.activity_assignment import ActivityAssignment, assign_activities
from optimize.roster.persons.breaks import assign_breaks, keep_published_breaks
from optimize.roster.persons.minimal_change_tours import minimal_change_tours, patterns_of
from optimize.roster.persons.naming import name_tours
from optimize.roster.persons.tied import tied_tours
from optimize.roster.persons.tours import Tour, counts_of
from optimize.roster.search.neighbourhood_search import place_breaks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.roster.fairness.sharing import Sharing
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.week import Week
    from optimize.roster.program.solver import Solver
    from optimize.roster.whole_week.found import Found


@dataclass(frozen=True)
class Assigned:
    """The tour of each person, with breaks and activities."""

    named: dict[str, Tour]
    assignment: ActivityAssignment


def assign_people(config: Config, found: Found, people: People, solver: Solver) -> Assigned:
    """Assign the shifts found, their breaks and the activities to people."""
    program = found.program
    values, named = _named(config, found, people, solver)
    values, breaks = keep_published_breaks(program, values, named, assign_breaks(program.layout, values, named), solver)
    return Assigned(named, assign_activities(program, values, named, breaks, solver))


def _sharing(config: Config, week: Week, people: People) -> Sharing | None:
    """How burdens are shared in a week; None where nothing is shared."""
    if not config.roster.fairness.weights:
        return None
    live = {week.channels[m]: required > 0 for m, required in week.live.items()}
    return sharing_of(config, week.horizon, people, wanted_by_live(config, live, week.size))


def _named(config: Config, found: Found, people: People, solver: Solver) -> tuple[NDArray[np.float64], dict[str, Tour]]:
    """Give everybody a tour: as close as possible to a published one, else by linear assignment."""
    program, values = found.program, found.values
    if found.named is not None:
        return values, dict(sorted(found.named.items()))
    steady = minimal_change_tours(program, values, solver)
    if steady is None:
        values, tours = tied_tours(program, values, found.tours, solver)
        return values, name_tours(program.week, tours, people, _sharing(config, program.week, people))
    counted = counts_of(program, tuple(steady.values()), patterns_of(program, steady, values))
    if (counted != values).any():
        counted = place_breaks(program, counted, solver)
    return counted, steady
