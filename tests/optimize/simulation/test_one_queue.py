"""The curve of a team against its calls, simulated one by one."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from configs.horizon import Horizon
from configs.loader import build
from optimize.simulation import Draws, simulate_skills
from optimize.simulation.skills import Group, Line
from optimize.staffing.requirement.staircase import staircases
from optimize.staffing.requirement.teams import sharing_of

HORIZON = Horizon(date(2026, 1, 5), 1, 60, "UTC")
RAW = {
    "plan": {"name": "team", "timezone": "UTC", "interval": "60min"},
    "history": {"path": "demo"},
    "contracts": {
        "a": {"agents": 9, "days_per_week": 5, "cost_per_hour": 10, "shifts": [{"length": "8h", "start": "09:00"}]}
    },
    "channels": {
        "phone": {"kind": "synchronous", "patience": "3min", "target": {"within": "20s", "over": "day"}},
        "video": {"kind": "synchronous", "patience": "3min", "target": {"within": "40s", "over": "day"}},
    },
}


@pytest.mark.parametrize(("phone", "video", "people"), [(120.0, 120.0, 21), (200.0, 60.0, 24), (48.0, 24.0, 7)])
@pytest.mark.parametrize("specialists", [0.0, 0.5])
def test_a_team_is_served_as_its_curve_says(phone: float, video: float, people: int, specialists: float) -> None:
    """All calls of the team within 2 points, with everybody a generalist and with half of the people specialists.

    Half of the generalists take a phone call first and half a video call, so that neither channel comes before the
    other, as in one queue.
    """
    config = build(RAW)
    frames = [
        pd.DataFrame({"channel": name, "start": HORIZON.starts, "volume": volume, "aht_s": 300.0, "agents": 0.0})
        for name, volume in (("phone", phone), ("video", video))
    ]
    agents = pd.DataFrame({"skills": ["phone;video"]})
    made = staircases(config, pd.concat(frames), HORIZON, sharing_of(config, agents), most=people)
    told = np.average([each.average["share"][9, people] for each in made], weights=[phone, video])
    only = int(specialists * people * phone / (phone + video)), int(specialists * people * video / (phone + video))
    hours = np.ones(24, dtype=np.int64)
    groups = [
        Group("p", ("phone",), only[0] * hours),
        Group("v", ("video",), only[1] * hours),
        Group("phone first", ("phone", "video"), (people - sum(only) + 1) // 2 * hours),
        Group("video first", ("video", "phone"), (people - sum(only)) // 2 * hours),
    ]
    lines = {"phone": Line(phone * hours, 300.0, 180.0), "video": Line(video * hours, 300.0, 180.0)}
    good = offered = 0.0
    for number in range(30):
        seen = simulate_skills(3600.0, lines, groups, draws=Draws(3, "skills", number))
        for name, within in (("phone", 20.0), ("video", 40.0)):
            good += (seen[name].served & (seen[name].wait_s <= within)).sum()
            offered += seen[name].served.size
    assert good / offered == pytest.approx(told, abs=0.02)
    assert 0.6 < told < 0.95, (
        "moderately loaded: with fewer people the order of the calls moves the share by up to 3 points"
    )
