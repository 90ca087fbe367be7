"""The page as a sheet: silent, alone, in the dark, on a telephone and on paper."""

from __future__ import annotations

import re

import pytest


@pytest.mark.parametrize("name", ["small", "large"])
def test_the_page_says_nothing_and_asks_nobody(visit, name):
    """No console message and no request but for the file, also after it was used."""
    seen = visit(name)
    page = seen.page
    page.locator("#zoom button").nth(3).click()
    page.hover('[data-plot="c0-cover"] .plot')
    page.fill('input[name="find"]', "a")
    page.reload()
    assert seen.messages == []
    assert set(seen.requests) <= {seen.address, page.url, seen.address + "#" + page.url.partition("#")[2]}


def colour(page, what, name):
    """Lightness of a computed colour, 0 black to 1 white."""
    red, green, blue = (
        int(n) for n in re.findall(r"\d+", page.locator(what).first.evaluate(f"e => getComputedStyle(e).{name}"))[:3]
    )
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


def test_in_the_dark_the_page_is_dark_and_on_paper_it_is_light(visit):
    """The scheme of the system is followed; print turns it off."""
    page = visit(color_scheme="dark").page
    assert colour(page, "body", "backgroundColor") < 0.15
    assert colour(page, "body", "color") > 0.8
    page.emulate_media(media="print", color_scheme="dark")
    assert colour(page, "body", "backgroundColor") > 0.95
    assert colour(page, "h1", "color") < 0.2
    light = visit(color_scheme="light").page
    assert colour(light, "body", "backgroundColor") > 0.9


@pytest.mark.parametrize("fragment", ["", "#day=2026-12-01"])
@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_the_page_never_scrolls_sideways(visit, width, fragment):
    """From a telephone to a wide screen; charts and tables scroll inside their own frames."""
    page = visit("large", fragment, width=width, height=740).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.body.scrollWidth") <= width


def test_the_page_prints_with_everything_and_without_its_buttons(visit, tmp_path):
    """A landscape PDF in which the day tables are unfolded, the buttons gone and the week whole."""
    page = visit("large", "#day=2026-12-01").page
    page.emulate_media(media="print")
    assert not page.locator("#zoom").is_visible()
    assert not page.locator("#filter").is_visible()
    plot, frame = (page.locator(f'[data-plot="c0-cover"] {part}').bounding_box() for part in (".plot", ".scroll"))
    assert abs(plot["width"] - frame["width"]) < 1
    assert page.locator(".hour.fine:visible, .hour.mid:visible").count() == 0
    path = tmp_path / "report.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    assert path.read_bytes().startswith(b"%PDF")
    assert 5 <= len(re.findall(rb"/Type\s*/Page\b", path.read_bytes())) <= 30


def test_nothing_moves_for_those_who_asked_for_stillness(visit):
    """With reduced motion nothing scrolls smoothly and nothing is animated."""
    page = visit("small", reduced_motion="reduce").page
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = "Array.from(document.querySelectorAll('*')).some(e => getComputedStyle(e).transitionDuration !== '0s')"
    assert not page.evaluate(moving)
