"""A proof speaks of what it proves: the bound is never above the true optimum, and "optimal" is the true optimum."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement, pairwise, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configs.errors import StaffcurveError
from optimize.roster.inputs.assemble import assemble
from optimize.roster.planner import plan_week
from optimize.roster.program import build
from optimize.roster.result import Roster
from optimize.roster.search.generation import relax
from optimize.roster.verify import verify
from tests.optimize.roster import weeks
from tests.optimize.roster.solving import solve, solver

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WAGE = 10.0
HOURS = 168
HOUR = pd.Timedelta(hours=1)


@dataclass(frozen=True)
class Site:
    """A small site: shifts as (hour of start, hours), begun on the first `days` days; people as limits of hours.

    `leave` holds (person, first hour of the week, hour after the last).
    """

    shifts: tuple[tuple[int, int], ...]
    days: int
    most: int
    rest: int
    people: tuple[tuple[float, float], ...]
    need: tuple[int, ...]
    price: float
    leave: tuple[tuple[int, int, int], ...] = ()

    def planned(self) -> Roster:
        """The roster made."""
        shifts = [{"length": f"{h}h", "start": f"{at:02d}:00", "days": DAYS[: self.days]} for at, h in self.shifts]
        contract = {
            "days_per_week": self.most, "min_days": 1, "days_off": "any", "rest": f"{self.rest}h", "shifts": shifts,
            "cost_per_hour": WAGE,
        }  # fmt: skip
        config = weeks.config_of(
            contracts={"d": contract},
            costs={"shortage_per_hour": self.price},
            roster={"agents": "x", "gap": 0.0, "time_limit": "30s"},
        )
        horizon = weeks.horizon_of(config)
        spans = [(f"p{i}", *(str(horizon.begin + hour * HOUR) for hour in span)) for i, *span in self.leave]
        people = weeks.people_of([(f"p{i}", "d", "phone") for i in range(len(self.people))], spans)
        people.agents["hours_min"], people.agents["hours_max"] = zip(*self.people, strict=True)
        need = weeks.requirement_of(horizon, phone=np.array(self.need))
        roster = plan_week(config, horizon, need, people)
        verify(config, need, roster)
        return roster

    def weeks_of(self, person: int) -> list[tuple[tuple[int, int], ...]]:
        """Every lawful week of somebody as (begin, end) of shifts; found by trying all, the week a circle.

        Who has hours_min has them; the others may stay at home.
        """
        leave = [(begin, end) for who, begin, end in self.leave if who == person]
        days = [[None, *((24 * d + at, 24 * d + at + h) for at, h in self.shifts)] for d in range(self.days)]
        gone = sum(_on_leave(each[1:], leave, d) for d, each in enumerate(days))
        low, high = self.people[person]
        most = max(0, self.most - gone)
        low *= most / self.most
        found = []
        for choice in product(*days):
            week = tuple(shift for shift in choice if shift is not None)
            hours = sum(end - begin for begin, end in week)
            ring = [*week, *((begin + HOURS, end + HOURS) for begin, end in week[:1])]
            if (
                week
                and len(week) <= most
                and low - 1e-9 <= hours <= high + 1e-9
                and all(b[0] - a[1] >= self.rest for a, b in pairwise(ring))
                and not any(_meet(shift, span) for shift in week for span in leave)
            ):
                found.append(week)
        return found if low else [(), *found]

    def optimum(self) -> float:
        """Least cost of any roster: every combination of weeks is tried."""
        each = [self.weeks_of(person) for person in range(len(self.people))]
        alike = len(set(self.people)) == 1 and not self.leave
        choices = combinations_with_replacement(each[0], len(each)) if alike else product(*each)
        there = {week: _at_work(week) for weeks_ in each for week in weeks_}
        wages = {week: WAGE * sum(end - begin for begin, end in week) for week in there}
        need = np.array(self.need)
        return min(
            sum(wages[week] for week in choice)
            + self.price * float(np.maximum(need - sum(there[week] for week in choice), 0).sum())
            for choice in choices
        )


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _on_leave(shifts: list[tuple[int, int]], leave: list[tuple[int, int]], day: int) -> bool:
    """Whether leave takes the day of somebody: all of it, or every shift that begins on it."""
    touched = any(_meet((24 * day, 24 * day + 24), span) for span in leave)
    whole = any(span[0] <= 24 * day and 24 * day + 24 <= span[1] for span in leave)
    return whole or (touched and all(any(_meet(shift, span) for span in leave) for shift in shifts))


def _at_work(week: tuple[tuple[int, int], ...]) -> np.ndarray:
    there = np.zeros(HOURS)
    for begin, end in week:
        there[np.arange(begin, end) % HOURS] += 1
    return there


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """Up to three people, three kinds of shifts over three days, at any hour of the day; rests up to two days."""
    shifts = draw(
        st.lists(st.tuples(st.sampled_from([0, 6, 9, 14, 22]), st.sampled_from([4, 6, 8, 12, 24])), min_size=1, max_size=3, unique=True)
    )  # fmt: skip
    days = draw(st.integers(2, 3))
    limits = st.sampled_from([(0.0, 168.0), (0.0, 16.0), (8.0, 12.0), (10.0, 20.0), (16.0, 16.0)])
    people = draw(st.lists(limits, min_size=1, max_size=2 if len(shifts) > 2 and days > 2 else 3))
    need = draw(st.lists(st.integers(0, 2), min_size=12 * days, max_size=12 * days))
    begins = draw(st.lists(st.integers(0, 24 * days - 1), max_size=2))
    leave = tuple(
        (draw(st.integers(0, len(people) - 1)), b, b + draw(st.sampled_from([1, 2, 5, 12, 24]))) for b in begins
    )
    hourly = np.pad(np.repeat(need, 2), (0, HOURS - 24 * days))
    return Site(
        tuple(sorted(shifts)), days, draw(st.integers(1, days)), draw(st.sampled_from([8, 11, 17, 24, 36, 48])),
        tuple(people), tuple(hourly.tolist()), draw(st.sampled_from([15.0, 90.0])), leave,
    )  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sites())
def test_the_bound_is_below_the_best_of_all_rosters_and_optimal_is_the_best(site: Site) -> None:
    """Tried are all weeks of all people: limits of hours, leave of some hours, long rests, shifts over midnight.

    Where a site is refused, somebody has no week that keeps the rules. With leave such people get what is left.
    """
    nobody = not all(set(site.weeks_of(person)) - {()} for person in range(len(site.people)))
    try:
        roster = site.planned()
    except StaffcurveError:
        assert nobody
        return
    if nobody and any(low for low, _ in site.people):
        return
    optimum = site.optimum()
    if roster.left_out:
        return
    near = 1e-5 * max(1.0, optimum)
    assert roster.bound <= optimum + near
    assert optimum - near <= roster.cost.total
    if roster.status == "optimal":
        assert roster.cost.total == pytest.approx(optimum, abs=near)


LENGTHS = ((4, 5, 6, 8), (4, 6, 8), (3, 4, 5, 6, 7), (4, 5, 6, 7, 8))
OPENS, LAST_START = 8, 12
"""Shifts of up to eight hours from 8 to 12 o'clock never rest less than eleven."""


