"""Wishes against the rosters of weeks planned by name: those not granted, why, and what granting each would cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from configs.tables import records
from optimize.roster.inputs.wishes import NEAR_MINUTES, as_date, wished_start
from optimize.roster.inputs.workload import hours
from optimize.roster.joined.asked import Asked
from optimize.roster.joined.granting import Wished, granting
from optimize.roster.joined.problem import OFF
from optimize.roster.wish_facts import RefusedWish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import pandas as pd

    from configs.horizon import Horizon
    from optimize.roster.joined.centre import Rosters
    from optimize.roster.joined.granting import Granting
    from optimize.roster.joined.problem import Problem
    from optimize.roster.together.persons import Staff
    from optimize.roster.wish_facts import Refusal


@dataclass(frozen=True)
class _Row:
    """A row of the requests."""

    agent: str
    day: date
    start: int | None
    work: bool
    weight: float


def refused_wishes(
    requests: pd.DataFrame, horizon: Horizon, staff: Staff, problem: Problem, rosters: Rosters
) -> tuple[RefusedWish, ...]:
    """Return every wish for a day of the horizon that rosters do not grant, in the order of the requests, each once.

    Parameters
    ----------
    requests
        ``requests`` table.
    horizon, staff, problem
        All weeks as one; people in the order of `rosters`.
    rosters
        Rosters of everybody, with breaks.
    """
    found = [
        (row, wished)
        for row, wished in _wished(requests, horizon, staff)
        if not _is_granted(wished, rosters, (row.day - horizon.first).days)
    ]
    offered = [_is_offered(problem, wished) for _, wished in found]
    priced = iter(granting(problem, rosters, [each for (_, each), can in zip(found, offered, strict=True) if can]))
    refused = (
        _priced(row, next(priced)) if can else _refused(row, "no-shift")
        for (row, _), can in zip(found, offered, strict=True)
    )
    return tuple(dict.fromkeys(refused))


def _wished(requests: pd.DataFrame, horizon: Horizon, staff: Staff) -> Iterator[tuple[_Row, Wished]]:
    """Wishes of people of the plan for days of the horizon."""
    number = {person.name: p for p, person in enumerate(staff.persons)}
    for each in records(requests):
        agent, day = str(each["agent"]), as_date(each["date"])
        at = (day - horizon.first).days
        if agent not in number or not 0 <= at < horizon.days:
            continue
        row = _Row(agent, day, wished_start(each.get("shift")), each["wish"] == "on", hours(each.get("weight"), 1.0))
        person = staff.persons[number[agent]]
        clock = staff.shapes[person.contract].clock
        cells = np.zeros(person.extra.shape, dtype=bool)
        cells[at] = True if row.start is None else abs(clock - row.start) <= NEAR_MINUTES
        yield row, Wished(number[agent], Asked(cells, row.work), row.weight)


def _is_granted(wished: Wished, rosters: Rosters, day: int) -> bool:
    shape = int(rosters.shapes[wished.person, day])
    hit = shape != OFF and bool(wished.asked.cells[day, shape])
    return hit == wished.asked.work


def _is_offered(problem: Problem, wished: Wished) -> bool:
    """Whether the contract has a shift that grants the wish, whoever may work it."""
    offered = problem.contracts[problem.people[wished.person].contract].offered
    return not wished.asked.work or bool((offered & wished.asked.cells).any())


def _priced(row: _Row, found: Granting) -> RefusedWish:
    if found.cost is None:
        return _refused(row, "no-roster", found)
    if found.cost <= row.weight:
        return _refused(row, "not-found", found)
    return _refused(row, "cover" if found.cover > row.weight else "weight", found)


def _refused(row: _Row, reason: Refusal, found: Granting | None = None) -> RefusedWish:
    wish = (row.agent, row.day, row.start, row.work, row.weight)
    if found is None or found.cost is None:
        return RefusedWish(*wish, reason, freed_by=() if found is None else found.freed_by)
    return RefusedWish(*wish, reason, found.cost, found.cover)
