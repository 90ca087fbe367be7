"""Planned activities on their edges: length, window, days, people, numbers, times together and at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.optimize.roster.verify.made import Line, Made, fails, made, passes

TRAINING = {"name": "training", "length": "1h"}
MISSED = 2 * 100.0
"""Price of an hour of an activity that is not held: that of two agents short."""


def held(activity: dict[str, Any], clocks: dict[str, str], missed: int = 0, **options: Any) -> Made:
    """People from 8 to 16 on Monday who train at the times given, ``""`` for not at all; `missed` are told as such."""
    lines = [Line(a, "mon 08:00", activities=f"training {clock}" if clock else "") for a, clock in clocks.items()]
    return made(lines, activities=[TRAINING | activity], cost={"activities": missed * MISSED}, **options)


def test_an_activity_has_its_length_to_the_interval() -> None:
    """An hour, not half an hour less or more."""
    assert passes(held({}, {"a": "10:00-11:00"}))
    for clock in ("10:00-10:30", "10:00-11:30"):
        assert fails(held({}, {"a": clock}), f"training {clock} is not 1:00:00 long")


def test_an_activity_may_touch_both_ends_of_its_window() -> None:
    """From 10 to 12: at 10 and at 11, and not half an hour beyond either."""
    window = {"window": "10:00-12:00"}
    for clock in ("10:00-11:00", "11:00-12:00"):
        assert passes(held(window, {"a": clock}))
    for clock in ("09:30-10:30", "11:30-12:30"):
        assert fails(held(window, {"a": clock}), f"training {clock} lies outside 10:00-12:00")


def test_an_activity_lies_on_its_days() -> None:
    """Monday passes, a window of Tuesday does not; a night's window belongs to the day it begins on."""
    assert passes(held({"days": ["mon"]}, {"a": "10:00-11:00"}))
    for days in (["tue"], ["sun"], ["tue", "wed", "thu", "fri", "sat", "sun"]):
        assert fails(held({"days": days}, {"a": "10:00-11:00"}), "lies outside")
    for days, clock, fine in (
        (["mon"], "01:00-02:00", True),
        (["tue"], "01:00-02:00", False),
        (["sun"], "01:00-02:00", False),
        (["mon"], "03:00-04:00", False),
        (["mon"], "02:00-03:00", True),
        (["mon"], "22:30-23:30", False),
        (["mon"], "23:00-00:00", True),
    ):
        night = [Line("a", "mon 22:00", activities=f"training {clock}")]
        activity = TRAINING | {"window": "23:00-03:00", "days": days}
        roster = made(night, activities=[activity])
        assert passes(roster) if fine else fails(roster, "lies outside")


def test_an_activity_may_touch_a_break_and_never_overlap() -> None:
    """Lunch from 12 to 13: training until 12 or from 13, and not half an hour into it."""
    contract = {"breaks": [{"length": "1h", "after": "3h-5h"}]}
    for clock, fine in (("11:00-12:00", True), ("13:00-14:00", True), ("11:30-12:30", False), ("12:30-13:30", False)):
        lines = [Line("a", "mon 08:00", breaks="12:00-13:00", activities=f"training {clock}", unpaid_h=1)]
        roster = made(lines, activities=[TRAINING], contract=contract)
        assert passes(roster) if fine else fails(roster, f"training {clock} overlaps a break or another activity")


def test_two_activities_may_touch_and_never_overlap() -> None:
    """Training until 11 and coaching from 11, and from 10:30."""
    both = [TRAINING, {"name": "coaching", "length": "1h"}]
    for clock, fine in (("11:00-12:00", True), ("09:00-10:00", True), ("10:30-11:30", False), ("09:30-10:30", False)):
        lines = [Line("a", "mon 08:00", activities=f"training 10:00-11:00;coaching {clock}")]
        roster = made(lines, activities=both)
        assert passes(roster) if fine else fails(roster, "coaching", "overlaps a break or another activity")


def test_unpaid_time_is_taken_off_the_hours_and_off_cover() -> None:
    """Eight hours less one unpaid are seven; a paid hour is no loss of pay; nobody serves in either."""
    for paid, unpaid_h in ((False, 1.0), (True, 0.0)):
        lines = [Line("a", "mon 08:00", activities="training 10:00-11:00", unpaid_h=unpaid_h)]
        sound = made(lines, activities=[TRAINING | {"paid": paid}])
        assert passes(sound)
        assert sound.roster.coverage["staffed"].sum() == 14
        assert fails(sound.covered("phone", 20, staffed=1), "people are counted")
    kept = made([Line("a", "mon 08:00", activities="training 10:00-11:00")], activities=[TRAINING | {"paid": False}])
    assert fails(kept, "paid_h is 8; the recount says 7")


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        ({"agents": ["a"]}, True),
        ({"agents": ["b"]}, False),
        ({"team": "north"}, True),
        ({"team": "south"}, False),
        ({"contract": "day"}, True),
        ({"skills": ["phone"]}, True),
        ({"skills": ["phone", "chat"]}, True),
        ({"skills": ["phone", "video"]}, False),
        ({"skills": ["video"]}, False),
        ({"agents": ["a"], "team": "south"}, False),
        ({"agents": ["a"], "team": "north", "skills": ["chat"]}, True),
    ],
)
def test_only_those_it_is_for_take_part(rule: dict[str, Any], fits: bool) -> None:
    """a of team north knows phone and chat; b of team south knows video."""
    channels = {name: {"kind": "synchronous"} for name in ("phone", "chat", "video")}
    people = {"a": {"skills": "phone; chat", "team": "north"}, "b": {"skills": "video", "team": "south"}}
    missed = 1 if not fits or rule == {"contract": "day"} else 0  # b, who is asked for and does not take part
    roster = held(rule, {"a": "10:00-11:00"}, missed, people=people, channels=channels, need=dict.fromkeys(channels, 0))
    assert passes(roster) if fits else fails(roster, "is not for this person")


