"""Work done between calls: within idle time, by people who know both, in the hours given and used alike."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.optimize.roster.verify.made import Line, Made, fails, made, passes

HOURS = np.zeros(336)
HOURS[16:32] = 1
EMAIL = {"kind": "deferrable", "target": {"within": "12h", "clock": "clock"}, "max_occupancy": 0.8, "aht": "1h"}


def blended(
    given: float, skills: dict[str, str] | None = None, idle: float = 0.25, required: float = 2.0, **email: Any
) -> Made:
    """Two people from 8 to 16 on Monday, `idle` half hours of theirs an interval, of which `given` are told as used."""
    skills = skills or {"a": "phone;email", "b": "phone;email"}
    channels = {"phone": {"kind": "synchronous"}, "email": EMAIL | {"blend": True, "backlog": 0} | email}
    done = given / 0.8 * HOURS
    cover = {
        "phone": {"blended_h": np.where(HOURS > 0, given, np.nan)},
        "email": {"staffed": 0.0, "work_h": done, "done_h": done, "backlog_h": 0.0, "blended_h": done},
    }
    need = {"phone": required * HOURS, "email": (done, 12)}
    people = {agent: {"skills": known} for agent, known in skills.items()}
    sound = made(
        [Line(agent, "mon 08:00") for agent in skills], people=people, channels=channels, need=need, cover=cover
    )
    phone = sound.requirement["channel"] == "phone"
    sound.requirement["idle_h"] = np.where(phone, idle, np.nan)
    return sound


def test_all_of_the_idle_time_may_be_used_and_no_more() -> None:
    """A quarter of an hour an interval, to a thousandth of an hour."""
    assert passes(blended(0.25))
    assert passes(blended(0.2509))
    assert fails(
        blended(0.2511),
        "coverage phone",
        "0.2511 hours of other work are done between calls at 2026-11-30 08:00",
        "0.25 are possible",
    )
    assert fails(blended(0.1, idle=0.0), "0 are possible")


def test_nothing_is_idle_where_the_requirement_does_not_say_so() -> None:
    """A requirement without the column has no idle time."""
    sound = blended(0.1)
    del sound.requirement["idle_h"]
    assert fails(sound, "0.1 hours of other work", "0 are possible")


def test_idle_time_is_shared_by_those_who_know_both() -> None:
    """One of two required knows e-mail: half of the idle time; three of whom two do: all of it, as two are required."""
    one = {"a": "phone", "b": "phone;email"}
    assert passes(blended(0.125, one))
    assert fails(blended(0.127, one), "0.125 are possible")
    three = {"a": "phone", "b": "phone;email", "c": "phone;email"}
    assert passes(blended(0.25, three))
    assert fails(blended(0.252, three), "0.25 are possible")


def test_who_knows_one_of_the_two_does_nothing_between_calls() -> None:
    """Two who phone only, and a third who writes only."""
    apart = {"a": "phone", "b": "phone", "c": "email"}
    assert fails(blended(0.002, apart), "0 are possible")


def test_where_agents_are_short_idle_time_is_lost() -> None:
    """Two and a half needed, two there: half of the idle time; three needed: none."""
    assert passes(blended(0.125, required=2.5))
    assert fails(blended(0.127, required=2.5), "0.125 are possible")
    assert fails(blended(0.002, required=3.0), "0 are possible")
    assert fails(blended(0.002, required=4.0), "0 are possible")


def test_hours_given_are_hours_used() -> None:
    """A thousandth of an hour may differ, two may not, on either side."""
    sound = blended(0.2)
    assert passes(sound.covered("phone", 20, blended_h=0.0009))
    for much in (0.0011, -0.0011):
        reported = "hours are given between calls at 2026-11-30 10:00"
        assert fails(sound.covered("phone", 20, blended_h=much), "coverage:", reported)
    used = sound.covered("email", 20, blended_h=0.1)
    assert fails(used, "0.2 hours are given", "0.28 used")


def test_absence_is_taken_off_what_is_used() -> None:
    """A tenth are absent: a rostered hour gives 0.9 hours; told without absence it differs."""
    sound = blended(0.2)
    absent = {"staffing": {"absence": 0.1}}
    channels = {"phone": {"kind": "synchronous"}, "email": EMAIL | {"blend": True, "backlog": 0}}
    cover = {
        "phone": {"blended_h": 0.18 * HOURS},
        "email": dict.fromkeys(("work_h", "done_h", "blended_h"), 0.25 * HOURS) | {"staffed": 0.0, "backlog_h": 0.0},
    }
    people = {agent: {"skills": "phone;email"} for agent in "ab"}
    lines = [Line(agent, "mon 08:00") for agent in people]
    need = {"phone": 2.0 * HOURS, "email": (0.25 * HOURS, 12)}
    absences = made(lines, people=people, channels=channels, need=need, cover=cover, **absent)
    absences.requirement["idle_h"] = sound.requirement["idle_h"]
    assert passes(absences)
    cover["phone"]["blended_h"] = 0.2 * HOURS
    plain = made(lines, people=people, channels=channels, need=need, cover=cover, **absent)
    plain.requirement["idle_h"] = sound.requirement["idle_h"]
    assert fails(plain, "0.2 hours are given", "0.18 used")


def test_a_channel_that_does_not_blend_has_no_hours_between_calls() -> None:
    """blend is not set: hours between calls are told."""
    assert fails(blended(0.2, blend=False), "coverage email", "blend is not set")
    assert passes(blended(0.0, blend=False))


def test_work_between_calls_is_done_without_people_placed() -> None:
    """Done hours are no more than those of the people placed and those between calls."""
    sound = blended(0.2)
    assert passes(sound.covered("email", 20, done_h=0.0005))
    assert fails(sound.covered("email", 20, done_h=0.002), "hours are done at", "by 0 people")
