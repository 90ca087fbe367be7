"""The page without a mouse, and to a screen reader."""

from __future__ import annotations

import pytest

SCROLL = '[data-plot="c0-cover"] .scroll'


def test_arrow_keys_walk_a_chart_and_say_its_numbers(visit, large):
    """Right once is the first interval, thrice the third; Enter shows the day, Escape the week."""
    page = visit().page
    page.focus(SCROLL)
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    row = large.roster.coverage[large.roster.coverage["channel"] == "phone"].iloc[2]
    said = page.locator("#said").inner_text()
    assert said.startswith("Mon 30 Nov 00:30: ")
    assert f"required {row['required']:g}, staffed {row['staffed']:g}" in said
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    assert page.url.endswith("#day=2026-12-06")
    page.keyboard.press("Home")
    assert page.locator("#said").inner_text().startswith("Sun 6 Dec 00:00: ")
    page.keyboard.press("Escape")
    assert page.url.endswith("#")


def test_up_and_down_go_from_person_to_person(visit):
    """Each is said with all shifts of the week, those who are filtered out are left out."""
    page = visit("small", "#contract=nights").page
    page.focus(".gantt")
    page.keyboard.press("ArrowDown")
    assert page.locator("#said").inner_text() == "Bob Birch: Mon 22:00-06:00; Tue 22:00-06:00; Sun 22:00-06:00"
    page.keyboard.press("ArrowDown")
    assert page.locator("tr.current .name").all_inner_texts() == ["Bob Birch"]


def test_everything_that_acts_can_be_reached_by_tab_and_shows_it(visit):
    """Every link, button, choice and chart takes the focus in turn, with an outline."""
    page = visit("small").page
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    wanted = page.evaluate(
        """() => (window.all = [...document.querySelectorAll('a, button, select, input, [tabindex="0"], summary')]).length"""
    )
    seen = set()
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        told = page.evaluate(
            """() => { const one = document.activeElement;
            return [window.all.indexOf(one), getComputedStyle(one).outlineStyle, one.outerHTML.slice(0, 80)]; }"""
        )
        if told[0] >= 0:
            assert told[1] != "none", told[2]
            seen.add(told[0])
    assert seen == set(range(wanted))


@pytest.mark.parametrize("name", ["small", "spans"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit, scheme, name):
    """The rules of WCAG 2.1 A and AA and the good habits, as axe-core checks them, in both colour schemes."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = visit(name, color_scheme=scheme).page
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
    only = {"type": "tag", "values": tags} if scheme == "light" else {"type": "rule", "values": ["color-contrast"]}
    answer = axe.Axe().run(page, options={"runOnly": only, "resultTypes": ["violations"]}).response
    assert [(one["id"], one["impact"], one["nodes"][0]["html"][:200]) for one in answer["violations"]] == []
    assert answer["passes"]
