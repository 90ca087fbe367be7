"""Tiny problems with every rule, drawn at random, and every roster of a person by trying all."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.joined_cases.recount import of_person
from optimize.roster.joined.demand import Demand
from optimize.roster.joined.problem import RESTED, Break, Contract, History, Hours, Limits, Person, Problem, Rules

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = 8
"""Intervals of a day in these problems: three hours each."""
EARLY, LATE, NIGHT = 0, 1, 2


def contract(days: int, *, minutes: tuple[int, int, int] = (480, 480, 480), short_day: int | None = None) -> Contract:
    """Early 06-15, late 15-24, night 21-06 in intervals of three hours; a day may have an hour-long interval less."""
    midnights = midnights_of(days, short_day)
    starts = midnights[:-1, None] + np.array([2, 5, 7])
    return Contract(
        "tiny",
        starts,
        np.ones((days, 3), dtype=bool),
        np.array([3, 3, 3]),
        ((Break(1, 1, 1),), (), ()),
        0,
        np.array(minutes),
        np.array([False, False, True]),
        np.array([0, 1, 2]),
        np.zeros((days, 3)),
    )


def midnights_of(days: int, short_day: int | None = None) -> np.ndarray:
    """Midnights; one day may have an interval less."""
    lengths = np.full(days, DAY)
    if short_day is not None:
        lengths[short_day] -= 1
    return np.concatenate([[0], np.cumsum(lengths)])


def person(
    days: int, rules: Rules | None = None, hours: Hours | None = None, history: History = RESTED, **given
) -> Person:
    """A person of the tiny contract."""
    extra = given.pop("extra", np.zeros((days, 3)))
    return Person("one", 0, frozenset({0}), extra, rules or Rules(rest=0), hours or Hours(), history, **given)


def problem(
    people: tuple[Person, ...],
    days: int,
    *,
    first_weekday: int = 0,
    of: Contract | None = None,
    short_day: int | None = None,
) -> Problem:
    """A problem of these people, with little to cover."""
    midnights = midnights_of(days, short_day)
    need = np.ones((1, int(midnights[-1])))
    return Problem(
        180, midnights, first_weekday, Demand.of(need, 10.0, 1.0), (of or contract(days, short_day=short_day),), people
    )


def limits(random: np.random.Generator, most: int, unit: int = 1) -> Limits | None:
    """Some limits, or none."""
    if random.random() < 0.4:
        return None
    low, high = sorted(random.integers(0, most + 1, 2).tolist())
    return Limits(low * unit, high * unit)


def random_problem(seed: int, days: int = 6) -> Problem:
    """One person with every rule drawn at random."""
    random = np.random.default_rng(seed)
    least_nights = int(random.integers(1, 3))
    rules = Rules(
        rest=int(random.choice([0, 360, 540, 900])),
        least_run=int(random.integers(1, 4)),
        most_run=int(random.integers(3, 6)),
        least_off=int(random.integers(1, 4)),
        least_nights=least_nights,
        most_nights=random.choice([None, least_nights, least_nights + 1]),
        rest_after_nights=int(random.choice([0, 540, 1440, 2340, 2880, 3600])),
        whole_weekends=bool(random.random() < 0.5),
        barred=frozenset() if random.random() < 0.5 else frozenset({(LATE, EARLY), (EARLY, NIGHT)}),
    )
    mixed = random.random() < 0.5
    minutes = (480, 480, 480) if not mixed else tuple(random.choice([240, 480, 600], 3).tolist())
    hours = Hours(
        shifts=limits(random, days),
        minutes=limits(random, 12, 240),
        week_shifts=limits(random, 5),
        week_minutes=limits(random, 10, 240),
        most_weekends=random.choice([None, 0, 1]),
        each_week=(Limits(0, int(random.integers(0, 4))),) if random.random() < 0.4 else (),
        week_off=bool(random.random() < 0.4),
    )
    short_day = int(random.integers(0, days)) if random.random() < 0.5 else None
    extra = np.where(random.random((days, 3)) < 0.1, np.inf, 0.0)
    who = person(days, rules, hours, random_history(random, rules), extra=extra)
    of = contract(days, minutes=minutes, short_day=short_day)
    return problem((who,), days, first_weekday=int(random.integers(0, 7)), of=of, short_day=short_day)


def random_history(random: np.random.Generator, rules: Rules) -> History:
    """Rested, some days off, a run, or a run of nights."""
    what = random.integers(0, 4)
    if what == 0:
        return RESTED
    if what == 1:
        off = int(random.integers(1, 4))
        return History(
            off, ended=int(random.integers(-8, 1)) - DAY * (off - 1), after_nights=bool(random.random() < 0.5)
        )
    run = int(random.integers(1, rules.most_run + 1))
    if what == 2:
        return History(0, run, ended=int(random.integers(-4, 1)), band=int(random.integers(0, 2)))
    nights = int(random.integers(1, min(run, rules.most_nights or run) + 1))
    return History(0, run, nights, ended=2, after_nights=True, band=NIGHT)


def lawful(of: Problem, number: int = 0) -> Iterator[list[int]]:
    """Every roster of a person that breaks no rule."""
    who = of.people[number]
    for days in product((-1, 0, 1, 2), repeat=of.days):
        if next(of_person(of, who, list(days)), None) is None:
            yield list(days)


def price_of(days: list[int], price: np.ndarray) -> float:
    """Sum of the prices of the shapes worked."""
    return float(sum(price[day, shape] for day, shape in enumerate(days) if shape >= 0))
