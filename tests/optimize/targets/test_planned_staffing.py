"""Flows of a program as groups of people: everybody once, at the calls they can serve."""

from __future__ import annotations

import numpy as np
import pytest

from optimize.roster.inputs.assemble import assemble
from optimize.roster.program import Program, build
from optimize.roster.program.present import present_in
from optimize.simulation.at_once.staffing import Staffing
from optimize.targets.planned_staffing import planned_staffing
from tests.optimize.roster import weeks
from tests.optimize.roster.served import CONTRACTS
from tests.optimize.roster.solving import solve

CHANNELS = {
    "phone": {"kind": "synchronous"},
    "video": {"kind": "synchronous"},
    "chat": {"kind": "concurrent", "slots": 2, "aht_by_slots": ["200s", "300s"]},
    "email": {"kind": "deferrable", "target": {"within": "8h"}},
}
CONFIG = weeks.config_of(channels=CHANNELS, contracts=CONTRACTS, roster={"agents": "x", "gap": 0.0})
HORIZON = weeks.horizon_of(CONFIG)
ORDER = ("video", "phone")
EIGHT = 8


def program_of(*skills: str, phone: float = 1.0, video: float = 1.0) -> Program:
    """Somebody wanted everywhere from 8 to 10 on Monday and Tuesday."""
    office = weeks.hours_between(HORIZON, 8, 10) * (HORIZON.day < 2)
    need = weeks.requirement_of(HORIZON, phone=phone * office, video=video * office, chat=office, email=(office, 8))
    people = weeks.people_of([(f"p{i}", "day", each) for i, each in enumerate(skills)])
    return build(assemble(CONFIG, HORIZON, need, people))


def flows(program: Program, **people: dict[str, float]) -> np.ndarray:
    """Values with people of the skills written with underscores at channels from 8 to 9 on Monday."""
    values, week = np.zeros(program.model.columns), program.week
    for known, at in people.items():
        numbers = tuple(week.channels.index(name) for name in known.split("_"))
        pool = week.pools.index(numbers)
        for name, number in at.items():
            values[program.layout.flow[pool, week.channels.index(name)][EIGHT]] = number
    return values


def at_eight(staffing: Staffing) -> tuple[dict[tuple[str, ...], float], dict[str, float]]:
    return (
        {skills: float(people[EIGHT]) for skills, people in staffing.groups.items()},
        {name: float(people[EIGHT]) for name, people in staffing.alone.items()},
    )


def test_people_at_calls_are_one_group_wherever_the_program_places_them() -> None:
    """Two at the phone and one at video who know both are three of both, in the order of priority; others by channel."""
    program = program_of("phone;video", "phone;chat", "chat;email")
    values = flows(
        program,
        phone_video={"phone": 2.0, "video": 1.0},
        phone_chat={"phone": 1.0, "chat": 2.0},
        chat_email={"chat": 1.0, "email": 4.0},
    )
    groups, alone = at_eight(planned_staffing(CONFIG, program, values, ORDER))
    assert groups == {("video", "phone"): 3.0, ("phone",): 1.0}
    assert alone == {"chat": 3.0, "email": 4.0}


def test_calls_that_share_nobody_stand_alone() -> None:
    """Those at the phone serve no other call, and nobody else serves theirs; a channel without people has none."""
    program = program_of("phone", "phone;chat", "chat;email")
    values = flows(program, phone={"phone": 2.0}, phone_chat={"phone": 1.0})
    groups, alone = at_eight(planned_staffing(CONFIG, program, values, ORDER))
    assert groups == {}
    assert alone == {"phone": 3.0, "video": 0.0, "chat": 0.0, "email": 0.0}


@pytest.mark.parametrize("skills", [("phone", "video", "phone;video", "chat;email"), ("phone;video;chat;email",) * 3])
def test_nobody_is_counted_twice(skills) -> None:
    """In a whole week the people of all groups are those on duty, and nobody more."""
    program = program_of(*skills)
    values = np.round(solve(program.model).values, 6)
    staffing = planned_staffing(CONFIG, program, values, ORDER)
    there = sum(staffing.groups.values()) + sum(staffing.alone.values())
    duty = np.asarray(program.duty @ values).reshape(len(program.week.pools), -1).sum(axis=0)
    assert duty.max() > 0
    assert there == pytest.approx(duty, abs=1e-6)


def test_people_beyond_the_floors_are_those_too_many_less_those_missing() -> None:
    """One floor of two with one person leaves one missing."""
    program = program_of("phone", phone=2.0, video=0.0)
    found = present_in(program, solve(program.model).values).over
    phone, video = (program.week.channels.index(name) for name in ("phone", "video"))
    open_hours = np.flatnonzero(program.week.live[phone])
    assert sorted(found) == sorted(program.week.live)
    assert np.bincount((-found[phone][open_hours]).round().astype(int), minlength=3).tolist() == [0, 2, 2]
    assert not found[video].any()
