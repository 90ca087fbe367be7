"""The page of several weeks: cells, looks, tables and sentences."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from configs.loader import build
from configs.notes import Note
from reports.metrics.agreed_hours import HourLimits
from reports.weeks.as_json import plain
from reports.weeks.grid import grid, shifts_listing, span_of
from reports.weeks.listings import (
    account_listings,
    agreed_text,
    difference_text,
    rules_listing,
    service_listing,
    weeks_listing,
)
from reports.weeks.overview import Overview, overview_of
from reports.weeks.page import page
from reports.weeks.people import PersonWeeks
from reports.weeks.sentences import sentences
from tests.reports.runs import MONDAY, SMALL
from tests.reports.weeks.made import small_weeks

LONGEST = "Ann Ash (A001) and Cara <Cedar> (A003)"


@cache
def made(weeks: int = 2) -> Overview:
    return overview_of(small_weeks(weeks))


@cache
def ruled() -> Overview:
    """Bob may work two days in a row, and eight paid hours a week cost 3 for each hour beyond."""
    rules = {"runs": {"work": {"most": 2}}, "hours": {"week": {"most": "8h", "price": 3}}}
    contracts = {**SMALL["contracts"], "nights": {**SMALL["contracts"]["nights"], "rules": rules}}
    return overview_of([replace(run, config=build(SMALL | {"contracts": contracts})) for run in small_weeks(2)])


def row_of(name: str, weeks: int = 2):
    rows = {row.name: row for group in grid(made(weeks), made(weeks).weeks).groups for row in group.rows}
    return rows[name]


def test_cells_are_days_with_the_start_of_the_shift() -> None:
    """Ann: five days from 08:00 each week, joined; the pointer shows the whole shift."""
    cells = row_of("Ann Ash").cells
    assert [cell.text for cell in cells] == [*["08:00"] * 5, "", ""] * 2
    assert [cell.look for cell in cells[:7]] == ["early begin first", *["early"] * 3, "early end", "weekend", "weekend"]
    assert cells[0].says == "Mon 30 Nov 08:00–16:30"
    assert row_of("Ann Ash").tail == ("10", "80.0")


def test_a_run_over_the_end_of_the_week_stays_joined() -> None:
    """Bob's Sunday begins a run that ends on Tuesday of the next week."""
    looks = [cell.look for cell in row_of("Bob Birch").cells]
    assert looks[6:9] == ["night begin weekend", "night first", "night end"]
    assert row_of("Bob Birch").cells[6].says == "Sun 6 Dec 22:00–Mon 7 Dec 06:00"


def test_a_run_from_before_the_first_week_is_open_at_its_begin() -> None:
    """The second and third week alone: on Sunday before them Bob worked."""
    later = overview_of(small_weeks(3)[1:])
    rows = {row.name: row for group in grid(later, later.weeks).groups for row in group.rows}
    assert rows["Bob Birch"].cells[0].look == "night first"


def test_leave_is_one_bar_with_its_word_at_every_week() -> None:
    """Dan is on leave in both weeks; the days between say it to those who hear the page."""
    cells = row_of("Dan Dill").cells
    assert {cell.text for cell in cells} == {"leave"}
    assert [number for number, cell in enumerate(cells) if cell.seen] == [0, 7]
    assert cells[0].look == "leave begin first"
    assert cells[13].look == "leave end weekend"
    assert cells[5].says == "Sat 5 Dec: holiday"


def test_heads_groups_and_totals() -> None:
    """A column for each day, a heading for each week and contract, shifts under each day."""
    drawn = grid(made(), made().weeks)
    assert drawn.spans == (("week of Mon 30 Nov", 7), ("week of Mon 7 Dec", 7))
    assert [(day.weekday, day.text) for day in drawn.days[5:8]] == [("Sat", "5"), ("Sun", "6"), ("Mon", "7")]
    assert [(group.title, group.small) for group in drawn.groups] == [
        ("full-time", "1 of 2 at work"), ("part-time", "2 of 3 at work"), ("nights", "1 of 1 at work"),
    ]  # fmt: skip
    assert drawn.totals == (*["4", "3", "2", "2", "2", "0", "1"] * 2, "28", "173.0")


def test_every_four_weeks_have_a_grid() -> None:
    """Five weeks are four and one; the words of the second are those of its week."""
    text = page(made(5), "1.0")
    assert text.count('<table class="people">') == 2
    assert "30 November to 27 December 2026" in text
    assert "28 December 2026 to 3 January 2027" in text


