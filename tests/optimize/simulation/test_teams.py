"""People of a roster with several skills: split over channels, replayed together, counted once."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from configs.errors import ConfigError
from configs.horizon import Horizon
from configs.loader import build
from forecast.result import Forecast
from optimize.roster.inputs.people import People
from optimize.roster.result import Cost, Roster
from optimize.simulation import Draws, Redials, replay, simulate_skills
from optimize.simulation.flows import planned_flows
from optimize.simulation.skills import Group, Line
from optimize.simulation.teams import teams_of
from optimize.staffing import erlang_a, erlang_x
from optimize.staffing.requirement.result import Requirement

CHANNELS = ("a", "b", "c")
SETS = [frozenset(text) for text in ("a", "b", "c", "ab", "bc", "abc")]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=6, max_size=6), st.lists(st.integers(0, 6), min_size=3, max_size=3))
def test_people_are_placed_whenever_they_can_be(numbers, wanted):
    """A linear program finds a split exactly when we do; ours gives every channel its people and uses nobody twice."""
    people = {skills: np.array([float(number)]) for skills, number in zip(SETS, numbers, strict=True)}
    staffed = {name: np.array([float(number)]) for name, number in zip(CHANNELS, wanted, strict=True)}
    pairs = [(g, c) for g, skills in enumerate(SETS) for c, name in enumerate(CHANNELS) if name in skills]
    upper = np.array([[float(g == group) for g, _ in pairs] for group in range(len(SETS))])
    exact = np.array([[float(c == channel) for _, c in pairs] for channel in range(3)])
    feasible = linprog(np.zeros(len(pairs)), upper, numbers, exact, wanted).status == 0
    flows = planned_flows(people, staffed, CHANNELS, ("a", "b"))
    assert (flows is not None) == feasible
    if flows is None:
        return
    for name in CHANNELS:
        assert sum(by[name][0] for by in flows.values() if name in by) == pytest.approx(staffed[name][0])
    for skills, by in flows.items():
        assert sum(each[0] for each in by.values()) <= people[skills][0] + 1e-9
        assert min(each[0] for each in by.values()) >= -1e-9


def test_work_that_waits_takes_those_who_know_the_fewest_live_channels():
    """One e-mail person of three: the one who knows phone only, so that the two who know phone and video stay."""
    people = {frozenset({"phone", "email"}): np.ones(1), frozenset({"phone", "video", "email"}): 2 * np.ones(1)}
    staffed = {"phone": np.ones(1), "video": np.ones(1), "email": np.ones(1)}
    flows = planned_flows(people, staffed, ("phone", "video", "email"), ("phone", "video"))
    assert flows is not None
    assert flows[frozenset({"phone", "email"})]["email"] == [1.0]


def test_a_line_with_redials_agrees_with_erlang_x():
    """One channel, one group: 20 agents, 22 Erlang, patience 120 s, half call again after half an hour on average."""
    ones = np.ones(100)
    line, group = Line(264 * ones, 300.0, 120.0, Redials(0.5)), Group("g", ("a",), np.full(100, 20))
    lost = [
        1 - simulate_skills(3600.0, {"a": line}, [group], draws=Draws(1, "skills", number))["a"].served.mean()
        for number in range(6)
    ]
    assert np.mean(lost) == pytest.approx(float(erlang_x(20, 22, 300, 120, 0.5).abandonment), abs=0.006)


RAW = {
    "plan": {"name": "test", "timezone": "UTC", "interval": "30min"},
    "history": {"path": "demo"},
    "channels": {
        name: {"kind": "synchronous", "target": {"share": 0.8, "within": "20s"}, "patience": "2min"}
        for name in ("phone", "video")
    },
    "contracts": {
        "day": {
            "agents": 12,
            "days_per_week": 5,
            "cost_per_hour": 15,
            "shifts": [{"length": "8h", "start": "08:00-08:00"}],
        }
    },
}
HORIZON = Horizon(date(2026, 11, 30), 1, 30, "UTC")


def shared_week(skills: list[str], at_video: float):
    """Twelve people from eight to four; 60 and 30 calls of 180 s a half hour; the coverage counts some at video."""
    starts = HORIZON.starts
    working = (HORIZON.time_of_day >= 16) & (HORIZON.time_of_day < 32)
    names = [f"{number:02d}" for number in range(len(skills))]
    agents = pd.DataFrame({"agent": names, "name": names, "contract": "day", "skills": skills})
    table = pd.DataFrame(
        {
            "agent": names, "name": names, "contract": "day", "date": pd.Timestamp("2026-11-30"),
            "start": pd.Timestamp("2026-11-30 08:00", tz="UTC"), "end": pd.Timestamp("2026-11-30 16:00", tz="UTC"),
            "breaks": "", "paid_h": 8.0, "cost": 0.0,
        }
    )  # fmt: skip
    frames = []
    for name, volume, staffed in (("phone", 60.0, len(skills) - at_video), ("video", 30.0, at_video)):
        known = {"channel": name, "start": starts, "volume": volume * working, "aht_s": 180.0}
        frames.append(pd.DataFrame(known | {"load_erl": volume * working / 10, "staffed": staffed * working}))
    rows = pd.concat(frames, ignore_index=True)
    people = People(agents, pd.DataFrame(), pd.DataFrame())
    cover = rows[["channel", "start", "staffed"]]
    roster = Roster(table, cover, people, "optimal", Cost(0, 0, 0, 0), 0.0, 0.0, 0.0, zone=HORIZON.zone)
    return roster, Forecast(rows[["channel", "start", "volume", "aht_s"]], ()), Requirement(rows)


def inner(found, name: str) -> pd.DataFrame:
    table = found.table[found.table["channel"] == name].set_index("start")
    return table[(table.index.hour >= 10) & (table.index.hour < 15)]


def test_a_team_with_two_skills_is_one_queue_of_its_people():
    """Twelve people who know both serve 9 Erlang as one Erlang A of twelve, however the plan had split them."""
    exact = float(erlang_a(12, 9.0, 180.0, 120.0, 20.0).abandonment)
    found = {}
    for at_video in (4.0, 7.0):
        week = shared_week(["phone;video"] * 12, at_video)
        found[at_video] = replay(*week, build(RAW), HORIZON, replications=150)
    pd.testing.assert_frame_equal(found[4.0].table, found[7.0].table)
    lost = (2 * inner(found[4.0], "phone")["abandonment"].mean() + inner(found[4.0], "video")["abandonment"].mean()) / 3
    assert lost == pytest.approx(exact, abs=0.005)
    busy = inner(found[4.0], "phone")["occupancy"]
    assert busy.mean() == pytest.approx(float(erlang_a(12, 9.0, 180.0, 120.0).occupancy), abs=0.015)
    assert busy.tolist() == inner(found[4.0], "video")["occupancy"].tolist()  # that of all their people


def test_people_with_one_skill_are_replayed_by_the_coverage():
    """Eight for the phone and four for video share nobody: no team, and each channel is an Erlang A of its own."""
    week = shared_week(["phone"] * 8 + ["video"] * 4, 4.0)
    assert teams_of(week[0], build(RAW), HORIZON) == ((), ())
    found = replay(*week, build(RAW), HORIZON, replications=60)
    exact = float(erlang_a(8, 6.0, 180.0, 120.0, 20.0).service_level)
    assert inner(found, "phone")["service_level"].mean() == pytest.approx(exact, abs=0.02)


def test_priority_says_who_is_served_first():
    """Ten people who know both, too few: the channel named first waits less, whichever stands first in the config."""
    week = shared_week(["phone;video"] * 10, 4.0)
    usual = replay(*week, build(RAW), HORIZON, replications=40)
    turned = replay(*week, build(RAW | {"simulation": {"priority": ["video"]}}), HORIZON, replications=40)
    assert inner(usual, "phone")["asa_s"].mean() < inner(usual, "video")["asa_s"].mean()
    assert inner(turned, "video")["asa_s"].mean() < inner(turned, "phone")["asa_s"].mean()
    with pytest.raises(ConfigError, match='"vidoe" is not a channel; did you mean "video"'):
        replay(*week, build(RAW | {"simulation": {"priority": ["vidoe"]}}), HORIZON)


def test_a_coverage_the_people_cannot_give_is_told():
    """Thirteen counted where ten are at work: replayed by the coverage, and said so."""
    week = shared_week(["phone;video"] * 10, 4.0)
    roster = week[0]
    roster.coverage.loc[roster.coverage["channel"] == "phone", "staffed"] *= 1.5
    found = replay(*week, build(RAW), HORIZON, replications=2)
    assert [note.sentence for note in found.notes] == [
        "the people of the roster cannot be at the channels where its coverage counts them; each channel is simulated separately"
    ]
