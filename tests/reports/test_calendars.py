"""The calendars, read back as a calendar program would read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pandas as pd
import pytest

from reports.publication import publication
from staffcurve.run_folder.formats import write_reports
from tests.reports.runs import small_run


def events(path):
    """Events of a file, in order."""
    return list(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def test_everybody_has_one_calendar_named_by_the_id(run, tmp_path):
    """The id that looks like a path is spelled out and hashed; nothing lies outside the folder."""
    write_reports(run, tmp_path, ["ics"])
    names = sorted(path.name for path in (tmp_path / "calendars").iterdir() if path.is_file())
    assert names[:-1] == ["007.ics", "A001.ics", "A002.ics", "A003.ics", "A004.ics"]
    assert names[-1].startswith("E-5-")
    assert {path.name for path in tmp_path.iterdir()} == {"calendars", "published.json", "summary.json"}


def test_a_shift_is_an_event_at_its_local_time_with_its_breaks(run, tmp_path):
    """Ann on Monday: half past eight hours, one break, eight paid."""
    write_reports(run, tmp_path, ["ics"])
    found = events(tmp_path / "calendars" / "A001.ics")
    assert len(found) == 5
    zone = ZoneInfo("Europe/London")
    assert found[0].decoded("dtstart") == datetime(2026, 11, 30, 8, 0, tzinfo=zone)
    assert found[0].decoded("dtend") == datetime(2026, 11, 30, 16, 30, tzinfo=zone)
    assert str(found[0]["summary"]) == "Shift 08:00-16:30"
    assert str(found[0]["description"]) == "Breaks: 12:00-12:30\nPaid: 8 h"
    assert found[0].decoded("dtstamp") == datetime(2026, 11, 30, tzinfo=ZoneInfo("UTC"))


def test_each_shift_keeps_its_identity(run, tmp_path):
    """Identities differ within a calendar and are the same on every run."""
    write_reports(run, tmp_path / "a", ["ics"])
    write_reports(run, tmp_path / "b", ["ics"])
    first, again = ([str(e["uid"]) for e in events(tmp_path / name / "calendars" / "A001.ics")] for name in "ab")
    assert first == again
    assert len(set(first)) == 5
    assert first[0].startswith("20261130-1-")


def test_one_without_a_shift_has_an_empty_calendar(run, tmp_path):
    """Fay is not needed: no event, but a file that a calendar program accepts."""
    write_reports(run, tmp_path, ["ics"])
    assert events(tmp_path / "calendars" / "007.ics") == []


@pytest.mark.parametrize(
    ("first", "zone", "start", "end"),
    [
        (date(2026, 10, 24), "Europe/London", "2026-10-24T22:00:00+01:00", "2026-10-25T05:00:00+00:00"),
        (date(2027, 3, 27), "Europe/London", "2027-03-27T22:00:00+00:00", "2027-03-28T07:00:00+01:00"),
        (date(2027, 4, 3), "Australia/Lord_Howe", "2027-04-03T22:00:00+11:00", "2027-04-04T05:30:00+10:30"),
        (date(2026, 11, 30), "Asia/Kathmandu", "2026-11-30T22:00:00+05:45", "2026-12-01T06:00:00+05:45"),
    ],
)
def test_a_night_over_a_clock_change_has_the_right_local_times(tmp_path, first, zone, start, end):
    """Eight hours end an hour earlier in autumn, later in spring, half an hour earlier on Lord Howe Island."""
    write_reports(small_run(first=first, timezone=zone), tmp_path, ["ics"])
    night = events(tmp_path / "calendars" / "A002.ics")[0]
    assert night.decoded("dtstart") == datetime.fromisoformat(start)
    assert night.decoded("dtend") == datetime.fromisoformat(end)
    assert (
        night.decoded("dtend").timestamp() - night.decoded("dtstart").timestamp() == timedelta(hours=8).total_seconds()
    )
    text = (tmp_path / "calendars" / "A002.ics").read_text(encoding="utf-8")
    assert "TZID" not in text
    assert ("The clock changes" in text) == (start[-6:] != end[-6:])


def test_a_shift_that_ends_in_the_second_of_a_doubled_hour_is_not_cut_short(tmp_path):
    """22:00 to the second 01:30 are four and a half hours, not three and a half."""
    run = small_run(first=date(2026, 10, 24))
    table = run.roster.table.copy()
    mine = (table["agent"] == "A002") & (table["date"] == date(2026, 10, 24))
    table.loc[mine, "end"] = pd.Timestamp("2026-10-25 01:30", tz="UTC")
    table.loc[mine, "breaks"] = "01:00-01:15"
    write_reports(replace(run, roster=replace(run.roster, table=table)), tmp_path, ["ics"])
    night = events(tmp_path / "calendars" / "A002.ics")[0]
    assert night.decoded("dtend").timestamp() - night.decoded("dtstart").timestamp() == 4.5 * 3600


@pytest.mark.parametrize(
    ("zone", "first", "day", "begins", "passes"),
    [
        ("Europe/London", date(2026, 10, 24), "2026-10-25", "00:00", ("2026-10-25T00:30Z", "2026-10-25T01:30Z")),
        ("America/New_York", date(2026, 10, 31), "2026-11-01", "00:00", ("2026-11-01T05:30Z", "2026-11-01T06:30Z")),
        ("Australia/Lord_Howe", date(2027, 4, 3), "2027-04-04", "00:00", ("2027-04-03T14:45Z", "2027-04-03T15:15Z")),
        ("Africa/Casablanca", date(2026, 2, 14), "2026-02-15", "00:00", ("2026-02-15T01:30Z", "2026-02-15T02:30Z")),
    ],
)
def test_both_passes_of_an_hour_are_universal_times_and_told_apart(tmp_path, zone, first, day, begins, passes):
    """A shift that ends in the first or the second pass: the instant in UTC; the title and the text say which of the two.

    Moments by hand: London and New York go back at 02:00 by an hour, Lord Howe Island at 02:00 by half an hour, Morocco
    at 03:00 for Ramadan, for 35 days only; from September 2026 on its clocks no longer change.
    """
    titles = []
    for number, end in enumerate(passes):
        run = small_run(first=first, timezone=zone)
        table = run.roster.table.copy()
        mine = (table["agent"] == "A001") & (pd.to_datetime(table["date"]) == pd.Timestamp(day))
        start = pd.Timestamp(f"{day} {begins}").tz_localize(zone).tz_convert("UTC")
        table.loc[mine, ["start", "end", "breaks"]] = [start, pd.Timestamp(end), ""]
        write_reports(replace(run, roster=replace(run.roster, table=table)), tmp_path / str(number), ["ics"])
        path = tmp_path / str(number) / "calendars" / "A001.ics"
        event = next(each for each in events(path) if each.decoded("dtend") == pd.Timestamp(end))
        assert f"DTEND:{pd.Timestamp(end):%Y%m%dT%H%M%SZ}" in path.read_text(encoding="utf-8")
        assert "* marks the second" in str(event["description"])
        titles.append(str(event["summary"]))
    assert titles[1] == f"{titles[0]}*"


def test_an_activity_is_an_entry_of_its_own_inside_the_shift(run, tmp_path):
    """Ann has training on Monday from ten to eleven: an entry, and a line in that of the shift; the page names it too."""
    table = run.roster.table.assign(activities="")
    table.loc[table.index[0], "activities"] = "training 10:00-11:00"
    made = replace(run, roster=replace(run.roster, table=table))
    write_reports(made, tmp_path, ["ics", "html"])
    found = events(tmp_path / "calendars" / "A001.ics")
    assert [str(event["summary"]) for event in found[:2]] == ["Shift 08:00-16:30", "training"]
    assert "Activities: training 10:00-11:00" in str(found[0]["description"])
    assert found[1].decoded("dtstart") == datetime(2026, 11, 30, 10, 0, tzinfo=ZoneInfo("Europe/London"))
    assert len({str(event["uid"]) for event in found}) == len(found)
    assert "training 10:00–11:00" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_team_has_a_calendar_of_its_people(run, tmp_path):
    """North is Ann and Bob, by name and without breaks or pay; identities differ from those of the personal files."""
    write_reports(run, tmp_path, ["ics"])
    home = tmp_path / "calendars"
    assert sorted(path.name for path in (home / "teams").iterdir()) == ["North.ics", "South.ics"]
    found = events(home / "teams" / "North.ics")
    mine = [*events(home / "A001.ics"), *events(home / "A002.ics")]
    assert sorted((e.decoded("dtstart"), e.decoded("dtend")) for e in found) == sorted(
        (e.decoded("dtstart"), e.decoded("dtend")) for e in mine
    )
    assert {str(e["summary"]) for e in found} == {"Ann Ash: Shift 08:00-16:30", "Bob Birch: Shift 22:00-06:00"}
    assert not any("description" in e or "categories" in e for e in found)
    assert {str(e["uid"]) for e in found}.isdisjoint({str(e["uid"]) for e in mine})
    assert len({str(e["uid"]) for e in found}) == len(found)
    assert len(events(home / "teams" / "South.ics")) == 5


def test_a_shift_taken_away_is_cancelled_in_the_calendar_of_the_team_too(run, tmp_path):
    """Ann loses her Monday: one cancelled entry in North, with the number of her own."""
    first = publication(run)
    table = run.roster.table.iloc[1:].reset_index(drop=True)
    write_reports(replace(run, roster=replace(run.roster, table=table), given_out=first), tmp_path, ["ics"])
    gone = [e for e in events(tmp_path / "calendars" / "teams" / "North.ics") if str(e["status"]) == "CANCELLED"]
    assert [(str(e["summary"]), int(e["sequence"])) for e in gone] == [("Cancelled: Ann Ash: Shift 08:00-16:30", 1)]


def test_a_team_named_like_a_path_stays_in_its_folder_and_no_team_is_no_folder(run, tmp_path):
    """``../x`` is hashed; two teams that differ in capitals only are two files; without teams there is no folder."""
    people = run.roster.people
    for name, teams in (("a", ["../x", "Ops", "ops", "", "", ""]), ("b", [""] * 6)):
        agents = people.agents.assign(team=teams)
        made = replace(run, roster=replace(run.roster, people=replace(people, agents=agents)))
        write_reports(made, tmp_path / name, ["ics"])
    names = [path.name for path in (tmp_path / "a" / "calendars" / "teams").iterdir()]
    assert len({name.casefold() for name in names}) == 3
    assert all(name.endswith(".ics") and "/" not in name for name in names)
    assert not (tmp_path / "b" / "calendars" / "teams").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
