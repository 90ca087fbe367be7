"""The pages of `compare`, `monitor`, `check` and `weeks` in a real browser."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest

from reports.comparison.compare import compare
from reports.comparison.page import page as compared
from reports.monitoring.monitor import watch
from reports.monitoring.page import page as monitored
from reports.weeks.overview import overview_of
from reports.weeks.page import page as together
from tests.reports.checking.test_page import small_page
from tests.reports.comparison.test_compare import later_run
from tests.reports.runs import small_run
from tests.reports.weeks.made import small_weeks


@pytest.fixture(scope="module")
def sheets(tmp_path_factory, large):
    """Two small weeks compared, the week of 144 people with a tenth more contacts, a small history, two small weeks."""
    folder = tmp_path_factory.mktemp("sheets")
    runs = [small_run(), later_run()]
    made = compare(list(zip(("out/small-2026-11-30", "what-if/small-2026-11-30"), runs, strict=True)))
    (folder / "compare.html").write_text(compared(made, runs, "0.2.0"), encoding="utf-8")
    said = large.forecast.table
    came = said[["channel", "start"]].assign(volume=np.round(said["volume"] * 1.1), satisfaction=4.1, backlog=20.0)
    record = watch([("demo-2026-11-30", large)], came, "actuals.csv")
    (folder / "monitor.html").write_text(monitored(record, "0.2.0"), encoding="utf-8")
    (folder / "check.html").write_text(small_page(), encoding="utf-8")
    (folder / "weeks.html").write_text(together(overview_of(small_weeks(2)), "0.2.0"), encoding="utf-8")
    return folder


@pytest.fixture
def opened(browser, sheets):
    """Open one of them, with all it says and asks for."""
    contexts = []

    def go(name, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page, heard = context.new_page(), []
        page.on("console", lambda message: heard.append(message.text))
        page.on("request", lambda request: heard.append(request.url))
        page.goto((sheets / f"{name}.html").as_uri())
        return page, [each for each in heard if each != page.url]

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", ["compare", "monitor", "check", "weeks"])
@pytest.mark.parametrize("width", [360, 1280])
def test_silent_alone_and_never_sideways(opened, name, width):
    """No message, no request, no scrolling sideways, from a telephone to a desk."""
    page, heard = opened(name, viewport={"width": width, "height": 740})
    assert heard == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["compare", "monitor", "check", "weeks"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened, name, scheme):
    """The rules of WCAG 2.1 A and AA, in both colour schemes."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page, _ = opened(name, color_scheme=scheme)
    only = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
    answer = axe.Axe().run(page, options={"runOnly": only, "resultTypes": ["violations"]}).response
    serious = [
        (each["id"], each["nodes"][0]["html"][:120])
        for each in answer["violations"]
        if each["impact"] in {"serious", "critical"}
    ]
    assert serious == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_days_of_a_heat_map_differ_without_colour(opened, scheme):
    """In shades of grey, few contacts and many, none, closed and missing still look different."""
    page, _ = opened("check", color_scheme=scheme)
    looks = ["zero", "closed", "missing", "level0", "level5"]
    painted = {look: paint(page, look) for look in looks}
    assert len(set(painted.values())) == len(looks)
    light = [lightness(painted[look][0]) for look in ("level0", "level5")]
    assert abs(light[0] - light[1]) > 0.25


def paint(page, look):
    """Fill and outline of a cell of that look, drawn for the test."""
    return tuple(
        page.evaluate(
            """look => {
                const cell = document.createElementNS("http://www.w3.org/2000/svg", "path");
                cell.setAttribute("class", look);
                const style = getComputedStyle(document.querySelector(".map svg").appendChild(cell));
                return [style.fill, style.stroke];
            }""",
            look,
        )
    )


def lightness(colour):
    """Lightness of a colour, 0 black to 1 white."""
    red, green, blue = (int(number) for number in re.findall(r"\d+", colour)[:3])
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_busier_day_is_always_further_from_the_page(opened, scheme):
    """The colours run one way: from near the background to far from it, in both schemes."""
    page, _ = opened("check", color_scheme=scheme)
    steps = [lightness(paint(page, f"level{level}")[0]) for level in range(6)]
    assert steps == sorted(steps, reverse=scheme == "light")
    assert min(abs(one - after) for one, after in pairwise(steps)) > 0.05
