"""Rules as the joined search plans by them say of any roster what the recount of rules says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from benchmarks.joined_cases.recount import of_person
from configs.horizon import Horizon
from optimize.roster.inputs.previous import Previous
from optimize.roster.joined.demand import Demand
from optimize.roster.joined.problem import OFF, Problem
from optimize.roster.together.persons import staff_of
from optimize.roster.verify.rules import Weeks, breaches
from tests.optimize.roster import weeks

if TYPE_CHECKING:
    from optimize.roster.inputs.people import People

DAYS, BACK = 14, 14
FREE = {
    "agents": 1,
    "days_per_week": 7,
    "max_consecutive_days": 14,
    "rest": "0h",
    "shifts": [
        {"length": "8h", "start": "06:00"},
        {"length": "9h", "start": "13:00"},
        {"length": "8h", "start": "22:00"},
    ],
    "breaks": [{"length": "1h", "after": "3h-5h", "paid": True}],
    "cost_per_hour": 10,
}
HARD = [
    {"hours": {"h": {"per": "week", "least": "16h", "most": "40h", "count": "worked"}}},
    {"hours": {"h": {"per": "2w", "least": "30h", "most": "80h"}}},
    {"hours": {"h": {"per": "5d", "most": "33h"}}},
    {"hours": {"h": {"per": "month", "least": "20h", "most": "80h"}}},
    {"hours": {"h": {"per": "day", "most": "8h"}}},
    {"hours": {"h": {"per": "day", "most": "7h", "count": "worked"}}},
    {"hours": {"h": {"per": "week", "least": "24h", "leave_day": "8h"}}},
    {"shifts": {"s": {"of": "night", "per": "week", "least": 1, "most": 2}}},
    {"shifts": {"s": {"of": "early", "per": "3d", "most": 1}}},
    {"shifts": {"s": {"per": "horizon", "most": 9}}},
    {"runs": {"r": {"of": "off", "most": 2}}},
    {"runs": {"r": {"of": "early", "least": 2, "most": 2}, "n": {"of": "night", "most": 2}}},
    {"rests": {"r": {"after": "late", "before": "early", "least": "16h"}}},
    {"rests": {"r": {"after": "night", "least": "33h"}}},
    {"rests": {"r": {"before": "early", "least": "24h"}}},
    {"rests": {"r": {"after_run": "night", "run_days": 2, "least": "40h"}}},
    {"rests": {"r": {"after_run": "work", "run_days": 3, "least": "48h"}}},
    {"weekly_rest": {"least": "36h"}},
    {"weekly_rest": {"least": "48h", "per": "2w"}},
    {"weekends": {"most": 1, "per": "2w"}},
    {"weekends": {"most": 1, "per": "3w"}},
    {"weekends": {"days": "fri-sun", "whole": True}},
    {"successions": {"s": {"after": ["night", "night"], "forbid": ["late", "early"]}}},
    {"successions": {"s": {"after": "late", "allow": ["late", "off"]}}},
    {"successions": {"s": {"after": "late", "forbid": ["early"]}}},
    {"successions": {"s": {"after": "off", "forbid": ["off"]}}},
    {
        "kinds": {"friday": {"days": "fri", "starts": "12:00-23:00"}},
        "successions": {"s": {"after": "friday", "forbid": ["early"]}},
    },
    {"rotation": {"pattern": "WW-", "starts": "2026-11-25"}},
    {"rotation": {"pattern": "WW-"}},
    {"near_start": "7h"},
    {"fixed_off": ["sun"]},
    {"locks": {"2026-12-01": "off", "2026-12-03": "work", "2026-12-08": "13:00"}},
]
"""Rules of every table, some with several words at once."""
PRICED = [
    {"hours": {"h": {"per": "week", "least": "16h", "most": "40h", "price": 3}}},
    {"hours": {"h": {"per": "2w", "most": "70h", "count": "worked", "price": 2}}},
    {"shifts": {"s": {"of": "night", "per": "week", "least": 1, "most": 2, "price": 5}}},
    {"runs": {"r": {"most": 3, "least": 3, "price": 4}}},
    {"runs": {"r": {"of": "off", "most": 1, "price": 4}}},
    {"weekends": {"most": 1, "per": "2w", "price": 7}},
    {"successions": {"s": {"after": "late", "forbid": ["early", "off"], "price": 2}}},
    {"rotation": {"pattern": "WE--", "starts": "2026-11-30", "price": 6}},
]


def table_of(days: dict[int, int]) -> pd.DataFrame:
    """Shifts of A1 by day from the first planned one, as a roster without the times of breaks but with their pay."""
    rows = []
    for day, shape in sorted(days.items()):
        hour, length = ((6, 8), (13, 9), (22, 8))[shape]
        start = pd.Timestamp(weeks.MONDAY + timedelta(days=day), tz="UTC") + pd.Timedelta(hours=hour)
        pause = f"{(hour + 3) % 24:02d}:00-{(hour + 4) % 24:02d}:00"
        rows.append(("A1", "A1", "day", start.date(), start, start + pd.Timedelta(hours=length), pause, length, 0.0))
    columns = ["agent", "name", "contract", "date", "start", "end", "breaks", "paid_h", "cost"]
    return pd.DataFrame(rows, columns=columns)


def random_days(random: np.random.Generator, first: int, last: int) -> dict[int, int]:
    """Shapes of some days; on others the person is off."""
    busy = random.uniform(0.4, 0.9)
    sticky = int(random.integers(0, 3))
    return {
        day: sticky if random.random() < 0.6 else int(random.integers(0, 3))
        for day in range(first, last)
        if random.random() < busy
    }


def people_of(random: np.random.Generator, *, known: bool) -> tuple[People, dict[int, int]]:
    """A1 with leave now and then, and with the earlier weeks or without."""
    day = weeks.MONDAY + timedelta(days=int(random.integers(-BACK, DAYS)))
    span = [("A1", f"{day} 00:00", f"{day + timedelta(days=1)} 00:00")] if random.random() < 0.4 else []
    people = weeks.people_of([("A1", "day", "phone")], leave=span)
    if not known:
        return people, {}
    past = random_days(random, -BACK, 0) | {-BACK: 0, -1 - 6: 1}
    off = (day - weeks.MONDAY).days if span else None
    past = {each: shape for each, shape in past.items() if each != off}
    last, earlier = ({d: s for d, s in past.items() if (d >= -7) == recent} for recent in (True, False))
    made = Previous(table_of(last), people.agents, weeks.MONDAY, earlier=table_of(earlier))
    return people.__class__(people.agents, people.leave, people.requests, previous=made), past


def seen(rules: dict[str, object], seed: int, draws: int, *, known: bool):
    """Rosters drawn: what the joined problem says of them, and what the recount says."""
    random = np.random.default_rng(seed)
    config = weeks.config_of(contracts={"day": FREE | {"rules": rules}})
    people, past = people_of(random, known=known)
    horizon = Horizon(weeks.MONDAY, DAYS, 60, "UTC")
    wages = {"day": np.full(horizon.size + 48, 10.0)}
    staff = staff_of(config, horizon, people, wages)
    free = staff_of(weeks.config_of(contracts={"day": FREE}), horizon, people, wages).persons[0].extra
    person, midnights = staff.persons[0], 24 * np.arange(DAYS + 1)
    person = replace(person, hours=replace(person.hours, week_shifts=None, each_week=()))  # what the contract asks
    contract = staff.shapes[0].contract
    demand = Demand.of(np.ones((1, horizon.size)), 1.0, 0.0)
    problem = Problem(60, midnights, 0, demand, (contract,), staff.persons)
    earliest = weeks.MONDAY + timedelta(days=min(past, default=0))
    back = (weeks.MONDAY - earliest).days + earliest.weekday() if past else 0
    for _ in range(draws):
        days = random_days(random, 0, DAYS)
        days = {d: s for d, s in days.items() if np.isfinite(free[d, s])}  # not in leave
        roster = [days.get(d, OFF) for d in range(DAYS)]
        faults = list(of_person(problem, person, roster)) + [d for d in person.due if roster[d] == OFF]
        watched = person.watched
        broken = bool(faults) or (watched is not None and watched.broken(np.array(roster)) > 0)
        price = 0.0 if watched is None else watched.price(np.array(roster))
        extra = sum(person.extra[d, s] for d, s in enumerate(roster) if s != OFF) + staff.owed
        found = breaches(
            config,
            Weeks(table_of(past | days), people.agents, people.leave, None, weeks.MONDAY, DAYS, {"A1": back}),
        )
        yield roster, broken, price + extra, list(found), staff


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("rules", HARD, ids=lambda rules: str(rules)[1:40])
def test_a_roster_is_lawful_where_the_recount_finds_nothing(rules: dict[str, object], *, known: bool) -> None:
    """Leave and earlier weeks included. Some of the drawn rosters keep the rule and some break it."""
    outcomes = set()
    for seed in range(3):
        for roster, broken, _, found, staff in seen(rules, seed, 12, known=known):
            assert staff.left == {}
            assert broken == bool(found), (seed, roster, found)
            outcomes.add(broken)
    assert True in outcomes


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("rules", PRICED, ids=lambda rules: str(rules)[1:40])
def test_a_roster_costs_what_the_recount_says(rules: dict[str, object], *, known: bool) -> None:
    """Of rules with a price; nothing is forbidden by them."""
    prices = set()
    for seed in range(3):
        for roster, broken, price, found, _ in seen(rules, seed, 12, known=known):
            assert not broken
            recounted = sum(each.price or 0.0 for each in found)
            if known and "runs" in rules:  # days of a run before the plan are paid whatever is planned
                assert price <= recounted
            else:
                assert price == pytest.approx(recounted), (seed, roster, found)
            prices.add(round(price, 6))
    assert len(prices) > 1
