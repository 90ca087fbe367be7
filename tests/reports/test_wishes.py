"""Who got which wish."""

from __future__ import annotations

from reports.page.report import render
from reports.page.wishes import wish_rows


def test_refused_wishes_come_first_with_what_was_rostered_instead(week):
    """Bob wished Wednesday's night and is off; Fay wished Monday and is off; Cara's and Ann's were granted."""
    told = [(row.wish.agent, row.asked, row.wish.granted, row.rostered) for row in wish_rows(week)]
    assert told == [
        ("007", "to work", False, "off"),
        ("A002", "to work from about 22:00", False, "off"),
        ("A003", "to work", True, "09:00–13:00"),
        ("A001", "to be off", True, "off"),
    ]


def test_the_page_lists_the_wishes_and_opens_on_demand(week):
    """Folded behind a line that counts them."""
    text = render(week)
    assert "Wishes: 2 of 4 granted" in text
    assert text.index("to work from about 22:00") < text.index("to be off")
