"""A real browser for the pages; without one every test here is skipped with the reason."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from reports import week_of
from reports.page.report import render
from reports.run import Provenance
from tests.reports.replays import with_replay
from tests.reports.runs import large_run, small_run
from tests.reports.span_runs import span_run
from tests.reports.test_advice import ADVICE
from tests.reports.test_past import before
from tests.reports.test_why import ODD, PAST, PHONE, SHORT

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Every test of this folder needs the browser."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


def executable():
    """Path of a Chromium on this machine, or none; the variable CHROMIUM names another."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests of a worker."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install '.[test]'")
    path = executable()
    if path is None:
        pytest.skip("no Chromium is installed here: apt-get install chromium, or name one by CHROMIUM=path")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@dataclass
class Visit:
    """A page that was opened, with everything it said and asked for."""

    page: object
    address: str
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def large():
    """The week of 144 people."""
    return large_run()


def full_run():
    """The small week with everything a page can tell: replay, past weeks, advice, activities, why, provenance."""
    run = before(with_replay(small_run(), {"chat": 0.7}), 4)
    table = run.roster.table.assign(activities="")
    table.loc[table.index[0], "activities"] = "training 10:00-11:30"
    forecast = replace(run.forecast, explanations=(PHONE, SHORT), findings=(ODD,), past=(PAST,))
    made = Provenance((("history.csv", "0f" * 32), ("demo", None)), (("numpy", "2.4"),), "3.11")
    roster = replace(run.roster, table=table, advice=ADVICE)
    return replace(run, roster=roster, forecast=forecast, provenance=made)


@pytest.fixture(scope="session")
def files(tmp_path_factory, large):
    """The small week, that of 144 people, and one with targets over a day and a week, as pages on disk."""
    folder = tmp_path_factory.mktemp("pages")
    for name, run in (("small", full_run()), ("large", with_replay(large)), ("spans", span_run())):
        (folder / f"{name}.html").write_text(render(week_of(run)), encoding="utf-8")
    return folder


@pytest.fixture
def visit(browser, files):
    """Open a page: ``visit("large", "#day=...", width=360)``."""
    opened = []

    def go(name="large", fragment="", *, width=1280, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        opened.append(context)
        page = context.new_page()
        seen = Visit(page, (files / f"{name}.html").as_uri())
        page.on("console", lambda message: seen.messages.append(message.text))
        page.on("pageerror", lambda error: seen.messages.append(str(error)))
        page.on("request", lambda request: seen.requests.append(request.url))
        page.goto(seen.address + fragment)
        return seen

    yield go
    for context in opened:
        context.close()
