"""The ``roster`` table as a schedule, and a schedule as the table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.errors import DataError
from configs.files import read_table, write_table
from configs.tables import ROSTER
from configs.zones import zone
from optimize.roster.schedule.schedule import Schedule
from optimize.roster.schedule.shift import PlannedActivity
from tests.optimize.roster.schedule.build import schedule_of, shift_of, utc
from tests.optimize.roster.schedule.drawn import horizons, shifts


@given(st.data())
def test_a_table_comes_back_exactly(data: Any) -> None:
    """Table, schedule, table: every cell and type is the same, and so is the schedule between them."""
    horizon = data.draw(horizons())
    drawn = data.draw(st.lists(shifts(horizon), max_size=6, unique_by=lambda shift: (shift.agent, shift.start)))
    schedule = Schedule.of(drawn, horizon.zone, has_activities=True)
    table = schedule.to_table()
    read = Schedule.from_table(table, horizon.zone)
    assert read == schedule
    pd.testing.assert_frame_equal(read.to_table(), table)


def test_a_file_comes_back_byte_for_byte(tmp_path: Path) -> None:
    """A file is read, made a schedule, made a table and written again."""
    night = shift_of("b", "2026-11-30 22:00", breaks=((utc("2026-12-01 02:00"), utc("2026-12-01 02:30")),))
    schedule = schedule_of(night, shift_of("a", "2026-12-01 06:00", cost=12.3456))
    first, again = tmp_path / "first.csv", tmp_path / "again.csv"
    write_table(schedule.table, ROSTER, first, "UTC")
    frame = read_table(first, ROSTER, zone="UTC", label="first.csv").frame
    write_table(Schedule.from_table(frame, zone("UTC")).table, ROSTER, again, "UTC")
    assert again.read_bytes() == first.read_bytes()
    assert "2026-11-30,2026-11-30T22:00:00+00:00,2026-12-01T06:00:00+00:00,02:00-02:30,8,0" in first.read_text()


def test_rows_may_stand_in_any_order() -> None:
    """Shifts are in order of agent and start."""
    shifts = [shift_of("b", "2026-11-30 08:00"), shift_of("a", "2026-12-01 08:00"), shift_of("a", "2026-11-30 08:00")]
    table = schedule_of(*shifts).table
    assert Schedule.from_table(table.iloc[::-1], zone("UTC")) == schedule_of(*shifts)
    assert [shift.agent for shift in schedule_of(*shifts).shifts] == ["a", "a", "b"]


def test_a_table_without_rows_has_the_columns_and_their_types() -> None:
    """Nobody works: the table is empty and otherwise the same; activities are a column only where a plan has some."""
    empty, full = schedule_of().table, schedule_of(shift_of("a", "2026-11-30 08:00")).table
    assert empty.dtypes.equals(full.dtypes)
    assert Schedule.from_table(empty, zone("UTC")) == schedule_of()
    assert Schedule.from_table(pd.DataFrame(), zone("UTC")) == schedule_of()
    assert "activities" not in empty
    assert list(schedule_of(activities=True).table) == ROSTER.names


def test_empty_cells_are_no_breaks_no_activities_and_no_name() -> None:
    """A file leaves such cells empty."""
    table = schedule_of(shift_of("a", "2026-11-30 08:00"), activities=True).table
    table[["name", "breaks", "activities"]] = None
    (shift,) = Schedule.from_table(table, zone("UTC")).shifts
    assert (shift.name, shift.breaks, shift.activities) == ("", (), ())


def test_every_row_that_cannot_be_read_is_named() -> None:
    """Table, row, time and remedy stand in the message; rows have the numbers of the file."""
    table = schedule_of(
        shift_of("a", "2026-11-30 08:00"), shift_of("b", "2026-11-30 08:00"), shift_of("c", "2026-11-30 08:00")
    ).table.set_index(pd.Index([2, 3, 4]))
    table["breaks"] = ["12:00-12:30", "07:00-07:30", "soon"]
    with pytest.raises(DataError) as caught:
        Schedule.from_table(table, zone("UTC"), "roster.csv")
    first, second = (str(fault) for fault in caught.value.faults)
    remedy = "breaks are written as 12:00-12:30;15:15-15:30"
    assert first == f'roster.csv, row 3: "07:00" is not between 08:00 and 16:00; {remedy}'
    assert second.startswith('roster.csv, row 4: "soon" is not a time of day;')


def test_the_day_of_the_table_is_kept() -> None:
    """The day is what the table says, whatever the clock says."""
    table = schedule_of(shift_of("a", "2026-11-30 08:00")).table.assign(date=pd.Timestamp("2026-12-05"))
    pd.testing.assert_frame_equal(Schedule.from_table(table, zone("UTC")).to_table(), table)


def test_activities_keep_their_names() -> None:
    """Names may have spaces and figures."""
    console = PlannedActivity("one-to-one 2", utc("2026-11-30 10:00"), utc("2026-11-30 10:30"))
    schedule = schedule_of(shift_of("a", "2026-11-30 08:00", activities=(console,)), activities=True)
    assert schedule.table["activities"].tolist() == ["one-to-one 2 10:00-10:30"]
    assert Schedule.from_table(schedule.table, zone("UTC")) == schedule
