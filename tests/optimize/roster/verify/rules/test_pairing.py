"""Trainees and mentors, recounted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from configs.tables import LEAVE, no_rows
from optimize.roster.verify.rules import Weeks, breaches
from tests.optimize.roster.verify.rules.made import MONDAY, config_of, rows

if TYPE_CHECKING:
    from optimize.roster.rule_facts import Breach

AGENTS = pd.DataFrame({"agent": ["a", "b", "c"], "contract": ["day"] * 3})


def found(least: str, trainee: str, **mentors: str) -> list[Breach]:
    """Breaches where a works eight hours from a time on Tuesday, and b and c from theirs."""
    table = pd.concat([
        rows([(1, clock)], "UTC", MONDAY).assign(agent=agent) for agent, clock in {"a": trainee, **mentors}.items()
    ])  # fmt: skip
    own = [("a", "pairing", f'{{ mentors = ["b", "c"], least = {least} }}')]
    frame = pd.DataFrame(own, columns=["agent", "rule", "value"], index=[2])
    return list(breaches(config_of({}), Weeks(table, AGENTS, no_rows(LEAVE), frame, MONDAY, 7)))


@pytest.mark.parametrize(
    ("least", "mentors", "minutes"),
    [
        ("1.0", {"b": "08:00"}, None),
        ("1.0", {"b": "08:30"}, 450),
        ("0.75", {"b": "10:00"}, None),
        ("0.75", {"b": "10:30"}, 330),
        ("1.0", {"b": "02:00", "c": "10:00"}, None),
        ("1.0", {"b": "02:00", "c": "10:30"}, 450),
        ("0.5", {"b": "10:00", "c": "11:00"}, None),
        ("0.9", {"b": "10:00", "c": "11:00"}, 360),
        ("0.1", {}, 0),
    ],
)
def test_enough_of_a_shift_lies_inside_those_of_mentors(least, mentors, minutes) -> None:
    """The trainee works from 08:00 to 16:00; time with two mentors counts once, and exactly the share is enough."""
    assert [each.minutes for each in found(least, "08:00", **mentors)] == ([] if minutes is None else [minutes])


def test_what_is_required_is_said_in_minutes() -> None:
    (breach,) = found("0.75", "08:00", b="12:00")
    assert (breach.agent, breach.rule, breach.minutes, breach.limit) == ("a", "pairing", 240, 360)
