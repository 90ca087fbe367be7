"""The answer of a week: its table of channels, its summary, what needs attention."""

from __future__ import annotations

from dataclasses import replace

from reports import week_of
from reports.alerts import MOST, attention, matters
from reports.answer import answer, channel_listing
from tests.reports.replays import with_replay


def cells(run):
    """The table as text, heads first."""
    table = channel_listing(week_of(run))
    return [[head.text for head in table.heads], *([cell.text for cell in row] for row in table.rows)]


def test_the_table_has_target_service_and_hours_short_of_each_channel(run):
    """Without a simulation there is no column for it; e-mail is an hour late, so hours late are shown."""
    head, *rows = cells(replace(run, replay=None))
    assert head == ["Channel", "Target", "Expected", "Short h", "Late h"]
    assert [row[:2] for row in rows] == [
        ["phone", "80% in 20 s"],
        ["chat", "80% in 40 s"],
        ["email", "100% in 8 open hours"],
    ]
    assert [row[3:] for row in rows] == [["0.5", "0.0"], ["0.0", "0.0"], ["0.0", "1.0"]]


def test_a_simulation_adds_service_and_probability_with_its_interval(run):
    """Chat meets its target in seven of ten simulated weeks; a channel that was not simulated has dashes."""
    made = with_replay(run, {"chat": 0.7})
    kept = tuple(one for one in made.replay.channels if one.channel == "chat")
    service_targets = tuple(one for one in made.replay.service_targets if one.channel == "chat")
    head, *rows = cells(replace(made, replay=replace(made.replay, channels=kept, service_targets=service_targets)))
    assert head[3:5] == ["Simulated", "Probability"]
    by_name = {row[0]: row for row in rows}
    assert by_name["chat"][4].startswith("70% (")
    assert by_name["chat"][4].endswith("%)")
    assert by_name["email"][3:5] == ["–", "–"]


def test_missed_targets_and_missing_hours_are_marked_bad(run):
    """E-mail misses its target and phone is short; both cells are bad news, chat is good news."""
    rows = {row[0].text: row for row in channel_listing(week_of(replace(run, replay=None))).rows}
    assert rows["email"][2].mark == "bad"
    assert rows["phone"][3].mark == "bad"
    assert rows["chat"][2].mark == "good"


def test_attention_begins_with_the_most_serious_matter_and_leaves_none_out(run):
    """The answer holds every matter, the page the first of them."""
    week = week_of(run)
    found = answer(week).attention
    assert [one.sentence for one in found] == [one.sentence for one in matters(week)]
    assert attention(week) == matters(week)[:MOST]
    assert found[0].mark == "bad"


def test_what_is_not_printed_is_counted(run):
    """Matters beyond those shown, suggestions and notes are counted; nothing left is an empty text."""
    made = replace(answer(week_of(run)), suggestions=1, notes=0)
    number = len(made.attention)
    assert made.left(number - 2, "in the report") == "More in the report: 2 matters and 1 suggestion."
    assert replace(made, suggestions=0).left(number, "in the report") == ""
