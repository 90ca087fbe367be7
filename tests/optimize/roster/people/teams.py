"""Small teams with rules, made by hand or at random."""

from __future__ import annotations

import numpy as np

from optimize.roster.people.problem import Kind, Person, Problem

EARLY, LATE, NIGHT = 0, 1, 2


def person(name: str = "ann", **rules: object) -> Person:
    """Somebody who may do anything within ten days, but for the rules that are named."""
    free = {
        "least_minutes": 0, "most_minutes": 10_000, "least_run": 1, "most_run": 7, "least_off": 1, "most_weekends": 9,
        "most_of": (99, 99, 99),
    }  # fmt: skip
    return Person(name, **(free | rules))  # type: ignore[arg-type]


def problem(*persons: Person, days: int = 10, need: float = 1.0) -> Problem:
    """Early, late and night shifts of 8, 8 and 10 hours; nothing but a night may follow a night."""
    kinds = (Kind("early", 480), Kind("late", 480), Kind("night", 600))
    barred = np.zeros((3, 3), dtype=bool)
    barred[NIGHT, [EARLY, LATE]] = barred[LATE, EARLY] = True
    shape = (days, 3)
    short, over = np.full(shape, 100.0), np.ones(shape)
    return Problem(
        days, kinds, persons, barred, np.zeros((len(persons), *shape)), 0.0, np.full(shape, need), short, over
    )


def random_problem(random: np.random.Generator, people: int = 2) -> Problem:
    """A few days, kinds and people with rules that bind."""
    kinds = tuple(Kind(name, int(random.choice([240, 480, 600]))) for name in "ABC"[: int(random.integers(1, 4))])
    size, days = len(kinds), int(random.integers(5, 8))
    run, off = int(random.integers(1, 5)), int(random.integers(1, 4))
    persons = []
    for number in range(people):
        most = int(random.integers(2, 6)) * 480
        persons.append(
            Person(
                f"p{number}", max(0, most - int(random.integers(0, 4)) * 240), most, int(random.integers(1, run + 1)),
                run, off, int(random.integers(0, 3)), tuple(int(n) for n in random.integers(0, 5, size)),
                frozenset(int(day) for day in random.choice(days, int(random.integers(0, 2)), replace=False)),
            )
        )  # fmt: skip
    cells = (days, size)
    wishes = random.integers(-3, 4, (people, *cells)).astype(float)
    need, short = random.integers(0, 2, cells).astype(float), random.integers(1, 9, cells).astype(float)
    return Problem(
        days, kinds, tuple(persons), random.random((size, size)) < 0.3, wishes, 5.0, need, short, np.ones(cells)
    )
