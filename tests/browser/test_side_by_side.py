"""The pages of `compare` and `monitor` in a real browser."""

from __future__ import annotations

import numpy as np
import pytest

from reports.comparison.compare import compare
from reports.comparison.page import page as compared
from reports.monitoring.monitor import watch
from reports.monitoring.page import page as monitored
from tests.reports.comparison.test_compare import later_run
from tests.reports.runs import small_run


@pytest.fixture(scope="module")
def sheets(tmp_path_factory, large):
    """A comparison of two small weeks, and the week of 144 people against a tenth more contacts than forecast."""
    folder = tmp_path_factory.mktemp("sheets")
    runs = [small_run(), later_run()]
    made = compare(list(zip(("out/small-2026-11-30", "what-if/small-2026-11-30"), runs, strict=True)))
    (folder / "compare.html").write_text(compared(made, runs, "0.2.0"), encoding="utf-8")
    said = large.forecast.table
    came = said[["channel", "start"]].assign(volume=np.round(said["volume"] * 1.1), satisfaction=4.1, backlog=20.0)
    record = watch([("demo-2026-11-30", large)], came, "actuals.csv")
    (folder / "monitor.html").write_text(monitored(record, "0.2.0"), encoding="utf-8")
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


@pytest.mark.parametrize("name", ["compare", "monitor"])
@pytest.mark.parametrize("width", [360, 1280])
def test_silent_alone_and_never_sideways(opened, name, width):
    """No message, no request, no scrolling sideways, from a telephone to a desk."""
    page, heard = opened(name, viewport={"width": width, "height": 740})
    assert heard == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["compare", "monitor"])
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
