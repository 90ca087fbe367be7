"""The verifier finds what is wrong: a sound roster passes, each kind of damage is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from configs.errors import VerificationError
from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from optimize.roster.result import Roster
from optimize.roster.verify import verify
from tests.optimize.roster import weeks

HOUR = pd.Timedelta(hours=1)
CHANNELS = {"phone": {"kind": "synchronous"}, "email": {"kind": "deferrable", "target": {"within": "8h"}}}


@pytest.fixture(scope="module")
def made() -> tuple[object, pd.DataFrame, Roster]:
    """A sound roster of five people, two channels, with a lunch break."""
    config = weeks.config_of(channels=CHANNELS)
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(
        horizon, phone=2 * weeks.hours_between(horizon, 8, 18), email=(0.3 * weeks.hours_between(horizon, 8, 18), 8)
    )
    return config, need, plan_week(config, horizon, need, read_people(config))


def damaged(roster: Roster, row: int, **cells: object) -> Roster:
    table = roster.table.copy()
    for column, value in cells.items():
        table.loc[row, column] = value
    return replace(roster, table=table)


def test_a_sound_roster_passes(made) -> None:
    """No difference, no word."""
    assert verify(*made) is None


def tell(config, need, roster: Roster) -> str:
    with pytest.raises(VerificationError) as caught:
        verify(config, need, roster)
    return str(caught.value)


def test_a_shift_of_another_length_is_found(made) -> None:
    """Nine hours are no shift of an eight-hour contract."""
    config, need, roster = made
    assert "is not a shift of contract day" in tell(config, need, damaged(roster, 0, end=roster.table["end"][0] + HOUR))


def test_a_start_outside_its_window_is_found(made) -> None:
    """Shifts begin from 06:00 to 12:00."""
    config, need, roster = made
    start = roster.table["start"][0].normalize() + 13 * HOUR
    assert "is not a shift of contract day" in tell(config, need, damaged(roster, 0, start=start, end=start + 8 * HOUR))


def test_a_break_outside_its_window_is_found(made) -> None:
    """Lunch lies three to five hours after the start."""
    config, need, roster = made
    start = roster.table["start"][0]
    early = f"{start + HOUR:%H:%M}-{start + 2 * HOUR:%H:%M}"
    assert "breaks outside their windows" in tell(config, need, damaged(roster, 0, breaks=early))


def test_a_missing_break_is_found(made) -> None:
    """A shift without its lunch is told."""
    config, need, roster = made
    assert "breaks outside their windows" in tell(config, need, damaged(roster, 0, breaks=""))


def test_too_little_rest_is_found(made) -> None:
    """A shift moved to the evening before leaves nine hours."""
    config, need, roster = made
    rows = roster.table[roster.table["agent"] == roster.table["agent"][0]]
    second = rows.index[1]
    start = rows["end"].iloc[0] + 2 * HOUR
    assert "rests" in tell(config, need, damaged(roster, second, start=start, end=start + 8 * HOUR))


def test_a_sixth_day_is_found(made) -> None:
    """The contract has five."""
    config, need, roster = made
    rows = roster.table[roster.table["agent"] == roster.table["agent"][0]]
    used = set(rows["start"].dt.day)
    day = next(d for d in pd.date_range("2026-11-30", periods=7, tz="UTC") if d.day not in used)
    extra = rows.iloc[[0]].assign(
        start=day + 8 * HOUR, end=day + 16 * HOUR, date=day.tz_localize(None), breaks="11:00-12:00"
    )
    assert "works 6 days; 5 are allowed" in tell(
        config, need, replace(roster, table=pd.concat([roster.table, extra], ignore_index=True))
    )


def test_work_on_leave_is_found(made) -> None:
    """Leave is held against every shift."""
    config, need, roster = made
    first = roster.table.iloc[0]
    leave = pd.DataFrame([{"agent": first["agent"], "start": first["start"], "end": first["end"], "reason": ""}])
    assert "is on leave" in tell(config, need, replace(roster, people=replace(roster.people, leave=leave)))


def test_a_wrong_date_is_found(made) -> None:
    """The date is the local day the shift begins."""
    config, need, roster = made
    assert "is dated" in tell(config, need, damaged(roster, 0, date=pd.Timestamp("2026-12-24")))


def test_a_stranger_is_found(made) -> None:
    """Only agents work."""
    config, need, roster = made
    assert "agent nobody: is not among the agents" in tell(config, need, damaged(roster, 0, agent="nobody"))


def test_people_counted_twice_are_found(made) -> None:
    """More people at the channels than at work."""
    config, need, roster = made
    coverage = roster.coverage.copy()
    at = int(np.flatnonzero(coverage["staffed"] > 0)[0])
    coverage.loc[at, "staffed"] += 1
    assert "people are counted at" in tell(config, need, replace(roster, coverage=coverage))


def test_a_shift_that_vanished_is_found(made) -> None:
    """Its people are missing from the cover and its wage from the cost."""
    config, need, roster = made
    told = tell(config, need, replace(roster, table=roster.table.drop(index=0)))
    assert "are at work" in told
    assert "cost: wages is" in told


def test_hidden_shortage_is_found(made) -> None:
    """Shortage is required less staffed."""
    config, need, roster = made
    coverage = roster.coverage.assign(shortage=roster.coverage["shortage"] + 1)
    assert "shortage is" in tell(config, need, replace(roster, coverage=coverage))


def test_lowered_requirement_is_found(made) -> None:
    """The requirement is the one the roster was made for."""
    config, need, roster = made
    coverage = roster.coverage.copy()
    coverage.loc[coverage["channel"] == "phone", "required"] = 0.0
    assert "required is 0" in tell(config, need, replace(roster, coverage=coverage))


def test_work_done_before_it_arrives_is_found(made) -> None:
    """Backlog cannot be negative."""
    config, need, roster = made
    coverage = roster.coverage.copy()
    email = coverage["channel"] == "email"
    coverage.loc[email, "done_h"] += np.where(np.arange(email.sum()) == 0, 5.0, 0.0)
    assert "coverage email" in tell(config, need, replace(roster, coverage=coverage))


@pytest.mark.parametrize("part", ["wages", "premiums", "shortage", "excess", "late"])
def test_a_wrong_cost_is_found(made, part: str) -> None:
    """Every part of the cost is recounted."""
    config, need, roster = made
    cost = replace(roster.cost, **{part: getattr(roster.cost, part) + 1.0})
    assert f"cost: {part} is" in tell(config, need, replace(roster, cost=cost))


def test_a_bound_above_the_cost_is_found(made) -> None:
    """A lower bound cannot lie above what it bounds."""
    config, need, roster = made
    assert "is below its own bound" in tell(config, need, replace(roster, bound=roster.cost.total + 1))


def test_a_split_shift_is_two_shifts_of_one_day_and_not_a_sixth_day(made) -> None:
    """Five days, the first worked in two halves: the fault names the split, not the number of days."""
    config, need, roster = made
    rows = roster.table[roster.table["agent"] == roster.table["agent"][0]]
    assert len(rows) == 5
    first = rows.index[0]
    half = roster.table.loc[first, "start"] + 4 * HOUR
    second = roster.table.loc[[first]].assign(start=half)
    split = damaged(roster, first, end=half)
    told = tell(config, need, replace(split, table=pd.concat([split.table, second], ignore_index=True)))
    assert "begins two shifts on one day" in told
    assert "days; 5 are allowed" not in told
