"""The demo data: the size and the traits it is meant to have, the same on every run."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from configs import demo
from configs.demo import people, shapes
from configs.files import read_table, write_table
from configs.loader import load
from configs.tables import AGENTS, EVENTS, HISTORY, LEAVE, REQUESTS, check

LONDON = "Europe/London"


@pytest.fixture(scope="module")
def history() -> pd.DataFrame:
    return demo.history()


@pytest.mark.parametrize(
    ("make", "table"),
    [(demo.events, EVENTS), (demo.agents, AGENTS), (demo.leave, LEAVE), (demo.requests, REQUESTS)],
)
def test_tables_keep_their_contract_and_survive_a_file(tmp_path, make, table):
    """Every demo table passes the checker, and written to a file and read again it is the same."""
    frame = check(make(), table)
    write_table(frame, table, tmp_path / "demo.csv", LONDON)
    back = read_table(tmp_path / "demo.csv", table, zone=LONDON).frame.reset_index(drop=True)
    pd.testing.assert_frame_equal(back, frame)


def test_history_is_the_same_every_time(history):
    """A second run gives the same numbers."""
    again = demo.history()
    pd.testing.assert_frame_equal(again, history)
    check(history, HISTORY)


def test_history_covers_two_years_of_opening_hours(history):
    """728 local days up to Sunday 15 November 2026, nothing outside the hours of demo.toml."""
    local = history.start.dt.tz_convert(LONDON)
    assert str(local.min()) == "2024-11-18 00:00:00+00:00"
    assert str(local.max()) == "2026-11-15 23:45:00+00:00"
    for name, channel in load("demo").channels.items():
        mine = local[history.channel == name]
        minute = mine.dt.hour * 60 + mine.dt.minute
        for weekday in range(7):
            spans = channel.open.minutes(weekday)
            inside = np.zeros(len(mine), dtype=bool)
            for start, end in spans:
                inside |= ((minute >= start) & (minute < end)).to_numpy()
            assert inside[(mine.dt.day_of_week == weekday).to_numpy()].all()


def test_the_outage_has_no_rows_and_holidays_close_video(history):
    """The phone lacks 15 quarter hours of 12 May 2026; video has no rows on Christmas Day."""
    local = history.start.dt.tz_convert(LONDON)
    day = local.dt.strftime("%Y-%m-%d")
    assert ((day == "2026-05-12") & (history.channel == "phone")).sum() == 96 - 15
    assert not ((day == "2025-12-25") & (history.channel == "video")).any()
    assert ((day == "2025-12-25") & (history.channel == "phone")).sum() == 96


def test_clock_changes_are_in_the_history(history):
    """The phone has 92 quarter hours on 29 March 2026 and 100 on 25 October 2026."""
    local = history.loc[history.channel == "phone", "start"].dt.tz_convert(LONDON)
    count = Counter(local.dt.strftime("%Y-%m-%d"))
    assert (count["2026-03-29"], count["2026-10-25"], count["2026-10-26"]) == (92, 100, 96)


def test_counts_vary_more_than_poisson(history):
    """Days and intervals have effects of their own: the variance of the phone at ten exceeds its mean."""
    local = history.start.dt.tz_convert(LONDON)
    at_ten = history.loc[
        (history.channel == "phone") & (local.dt.strftime("%H:%M") == "10:00") & (local.dt.day_of_week == 2)
    ].volume.tail(40)
    assert at_ten.var() > 1.2 * at_ten.mean()


@pytest.mark.parametrize("name", list(shapes.SHAPES))
def test_handle_times_are_near_their_size(history, name):
    """The mean handle time over all contacts lies within a tenth of the one in the shapes."""
    rows = history.loc[(history.channel == name) & history.aht_s.notna()]
    assert np.average(rows.aht_s, weights=rows.volume) == pytest.approx(shapes.SHAPES[name].aht_s, rel=0.1)
    assert (history.loc[history.volume == 0, "aht_s"].isna()).all()


def test_there_are_140_people_of_few_kinds():
    """Contracts and skill sets are as planned; ids are sorted, names differ."""
    agents = demo.agents()
    assert len(agents) == 140
    assert Counter(agents.contract) == {"full-time": 78, "part-time": 34, "four-by-ten": 18, "nights": 10}
    assert Counter(zip(agents.contract, agents.skills, strict=True)) == {
        (contract, skills): count for contract, skills, count in people.STAFF
    }
    assert agents.agent.is_unique
    assert agents.agent.is_monotonic_increasing
    assert agents.name.is_unique
    assert set(agents.contract) == set(load("demo").contracts)


def test_about_nine_in_a_hundred_are_on_leave():
    """13 of 140 people are away for whole local days of the planned week, some all week."""
    leave = demo.leave()
    assert len(leave) / len(demo.agents()) == pytest.approx(0.09, abs=0.01)
    assert ((leave.end - leave.start) == pd.Timedelta(days=7)).sum() == people.AWAY_ALL_WEEK
    for moment in (*leave.start.dt.tz_convert(LONDON), *leave.end.dt.tz_convert(LONDON)):
        assert moment == moment.normalize()


def test_wishes_can_be_granted():
    """60 wishes, one per person and day, none by people on leave, starts only where the contract has them."""
    wishes, agents, config = demo.requests(), demo.agents().set_index("agent"), load("demo")
    assert len(wishes) == 60
    assert not wishes.duplicated(["agent", "date"]).any()
    assert not set(wishes.agent) & set(demo.leave().agent)
    assert {"on", "off"} == set(wishes.wish)
    timed = wishes.loc[wishes["shift"] != ""]
    assert len(timed) > 5
    for agent, shift in zip(timed.agent, timed["shift"], strict=True):
        contract = config.contracts[agents.contract[agent]]
        minute = int(shift[:2]) * 60 + int(shift[3:])
        assert any(minute in kind.starts for kind in contract.shifts)
