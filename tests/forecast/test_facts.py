"""What reading a history notices: the facts themselves, each number counted by hand."""

from __future__ import annotations

from datetime import date

from forecast.data.history import read_history
from forecast.facts import (
    ChannelNotPlanned,
    ContactsOutsideHours,
    IntervalsAddedUp,
    OpenIntervalsAbsent,
    RowsAdded,
    RowsRepeated,
    RowsReplaced,
)
from tests.forecast.test_history import config_of, hours


def noticed(folder, text: str, **changes) -> list[object]:
    """Facts of a history; the readers' own notes are left out."""
    return [note for note in read_history(config_of(folder, text, **changes)).notes if note.code != "note"]


def repeated(folder, duplicates: str) -> list[object]:
    """Facts of two weeks whose row 3 (10 contacts) stands there twice."""
    lines = hours("2026-06-01", "2026-06-14").splitlines()
    text = "\n".join([*lines, lines[2]]) + "\n"
    return noticed(folder, text, history={"path": "history.csv", "duplicates": duplicates})


def test_a_row_that_repeats_is_left_out_replaced_or_added(tmp_path):
    """One row of ten contacts, by each rule; the repeat is in the last row, 142."""
    assert repeated(tmp_path, "refuse") == [RowsRepeated("history.csv", 1, 10.0, False, 142)]
    assert repeated(tmp_path, "last") == [RowsReplaced("history.csv", 1, 10.0)]
    assert repeated(tmp_path, "sum") == [RowsAdded("history.csv", 1, 1, 10.0)]


def test_a_channel_without_a_place_in_the_config_is_counted(tmp_path):
    """One row, seven contacts."""
    text = hours("2026-06-01", "2026-06-14") + "fax,2026-06-01T08:00,7\n"
    assert noticed(tmp_path, text) == [ChannelNotPlanned("history.csv", "fax", 1, 7.0)]


def test_absent_hours_are_counted_by_day(tmp_path):
    """Ten hours of one day and one of another, of 140: 11 intervals."""
    lines = hours("2026-06-01", "2026-06-14").splitlines()
    kept = [line for line in lines if "06-03T" not in line and "06-05T09" not in line]
    days = ((date(2026, 6, 3),), (date(2026, 6, 5),))
    assert noticed(tmp_path, "\n".join(kept)) == [OpenIntervalsAbsent("history.csv", "phone", 11, 11 / 140, *days)]


def test_contacts_of_closed_hours_are_counted(tmp_path):
    """An hour before opening on each of fourteen days: 140 of 1,540 contacts."""
    text = hours("2026-06-01", "2026-06-14", open_=(7, 18))
    assert noticed(tmp_path, text) == [ContactsOutsideHours("history.csv", "phone", 140.0, 140 / 1540)]


def test_finer_rows_are_added_up(tmp_path):
    """Half hours of a plan by the hour, one of them alone in its hour."""
    rows = hours("2026-06-01", "2026-06-14").splitlines()
    halves = [line.replace(":00,", ":30,") for line in rows[1:-1]]
    added = [each for each in noticed(tmp_path, "\n".join([*rows, *halves])) if isinstance(each, IntervalsAddedUp)]
    assert added == [IntervalsAddedUp("history.csv", "phone", 1800, 3600, 1)]
