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
