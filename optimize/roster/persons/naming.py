"""Tours -> people: each subgroup's tours go to its people by linear assignment over wishes, nights and weekends."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from configs.tables import records
from optimize.roster.inputs.wishes import NEAR_MINUTES, as_date, wished_start
from optimize.roster.persons.fairness import Burden, burden, even_out, past_burdens, price

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.shift_slot import ShiftSlot
    from optimize.roster.inputs.week import Week
    from optimize.roster.persons.tours import Tour


def name_tours(week: Week, tours: tuple[Tour, ...], people: People, fairness: float = 0.0) -> dict[str, Tour]:
    """Return the tour of each person who has one.

    Minimises broken wishes by weight, plus `fairness` times the progressive price of nights and weekends on top of past
    ones; ties by the order of ids. Exact: a person takes one tour, so a pair has one price.
    """
    from scipy.optimize import linear_sum_assignment

    wishes, past = _wishes(week, people.requests), past_burdens(week, people)
    named: dict[str, Tour] = {}
    subgroups: dict[tuple[int, int], list[Tour]] = defaultdict(list)
    for tour in even_out(week, tours) if fairness else tours:
        subgroups[tour.staff_group, tour.subgroup].append(tour)
    for (c, h), group in sorted(subgroups.items()):
        agents = week.staff_groups[c].subgroups[h].agents
        cost = np.zeros((len(agents), len(group)))
        for i, agent in enumerate(agents):
            if agent in wishes:
                cost[i] = [_broken(week, wishes[agent], tour) for tour in group]
        if fairness:
            cost += fairness * _burdens(week, [past.get(agent, Burden()) for agent in agents], group)
        rows, columns = linear_sum_assignment(cost)
        named |= {agents[i]: group[j] for i, j in zip(rows, columns, strict=True)}
    return dict(sorted(named.items()))


def _burdens(week: Week, past: list[Burden], group: list[Tour]) -> NDArray[np.float64]:
    """Price of nights and weekends of each person (row) with each tour (column)."""
    heavy = [burden(week, tour) for tour in group]
    kinds = {(before, more): price(before, more) for before in set(past) for more in set(heavy)}
    return np.array([[kinds[before, more] for more in heavy] for before in past])


Wish = tuple[int, "int | None", bool, float]
"""Day, minutes of the wished start or None, whether to work, weight."""


def _wishes(week: Week, requests: pd.DataFrame) -> dict[str, list[Wish]]:
    found: dict[str, list[Wish]] = defaultdict(list)
    for row in records(requests):
        day = (as_date(row["date"]) - week.horizon.first).days
        if 0 <= day < week.horizon.days:
            weight = float(row.get("weight", 1.0))
            weight = 1.0 if math.isnan(weight) else weight
            found[str(row["agent"])].append((day, wished_start(row.get("shift")), row["wish"] == "on", weight))
    return found


def _broken(week: Week, wishes: list[Wish], tour: Tour) -> float:
    """Weight of the wishes a tour breaks."""
    days = {shift_slot.day: shift_slot for shift_slot in tour.shift_slots}
    broken = 0.0
    for day, start, wants_work, weight in wishes:
        shift_slot = days.get(day)
        meets = shift_slot is not None and (start is None or _near(week, shift_slot, start))
        broken += weight * (meets != wants_work)
    return broken


def _near(week: Week, shift_slot: ShiftSlot, minutes: int) -> bool:
    begins = int(week.horizon.time_of_day[shift_slot.start % week.size]) * week.horizon.interval_min
    return abs(begins - minutes) <= NEAR_MINUTES
