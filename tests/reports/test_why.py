"""Why this forecast, on the page: what was handed on, in words and small pictures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from configs.notes import Note
from forecast.cleaning import Finding
from forecast.models.explain import Effect, Explanation, Member
from forecast.result import Past
from reports import week_of
from reports.page import paths
from reports.page.report import render
from reports.page.why import signed, why_views
from tests.reports.test_page import leads, read

NAN = float("nan")
PHONE = Explanation(
    "phone",
    "recipe",
    Note("channel phone", 'on past weeks "weekday & year" was 5.0% off'),
    (
        Member("weekday & year", (0.75, 0.5, 0.25), (0.05, 0.061, NAN)),
        Member("exponential smoothing", (0.25, 0.5, 0.75), (0.07, 0.08, 0.09)),
        Member("silent one", (0.001, 0.0, 0.0), (0.5, 0.5, 0.5)),
    ),
    (1.2, 1.12, 1.0, 1.0, 0.9, 0.6, 0.0),
    (1.1,) * 6 + (0.9,) * 6,
    tuple(1.05 if day == 1 else 0.95 if day == 24 else 1.0 for day in range(1, 32)),
    (Effect("Sale <b>", 0.2, 1), Effect("Easter", -0.4, 8), Effect("Nothing", 0.001, 0), Effect("New", 0.1, 0)),
    0.034,
)
SHORT = Explanation("chat", "short", Note("channel chat", "the history is shorter than eight weeks"))
PAST = Past("phone", 6, (100.0, 0.0, 300.0), (10.0, 0.0, 30.0), (20.0, 0.0, 60.0), (15.0, 0.0, 45.0))
TRIED = (
    "Backtest from 6 start days, 3 days ahead each: error 10% of contacts by interval, compared with 20% for "
    "repeating the previous week and 15% for the mean of eight weeks."
)
ODD = Finding("phone", "outlier", date(2026, 3, 2), date(2026, 3, 2), 0.8, "keep")


@pytest.fixture
def told(run):
    """The small week with what stands behind its forecast."""
    return replace(run, forecast=replace(run.forecast, explanations=(PHONE, SHORT), findings=(ODD,), past=(PAST,)))


def test_the_sentences_tell_members_trend_and_backtest(told):
    """40 of 400 contacts misjudged is 10%; a member of a thousandth is not told."""
    view, short = why_views(week_of(told))
    assert view.sentences == (
        'On past weeks "weekday & year" was 5.0% off.',
        'Blend for the first week: "weekday & year" 75% and "exponential smoothing" 25%.',
        "Trend: +3.4% over the last year.",
        TRIED,
    )
    assert [voice.name for voice in view.voices] == ["weekday & year", "exponential smoothing"]
    assert view.voices[0].errors == ("5%", "6.1%", "–")
    assert short.sentences == ("The history is shorter than eight weeks.",)
    assert (short.picture, short.shapes, short.voices, short.effects, short.odd) == (None, (), (), (), ())


def test_effects_have_their_size_and_the_days_they_were_seen_on(told):
    """One not seen yet is told if it does something; a size known from one day is shrunk."""
    (view, _) = why_views(week_of(told))
    rows = [(one.name, one.size, one.seen) for one in view.effects]
    assert rows == [
        ("Sale <b>", "+20%", "1 day, effect reduced"), ("Easter", "−40%", "8 days"), ("New", "+10%", "not seen yet"),
    ]  # fmt: skip
    assert view.odd == ("2026-03-02 is an outlier (+80%); it was kept",)


def test_shapes_go_up_and_down_from_the_middling_day(told):
    """The largest, Saturday's 40% less, reaches the lower edge; Monday's 20% goes half as far up; Sunday is closed."""
    (view, _) = why_views(week_of(told))
    week, year, month = view.shapes
    assert week.path.startswith("M1 50h8v-25h-8zM11 50h8v-15h-8z")
    assert "M51 50h8v50h-8z" in week.path
    assert "M61" not in week.path
    assert week.label == "Mon +20%, Tue +12%, Wed 0%, Thu 0%, Fri −10%, Sat −40% and Sun closed."
    assert year.label.startswith("Jan +10%, Feb +10%")
    assert month.path.count("v-50") == month.path.count("v50") == 1
    assert month.label == "Highest on day 1 (+5%), lowest on day 24 (−5%)."


def test_a_trace_is_not_drawn_as_a_swing(told):
    """One per cent up on the first of the month goes a fifth of the way to the edge, which stands for 5%."""
    small = replace(PHONE, month=(1.01,) + (1.0,) * 30)
    (view,) = why_views(week_of(replace(told, forecast=replace(told.forecast, explanations=(small,)))))
    assert view.shapes[2].path == "M1 50h8v-10h-8z"
    assert view.shapes[2].label == "Highest on day 1 (+1%), lowest on day 2 (0%)."


def test_the_picture_has_a_line_for_each_rule_and_breaks_where_no_contact_came(told):
    """10%, 20% and 15% on an axis to 20%: half way down, at the top, a quarter down; day 2 had no contact."""
    (view, _) = why_views(week_of(told))
    paths_by_look = {layer.look: layer.path for layer in view.picture.layers}
    assert paths_by_look == {
        "naive-line": "M0 0h1M2 0h1", "mean-line": "M0 100h1M2 100h1", "expected": "M0 200h1M2 200h1",
    }  # fmt: skip
    assert view.marks == ((0, "1"),)


def test_a_broken_line_steps_within_each_piece():
    """From 5 to 7, a hole, then 3."""
    assert paths.broken_line(np.array([5, 7, 0, 3]), np.array([True, True, False, True])) == "M0 5h1v2h1M3 3h1"


def test_the_section_is_well_made_and_text_of_the_user_is_never_markup(told):
    """Names with signs are shown as they are; every element is closed; tables have captions; same run, same bytes."""
    page = render(week_of(told))
    reader = read(page)
    assert reader.wrong == []
    assert reader.open == []
    assert len(set(reader.ids)) == len(reader.ids)
    assert all(leads(link, reader.ids) for link in reader.links)
    assert "Sale &lt;b&gt;" in page
    assert "Sale <b>" not in page
    assert "Why this forecast" in page
    tables = sum(tag == "table" for tag, _ in reader.tags)
    assert tables == sum(tag == "caption" for tag, _ in reader.tags)
    for tag, attrs in reader.tags:
        assert tag != "svg" or attrs.get("aria-label") or attrs.get("aria-hidden") == "true"
    assert render(week_of(told)) == page


def test_a_run_that_tells_nothing_has_no_such_section(run):
    """A forecast from someone else, or a run folder from before."""
    page = render(week_of(run))
    assert "Why this forecast" not in page
    assert 'href="#why"' not in page


def test_changes_bear_their_sign():
    """Nothing is neither more nor less."""
    assert [signed(share) for share in (0.124, -0.03, 0.001, -0.001)] == ["+12%", "−3%", "0%", "0%"]


def test_many_holidays_share_a_row(run):
    """The five largest stand alone; the rest are one row with their names and how far they reach."""
    sizes = (-0.41, -0.44, -0.44, -0.43, -0.42, 0.21, -0.1, -0.2)
    events = tuple(Effect(f"Day {number}", size, 2) for number, size in enumerate(sizes))
    many = replace(PHONE, events=events)
    (view,) = why_views(week_of(replace(run, forecast=replace(run.forecast, explanations=(many,)))))
    assert [(row.name, row.size, row.seen) for row in view.effects] == [
        ("Day 0", "−41%", "2 days"),
        ("Day 1", "−44%", "2 days"),
        ("Day 2", "−44%", "2 days"),
        ("Day 3", "−43%", "2 days"),
        ("Day 4", "−42%", "2 days"),
        ("Day 5, Day 6 and Day 7", "−20% to +21%", "3 more"),
    ]