def test_whole_shifts_are_in_a_list() -> None:
    """Everybody who works, each week in a cell."""
    listing = shifts_listing(made(), made().weeks)
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in listing.rows}
    assert rows["Bob Birch (A002)"] == ["Mon 22:00–06:00, Tue 22:00–06:00, Sun 22:00–06:00"] * 2
    assert "Dan Dill (A004)" not in rows


def test_the_table_of_weeks_has_cost_bound_gap_and_people_short() -> None:
    """Each week on a row; bounds are not added."""
    listing = weeks_listing(made())
    rows = {row[0].text: dict(zip([head.text for head in listing.heads], row, strict=True)) for row in listing.rows}
    first, total = rows["Mon 30 Nov 2026"], rows["all weeks"]
    assert [first[name].text for name in ("cost", "paid", "bound", "gap", "understaffed h")] == [
        "£1,451", "£1,386", "£1,400", "3.51%", "0.5",
    ]  # fmt: skip
    assert [total[name].text for name in ("cost", "paid", "bound", "gap", "understaffed h", "paid h", "shifts")] == [
        "£2,902", "£2,772", "–", "–", "1.0", "173.0", "28",
    ]  # fmt: skip
    assert first["understaffed h"].mark == "bad"
    assert (first["at work"].text, total["at work"].text) == ("4 of 6", "4 of 6")


def test_the_table_of_service_marks_missed_targets() -> None:
    """Chat meets its target in both weeks, phone too; e-mail is late."""
    rows = {row[0].text: row[1:] for row in service_listing(made()).rows}
    assert [cell.text for cell in rows["Chat"]] == ["80% within 40 s", "90.0%", "90.0%"]
    assert {cell.mark for cell in rows["Chat"][1:]} == {"good"}
    assert {cell.mark for cell in rows["Email"][1:]} == {"bad"}


def test_the_accounts_are_a_table_for_each_contract() -> None:
    """Bob: 22.5 hours a week of 30 agreed, six nights, no free weekend, one wish of two granted."""
    tables = {listing.title: listing for listing in account_listings(made())}
    assert list(tables) == ["Accounts: full-time", "Accounts: part-time", "Accounts: nights"]
    heads = [head.text for head in tables["Accounts: nights"].heads]
    (bob,) = tables["Accounts: nights"].rows
    cells = dict(zip(heads, (cell.text for cell in bob), strict=True))
    assert cells == {
        "person": "Bob Birch (A002)", "30 Nov": "22.5", "7 Dec": "22.5", "paid h": "45.0", "agreed h": "60",
        "difference": "-15.0", "days": "6", "nights": "6", "leave days": "0", "weekends worked": "2",
        "weekends free": "0", "longest run": "3", "shortest rest": "16 h", "wishes granted": "0 of 2",
        "rules broken": "0",
    }  # fmt: skip


def test_broken_rules_are_listed_hard_ones_first() -> None:
    """The run over the end of the week, then the hours that have a price."""
    listing = rules_listing(ruled())
    assert listing is not None
    assert [[cell.text for cell in row] for row in listing.rows] == [
        ["Bob Birch (A002)", "runs.work",
         "works for 3 days in a row from Sun 6 Dec to Tue 8 Dec; at most 2 are allowed", "hard"],
        *[["Bob Birch (A002)", "hours.week",
           f"works 22 h 30 min from {days}; at most 8 h are allowed", "£44"]
          for days in ("Mon 30 Nov to Sun 6 Dec", "Mon 7 Dec to Sun 13 Dec")],
    ]  # fmt: skip
    assert rules_listing(made()) is None


def test_sentences_of_the_weeks() -> None:
    """What needs attention first, then cost, hours, runs, weekends, nights, wishes."""
    assert [(each.sentence, each.mark) for each in sentences(made())] == [
        ("Understaffed by 1 h in 2 of 2 weeks, most in the week of Mon 30 Nov, 0.5 h.", "bad"),
        ("The 2 weeks cost £2,772 for 173 paid hours; with penalties £2,902.", "plain"),
        ("3 people are below their agreed hours, Fay Fir (007) the most, by 40 h.", "plain"),
        (f"The longest run is 5 days in a row, of {LONGEST}; the shortest rest is 15.5 h.", "plain"),
        ("1 person works on weekends; the fewest free weekends are 0, of Bob Birch (A002).", "plain"),
        ("1 person works 6 nights.", "plain"),
        ("4 of 8 wishes are granted.", "plain"),
    ]  # fmt: skip


