"""Actuals, events, agents, leave and requests are read by their own settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from configs.errors import ConfigError, DataError
from configs.loader import build
from configs.schema import Config
from forecast.calendar.marks import read_calendar
from forecast.intraday.today import read_actuals
from optimize.roster.inputs.people import read_people

FULL = {"agents": 1, "days_per_week": 5, "shifts": [{"length": "8h", "start": "09:00"}], "cost_per_hour": 15}


def config_of(folder: Path, **tables: dict[str, object]) -> Config:
    settings = {
        "plan": {"name": "t", "timezone": "Europe/London", "interval": "30min"},
        "channels": {"phone": {"kind": "synchronous"}},
        "contracts": {"full": FULL},
        **tables,
    }
    return build(settings, folder=folder)


def test_agents_leave_and_requests_of_another_system(tmp_path):
    """Columns have the names of the file, dates its order, numbers its comma."""
    (tmp_path / "people.csv").write_text("Id;Who;Type;Queues;Max\n007;Ann;full;phone;37,5\n", encoding="utf-8")
    (tmp_path / "leave.csv").write_text("Id;From;Until\n007;13/01/2026;14/01/2026\n", encoding="utf-8")
    (tmp_path / "wishes.csv").write_text("Id;Day;Wish\n007;15/01/2026;off\n", encoding="utf-8")
    full = {name: value for name, value in FULL.items() if name != "agents"}
    people = {"agent": "Id", "name": "Who", "contract": "Type", "skills": "Queues", "hours_max": "Max"}
    config = config_of(
        tmp_path,
        contracts={"full": full},
        roster={"agents": "people.csv", "leave": "leave.csv", "requests": "wishes.csv"},
        reading={
            "agents": {"columns": people},
            "leave": {"columns": {"agent": "Id", "start": "From", "end": "Until"}},
            "requests": {"columns": {"agent": "Id", "date": "Day", "wish": "Wish"}},
        },
    )
    found = read_people(config)
    assert found.agents.hours_max.tolist() == [37.5]
    assert str(found.leave.end[found.leave.index[0]]) == "2026-01-15 00:00:00+00:00"
    assert str(found.requests.date[found.requests.index[0]]) == "2026-01-15 00:00:00"


def test_events_of_another_system(tmp_path):
    """An unclear order of an events file names its own setting, which then settles it."""
    (tmp_path / "events.csv").write_text("Kanal;Von;Bis;Name\n;05/01/2026;06/01/2026;Sale\n", encoding="utf-8")
    columns = {"channel": "Kanal", "start": "Von", "end": "Bis", "name": "Name"}
    tables = {"calendar": {"events": "events.csv"}, "reading": {"events": {"columns": columns}}}
    with pytest.raises(DataError, match=r'reading\.events.date_format = "dmy" reads it as 2026-01-05'):
        read_calendar(config_of(tmp_path, **tables))
    tables["reading"]["events"]["date_format"] = "dmy"
    assert str(read_calendar(config_of(tmp_path, **tables)).events.start[0]) == "2026-01-05 00:00:00"


TODAY = "Queue;When;Calls;Talk\nphone;12/01/2026 9:00 AM;5;4:30\nphone;12/01/2026 9:30 AM;7;5:00\n"
NAMES = {"channel": "Queue", "start": "When", "volume": "Calls", "aht_s": "Talk"}


def test_actuals_are_read_as_the_history(tmp_path):
    """What `reading.actuals` does not state is as in `history`."""
    (tmp_path / "today.csv").write_text(TODAY, encoding="utf-8")
    config = config_of(tmp_path, history={"columns": NAMES, "date_format": "dmy"})
    found = read_actuals(config, tmp_path / "today.csv")
    assert found.volume.tolist() == [5, 7]
    assert found.aht_s.tolist() == [270, 300]
    assert str(found.start[0]) == "2026-01-12 09:00:00+00:00"


def test_actuals_have_settings_of_their_own(tmp_path):
    """`reading.actuals` comes before the history, setting by setting and column by column."""
    (tmp_path / "today.csv").write_text(TODAY.replace("Calls", "Offered"), encoding="utf-8")
    own = {"columns": {"volume": "Offered"}, "date_format": "dmy"}
    config = config_of(tmp_path, history={"columns": NAMES, "date_format": "mdy"}, reading={"actuals": own})
    assert read_actuals(config, tmp_path / "today.csv").volume.tolist() == [5, 7]


def test_actuals_may_be_written_as_ours(tmp_path):
    """A file with our own column names is read whatever those of the history are."""
    (tmp_path / "today.csv").write_text(
        "channel,start,volume\nphone,2026-01-12T09:00,5\nphone,2026-01-12T09:30,7\n", encoding="utf-8"
    )
    config = config_of(tmp_path, history={"columns": NAMES})
    assert read_actuals(config, tmp_path / "today.csv").volume.tolist() == [5, 7]


def test_a_column_that_no_table_has_is_refused(tmp_path):
    """The fault names the nearest column and all columns of the table."""
    with pytest.raises(
        ConfigError, match=r'agents\.columns: agnt is not a column of it; did you mean "agent"\?; it has agent, name'
    ):
        config_of(tmp_path, reading={"agents": {"columns": {"agnt": "Id"}}})
