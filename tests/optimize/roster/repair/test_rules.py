"""Rules of one person in a repair, each at its edge: one shift more is lawful, and the next is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from optimize.roster.repair import Absence, Question, repair_week
from tests.optimize.roster import weeks
from tests.optimize.roster.repair import made
from tests.optimize.roster.test_previous import before_of

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
TOGETHER = {"days_per_week": 4, "min_days": None, "days_off": "together"}


def fewest_of(contract, people, worked, ill: Question):
    """Everything published is needed: the repair of fewest changes of a week of mornings."""
    config = made.config_of(contract)
    cells = [(day, hour) for days in worked.values() for day, hour in days.items()]
    need = weeks.requirement_of(made.HORIZON, phone=made.need_at(*cells))
    roster = made.published_of(config, need, people, worked)
    return made.repaired(config, need, roster, ill).alternative("fewest")


def mornings(*days: int) -> made.Worked:
    return dict.fromkeys(days, 8)


@pytest.mark.parametrize(
    ("own", "lost", "taken"),
    [
        ((TUE, WED, THU), FRI, True),
        ((MON, TUE, WED), FRI, False),
        ((SAT, SUN, MON), TUE, True),
        ((MON, TUE, WED), SUN, True),
        ((MON, TUE), FRI, True),
    ],
)
def test_days_off_together_from_the_days_of_the_contract_on(own: tuple[int, ...], lost: int, taken: bool) -> None:
    """A fourth of four days must join the others, the week read as a circle; a third of four may be anywhere."""
    worked = {"a": mornings(lost), "b": mornings(*own)}
    fewest = fewest_of(TOGETHER, made.people_of("a", "b"), worked, made.absent("a", MON, SUN))
    assert fewest.changes.cells == int(taken)
    assert fewest.as_before is taken
    assert fewest.least == (1 if taken else None)


@pytest.mark.parametrize(("excuse", "taken"), [({}, False), ({"hours_max": [np.nan, 40.0]}, True)])
def test_limits_of_hours_excuse_from_days_off_together(excuse: dict[str, list[float]], taken: bool) -> None:
    """As the recount holds it: the same fourth day apart from the others, with and without limits of hours."""
    worked = {"a": mornings(FRI), "b": mornings(MON, TUE, WED)}
    fewest = fewest_of(TOGETHER, made.people_of("a", "b", **excuse), worked, made.absent("a", FRI))
    assert fewest.changes.cells == int(taken)


def test_absence_on_a_day_off_excuses_from_no_rule() -> None:
    """Absent on a free Saturday is no leave: days off stay together, and no shift falls on the absence."""
    worked = {"a": mornings(FRI), "b": mornings(MON, TUE, WED)}
    both = Question((*made.absent("a", FRI).absences, *made.absent("b", SAT).absences))
    fewest = fewest_of(TOGETHER, made.people_of("a", "b"), worked, both)
    assert fewest.changes.cells == 0
    assert not fewest.as_before


@pytest.mark.parametrize("free_h", [24, 23])
def test_absence_that_meets_no_shift_takes_no_working_day(free_h: int) -> None:
    """Absent for a whole day off, or for most of it: all five published days may be worked."""
    worked = {"a": mornings(MON), "b": mornings(MON, TUE, WED, THU, FRI)}
    begin = made.HORIZON.moment(SAT, 0)
    ill = Question((Absence("b", begin, begin + pd.Timedelta(hours=free_h)), *made.absent("a", MON).absences))
    fewest = fewest_of({}, made.people_of("a", "b"), worked, ill)
    assert made.days_of(fewest.roster, "b") == [MON, TUE, WED, THU, FRI]


def test_a_night_lost_on_two_days_of_absence_is_one_working_day() -> None:
    """The night of Monday ends on Tuesday; absent on both days, the other four nights stay lawful."""
    night = {"shifts": [{"length": "8h", "start": "08:00-22:00", "step": "7h"}]}
    worked = {"a": dict.fromkeys((MON, WED, THU, FRI, SAT), 22)}
    fewest = fewest_of(night, made.people_of("a"), worked, made.absent("a", MON, TUE))
    assert made.days_of(fewest.roster, "a") == [WED, THU, FRI, SAT]
    assert fewest.changes.unavoidable == 1


@pytest.mark.parametrize(("running", "taken"), [(None, 1), (0, 2), (1, 2), (2, 1), (3, 1)])
def test_days_in_a_row_of_a_line_and_of_a_circle(running: int | None, taken: int) -> None:
    """Three in a row, and Saturday and Sunday published: Monday and Tuesday are lost.

    On a circle they join the weekend, so one of them is free. After a known week they join its last days instead.
    """
    previous = before_of([("b", f"2026-11-{29 - back} 08:00", 8, "") for back in range(running)]) if running else None
    if running == 0:
        previous = before_of([("b", "2026-11-26 08:00", 8, "")])
    people = replace(made.people_of("a", "b"), previous=previous)
    worked = {"a": mornings(MON, TUE), "b": mornings(SAT, SUN)}
    fewest = fewest_of({"max_consecutive_days": 3}, people, worked, made.absent("a", MON, SUN))
    assert fewest.changes.cells == taken
    assert fewest.as_before is (taken == 2)


@pytest.mark.parametrize(("most", "taken"), [(9, 7), (8, 6)])
def test_a_long_row_goes_on_from_the_previous_week(most: int, taken: int) -> None:
    """Two days before the week and seven in it are nine in a row."""
    previous = before_of([("b", f"2026-11-{29 - back} 08:00", 8, "") for back in range(2)])
    people = replace(made.people_of("a", "b"), previous=previous)
    contract = {"max_consecutive_days": most, "days_per_week": 7}
    worked = {"a": mornings(*range(7)), "b": {}}
    fewest = fewest_of(contract, people, worked, made.absent("a", MON, SUN))
    assert fewest.changes.cells == taken


@pytest.mark.parametrize(("ends", "taken"), [(21, True), (22, False)])
def test_rest_after_the_last_shift_of_the_previous_week(ends: int, taken: bool) -> None:
    """Eleven hours of rest before Monday 08:00: a shift that ended on Sunday at 21:00 is early enough."""
    previous = before_of([("b", f"2026-11-29 {ends - 8}:00", 8, "")])
    people = replace(made.people_of("a", "b"), previous=previous)
    fewest = fewest_of({}, people, {"a": mornings(MON), "b": {}}, made.absent("a", MON))
    assert fewest.as_before is taken


@pytest.mark.parametrize(("most", "taken"), [(23.9, 1), (24.0, 2)])
def test_hours_max_at_its_edge(most: float, taken: int) -> None:
    """One published shift of eight hours, and two are lost."""
    worked = {"a": mornings(MON, TUE), "b": mornings(WED)}
    people = made.people_of("a", "b", hours_max=[np.nan, most])
    fewest = fewest_of({}, people, worked, made.absent("a", MON, SUN))
    assert fewest.changes.cells == taken


@pytest.mark.parametrize(
    ("contract", "least_h", "kept"),
    [
        ({}, np.nan, [WED]),
        ({}, 16.0, [TUE, WED]),
        ({}, 8.0, [WED]),
        ({"days_per_week": 2, "min_days": None, "guaranteed": True}, np.nan, [TUE, WED]),
        ({"days_per_week": 2, "min_days": 1, "guaranteed": True}, np.nan, [WED]),
        ({"min_days": 2}, np.nan, [TUE, WED]),
    ],
)
def test_a_shift_nobody_needs_stays_where_hours_or_days_are_due(contract, least_h: float, kept: list[int]) -> None:
    """Tuesday is not needed: a repair at prices drops it unless hours_min, min_days or a guarantee holds it."""
    config = made.config_of(contract)
    need = weeks.requirement_of(made.HORIZON, phone=made.need_at((WED, 8)))
    people = made.people_of("a", "b", hours_min=[np.nan, least_h])
    roster = made.published_of(config, need, people, {"a": mornings(WED, SAT), "b": mornings(TUE, WED)})
    balanced = made.repaired(config, need, roster, made.absent("a", MON, SUN)).alternative("balanced")
    assert made.days_of(balanced.roster, "b") == kept


def test_guaranteed_days_that_were_given_up_are_no_fault_of_a_repair() -> None:
    """Published with a day of each given up; with one of them absent, a single guaranteed day is missing."""
    config = made.config_of({"days_per_week": 2, "min_days": None, "guaranteed": True})
    need = weeks.requirement_of(made.HORIZON, phone=made.need_at((TUE, 8), (WED, 8)))
    worked = {"a": mornings(WED), "b": mornings(TUE)}
    roster = made.published_of(config, need, made.people_of("a", "b"), worked, given_up=2)
    repair = repair_week(config, made.HORIZON, need, roster, made.absent("b", TUE))
    assert not repair.left_out
    assert repair.alternative("fewest").changes.cells == 1
