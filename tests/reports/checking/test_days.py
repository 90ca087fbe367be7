"""The history of a channel by day: what counts as missing, closed, empty and special."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from reports.checking.days import channel_days
from tests.reports.checking import sites


@pytest.fixture(scope="module")
def by_date():
    """The days by date."""
    return {day.date: day for day in sites.small_days().days}


def test_missing_empty_and_part_days_are_told_apart(by_date):
    """No row on an open day is missing, rows of zero are observed, and half the rows are a part."""
    assert by_date[sites.MISSING].status == "missing"
    assert (by_date[sites.EMPTY].status, by_date[sites.EMPTY].contacts) == ("observed", 0.0)
    assert (by_date[sites.SHORT].status, by_date[sites.SHORT].contacts) == ("part", 20.0)
    assert (by_date[date(2026, 4, 13)].status, by_date[date(2026, 4, 13)].contacts) == ("observed", 40.0)


def test_weekends_and_holidays_are_closed_and_holidays_and_events_are_named(by_date):
    """A closed day is not missing; Easter Monday and the campaign carry their names."""
    assert by_date[date(2026, 4, 11)].status == "closed"
    assert by_date[sites.HOLIDAY].status == "closed"
    assert by_date[sites.HOLIDAY].special == "Easter Monday"
    assert by_date[sites.EVENT].special == "campaign <b>"
    assert by_date[date(2026, 4, 13)].special == ""


def test_the_days_add_up_to_the_history(by_date):
    """No contact is lost or counted twice."""
    assert sum(day.contacts for day in by_date.values()) == sites.small_history().table["volume"].sum()


def test_an_hour_is_the_mean_of_the_days_on_which_it_was_observed():
    """Wednesdays: 20, 20 and 0 contacts from nine to ten; an hour never observed has no number."""
    hours = sites.small_days().hours
    assert hours[2, 9] == pytest.approx(40 / 3)
    assert hours[0, 10] == 20.0
    assert np.isnan(hours[0, 12])
    assert np.isnan(hours[5]).all()


def test_a_channel_without_history_has_no_days():
    """It is planned from a stated volume."""
    history = sites.small_history()
    empty = type(history)(history.table.iloc[:0], history.interval_s)
    assert channel_days(sites.small_config(), "phone", empty, sites.small_calendar()) is None
