"""Heads of the coverage table: to a thousandth of an agent, and by what people can serve."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.optimize.roster.verify.made import Line, Made, at, fails, made, passes

TWO = {"phone": {"kind": "synchronous"}, "chat": {"kind": "synchronous"}}
THREE = TWO | {"video": {"kind": "synchronous"}}
AT_NINE, AT_EIGHT, AT_FOUR = 18, 16, 32


def moment(interval: int) -> pd.Timestamp:
    """Begin of a half hour of the week."""
    return at("mon 00:00") + interval * pd.Timedelta("30min")


@pytest.fixture(scope="module")
def sound() -> Made:
    """One person from 8 to 16 on Monday, one needed from 9 to 17."""
    need = np.zeros(336)
    need[18:34] = 1
    return made([Line("a", "mon 08:00")], need={"phone": need}, costs={"shortage_per_hour": 1})


def test_the_table_is_right_in_every_interval(sound: Made) -> None:
    """Short from 16 to 17, one too many from 8 to 9."""
    assert passes(sound)
    cover = sound.roster.coverage
    assert np.flatnonzero(cover["shortage"]).tolist() == [32, 33]
    assert np.flatnonzero(cover["excess"]).tolist() == [16, 17]


@pytest.mark.parametrize("column", ["required", "shortage", "excess"])
@pytest.mark.parametrize("interval", [0, AT_EIGHT, AT_NINE, AT_FOUR, 335])
def test_a_number_may_differ_by_a_thousandth_and_no_more(sound: Made, column: str, interval: int) -> None:
    """Rounding may; two thousandths, or half an agent, may not."""
    assert passes(sound.covered("phone", interval, **{column: 0.0009}))
    for much in (0.0011, 0.5, 1.0, -0.0011, -1.0):
        words = "coverage phone", f"{column} is", f"at {moment(interval)}"
        assert fails(sound.covered("phone", interval, **{column: much}), *words)


@pytest.mark.parametrize("interval", [0, AT_EIGHT, AT_NINE, AT_FOUR, 335])
def test_heads_may_differ_by_a_thousandth_and_no_more(sound: Made, interval: int) -> None:
    """More heads than at work, and fewer, are told from two thousandths on."""
    for little in (0.0009, -0.0009):
        assert passes(sound.covered("phone", interval, staffed=little))
    for much in (0.0011, 0.6, 1.0):
        reported = f"people are counted at {moment(interval)}"
        assert fails(sound.covered("phone", interval, staffed=much), reported, "at work can serve it")
        assert fails(sound.covered("phone", interval, staffed=-much), reported, "are at work")


def skilled(skills: dict[str, str], placed: dict[str, float], channels=THREE) -> Made:
    """People at work from 8 to 16 on Monday by what they serve; heads placed at channels in these hours."""
    hours = np.zeros(336)
    hours[16:32] = 1
    lines = [Line(agent, "mon 08:00") for agent in skills]
    cover = {channel: {"staffed": heads * hours} for channel, heads in placed.items()}
    people = {agent: {"skills": known} for agent, known in skills.items()}
    return made(lines, people=people, channels=channels, need=dict.fromkeys(channels, 0), cover=cover)


def test_nobody_serves_a_channel_they_cannot() -> None:
    """One phones and one chats: one at each passes, two at one do not."""
    skills = {"a": "phone", "b": "chat"}
    assert passes(skilled(skills, {"phone": 1, "chat": 1}, TWO))
    assert fails(skilled(skills, {"phone": 2, "chat": 0}, TWO), "coverage phone", "2 people", "1 at work")
    assert fails(skilled(skills, {"phone": 0, "chat": 2}, TWO), "coverage chat", "2 people", "1 at work")


def test_who_can_do_both_is_counted_once() -> None:
    """Two of whom one phones and one does both: one at each, or both at the phone, and never two at the chat."""
    skills = {"a": "phone", "b": "phone; chat"}
    for phone, chat in ((1, 1), (2, 0), (1.5, 0.5)):
        assert passes(skilled(skills, {"phone": phone, "chat": chat}, TWO))
    assert fails(skilled(skills, {"phone": 0, "chat": 2}, TWO), "coverage chat", "2 people")
    assert fails(skilled(skills, {"phone": 2, "chat": 1}, TWO), "coverage phone, chat", "3 people", "2 at work")


def test_three_channels_are_judged_by_twos_as_well() -> None:
    """One knows phone and chat, two know video: two at phone and chat together are one too many."""
    skills = {"a": "phone;chat", "b": "video", "c": "video"}
    assert passes(skilled(skills, {"phone": 0.5, "chat": 0.5, "video": 2}))
    crowded = skilled(skills, {"phone": 1, "chat": 1, "video": 1})
    assert fails(crowded, "coverage phone, chat", "2 people", "1 at work")
    assert fails(skilled(skills, {"phone": 1, "chat": 0, "video": 1}), "coverage:", "2 people", "3 are at work")


def test_everybody_at_work_is_counted_somewhere() -> None:
    """Two at work and one placed: one is lost."""
    assert fails(skilled({"a": "phone", "b": "chat"}, {"phone": 1, "chat": 0}, TWO), "1 people", "2 are at work")


def test_people_at_work_over_the_end_are_counted_at_the_beginning() -> None:
    """The week is a circle: Sunday's night from 22 to 6 is four half hours of this week's end, and twelve of its begin."""
    night = made([Line("a", "sun 22:00")])
    assert np.flatnonzero(night.roster.coverage["staffed"]).tolist() == [*range(12), *range(332, 336)]
    assert passes(night)
    for interval in (11, 332, 335):
        assert fails(night.covered("phone", interval, staffed=-1), "are at work")
    for interval in (12, 331):
        assert fails(night.covered("phone", interval, staffed=1, excess=1), "at work can serve it")