def test_sentences_about_hours() -> None:
    """One person is named; of many, the one who is furthest off."""
    people = {each.person.agent: each for each in made().people}
    some = (_with_hours(people["A001"], 90.0), _with_hours(people["A003"], 30.0), _with_hours(people["007"], 12.0))
    said = [each.sentence for each in sentences(replace(made(), people=some))]
    assert "Ann Ash (A001) is 10 h above the agreed hours." in said
    assert "2 people are below their agreed hours, Fay Fir (007) the most, by 28 h." in said


def _with_hours(each: PersonWeeks, paid_h: float) -> PersonWeeks:
    return replace(each, total=replace(each.total, paid_h=paid_h))


def test_sentences_about_rules() -> None:
    """Broken hard rules come first; without a broken one that is said where there are rules."""
    first = sentences(ruled())[0]
    assert first.sentence == "Rules about people are broken 1 time, for 1 person; the list is under Rules."
    assert first.mark == "bad"
    kept = replace(ruled(), breaches=tuple(each for each in ruled().breaches if each.price is not None))
    assert sentences(kept)[0].sentence == "No hard rule about people is broken."


def test_sentences_about_weeks_that_do_not_follow() -> None:
    """Each has what was not carried over, or the way out."""
    one, two, three = small_weeks(3)
    alone = replace(two, roster=replace(two.roster, people=replace(two.roster.people, previous=None)))
    changed = replace(alone, roster=replace(alone.roster, table=two.roster.table.iloc[1:].reset_index(drop=True)))
    said = [each.sentence for each in sentences(overview_of([one, changed, three])) if each.mark == "bad"]
    assert said[:2] == [
        "The week of Mon 7 Dec was planned without the week before: rest and days in a row were not carried over.",
        "The week of Mon 14 Dec was planned after another roster of the week before; plan it again with --previous.",
    ]


def test_the_bound_of_weeks_planned_together_is_a_sentence() -> None:
    """The note of the runs, once."""
    note = Note("roster", "the 2 weeks planned together cost 2,902", "weeks-together")
    noted = overview_of([replace(run, notes=(note,)) for run in small_weeks(2)])
    found = [each.sentence for each in sentences(noted) if "together" in each.sentence]
    assert found == ["The 2 weeks planned together cost 2,902."]


@pytest.mark.parametrize(
    ("least", "most", "text"),
    [(150, 150, "150"), (152, 160.5, "152–160.5"), (None, 48, "up to 48"), (20, None, "from 20"), (None, None, "–")],
)
def test_agreed_hours_in_words(least, most, text: str) -> None:
    assert agreed_text(HourLimits(least, most)) == text


@pytest.mark.parametrize(("hours", "text"), [(4.0, "+4.0"), (-7.5, "-7.5"), (0.0, "0.0"), (0.04, "0.0"), (None, "–")])
def test_differences_have_their_sign(hours, text: str) -> None:
    assert difference_text(hours) == text


def test_the_page_is_whole_safe_and_equal() -> None:
    """Names are text, nothing is loaded, and the same weeks give the same bytes."""
    text = page(ruled(), "1.0")
    assert text == page(overview_of(ruled().runs), "1.0")
    assert "Cara &lt;Cedar&gt;" in text
    assert "<script" not in text
    assert re.findall(r"(?:src|href)=\"(?!#)", text) == []
    assert re.findall(r"<h2[^>]*>([^<]*)", text) == ["At a glance", "Roster", "Accounts", "Rules"]
    assert span_of(made().weeks) == "30 November to 13 December 2026"


def test_json_has_the_accounts() -> None:
    """Plain values: dates as text, limits next to what they limit."""
    found = plain(ruled())
    bob = next(each for each in found["people"] if each["agent"] == "A002")
    assert bob["all"]["paid_h"] == 45.0
    assert (bob["all"]["least_h"], bob["all"]["most_h"], bob["all"]["difference_h"]) == (16.0, 16.0, 29.0)
    assert bob["weeks"][1]["first"] == str(MONDAY + timedelta(days=7))
    assert [each["price"] for each in found["broken"]] == [43.5, None, 43.5]
    assert [week["cost"] for week in found["weeks"]] == [1451.0, 1451.0]
    assert found["seams"] == []
