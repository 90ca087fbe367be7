"""Tours -> people: each subgroup's tours go to its people by linear assignment over wishes and shared burdens."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.wishes import wishes_of
from optimize.roster.persons.fairness import even_out, of_tour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from optimize.roster.fairness.sharing import Sharing
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.week import Week
    from optimize.roster.inputs.wishes import Wish
    from optimize.roster.persons.tours import Tour

    Array = NDArray[np.float64]


def name_tours(week: Week, tours: tuple[Tour, ...], people: People, sharing: Sharing | None = None) -> dict[str, Tour]:
    """Return the tour of each person who has one.

    Minimises broken wishes by weight, plus the price of burdens away from fair shares where they are shared; ties by
    the order of ids. Exact: a person takes one tour, so a pair has one price.
    """
    from scipy.optimize import linear_sum_assignment

    wishes = wishes_of(people.requests, week.horizon)
    named: dict[str, Tour] = {}
    made = tours if sharing is None else even_out(week, tours, sharing.burdens)
    subgroups: dict[tuple[int, int], list[Tour]] = defaultdict(list)
    for tour in made:
        subgroups[tour.staff_group, tour.subgroup].append(tour)
    due = None if sharing is None else _balance(week, made, sharing)
    for (c, h), group in sorted(subgroups.items()):
        agents = week.staff_groups[c].subgroups[h].agents
        refused = np.zeros((2, len(agents), len(group)))
        for i, agent in enumerate(agents):
            if agent in wishes:
                refused[:, i] = np.transpose([_refused(week, wishes[agent], tour) for tour in group])
        cost = refused[0]
        if sharing is not None and due is not None:
            places = [sharing.openings.agents.index(agent) for agent in agents]
            cost = cost + _prices(week, sharing, due[places], group, refused[1])
        rows, columns = linear_sum_assignment(cost)
        named |= {agents[i]: group[j] for i, j in zip(rows, columns, strict=True)}
    return dict(sorted(named.items()))


def _balance(week: Week, tours: Sequence[Tour], sharing: Sharing) -> Array:
    """What everybody has taken beyond the share of all that is known and planned; shape (P, K)."""
    planned = np.sum([of_tour(week, sharing.burdens, tour) for tour in tours], axis=0)
    return np.asarray(sharing.balance - planned * sharing.part)


def _prices(week: Week, sharing: Sharing, due: Array, group: Sequence[Tour], refused: Array) -> Array:
    """Price of the burdens of each person (row) with each tour (column).

    Weight times half the square of the distance from the fair share: the sum over people is least where all are as
    close to their shares as they can be, and the k-th burden above a share costs about k times the weight.
    """
    names, weights = sharing.burdens.names, sharing.burdens.weights
    of = np.array([of_tour(week, sharing.burdens, tour) for tour in group])
    taken = np.broadcast_to(of, (len(due), *of.shape)).copy()
    if "wishes" in names:
        taken[:, :, names.index("wishes")] = refused
    return np.asarray((due[:, None] + taken) ** 2 / 2 @ weights)


def _refused(week: Week, wishes: list[Wish], tour: Tour) -> tuple[float, int]:
    """Weight and number of the wishes a tour refuses."""
    begins = {
        shift_slot.day: int(week.horizon.time_of_day[shift_slot.start % week.size]) * week.horizon.interval_min
        for shift_slot in tour.shift_slots
    }
    refused = [wish for wish in wishes if not wish.is_granted(begins.get(wish.day))]
    return sum(wish.weight for wish in refused), len(refused)
