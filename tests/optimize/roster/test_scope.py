"""When a bound assumes channels that are staffed separately."""

from __future__ import annotations

import pandas as pd
import pytest

from configs.loader import build
from optimize.roster.account.scope import assumptions, staffs_apart
from optimize.roster.inputs.people import People

NOTHING = pd.DataFrame()


def centre() -> dict:
    synchronous, chat = {"kind": "synchronous"}, {"kind": "concurrent", "slots": 2, "aht_by_slots": ["4min", "6min"]}
    mail = {"kind": "deferrable", "target": {"within": "8h"}}
    return {
        "plan": {"name": "test", "timezone": "UTC", "interval": "60min"},
        "history": {"path": "demo"},
        "channels": {"phone": synchronous, "video": synchronous, "chat": chat, "email": mail},
        "contracts": {"a": {"days_per_week": 5, "cost_per_hour": 10, "shifts": [{"length": "8h", "start": "09:00"}]}},
        "roster": {"agents": "agents.csv"},
    }


@pytest.mark.parametrize(
    ("skills", "apart"),
    [
        (["phone", "video", "chat;email"], False),
        (["phone;video", "video", "chat", "phone;video;email"], False),
        (["phone;chat", "video"], True),
        (["phone;video;chat"], True),
        (["phone;video"] + ["phone"] * 4 + ["chat"], False),
        (["phone;video"] + ["phone"] * 5 + ["chat"], True),
    ],
    ids=["nobody shares", "one queue", "phone and chat", "chat as well", "one in five", "fewer than one in five"],
)
def test_channels_are_apart_where_they_share_people_and_are_not_one_queue(skills: list[str], apart: bool) -> None:
    """Phone and video are one queue from one in five on; a chat is never part of one."""
    people = People(pd.DataFrame({"skills": skills}), NOTHING, NOTHING)
    config = build(centre())
    assert staffs_apart(config, people) == apart
    assert ("apart" in assumptions(config, people)) == apart


FEW_SHARED = ["phone;video"] + ["phone"] * 5 + ["chat"]
"""One in six knows phone and video: too few for the requirement to take them as one queue."""


@pytest.mark.parametrize(
    ("spans", "skills", "apart"),
    [
        (["phone", "video"], FEW_SHARED, False),
        (["phone"], FEW_SHARED, True),
        (["phone", "video", "chat"], ["phone;chat", "video"], True),
        (["phone", "video", "chat"], ["phone;video", "phone;chat"], True),
        (["phone", "video", "chat"], ["phone;video;chat"], True),
    ],
    ids=["a team", "half of it by interval", "phone and chat", "a team and chat", "chat as well"],
)
def test_a_team_with_staircases_is_one_queue_however_few_it_shares(
    spans: list[str], skills: list[str], apart: bool
) -> None:
    """Its staircases count the people of the whole team; a chat is not in a team, and an interval has no staircase."""
    people = People(pd.DataFrame({"skills": skills}), NOTHING, NOTHING)
    raw = centre()
    raw["channels"] |= {name: raw["channels"][name] | {"target": {"over": "day"}} for name in spans}
    config = build(raw)
    assert ("apart" in assumptions(config, people, service=True)) == apart
    assert staffs_apart(config, people)
