"""Contracted hours that nobody can work, and notes that speak only of what is there."""

from __future__ import annotations

import numpy as np
import pytest

from optimize.roster.account.contracted import fewer_hours
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.people import check_people
from optimize.roster.planner import plan_week
from tests.optimize.roster import weeks
from tests.optimize.roster.schedule.build import schedule_of, shift_of


def notes_of(people, need, **tables) -> list[str]:
    """Sentences of the notes of a week of one channel."""
    config = weeks.config_of(**tables)
    horizon = weeks.horizon_of(config)
    made = plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), check_people(config, people))
    return [note.sentence for note in made.notes]


def contract(**more) -> dict:
    return {"day": {"agents": 2, "days_per_week": 5, "shifts": [weeks.DAY_SHIFT], "cost_per_hour": 10, **more}}


def test_hours_that_leave_takes_are_reported_with_name_rule_days_and_a_way_out() -> None:
    """Five days of leave leave nothing of 32 hours; the week is solved all the same, and says so."""
    people = weeks.people_of([("a1", "day", "phone"), ("a2", "day", "phone")], [("a1", "2026-11-30", "2026-12-05")])
    people.agents["name"] = ["Ann", "Bob"]
    people.agents["hours_min"] = [32.0, np.nan]
    found = [said for said in notes_of(people, 0, contracts=contract()) if "hours_min" in said]
    assert found == [
        (
            "Ann (a1) works 0 of 32 contracted hours (hours_min): 5 days of leave (Mon 30 Nov, Tue 01 Dec, Wed 02 Dec, "
            "Thu 03 Dec, Fri 04 Dec); count the leave as hours worked, shorten it, or lower hours_min"
        )
    ]


def test_hours_that_are_reached_are_not_reported() -> None:
    """Forty of forty hours is the edge; 40.5 of them cannot be reached and is refused before."""
    people = weeks.people_of([("a1", "day", "phone")])
    people.agents["hours_min"] = [40.0]
    assert not [said for said in notes_of(people, 0, contracts=contract()) if "hours_min" in said]


def test_hours_that_availability_takes_name_it() -> None:
    """Two days open to somebody with 32 hours: either refused as impossible, or reported with the setting."""
    from configs.errors import InfeasibleError

    people = weeks.people_of([("a1", "day", "phone")])
    people.agents["hours_min"] = [32.0]
    people.agents["available"] = ["mon-tue 00:00-24:00"]
    with pytest.raises(InfeasibleError, match="a1"):
        notes_of(people, 0, contracts=contract())


def night_contract() -> dict:
    starts = {"length": "8h", "start": "00:00-23:00", "step": "1h"}
    return {"any": {"agents": 9, "days_per_week": 5, "min_days": 1, "shifts": [starts], "cost_per_hour": 10}}


def staff_group():
    return weeks.people_of([(f"a{i}", "any", "phone") for i in range(9)])


def test_no_note_speaks_of_a_night_shift_that_nobody_works() -> None:
    """Shifts may begin at any hour, but nobody is needed at night: nothing runs over the end of the week."""
    config = weeks.config_of(contracts=night_contract())
    day = weeks.hours_between(weeks.horizon_of(config), 6, 22)
    assert not [said for said in notes_of(staff_group(), day, contracts=night_contract()) if "end" in said]


def test_a_shift_over_the_end_of_the_week_is_noted() -> None:
    """Somebody is needed round the clock, so one shift covers the first hours of the circle."""
    found = notes_of(staff_group(), 1, contracts=night_contract())
    assert [said for said in found if said.startswith("the first hours of the week are covered by the shifts")]


def reason_of(leave: list[tuple[str, str, str]], least: float, got: float, available: str = "") -> str:
    """The note on one person of five days of eight hours, rostered for `got` paid hours."""
    config = weeks.config_of(contracts=contract())
    horizon, people = weeks.horizon_of(config), weeks.people_of([("a1", "day", "phone")], leave)
    need = weeks.requirement_of(horizon, phone=0)
    people.agents["available"] = [available]
    week = assemble(config, horizon, need, check_people(config, people))
    people.agents["hours_min"] = [least]
    schedule = schedule_of(shift_of("a1", "2026-11-30 08:00", paid_h=got))
    found = [note.sentence for note in fewer_hours(config, week, people, schedule)]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(("got", "by_leave"), [(32.0, True), (31.9, False), (24.0, False)])
def test_leave_explains_its_share_of_the_hours_only(got: float, by_leave: bool) -> None:
    """One day of five away leaves 32 of 40 hours owed: 32 are explained by it, fewer are not."""
    said = reason_of([("a1", "2026-12-01", "2026-12-02")], 40.0, got)
    assert said.startswith(f"a1 works {got:g} of 40 contracted hours (hours_min): ")
    assert (": 1 day of leave (Tue 01 Dec); count the leave" in said) is by_leave
    found = "the search found no week with more within the rules of contract day (rest, days in a row, shifts)"
    assert (f"{found}; there is also 1 day of leave (Tue 01 Dec); offer" in said) is not by_leave
    assert "allow no more" not in said


def test_an_hour_of_leave_explains_nothing() -> None:
    """Leave of an hour in the night takes no shift, so all 40 hours are owed."""
    assert "the search found no week" in reason_of([("a1", "2026-12-01 02:00", "2026-12-01 03:00")], 40.0, 32.0)


def test_hours_without_leave_blame_nothing_that_is_not_known() -> None:
    """Neither the rules nor hours of availability are proven to be the reason; the latter are told as a fact."""
    found = "the search found no week with more within the rules of contract day (rest, days in a row, shifts)"
    assert reason_of([], 40.0, 32.0) == (
        f"a1 works 32 of 40 contracted hours (hours_min): {found}; offer longer shifts or more days, or lower hours_min"
    )
    hours = "mon-fri 00:00-24:00"
    assert f'{found}; there is also available is "{hours}"' not in reason_of([], 40.0, 32.0, hours)
    assert f'{found}; available is "{hours}"; offer' in reason_of([], 40.0, 32.0, hours)
