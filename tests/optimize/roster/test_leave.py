"""Leave blocks the shifts it meets and no other; who gets fewer days than agreed is told."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise, product

import numpy as np
import pandas as pd
import pytest

from optimize.roster.planner import plan_week
from optimize.roster.result import Roster
from tests.optimize.roster import weeks

EARLY_OR_LATE = {
    "days_per_week": 2, "days_off": "any", "cost_per_hour": 10,
    "shifts": [{"length": "8h", "start": "06:00"}, {"length": "8h", "start": "18:00"}],
}  # fmt: skip


def plan(need, people, contract: dict = EARLY_OR_LATE, price: float = 100) -> Roster:
    config = weeks.config_of(
        contracts={"d": contract}, costs={"shortage_per_hour": price}, roster={"agents": "x", "gap": 0.0}
    )
    horizon = weeks.horizon_of(config)
    return plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), people)


def test_the_day_before_leave_can_be_worked_until_leave_begins() -> None:
    """On leave on Wednesday: the early shift of Tuesday is worked, the late one, which ends at 02:00, is not."""
    horizon = weeks.horizon_of(weeks.config_of())
    people = weeks.people_of([("a", "d", "phone")], [("a", "2026-12-02", "2026-12-03")])
    early = plan(np.where(horizon.day == 1, weeks.hours_between(horizon, 6, 14), 0), people)
    assert early.table["start"].tolist() == [pd.Timestamp("2026-12-01 06:00", tz="UTC")]
    assert early.coverage["shortage"].sum() == 0
    late = plan(np.where(horizon.day == 1, weeks.hours_between(horizon, 18, 24), 0), people)
    assert late.table.empty
    assert late.coverage["shortage"].sum() == 6


def test_leave_that_begins_after_the_shift_ends_blocks_nothing() -> None:
    """Leave from Wednesday 02:00: the late shift of Tuesday ends at that very moment, but Wednesday itself is free."""
    horizon = weeks.horizon_of(weeks.config_of())
    people = weeks.people_of([("a", "d", "phone")], [("a", "2026-12-02 02:00", "2026-12-03")])
    need = np.where(horizon.day == 1, weeks.hours_between(horizon, 18, 24), 0)
    need += np.where(horizon.day == 2, weeks.hours_between(horizon, 6, 14), 0)
    roster = plan(need, people)
    assert roster.table["start"].tolist() == [pd.Timestamp("2026-12-01 18:00", tz="UTC")]


def brute_force(need: np.ndarray, leave: tuple[int | None, ...], price: float) -> float:
    """Cheapest Monday to Wednesday by trying all of it: two days each, or one beside a day of leave."""
    plans: list[list[tuple[int, ...]]] = []
    for away in leave:
        mine: list[tuple[int, ...]] = [()]
        free = [day for day in range(3) if day != away]
        for days in combinations(free, 2 if away is None else 1):
            for clock in product((6, 18), repeat=len(days)):
                begins = tuple(24 * day + hour for day, hour in zip(days, clock, strict=True))
                rested = all(b - a >= 19 for a, b in pairwise(begins))
                if rested and (away is None or all(b + 8 <= 24 * away or b >= 24 * (away + 1) for b in begins)):
                    mine.append(begins)
        plans.append(mine)
    best = np.inf
    for choice in product(*plans):
        there = np.zeros(168)
        for begin in (begin for begins in choice for begin in begins):
            there[begin : begin + 8] += 1
        wages = 80.0 * sum(map(len, choice))
        best = min(best, wages + price * np.maximum(need - there, 0).sum())
    return float(best)


@pytest.mark.parametrize("seed", range(6))
def test_leave_agrees_with_brute_force(seed: int) -> None:
    """Four people of one contract, two of them on leave on one day: every week of theirs is tried."""
    rng = np.random.default_rng(seed)
    need = np.zeros(168)
    need[:74] = rng.integers(0, 3, 74)
    contract = EARLY_OR_LATE | {
        "shifts": [{"length": "8h", "start": start, "days": ["mon", "tue", "wed"]} for start in ("06:00", "18:00")]
    }
    leave = (None, None, 1, 2)
    spans = [(f"p{i}", f"2026-12-0{day}", f"2026-12-0{day + 1}") for i, day in enumerate(leave) if day]
    people = weeks.people_of([(f"p{i}", "d", "phone") for i in range(4)], spans)
    roster = plan(need, people, contract, 20.0)
    optimum = brute_force(need, leave, 20.0)
    assert roster.bound <= optimum + 1e-6
    assert optimum - 1e-6 <= roster.cost.total <= 1.03 * optimum


def test_fewer_days_than_agreed_are_told() -> None:
    """Somebody available on two days gets two of five; the note says so."""
    people = weeks.people_of([("a", "d", "phone"), ("b", "d", "phone")])
    people.agents["available"] = ["sat-sun", ""]
    roster = plan(1.0, people, EARLY_OR_LATE | {"days_per_week": 5})
    told = [note.sentence for note in roster.notes]
    assert any(sentence.endswith("the previous week allow no more: a (2 of 5)") for sentence in told)


SPLIT = {
    "days_per_week": 5, "min_days": 1, "days_off": "any", "cost_per_hour": 10,
    "shifts": [{"length": "8h", "start": "06:00"}, {"length": "8h", "start": "14:00"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("begin", "end", "starts", "cost"),
    [
        ("09:00", "11:00", {"a": 14, "b": 6}, 160),
        ("15:00", "16:00", {"a": 6, "b": 14}, 160),
        ("06:00", "14:00", {"a": 14, "b": 6}, 160),
        ("00:00", "06:00", {}, 160),
        ("22:00", "23:59", {}, 160),
        ("13:00", "15:00", {"b": None}, 880),
        ("00:00", "23:59", {"b": None}, 880),
    ],
)
def test_leave_of_some_hours_blocks_those_hours(begin: str, end: str, starts: dict, cost: float) -> None:
    """On Wednesday an early and a late shift are needed; one of two people is away for some hours of it."""
    horizon = weeks.horizon_of(weeks.config_of())
    need = np.where(horizon.day == 2, weeks.hours_between(horizon, 6, 22), 0)
    people = weeks.people_of(
        [("a", "d", "phone"), ("b", "d", "phone")], [("a", f"2026-12-02 {begin}", f"2026-12-02 {end}")]
    )
    roster = plan(need, people, SPLIT)
    found = {row.agent: row.start.hour for row in roster.table.itertuples()}
    assert set(found) == ({"b"} if cost > 160 else {"a", "b"})
    assert all(found[agent] == hour for agent, hour in starts.items() if hour is not None)
    assert roster.cost.total == cost
    assert roster.status == "optimal"


def test_an_hour_of_leave_takes_no_working_day() -> None:
    """Guaranteed five days: an hour away on Wednesday leaves five, a day away four, closed days take none."""
    contract = SPLIT | {"min_days": None, "guaranteed": True}
    contract["shifts"] = [shift | {"days": ["mon", "tue", "wed", "thu", "fri"]} for shift in SPLIT["shifts"]]
    for span, days in (
        (("2026-12-02 09:00", "2026-12-02 10:00"), 5),
        (("2026-12-02", "2026-12-03"), 4),
        (("2026-12-02 09:00", "2026-12-02 15:00"), 4),
        (("2026-12-05 09:00", "2026-12-05 15:00"), 5),
    ):
        roster = plan(0.0, weeks.people_of([("a", "d", "phone")], [("a", *span)]), contract)
        assert len(roster.table) == days


def test_a_published_shift_beside_an_hour_of_leave_is_kept_or_is_a_change() -> None:
    """Told the late shift of Wednesday, away from 9 to 10: the shift can be worked, so that losing it is a change."""
    horizon = weeks.horizon_of(weeks.config_of())
    need = np.where(horizon.day == 2, weeks.hours_between(horizon, 14, 22), 0)
    people = weeks.people_of([("a", "d", "phone")])
    published = plan(need, people, SPLIT).table
    away = weeks.people_of([("a", "d", "phone")], [("a", "2026-12-02 09:00", "2026-12-02 10:00")])
    kept = plan(need, replace(away, published=published), SPLIT)
    assert (kept.changes.cells, kept.changes.unavoidable) == (0, 0)
    nobody = plan(0 * need, replace(away, published=published), SPLIT)
    assert (nobody.changes.cells + len(nobody.table), nobody.changes.unavoidable) == (1, 0)
