"""The page of several weeks in a real browser: eight weeks of 144 people, on a screen, by keyboard and on paper."""

from __future__ import annotations

import re

import pytest

from reports.weeks.overview import overview_of
from reports.weeks.page import page as drawn
from tests.reports.weeks.made import in_a_row


@pytest.fixture(scope="module")
def file(tmp_path_factory, large):
    path = tmp_path_factory.mktemp("weeks") / "weeks.html"
    path.write_text(drawn(overview_of(in_a_row(large, 8)), "0.2.0"), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, file):
    """Open the page."""
    contexts = []

    def go(**options):
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.goto(file.as_uri())
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [360, 1280, 1920])
def test_the_page_never_scrolls_sideways(opened, width):
    """Eight weeks scroll inside their own frames."""
    page = opened(viewport={"width": width, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_four_weeks_fit_on_a_desk(opened):
    """The frame of a grid has nothing to scroll to, at 1280 pixels."""
    page = opened(viewport={"width": 1280, "height": 900})
    inside, shown = page.locator(".days-of-people .wide").first.evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert inside <= shown


def settled(page, frame) -> None:
    """Wait until neither the page nor the frame scrolls on; the page allows no script that waits for a condition."""
    before, same = None, 0
    for _ in range(200):
        now = frame.evaluate("element => [element.scrollTop, element.scrollLeft, window.scrollY]")
        same = same + 1 if now == before and now[0] > 0 else 0
        if same == 5:
            return
        before = now
        page.wait_for_timeout(50)


def test_heads_and_names_stay_in_sight(opened):
    """Scrolled down and to the right by keys, the days are above and the names at the left."""
    page = opened(viewport={"width": 700, "height": 500})
    frame = page.locator(".days-of-people .wide").first
    frame.focus()
    for key in ("PageDown", "ArrowRight", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    settled(page, frame)
    assert frame.evaluate("element => element.scrollTop") > 100
    assert frame.evaluate("element => element.scrollLeft") > 50
    box, head, name = (
        one.bounding_box()
        for one in (
            frame,
            page.locator("table.people thead tr:last-child th.who").first,
            page.locator("table.people tbody th.who").first,
        )
    )
    assert abs(head["y"] - box["y"]) < 3
    assert abs(head["x"] - box["x"]) < 3
    assert abs(name["x"] - box["x"]) < 3


def test_what_can_be_scrolled_takes_the_focus(opened):
    """Every frame and every list of shifts is reached by Tab, with an outline."""
    page = opened(viewport={"width": 1280, "height": 900})
    wanted = page.locator('a, [tabindex="0"]:visible, summary').count()
    seen = set()
    for _ in range(wanted + 2):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "() => [document.activeElement.outerHTML.slice(0, 120), getComputedStyle(document.activeElement).outlineStyle]"
        )
        if not said[0].startswith("<body"):
            seen.add(said[0])
            assert said[1] != "none", said[0]
    assert sum("region" in one for one in seen) >= 2 + 2 + 4
    assert sum("<summary" in one for one in seen) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_of_the_cells_stand_out(opened, scheme):
    """At least 4.5 to 1 between every kind of shift and its clock time (WCAG 2.1, 1.4.3)."""
    page = opened(color_scheme=scheme)
    for look in ("early", "day", "late", "night"):
        style = page.locator(f"table.people td.{look} > span").first.evaluate(
            "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
        )
        light, dark = sorted((luminance(colour) for colour in style), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, look


def luminance(colour):
    """Relative luminance of a colour, as WCAG defines it."""
    parts = [int(number) / 255 for number in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_it_prints_on_landscape_pages(opened, tmp_path):
    """Nothing is cut at the right, the frames are open, and 144 people of eight weeks are a few pages."""
    page = opened(viewport={"width": 1032, "height": 703})
    page.emulate_media(media="print")
    for frame in page.locator(".wide:visible").all():
        inside, shown = frame.evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert inside <= shown + 1
    path = tmp_path / "weeks.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", path.read_bytes())
    assert all(float(width) > float(height) for width, height in boxes)
    assert 8 <= len(re.findall(rb"/Type\s*/Page\b", path.read_bytes())) <= 24
