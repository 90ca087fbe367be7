"""Runs side by side, counted on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from configs import loader
from configs.errors import DataError
from reports.comparison.as_json import plain
from reports.comparison.compare import compare, labels
from reports.comparison.listings import _day, change, channel_listing, week_listing
from reports.comparison.page import page
from reports.comparison.sentences import sentences
from tests.reports.replays import with_replay
from tests.reports.runs import small_run


def later_run(first: date = date(2026, 11, 30)):
    """The small week with Ann an hour later on Monday, off on Tuesday, and Dan in on Tuesday; 64 dearer."""
    run = small_run(first)
    table = run.roster.table.copy()
    ann = table.index[table["agent"] == "A001"]
    hour = 4 * run.horizon.interval_min
    table.loc[ann[0], ["start", "end"]] = [table.loc[ann[0], each] + _minutes(hour) for each in ("start", "end")]
    table.loc[ann[1], ["agent", "name"]] = ["A004", "Dan Dill"]
    cost = replace(run.roster.cost, wages=1360.0)
    raw = {**run.config.raw, "staffing": {"absence": 0.1}}
    return replace(run, roster=replace(run.roster, table=table, cost=cost), config=loader.build(raw))


def _minutes(number):
    import pandas as pd

    return pd.Timedelta(minutes=number)


def test_cells_are_agents_and_days() -> None:
    """One day moved, one dropped and one added are three cells of two people, out of the fifteen worked in either."""
    made = compare([("a", small_run()), ("b", later_run())])
    (people,) = made.people
    assert (people.moved, people.dropped, people.added) == (1, 1, 1)
    assert people.people == 2
    assert people.cells == 15
    told = [(one.agent, one.day, one.before, one.after) for one in people.changes]
    assert told == [
        ("A001", 0, "08:00-16:30", "09:00-17:30"),
        ("A001", 1, "08:00-16:30", ""),
        ("A004", 1, "", "08:00-16:30"),
    ]


def test_a_run_against_itself_changes_nothing() -> None:
    """No cell, no setting, no money."""
    made = compare([("a", small_run()), ("b", small_run())])
    assert made.people[0].changes == ()
    assert made.settings == ()
    assert [one.sentence for one in sentences(made)] == [
        "b costs the same as a: £1,386.",
        "Shift times are the same in b and a.",
        "The settings are the same.",
    ]


def test_sentences_and_settings() -> None:
    """64 more of 1,386 is 4.6 %; the setting that differs is named, defaults included."""
    made = compare([("a", small_run()), ("b", later_run())])
    told = [one.sentence for one in sentences(made)]
    assert told[0] == "b costs £64 (4.6%) more than a."
    assert told[1] == "b changes 3 agent-days of 15 (20%) for 2 people, compared with a."
    assert told[2] == "1 setting differs: staffing.absence."
    assert [(row.key, row.values) for row in made.settings] == [("staffing.absence", ("0.05", "0.1"))]


def test_other_weeks_are_compared_weekday_by_weekday() -> None:
    """A week with the same clock times a week later changes nobody; the clock change between them is no change."""
    made = compare([("a", small_run(date(2026, 10, 19))), ("b", small_run(date(2026, 11, 2)))])
    assert made.people[0].changes == ()
    assert made.settings == ()
    assert sentences(made)[0].sentence.startswith("The runs plan different weeks")


def test_tables_hold_the_numbers_of_each_run() -> None:
    """Cost with its change, volume of a channel, the promise."""
    made = compare([("a", small_run()), ("b", later_run())])
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in week_listing(made).rows}
    assert rows["paid"] == ["£1,386", "£1,450 (+4.6%)"]
    assert rows["  premiums"] == ["£90", "£90 (same)"]
    assert rows["gap to the bound"][0] == "3.51%, within gap"
    phone = [cell.text for cell in channel_listing(made).rows[0]]
    assert phone[:2] == ["Phone, 80% in 20 s", "a"]
    assert phone[5:] == ["0.5", "89.6%", "–", "–"]  # 226 intervals at 0.9 and two at 0.5


def test_replayed_runs_tell_how_sure_the_promise_is() -> None:
    """Share in time with its interval, and the probability of the promise."""
    run = with_replay(small_run())
    rows = channel_listing(compare([("a", run), ("b", run)])).rows
    promise = next(one for one in run.replay.service_targets if one.channel == "phone")
    seen = next(one for one in run.replay.channels if one.channel == "phone")
    assert rows[0][7].text.startswith(f"{seen.service_level:.1%} (")
    assert rows[0][8].text == f"{promise.probability:.0%}"


def test_days_of_later_weeks_bear_their_week() -> None:
    """Day 8 of a plan of two weeks that begins on Monday is the second Tuesday."""
    assert [_day(date(2026, 11, 30), number) for number in (0, 6, 8)] == ["Mon", "Sun", "Tue of week 2"]


def test_a_channel_of_one_run_only_is_told() -> None:
    """Chat planned in the first alone has no numbers beside it."""
    run = small_run()
    raw = {**run.config.raw, "channels": {key: run.config.raw["channels"][key] for key in ("phone", "email")}}
    made = compare([("a", run), ("b", replace(run, config=loader.build(raw)))])
    assert made.channels == ("phone", "chat", "email")
    assert "Chat is planned in a only." in [one.sentence for one in sentences(made)]
    assert plain(made)["runs"][1]["channels"].keys() == {"phone", "email"}


def test_what_cannot_be_compared_is_refused() -> None:
    """Another zone and currency are told together, with what both are."""
    run = small_run()
    raw = {**run.config.raw, "plan": {**run.config.raw["plan"], "currency": "EUR"}}
    other = replace(small_run(timezone="Europe/Paris"), config=loader.build(raw))
    with pytest.raises(DataError) as told:
        compare([("a", run), ("b", other)])
    assert [str(fault) for fault in told.value.faults] == [
        "b: has the time zone Europe/Paris, but a has Europe/London; compare runs with the same time zone",
        "b: has the currency EUR, but a has GBP; compare runs with the same currency",
    ]
    with pytest.raises(DataError, match="needs at least two runs"):
        compare([("a", run)])


def test_labels_are_as_long_as_it_takes() -> None:
    """Folders of one name are told apart by the folder above; the same folder twice is refused."""
    assert labels([Path("x/one"), Path("x/two")]) == ("one", "two")
    assert labels([Path("x/one"), Path("y/one")]) == ("x/one", "y/one")
    with pytest.raises(DataError, match="is named twice"):
        labels([Path("x/one"), Path("x/../x/one")])


def test_changes_of_numbers() -> None:
    """Per cent of what was; nothing before is new."""
    assert [change(100, 103.2), change(100, 50), change(0, 5), change(7, 7)] == ["+3.2%", "-50%", "new", "same"]


def test_the_page_holds_every_person_and_no_request() -> None:
    """Self-contained: no address of anything outside, every changed agent, names escaped."""
    runs = [small_run(), later_run()]
    text = page(compare([("a", runs[0]), ("b", runs[1])]), runs, "0.2.0")
    assert "Dan Dill" in text
    assert "A004" in text
    assert "http" not in text.replace("http-equiv", "")
    assert "<script" not in text
    assert text == page(compare([("a", runs[0]), ("b", runs[1])]), runs, "0.2.0")


def in_the_night_of_two_hours(breaks: str, end: str = "2026-10-25T05:00Z"):
    """The small week from 24 October in London, with Bob's first night ending and resting as given."""
    run = small_run(first=date(2026, 10, 24))
    table = run.roster.table.copy()
    mine = (table["agent"] == "A002") & (table["date"] == date(2026, 10, 24))
    table.loc[mine, ["breaks", "end"]] = [breaks, pd.Timestamp(end)]
    return replace(run, roster=replace(run.roster, table=table))


