"""Publishing again: entries that say the same keep their number, changed ones get the next, lost ones are cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import icalendar
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from configs.errors import DataError
from reports.calendar_entry import Entry
from reports.publication import _numbered, entries_of, publication
from staffcurve.run_folder.formats import write_reports
from staffcurve.run_folder.layout import PUBLISHED
from staffcurve.run_folder.published import read_entries, write_entries
from tests.reports.runs import small_run


def with_table(run, table: pd.DataFrame):
    return replace(run, roster=replace(run.roster, table=table.reset_index(drop=True)))


def without(run, agent: str, day: int | None = None):
    """The run without the shifts of somebody, on one day or all week."""
    table = run.roster.table
    mine = table["agent"] == agent
    if day is not None:
        mine &= pd.to_datetime(table["date"]) == pd.Timestamp(run.horizon.date(day))
    return with_table(run, table[~mine])


def moved(run, agent: str, day: int, by: str):
    """The run with a shift moved, its breaks as well."""
    table = run.roster.table.copy()
    mine = (table["agent"] == agent) & (pd.to_datetime(table["date"]) == pd.Timestamp(run.horizon.date(day)))
    for column in ("start", "end"):
        table.loc[mine, column] += pd.Timedelta(by)
    table.loc[mine, "breaks"] = ""
    return with_table(run, table)


def after(run, earlier):
    """The entries of a run that is given out after another."""
    return publication(replace(run, given_out=earlier))


def by_uid(entries):
    return {entry.uid: entry for entry in entries}


def test_an_unchanged_week_is_given_out_with_the_same_bytes(run, tmp_path) -> None:
    """Once, and again after itself: no number rises, and no file differs."""
    write_reports(run, tmp_path / "a", ["ics"])
    write_reports(replace(run, given_out=read_entries(tmp_path / "a")), tmp_path / "b", ["ics"])
    names = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*") if path.is_file())
    assert any(name.suffix == ".ics" for name in names)
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_moved_shift_is_the_same_entry_with_the_next_number(run) -> None:
    """Ann on Tuesday an hour later: one entry changes, its identity stays, its number is 1; nothing is cancelled."""
    first = publication(run)
    again = after(moved(run, "A001", 1, "1h"), first)
    before, now = by_uid(first), by_uid(again)
    assert before.keys() == now.keys()
    changed = [uid for uid in now if now[uid].sequence]
    assert [now[uid].sequence for uid in changed] == [1]
    assert now[changed[0]].start - before[changed[0]].start == timedelta(hours=1)
    assert not any(entry.cancelled for entry in again)


def test_a_lost_shift_is_cancelled_once_and_comes_back_with_a_higher_number(run) -> None:
    """Gone: number 1; still gone: the same; back: number 2, and confirmed."""
    first = publication(run)
    gone = after(without(run, "A001", 1), first)
    (lost,) = [entry for entry in gone if entry.cancelled]
    assert (lost.agent, lost.sequence, lost.start) == ("A001", 1, by_uid(first)[lost.uid].start)
    still = after(without(run, "A001", 1), gone)
    assert still == gone
    back = by_uid(after(run, still))[lost.uid]
    assert (back.sequence, back.cancelled) == (2, False)


def test_one_who_left_the_roster_keeps_a_calendar_of_cancelled_shifts(run, tmp_path) -> None:
    """Ann is not among the agents any more: her file is still written, and each of its five entries is cancelled."""
    people = run.roster.people
    left = without(run, "A001")
    agents = people.agents[people.agents["agent"] != "A001"].reset_index(drop=True)
    left = replace(left, roster=replace(left.roster, people=replace(people, agents=agents)))
    for _ in range(2):
        left = replace(left, given_out=publication(replace(left, given_out=left.given_out or publication(run))))
    write_reports(left, tmp_path, ["ics"])
    text = (tmp_path / "calendars" / "A001.ics").read_bytes()
    found = list(icalendar.Calendar.from_ical(text).walk("VEVENT"))
    assert [str(event["status"]) for event in found] == ["CANCELLED"] * 5
    assert {int(event["sequence"]) for event in found} == {1}
    assert {str(event["transp"]) for event in found} == {"TRANSPARENT"}
    assert {str(event["summary"]) for event in found} == {"Cancelled: Shift 08:00-16:30"}
    assert b"X-WR-CALNAME:Shifts of Ann Ash" in text.replace(b"\r\n ", b"")


def test_stamps_rise_with_the_number_and_are_no_clock(run, tmp_path) -> None:
    """LAST-MODIFIED and DTSTAMP are the first midnight of the week and a second for each number."""
    changed = replace(moved(run, "A001", 1, "1h"), given_out=publication(run))
    write_reports(changed, tmp_path, ["ics"])
    calendar = icalendar.Calendar.from_ical((tmp_path / "calendars" / "A001.ics").read_bytes())
    for event in calendar.walk("VEVENT"):
        wanted = pd.Timestamp("2026-11-30", tz="UTC") + pd.Timedelta(seconds=int(event["sequence"]))
        assert event.decoded("dtstamp") == event.decoded("last-modified") == wanted
    assert sorted(int(event["sequence"]) for event in calendar.walk("VEVENT")) == [0, 0, 0, 0, 1]


def test_a_break_moved_by_the_hour_that_comes_twice_is_a_change(tmp_path) -> None:
    """01:30 and the second 01:30 in London: another text, so a higher number; nobody keeps the old break."""
    run = small_run(first=pd.Timestamp("2026-10-24").date())
    table = run.roster.table.copy()
    mine = (table["agent"] == "A002") & (pd.to_datetime(table["date"]) == pd.Timestamp("2026-10-24"))
    made = []
    for text in ("01:30-01:45", "01:30*-01:45*"):
        table.loc[mine, "breaks"] = text
        made.append(with_table(run, table.copy()))
    first = publication(made[0])
    changed = [entry for entry in after(made[1], first) if entry.sequence]
    assert [entry.description.partition("\n")[0] for entry in changed] == ["Breaks: 01:30*-01:45*"]
    assert all(entry.sequence == 0 for entry in after(made[0], first))


def test_two_weeks_given_out_with_one_number_are_both_overtaken(run) -> None:
    """Some people have Ann an hour later, some two hours, both as number 1: whatever is given out next is 2."""
    first = publication(run)
    one, two = (after(moved(run, "A001", 1, by), first) for by in ("1h", "2h"))
    for made in (moved(run, "A001", 1, "1h"), moved(run, "A001", 1, "2h"), run):
        assert max(entry.sequence for entry in after(made, (*one, *two))) == 2
    assert max(entry.sequence for entry in after(moved(run, "A001", 1, "1h"), (*one, *first))) == 1


def test_a_plan_of_another_name_moves_the_entries_people_have(run) -> None:
    """The week planned again as `other`: the identities are those given out, none is there twice."""
    renamed = replace(
        run, config=run.config.model_copy(update={"plan": run.config.plan.model_copy(update={"name": "other"})})
    )
    assert entries_of(renamed)[0].uid.endswith("@other.staffcurve")
    first = publication(run)
    assert by_uid(after(renamed, first)) == by_uid(first)


def test_what_is_written_is_read_back(run, tmp_path) -> None:
    """Every entry, cancelled ones and names that look like formulas too; a folder without the file gave out nothing."""
    entries = after(without(run, "../E/5"), publication(run))
    assert any(entry.cancelled for entry in entries)
    write_entries(entries, tmp_path)
    assert read_entries(tmp_path) == entries
    assert read_entries(tmp_path / "none") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "cannot be read"),
        (
            '{"schema_version": 2, "entries": []}',
            r"has schema_version 2; this staffcurve reads up to 1\. Update staffcurve, or",
        ),
        ('{"schema_version": 1, "entries": [{"uid": "x"}]}', "cannot be read"),
        ("[]", "cannot be read"),
    ],
)
def test_a_damaged_file_is_refused_with_a_way_out(tmp_path, text: str, words: str) -> None:
    """Not numbered from 0 in silence: phones would keep the old shifts."""
    (tmp_path / PUBLISHED).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=rf"published\.json: .*{words}.*delete it to number"):
        read_entries(tmp_path)


MOMENT = pd.Timestamp("2026-11-30", tz="UTC").to_pydatetime()
WEEKS = st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 2), max_size=3), min_size=1, max_size=6)


@given(WEEKS)
@settings(max_examples=200, deadline=None)
def test_a_phone_that_takes_higher_numbers_only_always_shows_the_last_week(weeks) -> None:
    """A slow model of a phone: it takes an entry it lacks, or one with a higher number, and hides what is cancelled."""
    phone: dict[str, Entry] = {}
    given_out: tuple[Entry, ...] = ()
    for week in weeks:
        now = [
            Entry(f"{uid}@x", uid, uid, MOMENT, MOMENT + timedelta(hours=hours), "Shift") for uid, hours in week.items()
        ]
        given_out = tuple(_numbered(now, given_out))
        for entry in given_out:
            if entry.uid not in phone or entry.sequence > phone[entry.uid].sequence:
                phone[entry.uid] = entry
        shown = {entry.agent: entry.end - entry.start for entry in phone.values() if not entry.cancelled}
        assert shown == {uid: timedelta(hours=hours) for uid, hours in week.items()}
