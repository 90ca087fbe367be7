"""E-mail between calls: within the idle time, by people who know both, never where the phone is short."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from configs.errors import VerificationError
from optimize.roster.planner import plan_week
from optimize.roster.verify import verify
from tests.optimize.roster import weeks

DAY = {
    "days_per_week": 7, "max_consecutive_days": 7, "guaranteed": True, "cost_per_hour": 10,
    "shifts": [{"length": "8h", "start": "08:00"}],
}  # fmt: skip


def planned(skills: list[str], idle: float, *, blend: bool = True, required: float = 2.0, work: float = 0.4):
    """Everybody works 8 to 16 daily; the phone needs `required` then; `work` hours of e-mail arrive each of these hours."""
    email = {
        "kind": "deferrable",
        "target": {"within": "12h"},
        "blend": blend,
        "max_occupancy": 0.8,
        "backlog": 0,
        "aht": "1h",
    }
    config = weeks.config_of(
        channels={"phone": {"kind": "synchronous"}, "email": email},
        contracts={"day": DAY},
        roster={"agents": "x", "gap": 0.0},
    )
    horizon = weeks.horizon_of(config)
    hours = weeks.hours_between(horizon, 8, 16)
    need = weeks.requirement_of(horizon, phone=required * hours, email=(work * hours, 12))
    need["idle_h"] = np.where((need["channel"] == "phone") & (need["agents"] > 0), idle, np.nan)
    people = weeks.people_of([(f"p{i}", "day", known) for i, known in enumerate(skills)])
    return config, need, plan_week(config, horizon, need, people)


def test_email_is_done_between_calls() -> None:
    """Two people needed and there, half an agent idle: 0.5 / 0.8 rostered hours an hour do the 0.4 that come, at no cost."""
    _, _, roster = planned(["phone;email", "phone;email"], 0.5)
    assert roster.cost.shortage + roster.cost.late == pytest.approx(0, abs=1e-6)
    email = roster.coverage[roster.coverage["channel"] == "email"]
    assert email["blended_h"].sum() == pytest.approx(0.4 * 8 * 7)
    assert email["staffed"].sum() == pytest.approx(0)
    _, _, without = planned(["phone;email", "phone;email"], 0.5, blend=False)
    assert without.cost.total > roster.cost.total + 100
    assert "blended_h" not in without.coverage


def test_only_people_who_know_both_do_it() -> None:
    """One of two knows e-mail: half the idle time, a quarter agent, 0.3125 rostered hours an hour; the rest stays undone."""
    _, _, roster = planned(["phone", "phone;email"], 0.5, work=1.0)
    phone = roster.coverage[roster.coverage["channel"] == "phone"]
    shares = phone["blended_h"].iloc[8:16] + 0.0
    assert (shares <= 0.25 + 1e-6).all()
    _, _, nobody = planned(["phone", "phone", "email"], 0.5)
    assert "blended_h" not in nobody.coverage or nobody.coverage["blended_h"].sum() == 0


def test_where_the_phone_is_short_nothing_is_done_between_calls() -> None:
    """Three needed, two there: every hour is short by one, so no idle time is left."""
    _, _, roster = planned(["phone;email", "phone;email"], 0.5, required=3.0)
    phone = roster.coverage[roster.coverage["channel"] == "phone"]
    assert (phone["blended_h"].fillna(0) <= 0.5 * np.maximum(1 - phone["shortage"], 0) + 1e-6).all()
    assert phone["blended_h"].sum() == pytest.approx(0, abs=1e-6)


def test_the_recount_finds_more_than_idle_time_allows() -> None:
    """A cell too large, and hours given that nobody used."""
    config, need, roster = planned(["phone;email", "phone;email"], 0.5)
    cover = roster.coverage.copy()
    cover.loc[8, "blended_h"] = 0.9
    with pytest.raises(VerificationError, match=r"0.9 hours of other work are done between calls .* 0.5 are possible"):
        verify(config, need, replace(roster, coverage=cover))
