"""The picture of a week: its letters are the numbers, in any width, with blocks or in ASCII."""

from __future__ import annotations

import numpy as np
import pytest

from staffcurve.cli.picture import BLOCKS, PLAIN, letters_of, week_picture


def week():
    """Nine to twelve on Monday and Tuesday; the busiest hour is Monday at ten."""
    contacts = np.zeros((7, 24))
    contacts[0, 9:12] = [10, 40, 20]
    contacts[1, 9:12] = [5, 10, 20]
    return contacts


def test_a_shade_an_hour_a_bar_a_day_and_the_hours_below():
    """Monday's ten o'clock is the darkest, its bar the longest; the total stands between them."""
    assert week_picture(week(), 60, PLAIN) == [
        "    00 03 06 09 12 15 18 21",
        "Mon " + " " * 9 + ".#:" + " " * 14 + "70 " + "#" * 27,
        "Tue " + " " * 9 + "..:" + " " * 14 + "35 " + "#" * 14,
        *[f"{day} {' ' * 24}   0" for day in ("Wed", "Thu", "Fri", "Sat", "Sun")],
        "             :@*",
    ]


@pytest.mark.parametrize("letters", [BLOCKS, PLAIN])
@pytest.mark.parametrize("columns", [40, 60, 76, 100, 200])
def test_no_line_is_wider_than_asked(columns, letters):
    """Also with contacts by the million."""
    assert max(map(len, week_picture(week() * 1e5, columns, letters))) <= columns


def test_any_contact_is_seen():
    """One contact next to a million has the lightest shade and the shortest bar, not none."""
    contacts = np.zeros((7, 24))
    contacts[0, 9], contacts[1, 9] = 1e6, 1
    assert week_picture(contacts, 100)[2] == "Tue" + " " * 19 + "░░" + " " * 38 + "1 ▏"


def test_daily_totals_are_drawn_as_bars_only():
    """A file with a row a day has no hours to show."""
    contacts = np.zeros((7, 24))
    contacts[:, 0] = range(7)
    assert week_picture(contacts, 80, PLAIN)[0] == "Mon   0"
    assert week_picture(contacts, 80, PLAIN)[6] == "Sun   6 " + "#" * 30


def test_ascii_where_the_output_has_no_blocks():
    """The encoding of the output decides."""
    assert letters_of("utf-8") is BLOCKS
    assert letters_of("ascii") is PLAIN
    assert letters_of("latin-1") is PLAIN
    assert letters_of(None) is PLAIN
