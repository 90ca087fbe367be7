"""A channel that only some of a team can serve keeps enough of them for its own floor."""

from __future__ import annotations

import pandas as pd
import pytest

from optimize.staffing import staff
from tests.optimize.targets import centres


def agents_by(skills: list[str], **calls: float) -> pd.DataFrame:
    """People required at video from 10 to 16 on Monday, and those its intervals alone ask for."""
    config = centres.config_of({"phone": centres.PHONE, "video": centres.PHONE}, len(skills))
    horizon = centres.horizon_of(config)
    table = staff(config, centres.forecast_of(horizon, **calls), horizon, agents=pd.DataFrame({"skills": skills})).table
    return table[(table["channel"] == "video") & (table["volume"] > 0)]


def test_however_many_others_work_enough_who_can_serve_it_are_there() -> None:
    """Two in eight know video: its floor beside the phone is the one it has alone."""
    shared = agents_by(["phone"] * 6 + ["phone;video"] * 2, phone=60.0, video=40.0)
    alone = agents_by(["phone"] * 6 + ["video"] * 2, phone=60.0, video=40.0)
    assert shared["agents"].tolist() == alone["agents"].tolist()
    assert shared["agents"].max() > 1


@pytest.mark.parametrize(
    "skills", [["phone;video"] * 8, ["phone"] * 6 + ["video"] * 2, ["phone;video"] * 2 + ["phone"]]
)
def test_the_floor_is_lower_than_what_intervals_ask_for(skills) -> None:
    """Whoever knows what."""
    video = agents_by(skills, phone=60.0, video=20.0)
    assert (video["agents"] <= video["agents_interval"]).all()
    assert video["agents"].sum() < video["agents_interval"].sum()
