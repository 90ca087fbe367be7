"""The least number of changes against every possible roster of a tiny week, tried one by one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from optimize.roster.repair import Absence, Locked, Question, Repair, repair_week
from optimize.roster.result import Roster
from tests.optimize.roster import weeks

DAYS = 3
STARTS = (None, 8, 16)
"""What somebody may do on a day: nothing, or eight hours from one of two starts; 16 to 24 and then 8 is too short."""
PEOPLE = 5
CONTRACT = {
    "days_per_week": 2, "min_days": 1, "days_off": "any", "cost_per_hour": 10, "agents": PEOPLE, "rest": "11h",
    "shifts": [
        {"length": "8h", "start": "08:00", "days": "mon-wed"}, {"length": "8h", "start": "16:00", "days": "mon-wed"},
    ],
}  # fmt: skip
CONFIG = weeks.config_of(contracts={"day": CONTRACT}, roster={"time_limit": "10s", "gap": 0.0, "change_cost": 5})
HORIZON = weeks.horizon_of(CONFIG)
Plan = tuple[tuple[int | None, ...], ...]
"""What each person does on each of the days."""


def need_of(early: int, late: int):
    three_days = np.arange(HORIZON.size) < DAYS * 24
    hours = early * weeks.hours_between(HORIZON, 8, 16) + late * weeks.hours_between(HORIZON, 16, 24)
    return weeks.requirement_of(HORIZON, phone=hours * three_days)


def lawful_weeks() -> list[tuple[int | None, ...]]:
    """Weeks of one person: two days at most, and no early shift after a late one."""
    found = []
    for week in product(STARTS, repeat=DAYS):
        worked = sum(start is not None for start in week)
        tired = any(week[day] == 16 and week[day + 1] == 8 for day in range(DAYS - 1))
        if worked <= 2 and not tired:
            found.append(week)
    return found


def plan_of(table: pd.DataFrame) -> dict[str, tuple[int | None, ...]]:
    """What each person with a shift does on each day, from a roster table."""
    found = {f"day-{number:02d}": [None] * DAYS for number in range(1, PEOPLE + 1)}
    for agent, start in zip(table["agent"], table["start"], strict=True):
        found[agent][(start.date() - HORIZON.first).days] = start.hour
    return {agent: tuple(days) for agent, days in found.items()}


def short(weeks_worked: list[tuple[int | None, ...]], need: tuple[int, int]) -> int:
    """Shifts missing over the days."""
    asked = dict(zip((8, 16), need, strict=True))
    return sum(
        max(0, people - sum(week[day] == start for week in weeks_worked))
        for day in range(DAYS)
        for start, people in asked.items()
    )


def cells(before: tuple[int | None, ...], after: tuple[int | None, ...]) -> int:
    """A moved shift is two changes, one more or less is one."""
    return sum((a is not None) + (b is not None) if a != b else 0 for a, b in zip(before, after, strict=True))


def least_by_trial(published: dict[str, tuple[int | None, ...]], ill: str, need: tuple[int, int]) -> int | None:
    """Fewest changes of the others over every lawful roster that is no shorter than the published one."""
    before = short(list(published.values()), need)
    others = [week for agent, week in published.items() if agent != ill]
    found = [
        sum(cells(*pair) for pair in zip(others, plan, strict=True))
        for plan in product(lawful_weeks(), repeat=len(others))
        if short(list(plan), need) <= before
    ]
    return min(found, default=None)


def published_of(need: tuple[int, int]) -> Roster:
    return plan_week(CONFIG, HORIZON, need_of(*need), read_people(CONFIG))


def repaired(roster: Roster, need: tuple[int, int], ill: str, locked: Locked | None = None) -> Repair:
    absence = Absence(ill, HORIZON.begin, HORIZON.end)
    return repair_week(CONFIG, HORIZON, need_of(*need), roster, Question((absence,), locked or Locked()))


@pytest.mark.parametrize("need", [(1, 1), (1, 0), (2, 1)])
def test_the_fewest_changes_are_those_of_every_roster_tried(need: tuple[int, int]) -> None:
    """Every lawful week of the four who are well is tried; the repair changes as few shifts, and says so."""
    roster = published_of(need)
    ill = str(roster.table["agent"].iloc[0])
    fewest = repaired(roster, need, ill).alternative("fewest")
    least = least_by_trial(plan_of(roster.table), ill, need)
    if least is None:
        assert not fewest.as_before
        assert fewest.least is None
    else:
        assert fewest.as_before
        assert fewest.changes.cells == least
        assert fewest.least is not None
        assert fewest.least <= least
    after = plan_of(fewest.roster.table)
    assert all(week in lawful_weeks() for week in after.values())
    assert set(after[ill]) == {None}


def test_a_case_with_and_one_without_an_answer_are_tried() -> None:
    """The oracle itself tells both kinds apart: one early shift a day can be refilled, three shifts a day cannot."""
    found = {}
    for need in ((1, 0), (2, 1)):
        roster = published_of(need)
        found[need] = least_by_trial(plan_of(roster.table), str(roster.table["agent"].iloc[0]), need)
    assert found[1, 0] is not None
    assert found[1, 0] > 0
    assert found[2, 1] is None


def test_locked_people_and_shifts_do_not_change() -> None:
    """Everybody who is well is locked: nothing changes, and what is lost stays open."""
    need = (1, 1)
    roster = published_of(need)
    ill = str(roster.table["agent"].iloc[0])
    others = frozenset((str(a), None) for a in roster.people.agents["agent"] if a != ill)
    made = repaired(roster, need, ill, Locked(others))
    assert {each.changes.cells for each in made.alternatives} == {0}
    assert all(not each.takers for each in made.open_shifts)
    kept = repaired(roster, need, ill, Locked(shifts=True)).alternative("balanced")
    assert all(not day.before for day in kept.changed)
