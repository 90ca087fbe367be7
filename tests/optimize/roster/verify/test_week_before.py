"""Days in a row and people at work carry over from the week before, to the day and to the interval."""

from __future__ import annotations

import numpy as np

from tests.optimize.roster.verify.made import Line, daily, fails, made, passes

WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
EARLY = {"shifts": [{"length": "4h", "start": "06:00-22:00"}], "days_per_week": 6}


def last(days: list[str]) -> list[Line]:
    return [Line("a", f"last {day} 06:00", 4.0) for day in days]


def this(days: str) -> list[Line]:
    return daily("a", days, "06:00", hours=4.0)


def test_days_running_reach_over_the_edge() -> None:
    """Three days before and three now are six; four now are seven, one too many."""
    before = last(["fri", "sat", "sun"])
    assert passes(made(this("mon tue wed"), contract=EARLY, last_week=before))
    assert fails(
        made(this("mon tue wed thu"), contract=EARLY, last_week=before), "works 7 days in a row; 6 are allowed"
    )


def test_a_day_off_before_or_now_ends_the_row() -> None:
    """Free on last Sunday, or on this Monday: six days pass."""
    assert passes(made(this("mon tue wed thu fri sat"), contract=EARLY, last_week=last(["fri", "sat"])))
    assert passes(made(this("tue wed thu fri sat sun"), contract=EARLY, last_week=last(["fri", "sat", "sun"])))


def test_a_whole_week_worked_hands_on_the_days_before_it() -> None:
    """Seven days of last week and two before them are nine: with one now ten, which ten allow and nine do not."""
    for most, fine in ((10, True), (9, False)):
        contract = EARLY | {"max_consecutive_days": most}
        roster = made(this("mon"), contract=contract, last_week=last(WEEK), running={"a": 2})
        assert passes(roster) if fine else fails(roster, f"works 10 days in a row; {most} are allowed")


def test_a_week_with_a_day_off_hands_on_nothing_from_before_it() -> None:
    """Off on last Monday: what was worked before that Monday is another row."""
    contract = EARLY | {"max_consecutive_days": 7}
    assert passes(made(this("mon"), contract=contract, last_week=last(WEEK[1:]), running={"a": 2}))
    assert fails(made(this("mon tue"), contract=contract, last_week=last(WEEK[1:]), running={"a": 2}), "works 8 days")


def test_days_running_before_are_ended_by_a_day_off_now() -> None:
    """A whole week before, none on Monday: from Tuesday the row is new."""
    contract = EARLY | {"max_consecutive_days": 7}
    assert passes(made(this("tue wed thu fri sat sun"), contract=contract, last_week=last(WEEK), running={"a": 2}))


def test_days_running_of_others_are_theirs() -> None:
    """b's two days before do not count for a."""
    for most, fine in ((8, True), (7, False)):
        contract = EARLY | {"max_consecutive_days": most}
        roster = made(this("mon"), contract=contract, last_week=last(WEEK), running={"b": 2})
        assert passes(roster) if fine else fails(roster, "works 8 days in a row; 7 are allowed")


def test_guarantees_bind_who_comes_rested_and_not_who_comes_tired() -> None:
    """Two days a week and three in a row: two before leave one from Monday on; one before leaves two."""
    contract = EARLY | {"days_per_week": 2, "max_consecutive_days": 3, "guaranteed": True}
    for days, excused in ((["sun"], False), (["sat", "sun"], True), (["sat"], False)):
        roster = made(this("mon"), contract=contract, last_week=last(days))
        assert passes(roster) if excused else fails(roster, "1 guaranteed working days are not worked")


def test_a_stranger_to_the_week_before_is_bound() -> None:
    """Somebody new, or nobody in the week before, works the days guaranteed."""
    contract = EARLY | {"days_per_week": 2, "guaranteed": True}
    roster = made(this("mon"), contract=contract, last_week=[Line("z", "last mon 06:00", 4.0)])
    assert fails(roster, "1 guaranteed working days")


def test_people_still_at_work_are_counted_until_their_shift_ends() -> None:
    """Last Sunday's night is there until 6:00 but for a break from 2:00 to 3:00: eleven, less two, half hours."""
    night = [Line("z", "last sun 22:00", breaks="02:00-03:00", unpaid_h=1)]
    contract = {"breaks": [{"length": "1h", "after": "3h-5h"}]}
    sound = made([], people={"a": {}}, last_week=night, contract=contract)
    assert passes(sound)
    assert np.flatnonzero(sound.roster.coverage["staffed"]).tolist() == [0, 1, 2, 3, 6, 7, 8, 9, 10, 11]
    for interval in (3, 11):
        assert fails(sound.covered("phone", interval, staffed=-1), "are at work")
    for interval in (4, 5, 12):
        assert fails(sound.covered("phone", interval, staffed=1), "people are counted")


def test_a_shift_that_ended_at_midnight_is_gone() -> None:
    """Last Sunday until 24:00 leaves nobody; until 24:30 leaves one half hour."""
    contract = {"shifts": [{"length": "8h", "start": "06:00-22:00"}]}
    assert (
        made([], people={"a": {}}, last_week=[Line("z", "last sun 16:00")], contract=contract)
        .roster.coverage["staffed"]
        .sum()
        == 0
    )
    assert passes(made([], people={"a": {}}, last_week=[Line("z", "last sun 16:00")], contract=contract))
    late = made([], people={"a": {}}, last_week=[Line("z", "last sun 16:30")], contract=contract)
    assert late.roster.coverage["staffed"].tolist()[:2] == [1, 0]
    assert passes(late)


def test_what_runs_over_the_end_of_the_week_is_counted_in_the_next() -> None:
    """Sunday's night covers two hours here where a week goes before; in a circle its six hours cover Monday's."""
    night = [Line("a", "sun 22:00")]
    assert made(night, last_week=[Line("z", "last mon 08:00")]).roster.coverage["staffed"].sum() == 4
    assert passes(made(night, last_week=[Line("z", "last mon 08:00")]))
    assert made(night).roster.coverage["staffed"].sum() == 16
    assert passes(made(night))


def test_people_of_the_week_before_serve_what_they_could_then() -> None:
    """Somebody who served no channel of this plan covers nothing."""
    night = [Line("z", "last sun 22:00")]
    sound = made([], people={"a": {}}, last_week=night)
    before = sound.roster.people.previous
    before.agents["skills"] = "fax"
    found = sound.faults()
    assert any("people are counted" in fault for fault in found)
    before.agents["skills"] = "fax; phone"
    assert passes(sound)