def contract_hours(lengths: tuple[int, ...], days: int) -> dict:
    """Free days and lengths, as contracts of hours have them."""
    shifts = [{"length": f"{h}h", "start": f"{OPENS:02d}:00-{LAST_START}:00", "step": "1h"} for h in lengths]
    return {"days_per_week": days, "min_days": 1, "days_off": "any", "shifts": shifts, "cost_per_hour": WAGE}


def rostered(contract: dict, need: np.ndarray, limits: list[tuple[float, float]], price: float = 90) -> Roster:
    """Roster of people p0, p1, ... with limits of hours."""
    config = weeks.config_of(
        contracts={"d": contract},
        costs={"shortage_per_hour": price},
        roster={"agents": "x", "gap": 0.0, "time_limit": "60s"},
    )
    horizon = weeks.horizon_of(config)
    people = weeks.people_of([(f"p{i}", "d", "phone") for i in range(len(limits))])
    people.agents["hours_min"], people.agents["hours_max"] = zip(*limits, strict=True)
    return plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), people)


def best_alone(lengths: tuple[int, ...], days: int, need: np.ndarray, low: float, high: float, price: float) -> float:
    """Least cost with one person: every length or none on each of seven days, each at its best start."""
    daily = need.reshape(7, 24)
    best = [
        [WAGE * h - price * max(np.minimum(day[at : at + h], 1).sum() for at in range(OPENS, LAST_START + 1)) for h in lengths]
        for day in daily
    ]  # fmt: skip
    found = np.inf
    for week in product(range(-1, len(lengths)), repeat=7):
        worked = [(day, kind) for day, kind in enumerate(week) if kind >= 0]
        if 1 <= len(worked) <= days and low <= sum(lengths[kind] for _, kind in worked) <= high:
            found = min(found, sum(best[day][kind] for day, kind in worked))
    return float(price * need.sum() + found)


