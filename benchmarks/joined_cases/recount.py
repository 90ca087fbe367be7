"""Recounts rosters of the joined problem in plain loops, from the words of the rules: nothing is shared with the engine."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from optimize.roster.joined.problem import Contract, Hours, Limits, Person, Problem

Days = list[int]
FAR = -(10**9)


def faults(problem: Problem, rosters: list[Days]) -> list[str]:
    """Sentences about every hard rule that a roster breaks; days off are -1."""
    return [
        f"{person.name}: {fault}"
        for person, days in zip(problem.people, rosters, strict=True)
        for fault in of_person(problem, person, days)
    ]


def of_person(problem: Problem, person: Person, days: Days) -> Iterator[str]:
    """Broken rules of one person."""
    contract = problem.contracts[person.contract]
    yield from _available(contract, person, days)
    yield from _runs(person, days)
    yield from _rests(problem, person, contract, days)
    yield from _nights(person, contract, days)
    yield from _successions(person, contract, days)
    yield from _weekends(problem, person, days)
    yield from _hours(problem, person, contract, days)


def _available(contract: Contract, person: Person, days: Days) -> Iterator[str]:
    for day, shape in enumerate(days):
        if shape >= 0 and not contract.offered[day, shape]:
            yield f"shape {shape} is not offered on day {day}"
        elif shape >= 0 and not np.isfinite(person.extra[day, shape]):
            yield f"is not available on day {day}"


def _runs(person: Person, days: Days) -> Iterator[str]:
    rules, history = person.rules, person.history
    run, off = history.run, history.days_off if history.run == 0 else 0
    for day, shape in enumerate(days):
        if shape >= 0:
            if run == 0 and off < rules.least_off:
                yield f"days off before day {day}"
            run, off = run + 1, 0
            if run > rules.most_run:
                yield f"run on day {day}"
        else:
            if 0 < run < rules.least_run:
                yield f"short run before day {day}"
            run, off = 0, off + 1


def _rests(problem: Problem, person: Person, contract: Contract, days: Days) -> Iterator[str]:
    rules, history = person.rules, person.history
    at_night = bool(history.nights or history.after_nights)
    ended, last_day, was_night = FAR if history.ended is None else history.ended, -1, at_night
    if history.run == 0:
        last_day = -2
    for day, shape in enumerate(days):
        if shape < 0:
            continue
        begin, night = int(contract.starts[day, shape]), bool(contract.nights[shape])
        minutes = (begin - ended) * problem.interval
        if minutes < rules.rest:
            yield f"rest before day {day}"
        continues = night and was_night and day == last_day + 1
        if was_night and not continues and minutes < rules.rest_after_nights:
            yield f"rest after nights before day {day}"
        ended, last_day, was_night = begin + int(contract.lengths[shape]), day, night


def _nights(person: Person, contract: Contract, days: Days) -> Iterator[str]:
    rules, nights = person.rules, person.history.nights
    for day, shape in enumerate(days):
        if shape >= 0 and contract.nights[shape]:
            nights += 1
            if rules.most_nights is not None and nights > rules.most_nights:
                yield f"nights in a row on day {day}"
        else:
            if 0 < nights < rules.least_nights:
                yield f"too few nights before day {day}"
            nights = 0


def _successions(person: Person, contract: Contract, days: Days) -> Iterator[str]:
    band = person.history.band if person.history.run else None
    for day, shape in enumerate(days):
        now = int(contract.bands[shape]) if shape >= 0 else None
        if band is not None and now is not None and (band, now) in person.rules.barred:
            yield f"succession on day {day}"
        band = now


def _weekends(problem: Problem, person: Person, days: Days) -> Iterator[str]:
    touched = Counter[int]()
    for day, shape in enumerate(days):
        weekday = problem.weekday(day)
        if weekday < 5:
            continue
        saturday = day if weekday == 5 else day - 1
        touched[saturday] += shape >= 0
    for saturday, worked in touched.items():
        inside = saturday >= 0 and saturday + 1 < len(days)
        if person.rules.whole_weekends and inside and worked == 1:
            yield f"half weekend on day {saturday}"
    most = person.hours.most_weekends
    if most is not None and sum(worked > 0 for worked in touched.values()) > most:
        yield "weekends"


def _hours(problem: Problem, person: Person, contract: Contract, days: Days) -> Iterator[str]:
    hours = person.hours
    shifts = [int(shape >= 0) for shape in days]
    minutes = [int(contract.minutes[shape]) if shape >= 0 else 0 for shape in days]
    for name, counts, limits in (("shifts", shifts, hours.shifts), ("minutes", minutes, hours.minutes)):
        if limits is not None and not limits.least <= sum(counts) <= limits.most:
            yield name
    yield from (f"shifts of the week {week}" for week in _bad_weeks(problem, hours, shifts, hours.of_week))
    yield from (
        f"minutes of the week {week}" for week in _bad_weeks(problem, hours, minutes, lambda _: hours.week_minutes)
    )


def _bad_weeks(
    problem: Problem, hours: Hours, counts: list[int], limits_of: Callable[[int], Limits | None]
) -> Iterator[int]:
    weeks: dict[int, list[int]] = {}
    for day, count in enumerate(counts):
        weeks.setdefault((problem.first_weekday + day) // 7, []).append(count)
    for week, inside in weeks.items():
        limits, idle = limits_of(week), hours.week_off and sum(inside) == 0
        if limits is None or idle:
            continue
        least = limits.least if len(inside) == 7 else 0
        if not least <= sum(inside) <= limits.most:
            yield week


def break_faults(problem: Problem, rosters: list[Days], breaks: list[list[list[int]]]) -> list[str]:
    """Sentences about breaks outside their windows, out of order, or too close."""
    found = []
    for person, days, of_days in zip(problem.people, rosters, breaks, strict=True):
        contract = problem.contracts[person.contract]
        for day, shape in enumerate(days):
            if shape < 0:
                continue
            rules = contract.breaks[shape]
            starts = of_days[day][: len(rules)]
            ends = [start + rule.length for start, rule in zip(starts, rules, strict=True)]
            marks = [0, *(x for pair in zip(starts, ends, strict=True) for x in pair), int(contract.lengths[shape])]
            if any(not rule.first <= start <= rule.last for start, rule in zip(starts, rules, strict=True)):
                found.append(f"{person.name}: window on day {day}")
            if rules and any(b - a < contract.gap for a, b in list(pairwise(marks))[::2]):
                found.append(f"{person.name}: gap on day {day}")
    return found


def cost(problem: Problem, rosters: list[Days], breaks: list[list[list[int]]]) -> float:
    """Wages, wishes and cover; cover by a linear program for each different situation."""
    total, present = 0.0, np.zeros((len(problem.people), problem.intervals), dtype=bool)
    for p, (person, days) in enumerate(zip(problem.people, rosters, strict=True)):
        contract = problem.contracts[person.contract]
        for day, shape in enumerate(days):
            if shape < 0:
                continue
            total += float(contract.wage[day, shape] + person.extra[day, shape])
            begin = int(contract.starts[day, shape])
            present[p, begin : begin + int(contract.lengths[shape])] = True
            for rule, start in zip(contract.breaks[shape], breaks[p][day], strict=False):
                present[p, begin + start : begin + start + rule.length] = False
    sets = sorted({tuple(sorted(person.skills)) for person in problem.people})
    by_set = np.array([present[[tuple(sorted(q.skills)) == each for q in problem.people]].sum(axis=0) for each in sets])
    return total + _cover(problem, sets, by_set)


def _cover(problem: Problem, sets: list[tuple[int, ...]], by_set: np.ndarray) -> float:
    demand, known, total = problem.demand, {}, 0.0
    for t in range(problem.intervals):
        key = (
            by_set[:, t].tobytes(),
            demand.base[:, t].tobytes(),
            demand.width[..., t].tobytes(),
            demand.gain[..., t].tobytes(),
        )
        if key not in known:
            known[key] = _cover_of(problem, sets, by_set[:, t], t)
        total += known[key]
    return total


def _cover_of(problem: Problem, sets: list[tuple[int, ...]], there: np.ndarray, t: int) -> float:
    """Cheapest cover of one interval: flows from sets of skills to steps of their channels."""
    from scipy.optimize import linprog

    demand = problem.demand
    steps = len(demand.gain)
    columns = [(k, c, j) for k, each in enumerate(sets) for c in each for j in range(steps)]
    gains = np.array([-demand.gain[j, c, t] for _, c, j in columns])
    equal = np.array([[k == at for k, _, _ in columns] for at in range(len(sets))], dtype=float)
    pairs = [(c, j) for c in range(demand.channels) for j in range(steps - 1)]
    upper = np.array([[(c, j) == pair for _, c, j in columns] for pair in pairs], dtype=float)
    wide = np.array([demand.width[j, c, t] for c, j in pairs])
    found = linprog(gains, A_ub=upper, b_ub=wide, A_eq=equal, b_eq=there.astype(float))
    return float(demand.base[:, t].sum() + found.fun)
