"""The words numbers, days and spans are written in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from reports import formatting

when = datetime.fromisoformat


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [(58210.4, "GBP", "£58,210"), (58210.4, "CHF", "CHF 58,210"), (-12.6, "EUR", "-€13"), (-0.2, "EUR", "€0")],
)
def test_money_has_the_symbol_of_its_currency_and_no_pence(value, currency, text):
    """Amounts are whole; where no symbol is common the three letters stand before them."""
    assert formatting.money(value, currency) == text


def test_a_share_just_under_the_target_does_not_read_as_kept():
    """79.96% is cut to 79.9%, not rounded up to the 80% that was promised; 80% itself stays 80%."""
    assert formatting.percent_down(0.7996) == "79.9%"
    assert formatting.percent_down(0.8) == "80%"
    assert formatting.percent_down(0.8, aligned=True) == "80.0%"
    assert formatting.percent(0.7996) == "80%"


def test_a_trace_of_hours_is_not_written_as_nothing():
    """A few agent-minutes keep their second decimal."""
    assert formatting.hours(0.04) == "0.04 h"
    assert formatting.hours(0.0) == "0 h"
    assert formatting.hours(1234.5) == "1,234.5 h"


def test_a_span_names_the_day_of_its_end_only_when_it_differs():
    """Midnight at the end of a day is 24:00 of that day."""
    begin = when("2026-11-30 22:00")
    assert formatting.span(begin, when("2026-11-30 23:15")) == "Mon 30 Nov 22:00–23:15"
    assert formatting.span(begin, when("2026-12-01 00:00")) == "Mon 30 Nov 22:00–24:00"
    assert formatting.span(begin, when("2026-12-01 06:00")) == "Mon 30 Nov 22:00–Tue 1 Dec 06:00"


def test_durations_read_as_a_person_says_them():
    """Parts that are nothing are left out."""
    assert formatting.duration(timedelta(seconds=20)) == "20 s"
    assert formatting.duration(timedelta(hours=1, minutes=30)) == "1 h 30 min"
    assert formatting.duration(timedelta()) == "0 s"


def test_lists_count_what_they_leave_out():
    """The last item is joined by "and"; beyond the limit the rest is a number."""
    assert formatting.listed([]) == ""
    assert formatting.listed(["a"]) == "a"
    assert formatting.listed(["a", "b", "c"]) == "a, b and c"
    assert formatting.listed(["a", "b", "c", "d"], most=2) == "a, b and 2 more"


def test_counts_agree_with_their_noun():
    """One is singular, nothing and 1.5 are plural."""
    assert [formatting.count(n, "agent") for n in (0, 1, 1.5, 2000)] == [
        "0 agents",
        "1 agent",
        "1.5 agents",
        "2,000 agents",
    ]
