"""What a roster hands on to the week after it: ends of shifts, days in a row, people still at work."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from configs.errors import DataError
from configs.files import write_table
from configs.horizon import Horizon
from configs.schema import Config
from configs.tables import AGENTS, ROSTER
from optimize.roster.carry_over import previous_of
from optimize.roster.inputs.previous import Previous, check_previous, still_at_work
from staffcurve.run_folder.earlier_runs import read_previous, read_taken_over, write_taken_over
from tests.optimize.roster import weeks
from tests.optimize.roster.test_previous import before_of
from tests.optimize.roster.verify.made import Line, made

DAYS = [weeks.MONDAY - timedelta(days=back) for back in range(7, 0, -1)]
"""Days of the week before, Monday first."""


def worked(*days: int, **running: int) -> Previous:
    """a worked on some days of the week before, 0 being Monday."""
    return before_of([("a", f"{DAYS[day]} 08:00", 8, "") for day in days], **running)


@pytest.mark.parametrize(
    ("days", "running", "expected"),
    [
        ((6,), 0, 1),
        ((5, 6), 0, 2),
        ((4, 6), 0, 1),
        ((1, 2, 3, 4, 5, 6), 3, 6),  # Monday was free: what was before it is another row
        ((0, 1, 2, 3, 4, 5, 6), 0, 7),
        ((0, 1, 2, 3, 4, 5, 6), 3, 10),
        ((0, 1, 2, 3, 4, 6), 3, 1),
    ],
)
def test_days_in_a_row_are_counted_back_from_sunday(days: tuple[int, ...], running: int, expected: int) -> None:
    """A whole week worked adds the days before it; any day off ends the row."""
    assert worked(*days, a=running).days_running() == {"a": expected}
    assert worked(*days).days_running() == {"a": min(expected, 7)}


def test_who_was_free_on_sunday_comes_with_no_row() -> None:
    """Six days until Saturday, and nine running before, are over."""
    assert worked(0, 1, 2, 3, 4, 5, a=9).days_running() == {}


def test_the_last_end_counts() -> None:
    """Of two shifts the later ends it, in whatever order they stand."""
    previous = worked(6, 4)
    assert previous.ended() == {"a": pd.Timestamp(f"{DAYS[6]} 16:00", tz="UTC")}


def test_a_roster_in_memory_hands_on_its_week() -> None:
    """The day after its last interval; the days before it only where it had a week before itself."""
    night = made([Line("a", "sun 22:00")], last_week=[Line("a", f"last {day} 08:00") for day in ("sat", "sun")])
    handed = previous_of(night.roster, "UTC")
    assert handed.until == weeks.MONDAY + timedelta(days=7)
    assert handed.running == {"a": 2}
    assert previous_of(made([Line("a", "sun 22:00")]).roster, "UTC").running == {}
    assert previous_of(night.roster, "America/New_York").until == weeks.MONDAY + timedelta(days=7)
    assert previous_of(night.roster, "Pacific/Auckland").until == weeks.MONDAY + timedelta(days=8)


def still(shift: tuple[str, str, int, str], interval_min: int = 60) -> dict[str, list[int]]:
    config = weeks.config_of(plan={"name": "t", "timezone": "UTC", "interval": f"{interval_min}min"})
    return there(before_of([shift]), weeks.horizon_of(config))


def there(previous: Previous, horizon: Horizon) -> dict[str, list[int]]:
    """Intervals of this week in which each person of the week before is at work."""
    shifts = still_at_work(previous, horizon)
    people = shifts.at_work(horizon, {agent: agent for agent in shifts.by_agent}, circle=False)
    return {agent: np.flatnonzero(count).tolist() for agent, count in people.items()}


def test_people_still_at_work_stay_until_their_shift_ends() -> None:
    """From Sunday 22:00 for eight hours: six of Monday; a shift that ends at midnight stays for none."""
    assert still(("a", "2026-11-29 22:00", 8, "")) == {"a": [0, 1, 2, 3, 4, 5]}
    assert still(("a", "2026-11-29 16:00", 8, "")) == {}
    assert still(("a", "2026-11-29 17:00", 8, "")) == {"a": [0]}
    assert still(("a", "2026-11-29 23:00", 2, ""), 30) == {"a": [0, 1]}


def test_breaks_of_people_still_at_work_lie_on_both_sides_of_midnight() -> None:
    """A break from 23 to 24 is of last week; one from 0 to 1, or from 23:30 to 0:30, takes its part of Monday."""
    assert still(("a", "2026-11-29 22:00", 4, "23:00-00:00")) == {"a": [0, 1]}
    assert still(("a", "2026-11-29 22:00", 4, "00:00-01:00")) == {"a": [1]}
    assert still(("a", "2026-11-29 22:00", 4, "01:00-02:00")) == {"a": [0]}
    assert still(("a", "2026-11-29 22:00", 8, "01:00-02:00")) == {"a": [0, 2, 3, 4, 5]}
    assert still(("a", "2026-11-29 22:00", 4, "23:30-00:30"), 30) == {"a": [1, 2, 3]}


def test_a_shift_longer_than_the_week_left_is_cut_at_its_end() -> None:
    """Eight days from Sunday on: every interval of the week, and none after it."""
    assert still(("a", "2026-11-29 22:00", 24 * 8, "")) == {"a": list(range(168))}


def test_a_cell_without_breaks_is_no_break() -> None:
    """An empty cell read from a file is no text."""
    previous = before_of([("a", "2026-11-29 22:00", 8, "")])
    previous = replace(previous, table=previous.table.assign(breaks=pd.Series([None], dtype="str")))
    assert there(previous, weeks.horizon_of(weeks.config_of())) == {"a": [0, 1, 2, 3, 4, 5]}


def test_what_was_taken_over_is_written_and_read_back(tmp_path) -> None:
    """Roster, people and days running as they were; nothing where nothing was kept."""
    previous = worked(5, 6, a=2, b=4)
    assert read_taken_over(tmp_path, weeks.MONDAY, "UTC") is None
    write_taken_over(previous, tmp_path, "UTC")
    again = read_taken_over(tmp_path, weeks.MONDAY, "UTC")
    assert again is not None
    assert (again.running, again.until) == ({"a": 2, "b": 4}, weeks.MONDAY)
    assert again.days_running() == previous.days_running() == {"a": 2}
    assert again.ended() == previous.ended()


@pytest.mark.parametrize("days", [-7, -1, 1, 7])
def test_only_the_week_before_is_taken(days: int) -> None:
    """It ends where this week begins; a day or a week off is refused with both weeks named."""
    horizon = weeks.horizon_of(weeks.config_of())
    assert check_previous(None, horizon) is None
    assert check_previous(worked(6), horizon) is None
    other = replace(worked(6), until=weeks.MONDAY + timedelta(days=days))
    words = f"the week of {weeks.MONDAY - timedelta(days=7 - days)}; .* needs the one for 2026-11-23"
    with pytest.raises(DataError, match=words):
        check_previous(other, horizon)


def test_a_plan_without_a_week_before_reads_none() -> None:
    """No folder is named."""
    assert read_previous(weeks.config_of()) is None


PLAN = {"name": "t", "timezone": "UTC", "interval": "60min"}


def run_folder(folder: Path, kept: Previous | None = None, **plan: str) -> Config:
    """A run folder of the week of 23 November, in which a worked all week, and the plan of the week after it."""
    previous = worked(*range(7))
    earlier = weeks.config_of(plan=PLAN | plan)
    (folder / "inputs").mkdir()
    cost = dict.fromkeys(("wages", "premiums", "shortage", "excess", "total"), 0.0)
    proof = {"status": "optimal", "cost": cost, "bound": 0.0, "gap": 0.0}
    told = {"schema_version": 1, "staffcurve": "0.1.0", "plan": "t", "week": "2026-11-23", "roster": proof}
    (folder / "manifest.json").write_text(json.dumps(told | {"config": earlier.raw}, default=str))
    write_table(previous.table, ROSTER, folder / "roster.csv", "UTC")
    write_table(previous.agents, AGENTS, folder / "inputs" / "agents.csv", "UTC")
    if kept is not None:
        write_taken_over(kept, folder, "UTC")
    return weeks.config_of(plan=PLAN, roster={"previous": str(folder)})


def test_a_run_folder_is_read_with_the_days_before_it(tmp_path) -> None:
    """Its week ends seven days after it begins; a whole week adds the days that the week before it handed on."""
    alone = read_previous(run_folder(tmp_path))
    assert alone is not None
    assert (alone.until, alone.days_running()) == (weeks.MONDAY, {"a": 7})
    assert alone.agents["agent"].tolist() == ["a"]
    assert alone.ended() == worked(6).ended()
    again = tmp_path / "again"
    again.mkdir()
    longer = read_previous(run_folder(again, replace(worked(5, 6), until=DAYS[0])))
    assert longer is not None
    assert longer.running == read_taken_over(again, DAYS[0], "UTC").days_running()


@pytest.mark.parametrize(
    ("plan", "words"), [({"timezone": "Europe/London"}, "time zone Europe/London"), ({"interval": "30min"}, "30 min")]
)
def test_a_run_of_another_zone_or_interval_is_refused(tmp_path, plan: dict[str, str], words: str) -> None:
    """Both are named."""
    with pytest.raises(DataError, match=f"{words}, this plan has .*; they must agree"):
        read_previous(run_folder(tmp_path, **plan))


def test_a_folder_without_a_manifest_or_with_a_broken_one_is_refused(tmp_path) -> None:
    """Missing, no JSON, and JSON without a week."""
    config = run_folder(tmp_path)
    for text, words in (("[]", "cannot be read"), ("{", "cannot be read"), (None, "manifest.json")):
        path = tmp_path / "manifest.json"
        path.unlink() if text is None else path.write_text(text)
        with pytest.raises(DataError, match=words):
            read_previous(config)