def test_a_contract_takes_part_and_another_does_not() -> None:
    """Training is for the contract "day"."""
    kinds = {"days_per_week": 5, "cost_per_hour": 10, "shifts": [{"length": "8h", "start": "08:00"}]}
    contracts = {"day": kinds, "other": kinds}
    assert passes(held({"contract": "day"}, {"a": "10:00-11:00"}, contracts=contracts))
    assert fails(held({"contract": "other"}, {"a": "10:00-11:00"}, contracts=contracts), "is not for this person")


def test_everybody_takes_part_once() -> None:
    """Twice on one day is once too often."""
    lines = [Line("a", "mon 08:00", activities="training 10:00-11:00;training 12:00-13:00")]
    assert fails(made(lines, activities=[TRAINING]), "activity training: a take part more than once")
    two = [Line("a", f"{day} 08:00", activities="training 10:00-11:00") for day in ("mon", "tue")]
    assert fails(made(two, activities=[TRAINING]), "a take part more than once")
    assert passes(held({}, {"a": "10:00-11:00", "b": "10:00-11:00"}))


def test_no_more_take_part_than_are_asked_for() -> None:
    """Two of three: two pass, three are one too many; of a count above the people, everybody."""
    clocks = {"a": "10:00-11:00", "b": "10:00-11:00", "c": ""}
    assert passes(held({"count": 2}, clocks))
    assert fails(held({"count": 2}, clocks | {"c": "10:00-11:00"}), "3 people take part; 2 are required")
    assert passes(held({"count": 5}, clocks | {"c": "10:00-11:00"}))


def test_who_does_not_take_part_costs_two_hours_short_for_each_hour() -> None:
    """One of three missed an hour; of two asked for none did; of five asked for three could and one did not."""
    clocks = {"a": "10:00-11:00", "b": "10:00-11:00", "c": ""}
    assert passes(held({}, clocks, missed=1))
    assert fails(held({}, clocks, missed=0), "activities is 0.00; the recount says 200.00")
    assert passes(held({"count": 2}, clocks, missed=0))
    assert passes(held({"count": 5}, clocks, missed=1))
    half = made([Line("a", "mon 08:00")], activities=[TRAINING | {"length": "30min"}], cost={"activities": MISSED / 2})
    assert passes(half)


def test_as_many_take_part_at_once_as_may() -> None:
    """Two at once: three hours of one, two and two pass; three from 10 do not, nor three that overlap by half an hour."""
    two = {"at_once": 2}
    assert passes(held(two, {"a": "10:00-11:00", "b": "10:00-11:00", "c": "11:00-12:00"}))
    assert passes(held(two, {"a": "10:00-11:00", "b": "10:30-11:30", "c": "11:00-12:00"}))
    assert fails(held(two, dict.fromkeys("abc", "10:00-11:00")), "3 people take part at once; 2 are allowed")
    staggered = {"a": "10:00-11:00", "b": "10:30-11:30", "c": "10:30-11:30"}
    assert fails(held(two, staggered), "3 people take part at once; 2 are allowed")


def test_a_meeting_has_one_time() -> None:
    """Both at 10 pass; half an hour apart they do not, nor on two days; without `together` they do."""
    assert passes(held({"together": True}, {"a": "10:00-11:00", "b": "10:00-11:00"}))
    apart = {"a": "10:00-11:00", "b": "10:30-11:30"}
    assert fails(held({"together": True}, apart), "is held together, and begins at 2 times")
    assert passes(held({}, apart))
    days = [Line(a, f"{day} 08:00", activities="training 10:00-11:00") for a, day in (("a", "mon"), ("b", "tue"))]
    assert fails(made(days, activities=[TRAINING | {"together": True}]), "begins at 2 times")


def test_an_unknown_or_unreadable_activity_is_found() -> None:
    """A name the config does not have, and a text without one; the other activities are judged all the same."""
    sound = held({}, {"a": "10:00-11:00", "b": "10:00-11:00"})
    assert fails(sound.cell(0, activities="yoga 10:00-11:00"), '"yoga" that is not in the config')
    assert fails(sound.cell(0, activities="10:00-11:00"), "agent a", "activities that cannot be read")
    assert fails(sound.cell(0, activities="training 10:00-17:00"), "agent a", "activities that cannot be read")
    broken = sound.cell(0, activities="yoga 08:00-09:00").cell(1, activities="training 10:00-10:30")
    assert fails(broken, "agent b", "is not 1:00:00 long")


def test_windows_in_the_hour_that_comes_twice() -> None:
    """In London 01:30 comes twice on 25 October 2026: a window from then begins with the first and ends with the first."""
    from configs.schema import Activity
    from optimize.roster.verify.activities import _lies_inside

    config = made([], plan={"name": "made", "timezone": "Europe/London", "interval": "30min"}).config
    day, zone = date(2026, 10, 25), config.plan.zone
    hour = timedelta(hours=1)
    for window, begins, fine in (
        ("01:30-04:00", datetime(2026, 10, 25, 1, 30, tzinfo=zone), True),
        ("01:30-04:00", datetime(2026, 10, 25, 1, 0, tzinfo=zone), False),
        ("00:00-01:30", datetime(2026, 10, 25, 0, 30, tzinfo=zone), True),
        ("00:00-01:30", datetime(2026, 10, 25, 1, 0, tzinfo=zone), False),
    ):
        activity = Activity.model_validate(TRAINING | {"window": window})
        ends = (begins.astimezone(UTC) + hour).astimezone(zone)
        assert _lies_inside(config, activity, begins, ends, day) == fine, (window, begins)
