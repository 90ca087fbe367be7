"""Actuals of other systems are read as their histories are: by profile, by source, a row a contact or an event."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from configs.errors import DataError
from configs.tables import ACTUALS
from forecast.data.actuals import by_interval, read_rows
from forecast.data.sources.registry import PROFILES
from forecast.intraday.today import read_actuals
from tests.forecast.data.sources import made
from tests.forecast.data.sources.test_profiles import CALLS, CASES
from tests.forecast.test_week import config_of

PLAN = {"name": "t", "timezone": "UTC", "interval": "1h"}
OURS = "channel,start,volume,service_level\nphone,2026-06-01T09:00,5,0.9\nphone,2026-06-01T10:00,7,0.7\n"


def came(folder: Path, file: str, channel: dict, history: dict | None = None, **changes):
    config = config_of(folder, plan=PLAN, history=history or {}, channels={"phone": channel}, **changes)
    notes = []
    rows = read_rows(config, folder / file, ACTUALS, notes)
    return by_interval(rows, config, file, notes), [note.code for note in notes]


def test_every_profile_is_tried():
    """A profile without a made file would not be."""
    assert {case[0] for case in CASES.values()} == {profile.name for profile in PROFILES}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_actuals_of_each_system_are_those_of_a_plain_sum(case, tmp_path):
    """With nothing stated but the channels, contacts and seconds are those of plain code, and the system is named."""
    _, file, make, plain, channel = case
    make(tmp_path / file)
    table, codes = came(tmp_path, file, channel)
    contacts, seconds = plain(tmp_path / file)
    assert table.volume.sum() == pytest.approx(contacts, abs=1e-9)
    weight = table.handled if "handled" in table.columns else table.volume
    assert ((table.aht_s * weight).sum() if seconds else 0.0) == pytest.approx(seconds, abs=1e-6)
    assert "read-as-profile" in codes


def test_a_day_of_a_log_is_todays(tmp_path):
    """`intraday` counts the calls of one day of a queue log, packed as it is rotated."""
    events = [event for event in made.queue_log_events() if event[0] < made.DAY.timestamp() + 86_400]
    made.queue_log(tmp_path / "whole.txt")
    lines = (tmp_path / "whole.txt").read_text().splitlines()
    mine = [line for line in lines if float(line.split("|")[0]) < made.DAY.timestamp() + 86_400]
    (tmp_path / "queue_log.txt.gz").write_bytes(gzip.compress("\n".join(mine).encode()))
    config = config_of(tmp_path, plan=PLAN, channels={"phone": CALLS | {"source": {"queue": "sales"}}})
    entered = sum(event[4] == "ENTERQUEUE" and event[2] == "sales" for event in events)
    assert read_actuals(config, tmp_path / "queue_log.txt.gz").volume.sum() == entered > 0


@pytest.mark.parametrize(
    "history",
    [
        {"format": "calabrio"},
        {"rows": "contacts", "columns": {"start": "Created", "contact": "Id"}},
        {"header": "none", "columns": {"start": 2, "volume": 1}},
        {"wide": {"across": "days"}, "columns": {"time": "Hour"}},
    ],
    ids=["format", "contacts", "numbers", "wide"],
)
@pytest.mark.parametrize("source", [None, {"queue": "Sales"}, {"file": "london*"}], ids=["name", "queue", "file"])
def test_our_own_columns_are_read_whatever_the_history_is(history, source, tmp_path):
    """A file written by hand needs no setting beside those of a history from another system."""
    (tmp_path / "today.csv").write_text(OURS)
    table, _ = came(tmp_path, "today.csv", CALLS | ({"source": source} if source else {}), history)
    assert table.volume.tolist() == [5.0, 7.0]
    assert table.service_level.tolist() == [0.9, 0.7]


def test_a_source_comes_before_a_name_that_looks_like_ours(tmp_path):
    """Where the file has the column of the source, its texts decide, as they do in the history."""
    rows = "channel,start,queue,volume\nphone,2026-06-01T09:00,Sales,5\nphone,2026-06-01T09:00,Help,70\n"
    (tmp_path / "a.csv").write_text(rows)
    table, codes = came(tmp_path, "a.csv", CALLS | {"source": {"queue": "Sales"}}, {"columns": {"queue": "queue"}})
    assert table.volume.tolist() == [5.0]
    assert "rows-of-no-channel" in codes


def test_columns_of_actuals_alone_switch_the_profile_of_the_history_off(tmp_path):
    """What `reading.actuals` states of columns is true of the file, although the history is another system's."""
    (tmp_path / "a.csv").write_text("When;Calls;Level\n2026-06-01 09:00;5;0.8\n2026-06-01 10:00;6;0.9\n")
    own = {"columns": {"start": "When", "volume": "Calls", "service_level": "Level"}}
    table, _ = came(tmp_path, "a.csv", CALLS, {"format": "calabrio"}, reading={"actuals": own})
    assert table[["volume", "service_level"]].values.tolist() == [[5.0, 0.8], [6.0, 0.9]]


def test_rows_of_other_channels_are_noted_and_none_of_ours_is_a_fault(tmp_path):
    """A channel that is not planned is left out with a note; a file of such channels alone is refused."""
    (tmp_path / "a.csv").write_text(OURS + "fax,2026-06-01T09:00,3,0.5\n")
    table, codes = came(tmp_path, "a.csv", CALLS)
    assert table.volume.sum() == 12
    assert codes.count("channel-not-planned") == 1
    (tmp_path / "a.csv").write_text("channel,start,volume\nphon,2026-06-01T09:00,3\n")
    with pytest.raises(DataError, match='has no channel of the runs; it has phon; did you mean "phone"'):
        came(tmp_path, "a.csv", CALLS)