def test_a_break_moved_by_the_hour_that_comes_twice_is_seen() -> None:
    """01:30 and the second 01:30: the shift is the same, its break is not; one agent-day has other breaks."""
    runs = [("a", in_the_night_of_two_hours("01:30-02:00")), ("b", in_the_night_of_two_hours("01:30*-02:00"))]
    made = compare(runs)
    (people,) = made.people
    assert people.changes == ()
    told = [(one.agent, one.day, one.before, one.after) for one in people.rested]
    assert told == [("A002", 0, "22:00-05:00 (01:30-02:00)", "22:00-05:00 (01:30*-02:00)")]
    assert sentences(made)[1].sentence == "Shift times are the same in b and a; 1 agent-day has different breaks."
    assert plain(made)["people"][0]["breaks_changed"][0]["agent"] == "A002"


def test_a_shift_moved_by_the_hour_that_comes_twice_is_seen() -> None:
    """A night that ends at 01:30 and one that ends at the second 01:30 are other times."""
    ends = ("2026-10-25T00:30Z", "2026-10-25T01:30Z")
    (people,) = compare([(end[-6:], in_the_night_of_two_hours("", end)) for end in ends]).people
    assert [(one.before, one.after) for one in people.changes] == [("22:00-01:30", "22:00-01:30*")]
    assert people.rested == ()
