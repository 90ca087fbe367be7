"""What would help, on the page; activities in the roster chart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from configs.notes import Note
from optimize.roster.result import Advice
from reports import week_of
from reports.page.advice import advice_view
from reports.page.gantt import gantt
from reports.page.report import render

ADVICE = (
    Advice("start", "full-time", 60.0, Note("", "Shifts that may begin at 05:30 <early>"), "solved again"),
    Advice("person", "part-time", 15.0, Note("", "One more person on contract part-time"), "shadow price"),
    Advice("hour", "phone", 28.0, Note("", "On Sun 08:00-12:00, for phone,"), "shadow price"),
    Advice("hour", "chat", 7.0, Note("", "On Mon 09:00-13:00, for chat,"), "shadow price"),
)


@pytest.fixture
def advised(run):
    """The small week with advice."""
    return replace(run, roster=replace(run.roster, advice=ADVICE))


def test_changes_and_hours_stand_apart_each_beside_the_largest(advised):
    """60 is the whole bar, 15 a quarter of it; 7 a quarter of 28; a dual price says that it is an upper limit."""
    view = advice_view(week_of(advised))
    assert [(row.sentence, row.amount, row.width) for row in view.changes] == [
        ("Shifts that may begin at 05:30 <early> would save about £60 a week.", "£60", "100.0"),
        ("One more person on contract part-time would save at most about £15 a week.", "£15", "25.0"),
    ]
    assert [(row.sentence, row.amount, row.width) for row in view.hours] == [
        ("On Sun 08:00-12:00, for phone", "£28", "100.0"),
        ("On Mon 09:00-13:00, for chat", "£7", "25.0"),
    ]
    assert "an upper limit" in view.changes[1].basis


def test_the_page_tells_the_best_change_at_a_glance_and_all_in_their_place(advised, run):
    """Twice the sentence of the first change, once of the second; without advice no section and no link to one."""
    text = render(week_of(advised))
    assert text.count("Shifts that may begin at 05:30 &lt;early&gt; would save about £60 a week.") == 2
    assert text.count("One more person on contract part-time") == 1
    assert 'id="advice"' in text
    assert "#advice" not in render(week_of(run))


def test_an_activity_lies_over_its_shift(run):
    """Ann's training on Monday from 10:00 to 11:30 is six quarter hours from interval 40 on; the legend says so."""
    table = run.roster.table.assign(activities="")
    table.loc[table.index[(table["agent"] == "A001")][0], "activities"] = "training 10:00-11:30"
    week = week_of(replace(run, roster=replace(run.roster, table=table)))
    row = next(row for group in gantt(week).groups for row in group.rows if row.person.agent == "A001")
    held = [bar for bar in row.bars if bar.look == "held"]
    assert [(bar.path, bar.label) for bar in held] == [("M40 1h6v8h-6z", "training, Mon 30 Nov 10:00–11:30")]
    assert "activity</li>" in render(week)
    assert "activity</li>" not in render(week_of(run))
