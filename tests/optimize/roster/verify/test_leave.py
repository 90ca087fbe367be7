"""Leave by the hour: a shift may touch it and never overlap; whole days of it are taken off the days of work."""

from __future__ import annotations

from tests.optimize.roster.verify.made import Line, daily, fails, made, passes

FIXED = {"shifts": [{"length": "8h", "start": "08:00"}]}


def test_a_shift_may_touch_leave_and_never_overlap() -> None:
    """Monday 8 to 16: leave until 8 and from 16 on passes, half an hour more at either side does not."""
    shift = [Line("a", "mon 08:00")]
    for first, last in (("mon 06:00", "mon 08:00"), ("mon 16:00", "mon 18:00")):
        assert passes(made(shift, leave=[("a", first, last)]))
    for first, last in (("mon 06:00", "mon 08:30"), ("mon 15:30", "mon 18:00"), ("mon 11:00", "mon 11:30")):
        assert fails(made(shift, leave=[("a", first, last)]), "agent a", "is on leave from")


def test_leave_of_others_is_no_matter() -> None:
    """b is away while a works."""
    assert passes(made([Line("a", "mon 08:00")], people={"a": {}, "b": {}}, leave=[("b", "mon 08:00", "mon 16:00")]))


def test_a_whole_day_of_leave_is_a_day_less() -> None:
    """Five days less one: five are too many, four pass; from midnight to midnight, a minute less being as good."""
    week = "tue wed thu fri sat"
    for end in ("tue 00:00", "mon 23:59"):
        leave = [("a", "mon 00:00", end)]
        assert fails(made(daily("a", week), leave=leave), "works 5 days; 4 are allowed (5 less 1 of leave)")
        assert passes(made(daily("a", week)[:4], leave=leave))
    late = [("a", "mon 08:00", "mon 16:00")]
    assert passes(made(daily("a", week), leave=late))


def test_leave_from_just_after_midnight_leaves_a_day_on_which_a_shift_may_begin() -> None:
    """A shift may begin at midnight and end at 8: leave from 8:00 on leaves room for it, from 7:30 it does not."""
    contract = {"shifts": [{"length": "8h", "start": "00:00-16:00"}]}
    week = daily("a", "tue wed thu fri sat")
    assert passes(made(week, contract=contract, leave=[("a", "mon 08:00", "tue 00:00")]))
    assert fails(made(week, contract=contract, leave=[("a", "mon 07:30", "tue 00:00")]), "5 less 1 of leave")


def test_leave_over_every_shift_of_a_day_is_a_day_less() -> None:
    """The only shift is 8 to 16: leave that meets it takes the day, leave after it does not."""
    week = daily("a", "tue wed thu fri sat")
    for first, last, gone in (
        ("mon 08:00", "mon 16:00", True), ("mon 15:30", "mon 20:00", True), ("mon 06:00", "mon 08:30", True),
        ("mon 16:00", "mon 20:00", False), ("mon 06:00", "mon 08:00", False),
    ):  # fmt: skip
        roster = made(week, contract=FIXED, leave=[("a", first, last)])
        assert fails(roster, "5 less 1 of leave") if gone else passes(roster)


def test_leave_counts_in_the_hours_a_person_is_available() -> None:
    """Two shifts a day, from 6 and from 14; who is there in the morning only loses the day with the morning."""
    contract = {"shifts": [{"length": "8h", "start": "06:00-14:00", "step": "8h"}]}
    week, leave = daily("a", "tue wed thu fri sat", "06:00"), [("a", "mon 06:00", "mon 10:00")]
    assert passes(made(week, contract=contract, leave=leave))
    early = {"a": {"available": "daily 06:00-14:00"}}
    assert fails(made(week, contract=contract, leave=leave, people=early), "5 less 1 of leave")
    assert passes(made(week, contract=contract, leave=leave, people={"a": {"available": " "}}))


def test_leave_of_a_day_without_shifts_takes_none() -> None:
    """No shift may begin on Monday: leave of some hours costs no day, leave of the whole day does."""
    contract = {"shifts": [{"length": "8h", "start": "08:00", "days": ["tue", "wed", "thu", "fri", "sat", "sun"]}]}
    week = daily("a", "tue wed thu fri sat")
    assert passes(made(week, contract=contract, leave=[("a", "mon 08:00", "mon 16:00")]))
    for end in ("tue 00:00", "mon 23:59"):
        assert fails(made(week, contract=contract, leave=[("a", "mon 00:00", end)]), "5 less 1 of leave")
    assert passes(made(week, contract=contract, leave=[("a", "mon 00:00", "mon 23:58")]))
    assert passes(made(week, contract=contract, leave=[("a", "mon 00:01", "tue 00:00")]))


def test_leave_of_a_week_leaves_no_day() -> None:
    """Seven days less than five are none, and not less than none."""
    away = [("a", "mon 00:00", "next mon 00:00")]
    assert passes(made([], people={"a": {}}, leave=away))
    working = made(daily("a", "mon"), leave=away)
    assert fails(working, "works 1 days; 0 are allowed (5 less 5 of leave)")


def test_leave_on_another_day_than_a_night_begins() -> None:
    """Sunday's night ends on Monday at 6: leave of that Monday until 5:30 overlaps it though its day is another."""
    night = [Line("a", "sun 22:00")]
    assert fails(made(night, leave=[("a", "next mon 05:30", "next mon 12:00")]), "is on leave from")
    assert passes(made(night, leave=[("a", "next mon 06:00", "next mon 12:00")]))


def test_leave_twice_a_day_takes_the_day_where_each_shift_meets_one() -> None:
    """Shifts from 6 and from 14: an hour at 6 and one at 15 take both; an hour at 6 and one at 7 leave the late one."""
    contract = {"shifts": [{"length": "8h", "start": "06:00-14:00", "step": "8h"}]}
    week = daily("a", "tue wed thu fri sat", "06:00")
    both = [("a", "mon 06:00", "mon 07:00"), ("a", "mon 15:00", "mon 16:00")]
    assert fails(made(week, contract=contract, leave=both), "5 less 1 of leave")
    other_day = ("a", "sun 10:00", "sun 11:00")
    assert fails(made(week, contract=contract, leave=[*both, other_day]), "5 less 1 of leave")
    early = [("a", "mon 06:00", "mon 07:00"), ("a", "mon 07:00", "mon 08:00")]
    assert passes(made(week, contract=contract, leave=early))


def test_leave_over_two_days_takes_both_and_of_two_leaves_one_may_be_whole() -> None:
    """Monday and Tuesday are gone; a whole Monday and an hour of Sunday are one day."""
    week = daily("a", "wed thu fri sat")
    assert fails(made(week, leave=[("a", "mon 00:00", "wed 00:00")]), "4 days; 3 are allowed (5 less 2 of leave)")
    assert passes(made(week[:3], leave=[("a", "mon 00:00", "wed 00:00")]))
    two = [("a", "mon 00:00", "tue 00:00"), ("a", "sun 10:00", "sun 11:00")]
    assert passes(made(week, leave=two))


def test_days_of_leave_are_those_of_this_week() -> None:
    """A whole Sunday is a day less; the Sunday before and the Monday after are not."""
    week = daily("a", "tue wed thu fri sat")
    assert fails(made(week, leave=[("a", "sun 00:00", "next mon 00:00")]), "5 less 1 of leave")
    for first, last in (("last sun 00:00", "mon 00:00"), ("next mon 00:00", "next tue 00:00")):
        assert passes(made(week, leave=[("a", first, last)]))
