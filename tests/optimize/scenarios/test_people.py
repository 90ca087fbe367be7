"""People of a scenario: hired, gone, trained."""

from __future__ import annotations

import pandas as pd
import pytest

from configs.errors import ConfigError
from configs.schema import Hire, Scenario, Training
from optimize.roster.inputs.people import People
from optimize.scenarios.people import changed_people


def people() -> People:
    """Three on the phone, one of them also with e-mail; leave of the last."""
    agents = pd.DataFrame(
        {
            "agent": ["a", "b", "c"],
            "name": ["a", "b", "c"],
            "contract": ["full", "full", "part"],
            "skills": ["phone", "phone", "phone;email"],
            "nights": [0.0, 2.0, 4.0],
        }
    )
    leave = pd.DataFrame({"agent": ["b"], "from": ["2026-03-02"], "to": ["2026-03-03"]})
    return People(agents, leave, pd.DataFrame({"agent": ["a"]}))


def changed(**parts: object) -> People:
    """The people of a scenario."""
    return changed_people(people(), Scenario.model_validate(parts), "scenarios.this")


def test_hired_people_have_contract_and_skills() -> None:
    """Two more, who begin with the nights of the person in the middle."""
    found = changed(hire=[Hire(contract="part", skills=("email", "phone"), people=2)]).agents
    assert found["agent"].tolist() == ["a", "b", "c", "hired-1-1", "hired-1-2"]
    assert found.iloc[-1][["contract", "skills", "nights"]].tolist() == ["part", "email;phone", 2.0]


def test_the_last_of_a_kind_leave_with_their_leave() -> None:
    """One of the two with a full contract and the phone alone."""
    found = changed(hire=[Hire(contract="full", skills=("phone",), people=-1)])
    assert found.agents["agent"].tolist() == ["a", "c"]
    assert found.leave.empty
    assert found.requests["agent"].tolist() == ["a"]


def test_no_more_can_leave_than_there_are() -> None:
    """Two of them; two may leave, three may not."""
    assert changed(hire=[Hire(contract="full", skills=("phone",), people=-2)]).agents["agent"].tolist() == ["c"]
    with pytest.raises(ConfigError, match=r"hire.0.people: 3 people are to leave, but 2 have contract full"):
        changed(hire=[Hire(contract="full", skills=("phone",), people=-3)])


def test_the_first_who_can_learn_do() -> None:
    """The third knows e-mail already, so that three cannot learn it."""
    found = changed(train=[Training(of="phone", skill="email", people=1)]).agents
    assert found["skills"].tolist() == ["phone;email", "phone", "phone;email"]
    with pytest.raises(ConfigError, match=r"3 people are to learn email, but 2 serve phone and do not"):
        changed(train=[Training(of="phone", skill="email", people=3)])


def test_nothing_changes_without_people() -> None:
    """The very same object."""
    given = people()
    assert changed_people(given, None, "") is given
