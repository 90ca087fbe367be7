"""Wishes that weeks planned by name do not grant: why, and what each costs by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from optimize.roster.joined.centre import Rosters
from optimize.roster.joined.search import Effort
from optimize.roster.planner import plan_week, relaxed_week
from optimize.roster.together.decide import decided_weeks, joined_weeks
from optimize.roster.together.demand import wanted_by
from optimize.roster.together.wishes import refused_wishes
from tests.optimize.roster import weeks

DAY = {
    "agents": 1,
    "days_per_week": 6,
    "min_days": 1,
    "shifts": [{"length": "8h", "start": "06:00"}, {"length": "8h", "start": "14:00"}],
    "cost_per_hour": 10,
    "rules": {"runs": {"work": {"most": 6}}},
}
CONFIG = weeks.config_of(contracts={"day": DAY})
HORIZON = weeks.horizon_of(CONFIG)
NEED = np.where((HORIZON.day < 5) & (HORIZON.time_of_day >= 6) & (HORIZON.time_of_day < 14), 1, 0)
"""One person from six to two, Monday to Friday."""


def asked(day: int, wish: str, weight: float, shift: str | None = None) -> dict[str, object]:
    when = weeks.MONDAY + timedelta(days=day)
    return {"agent": "A1", "date": when.isoformat(), "shift": shift, "wish": wish, "weight": weight}


def people_with(*requests: dict[str, object], leave: tuple[tuple[str, str, str], ...] = ()):
    return weeks.people_of([("A1", "day", "phone")], leave=list(leave), requests=list(requests))


def wanted(people):
    requirement = weeks.requirement_of(HORIZON, phone=NEED)
    return [wanted_by(CONFIG, *relaxed_week(CONFIG, HORIZON, requirement, people, None))]


def refused(people):
    return decided_weeks(CONFIG, HORIZON, wanted(people), people, effort=Effort(40, 8, 1)).refused


def test_each_wish_has_its_reason_and_what_it_costs() -> None:
    """Off on Wednesday leaves eight hours at 100 and saves 80 of pay; Sunday costs a day's pay; no shift begins at nine."""
    people = people_with(
        asked(2, "off", 4.0), asked(6, "on", 5.0), asked(0, "on", 1.0, "09:00"), asked(1, "on", 2.0, "06:15"), asked(4, "on", 3.0),
        leave=(("A1", "2026-12-04 00:00", "2026-12-05 00:00"),),
    )  # fmt: skip
    found = {each.day.day: each for each in refused(people)}
    assert set(found) == {30, 2, 4, 6}
    off, sunday, nine, away = (found[day] for day in (2, 6, 30, 4))
    assert (off.reason, off.cost, off.cover) == ("cover", pytest.approx(720.0), pytest.approx(800.0))
    assert (sunday.reason, sunday.cost, sunday.cover) == ("weight", pytest.approx(80.0), pytest.approx(0.0))
    assert (nine.reason, nine.start, nine.cost, nine.freed_by) == ("no-shift", 9 * 60, None, ())
    assert (away.reason, away.cost, away.freed_by) == ("no-roster", None, (("availability",),))
    assert (off.agent, off.work, off.weight, off.day) == ("A1", False, 4.0, date(2026, 12, 2))


@pytest.mark.parametrize(("weight", "reason"), [(719.0, "cover"), (720.0, "not-found"), (721.0, "not-found")])
def test_a_wish_that_costs_no_more_than_its_weight_was_not_found(weight: float, reason: str) -> None:
    """At the edge, by a roster made by hand that works from Monday to Friday."""
    people = people_with(asked(2, "off", weight))
    made = joined_weeks(CONFIG, HORIZON, wanted(people), people)
    shapes = np.array([[0, 0, 0, 0, 0, -1, -1]])
    by_hand = Rosters(shapes, np.full((1, 7, 1), -1))
    (found,) = refused_wishes(people.requests, HORIZON, made.staff, made.problem, by_hand)
    assert found.cost == pytest.approx(720.0)
    assert found.reason == reason


def test_a_wish_for_another_time_is_not_listed_and_none_is_listed_twice() -> None:
    people = people_with(asked(9, "off", 1.0), asked(2, "off", 1.0), asked(2, "off", 1.0))
    assert [each.day.day for each in refused(people)] == [2]


def test_the_roster_of_a_week_names_the_dearest() -> None:
    """Those of the week only, with the note that adds them up."""
    people = people_with(asked(2, "off", 4.0), asked(6, "on", 5.0), asked(0, "on", 1.0, "09:00"))
    made = decided_weeks(CONFIG, HORIZON, wanted(people), people, effort=Effort(40, 8, 1))
    later = replace(made.refused[0], day=weeks.MONDAY + timedelta(days=8))
    people = replace(people, decided=replace(made, refused=(*made.refused, later)))
    roster = plan_week(CONFIG, HORIZON, weeks.requirement_of(HORIZON, phone=NEED), people)
    assert roster.refused == made.refused
    (note,) = [note for note in roster.notes if note.code == "wishes-refused"]
    assert (note.number, note.impossible) == (3, 1)
    assert [each.cost for each in note.dearest] == [pytest.approx(720.0), pytest.approx(80.0)]
