"""Reading the history a config names: sources, intervals, duplicates, gaps, and every refusal in its words."""

import gzip

import numpy as np
import pandas as pd
import pytest

from configs.errors import ConfigError, DataError
from forecast import read_calendar, read_history

from .test_week import BASE, config_of, hours


def refused(config) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_history(config)
    return [str(fault) for fault in caught.value.faults]


def test_a_file_is_read_as_utc_and_sorted(tmp_path):
    """Rows in any order come out by time, in UTC."""
    lines = hours("2026-06-01", "2026-06-14").splitlines()
    config = config_of(tmp_path, "\n".join([lines[0], *reversed(lines[1:])]))
    history = read_history(config)
    assert history.interval_s == 3600
    assert history.table.start.iloc[0] == pd.Timestamp("2026-06-01 07:00Z")
    assert history.table.start.is_monotonic_increasing
    assert [str(note) for note in history.notes] == [
        "history.csv: start: 140 of 140 times have no offset and were read as local time in Europe/London"
    ]


def test_a_folder_of_files_is_one_history(tmp_path):
    """Two months in two files, one packed, are read together; a row in both counts once."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "b.csv").write_text(hours("2026-06-07", "2026-06-14"))
    (folder / "a.csv.gz").write_bytes(gzip.compress(hours("2026-06-01", "2026-06-07").encode()))
    config = config_of(tmp_path, history={"path": "data"})
    history = read_history(config)
    assert len(history.table) == 140
    told = "10 rows (100 contacts) repeat a row of another file in every cell and were left out, first row 2"
    assert f"b.csv: {told}" in [str(note) for note in history.notes]


def test_an_empty_folder_and_no_file(tmp_path):
    """A folder without tables and a path that is not there are told."""
    (tmp_path / "data").mkdir()
    assert refused(config_of(tmp_path, history={"path": "data"})) == [
        'history.path: the folder "data" contains no table (.csv, .csv.gz, .tsv, .txt, .xlsx, .xlsm, .ods, .parquet)'
    ]
    assert refused(config_of(tmp_path, history={"path": "gone.csv"})) == [
        'history.path: no such file or folder: "gone.csv"; "demo" is the built-in data'
    ]


def test_columns_are_renamed(tmp_path):
    """A file with its own column names is read by them."""
    text = hours("2026-06-01", "2026-06-07").replace("channel,start,volume", "Queue,Begin,Offered")
    columns = {"channel": "Queue", "start": "Begin", "volume": "Offered"}
    config = config_of(tmp_path, text, history={"path": "history.csv", "columns": columns})
    assert len(read_history(config).table) == 70


def test_a_file_without_channel_column_is_the_only_channel(tmp_path):
    """One channel needs no column for it; two do, unless the file is called after one of them."""
    text = "start,volume\n" + "".join(
        line.partition(",")[2] + "\n" for line in hours("2026-06-01", "2026-06-07").splitlines()[1:]
    )
    assert set(read_history(config_of(tmp_path, text)).table.channel) == {"phone"}
    two = {"phone": {"kind": "synchronous"}, "video": {"kind": "synchronous"}}
    with pytest.raises(
        DataError, match='has no column "channel" to distinguish phone, video; add it, or name one file'
    ):
        read_history(config_of(tmp_path, text, channels=two))


def test_finer_intervals_are_added_up(tmp_path):
    """Quarter hours become hours: volumes summed, handle times weighted, an hour seen in part left out."""
    rows = [
        ("09:00", 1, 100),
        ("09:15", 3, 200),
        ("09:30", 0, ""),
        ("09:45", 4, 300),
        ("10:00", 5, 100),
        ("10:15", 5, 100),
    ]
    text = "channel,start,volume,aht_s\n" + "".join(f"phone,2026-06-01T{c},{v},{a}\n" for c, v, a in rows)
    config = config_of(tmp_path, text, history={"path": "history.csv", "max_missing": 1.0})
    history = read_history(config)
    assert history.table.volume.tolist() == [8]
    assert history.table.aht_s.tolist() == [(100 + 600 + 1200) / 8]
    assert (
        'channel "phone": intervals of 15 min were added up to 1 h; 1 of them were only partly observed'
        in "\n".join(map(str, history.notes))
    )


def test_hours_are_local_hours(tmp_path):
    """Nepal is 5:45 ahead of UTC: its quarter hours from 09:00 to 09:45 are one local hour, 03:15 to 04:00 UTC."""
    text = "channel,start,volume\n" + "".join(
        f"phone,2026-06-01T{h:02d}:{m:02d},1\n" for h in (9, 10) for m in (0, 15, 30, 45)
    )
    plan = {**BASE["plan"], "timezone": "Asia/Kathmandu"}
    config = config_of(tmp_path, text, plan=plan, history={"path": "history.csv", "max_missing": 1.0})
    table = read_history(config).table
    assert table.start.dt.strftime("%H:%M").tolist() == ["03:15", "04:15"]
    assert table.volume.tolist() == [4, 4]


def test_coarser_intervals_are_refused(tmp_path):
    """Hours cannot be cut into quarters; the setting that would fit is told."""
    plan = {**BASE["plan"], "interval": "15min"}
    (line,) = refused(config_of(tmp_path, hours("2026-06-01", "2026-06-07"), plan=plan))
    assert line == (
        'history.csv: channel "phone" has intervals of 1h, the plan of 15min; '
        'a history cannot be split further; set plan.interval = "1h"'
    )


def test_times_off_the_grid_are_refused(tmp_path):
    """09:07 does not lie on a grid of hours."""
    text = hours("2026-06-01", "2026-06-14").replace("phone,2026-06-02T09:00", "phone,2026-06-02T09:07")
    (line,) = refused(config_of(tmp_path, text))
    assert line == (
        'history.csv row 13: channel "phone" at 2026-06-02 09:07:00 is not on the grid of 1h; 1 of 140 rows are'
    )


def test_duplicates_are_refused_or_settled(tmp_path):
    """Two volumes for one hour: refused with both rows, or the last, or the sum."""
    text = hours("2026-06-01", "2026-06-14") + "phone,2026-06-01T08:00,7\n"
    (line,) = refused(config_of(tmp_path, text))
    assert line == (
        'history.csv row 142: channel "phone" at 2026-06-01 08:00 is already in history.csv row 2; '
        'keep one, or set history.duplicates = "sum" (add all of them) or "last" (keep the last)'
    )
    for rule, volume in (("last", 7), ("sum", 17)):
        config = config_of(tmp_path, text, history={"path": "history.csv", "duplicates": rule})
        assert read_history(config).table.volume.iloc[0] == volume


def test_channels_are_held_against_the_config(tmp_path):
    """A channel that is not in the config is left out with a note; one that is not in the data is a fault."""
    text = hours("2026-06-01", "2026-06-14") + "fax,2026-06-01T08:00,7\n"
    assert 'channel "fax" (1 rows, 7 contacts) is not in the config and was left out' in "\n".join(
        map(str, read_history(config_of(tmp_path, text)).notes)
    )
    channels = {"phone": BASE["channels"]["phone"], "faxes": {"kind": "synchronous"}}
    assert refused(config_of(tmp_path, text, channels=channels)) == [
        'history.csv: has no channel "faxes"; did you mean "fax"?; channels found: fax, phone'
    ]


def test_gaps_are_told_with_share_and_dates(tmp_path):
    """A day without rows and an hour without one are counted and named."""
    lines = hours("2026-06-01", "2026-06-14").splitlines()
    kept = [line for line in lines if "06-03T" not in line and "06-05T09" not in line]
    notes = read_history(config_of(tmp_path, "\n".join(kept))).notes
    assert str(notes[-1]) == (
        'history.csv: channel "phone": 11 open intervals (7.9%) are absent and count as not observed; '
        "whole days 2026-06-03; parts of 2026-06-05"
    )


def test_too_many_gaps_are_refused(tmp_path):
    """A history with seven hours in ten absent is refused, with the ways out."""
    text = hours("2026-06-01", "2026-06-14", open_=(9, 12))
    (line,) = refused(config_of(tmp_path, text))
    assert line == (
        'history.csv: channel "phone": 70% of its open intervals from 2026-06-01 to 2026-06-14 are absent, '
        "more than 50%; "
        'check its opening hours, set history.missing = "zero" if absent means none, '
        "or raise history.max_missing"
    )


def test_absent_can_mean_zero(tmp_path):
    """With missing = "zero" absent open hours are rows of 0; hours outside stay absent."""
    text = hours("2026-06-01", "2026-06-14", open_=(9, 12))
    config = config_of(tmp_path, text, history={"path": "history.csv", "missing": "zero"})
    table = read_history(config).table
    assert len(table) == 140
    assert np.isclose(table.volume.mean(), 3.0)


def test_contacts_outside_the_opening_hours_are_noted(tmp_path):
    """Contacts at night of a day centre are counted in a note."""
    text = hours("2026-06-01", "2026-06-14", open_=(7, 18))
    assert 'channel "phone": 140 contacts (9.1%) came outside the opening hours and are not planned for' in "\n".join(
        map(str, read_history(config_of(tmp_path, text)).notes)
    )


def test_the_calendar_is_checked(tmp_path):
    """Country, region and events file are told with what would be right."""
    for calendar, words in (
        ({"country": "ENGLAND"}, 'calendar.country: "ENGLAND" is not a country with known holidays'),
        (
            {"country": "GB", "region": "EN"},
            'calendar.region: "EN" is not a region of GB; did you mean "ENG"?; known: ENG, NIR, SCT, WLS',
        ),
        ({"region": "ENG"}, 'calendar.region: "ENG" needs a country; set calendar.country'),
    ):
        with pytest.raises(ConfigError) as caught:
            read_calendar(config_of(tmp_path, calendar=calendar))
        assert str(caught.value).startswith(words)
    (tmp_path / "events.csv").write_text("channel,start,end,name,closed\nfone,2026-06-02,2026-06-01,x,maybe\n")
    with pytest.raises(DataError) as caught:
        read_calendar(config_of(tmp_path, calendar={"events": "events.csv"}))
    assert [str(fault) for fault in caught.value.faults] == [
        "events.csv row 2: end 2026-06-01 is before start 2026-06-02",
        (
            'events.csv row 2: "fone" is not a channel of the config; did you mean "phone"?; '
            "leave it blank for all channels"
        ),
        'events.csv row 2: closed is "maybe"; write yes or no',
    ]


def test_holidays_of_a_region():
    """England has Easter Monday 2026, a moved Boxing Day, and no 2 January."""
    from datetime import date

    from forecast.calendar.marks import Calendar, no_events

    found = Calendar(no_events(), "GB", "ENG").holidays(date(2026, 1, 1), 365)
    assert found[date(2026, 4, 6)] == "Easter Monday"
    assert date(2026, 12, 28) in found
    assert date(2026, 1, 2) not in found
