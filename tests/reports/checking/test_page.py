"""The page of `check`: heat maps whose cells say what they are, and the same numbers as tables."""

from __future__ import annotations

import re

import pytest

from reports.checking.maps import calendar_maps, hour_listing, hour_map, week_listing
from reports.checking.page import Checked, page
from reports.document.heat import LEVELS, colours
from reports.document.listing import listing
from tests.reports.checking.sites import small_days


def small_page():
    """The page of the small channel."""
    return page(
        Checked("small", "Europe/London", listing("History", ["channel"], [["phone"]]), (small_days(),), ()), "1"
    )


@pytest.fixture(scope="module")
def tiles():
    """Looks of each day of the map by what it says."""
    (drawn,) = calendar_maps(small_days())
    found: dict[str, list[str]] = {}
    for tile in drawn.tiles:
        found.setdefault(tile.says, []).append(tile.look)
    return found


def test_missing_zero_closed_and_special_days_look_different(tiles):
    """Each has a shape of its own, so that colour alone tells nothing."""
    assert tiles["Tue 14 Apr 2026: missing"] == ["missing"]
    assert tiles["Wed 15 Apr 2026: 0 contacts"] == ["zero"]
    assert tiles["Thu 16 Apr 2026: 20 contacts, some open hours are missing"] == ["level0", "part"]
    assert tiles["Mon 6 Apr 2026: closed (Easter Monday)"] == ["closed", "special"]
    assert tiles["Fri 17 Apr 2026: 40 contacts (campaign <b>)"][-1] == "special"


def test_the_calendar_has_weeks_across_and_weekdays_down():
    """A week later is one column to the right, a day later is one row down; Sunday is followed by the next column."""
    places = {tile.says[:10]: tile.path.split("h")[0] for tile in calendar_maps(small_days())[0].tiles}
    x, y = map(int, re.findall(r"\d+", places["Mon 30 Mar"]))
    assert places["Tue 31 Mar"] == f"M{x} {y + 13}"
    assert places["Mon 13 Apr"] == f"M{x + 26} {y}"
    assert places["Sun 5 Apr "] == f"M{x} {y + 78}"


def test_a_year_begins_with_its_first_day_of_history():
    """Weeks before it would push the map off a narrow screen: April is the first column, and has its label there."""
    (drawn,) = calendar_maps(small_days())
    assert drawn.tiles[0].path.startswith("M34 ")
    assert {label.text: label.x for label in drawn.labels if not label.end} == {"Apr": 34}


def test_colours_are_equal_round_steps_and_one_odd_day_does_not_pale_the_rest():
    """A day a hundred times as busy shares the last colour; lighter is never busier."""
    scale = colours([float(value) for value in range(100, 300)] + [20_000.0])
    assert scale.edges == (150.0, 200.0, 250.0, 300.0)
    looks = [scale.look(value) for value in (120, 160, 220, 280, 20_000)]
    assert looks == ["level0", "level2", "level3", "level5", "level5"]
    assert scale.look(0) == "zero"


@pytest.mark.parametrize("values", [[], [0.0], [3.0], [1.0, 1e9], [0.001, 0.0011, 0.002], list(range(1, 1000))])
def test_any_numbers_have_between_one_and_six_colours_that_cover_them(values):
    """The colours are those that the page has."""
    scale = colours([float(value) for value in values])
    assert 1 <= len(scale.edges) <= LEVELS
    assert {scale.look(value) for value in values} <= {"zero", *(f"level{i}" for i in range(LEVELS))}


def test_the_tables_hold_the_numbers_of_the_maps():
    """The calendar as weeks, newest first, and the hours that were observed."""
    weeks = [[cell.text for cell in row] for row in week_listing(small_days()).rows]
    assert weeks[0] == ["Mon 13 Apr 2026", "40", "missing", "0", "20*", "40", "", ""]
    assert weeks[1][1] == "closed"
    hours = [[cell.text for cell in row] for row in hour_listing(small_days()).rows]
    assert [row[0] for row in hours] == ["09:00", "10:00"]
    assert hours[0][3] == "13.3"
    assert len(hour_map(small_days()).tiles) == 10


def test_the_page_is_the_same_bytes_again_and_escapes_names():
    """Nothing from a file becomes markup."""
    text = small_page()
    assert text == small_page()
    assert "campaign &lt;b&gt;" in text
    assert "<b>" not in text
    assert 'aria-label="2026, contacts a day. The numbers are in the table below."' in text
