"""A channel whose people all serve another one too keeps what every interval asks for."""

from __future__ import annotations

import pandas as pd
import pytest

from optimize.staffing import staff
from tests.optimize.targets import centres


def agents_by(skills: list[str]) -> pd.DataFrame:
    """People required at video from 10 to 16 on Monday, and those its intervals alone ask for."""
    config = centres.config_of({"phone": centres.PHONE, "video": centres.PHONE}, len(skills))
    horizon = centres.horizon_of(config)
    table = staff(
        config, centres.forecast_of(horizon, phone=60.0, video=20.0), horizon, agents=pd.DataFrame({"skills": skills})
    ).table
    return table[(table["channel"] == "video") & (table["volume"] > 0)]


def test_people_who_are_few_and_called_for_elsewhere_are_kept_for_their_channel() -> None:
    """Two who know video serve the phone too, and six know the phone alone: video has no lower floor."""
    video = agents_by(["phone"] * 6 + ["phone;video"] * 2)
    assert (video["agents"] >= video["agents_interval"]).all()


@pytest.mark.parametrize("skills", [["phone;video"] * 8, ["phone"] * 6 + ["video"] * 2])
def test_other_channels_have_the_floor_of_their_target(skills) -> None:
    """Where everybody knows both, or nobody does, the floor is lower than what the intervals ask for."""
    video = agents_by(skills)
    assert (video["agents"] <= video["agents_interval"]).all()
    assert video["agents"].sum() < video["agents_interval"].sum()