@pytest.mark.parametrize(
    ("lengths", "days", "low", "high", "seed"),
    [(0, 5, 20, 20, 1), (0, 5, 18, 22, 2), (1, 6, 30, 30, 3), (2, 5, 19, 19, 4), (3, 4, 20, 24, 5)],
)
def test_one_person_with_hours_a_week_is_solved_to_the_optimum(
    lengths: int, days: int, low: int, high: int, seed: int
) -> None:
    """Every week is tried: more than a thousand of them, up to hundred thousands; the roster is proven the best."""
    draw = np.random.default_rng(seed)
    need = np.zeros((7, 24))
    for day in need:
        begin, long = draw.integers(8, 13), draw.integers(0, 9)
        day[begin : begin + long] = 1
    roster = rostered(contract_hours(LENGTHS[lengths], days), need.ravel(), [(low, high)])
    assert roster.status == "optimal"
    assert roster.cost.total == pytest.approx(best_alone(LENGTHS[lengths], days, need.ravel(), low, high, 90.0))


@pytest.mark.parametrize("seed", range(3))
def test_people_whose_weeks_fit_the_need_exactly_leave_nobody_short(seed: int) -> None:
    """The need is that of weeks drawn for four people; their hours are fixed, so that their wages are the optimum."""
    draw, lengths, need, hours = np.random.default_rng(seed), (4, 5, 6, 8), np.zeros(HOURS), []
    for _ in range(4):
        days = draw.choice(7, draw.integers(3, 6), replace=False)
        mine = draw.choice(lengths, len(days))
        for day, long in zip(days, mine, strict=True):
            begin = 24 * day + draw.integers(OPENS, LAST_START + 1)
            need[begin : begin + long] += 1
        hours.append(float(mine.sum()))
    roster = rostered(contract_hours(lengths, 5), need, [(h, h) for h in hours])
    assert roster.cost.total == pytest.approx(WAGE * sum(hours))
    assert roster.status == "optimal"


def test_a_bound_counts_weeks_that_are_not_listed() -> None:
    """Before any week is added by price, the relaxed program lies above the optimum; Lagrange's bound does not."""
    draw, need, lengths = np.random.default_rng(1), np.zeros((7, 24)), (4, 5, 6, 8)
    for day in need:
        begin, long = draw.integers(8, 13), draw.integers(3, 9)
        day[begin : begin + long] = 1
    contracts = {"d": contract_hours(lengths, 6)}
    config = weeks.config_of(contracts=contracts, costs={"shortage_per_hour": 90}, roster={"agents": "x"})
    horizon, people = weeks.horizon_of(config), weeks.people_of([("p0", "d", "phone")])
    people.agents["hours_min"] = people.agents["hours_max"] = 31.0
    week = assemble(config, horizon, weeks.requirement_of(horizon, phone=need.ravel()), people)
    optimum = best_alone(lengths, 6, need.ravel(), 31, 31, 90.0)
    listed = solve(build(week).model, relaxed=True)
    program, relaxed = relax(week, None, solver())
    assert listed.bound > optimum + 100
    assert optimum * (1 - 1e-5) <= relaxed.bound <= optimum * (1 + 1e-7)
    assert program.model.integers > build(week).model.integers


def test_a_bound_with_channels_apart_says_so_and_is_never_called_optimal() -> None:
    """Somebody knows two live channels; each is staffed by itself, and the words say of which rosters it is.

    Calls at the shop share half of their people with the phone and are one queue with it; chat is never one with calls.
    """
    calls, chat = {"kind": "synchronous"}, {"kind": "concurrent", "slots": 2, "aht_by_slots": ["200s", "300s"]}
    shift = {"length": "8h", "start": "08:00"}
    contract = {"days_per_week": 5, "min_days": 1, "shifts": [shift], "cost_per_hour": WAGE}
    for skills, shop, words, status in (
        ("phone;shop", chat, " of a repeating week that staffs each channel separately", "within gap"),
        ("phone;shop", calls, " of a repeating week", "optimal"),
        ("phone", chat, " of a repeating week", "optimal"),
    ):
        channels = {"phone": calls, "shop": shop}
        config = weeks.config_of(channels=channels, contracts={"d": contract}, roster={"agents": "x", "gap": 0.0})
        horizon = weeks.horizon_of(config)
        people = weeks.people_of([("a", "d", skills), ("b", "d", "shop")])
        need = weeks.hours_between(horizon, 8, 16)
        roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=need, shop=need), people)
        assert roster.gap == pytest.approx(0, abs=1e-6)
        assert (roster.scope, roster.status) == (words, status)
        assert f"no roster{words} under these rules costs less" in roster.explain()
