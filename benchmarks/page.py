"""How large the report page is and how fast a real Chromium opens it: ``python benchmarks/page.py [RUN]``.

RUN is a run folder; without one the demo is planned first (some twenty seconds). The week of two thousand is the same
roster many times over, under other names: the size of a page depends on the number of people only. Times are
medians of five openings from disk in a fresh context: until the first paint, until the page has loaded and its script
has run, and of a click on a day, a choice of a team and a letter of a name until the page is painted again.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from reports.run import Run

sys.path[0] = str(Path(__file__).resolve().parent.parent)  # benchmarks/forecast.py is not the room of that name

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
TIMES = 5
LIMITS = {140: (1_500_000, 1.0), 2100: (10_000_000, 3.0)}
"""Bytes and seconds promised for each number of people."""
STEP = """(what) => new Promise((done) => {
  const begin = performance.now();
  if (what === "zoom") document.querySelectorAll("#zoom button")[3].click();
  if (what === "team") { const one = document.querySelector("select[name=skill]"); one.value = "phone"; one.dispatchEvent(new Event("input", { bubbles: true })); }
  if (what === "find") { const one = document.querySelector("input[name=find]"); one.value = "a"; one.dispatchEvent(new Event("input", { bubbles: true })); }
  requestAnimationFrame(() => setTimeout(() => done((performance.now() - begin) / 1000)));
})"""


@dataclass(frozen=True)
class Opened:
    """One opening: seconds until the first paint, until loaded, and of three steps."""

    paint: float
    load: float
    zoom: float
    team: float
    find: float


def main() -> int:
    """Measure both pages; 1 when a promise is not kept."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        print("no Chromium found; name one by CHROMIUM=path")
        return 1
    run = planned(sys.argv[1] if len(sys.argv) > 1 else None)
    print(
        f"{'people':>7} {'channels':>8} {'MB':>6} {'paint s':>8} {'load s':>7} {'zoom s':>7} {'filter s':>8} {'find s':>7}"
    )
    kept = True
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for times in (1, 15):
            kept &= told(browser, grown(run, times), Path(folder) / f"{times}.html")
        browser.close()
    return 0 if kept else 1


def planned(folder: str | None) -> Run:
    """The run of a folder, or the demo planned now."""
    from configs import loader
    from staffcurve.cli.console import Console
    from staffcurve.run_folder.read import read_run
    from staffcurve.stages import run_week

    return (
        read_run(Path(folder))
        if folder
        else run_week(loader.load("demo"), Console(quiet=True, debug=False, as_json=False))
    )


def grown(run: Run, times: int) -> Run:
    """The same week with every person, shift and contact `times` over."""
    import pandas as pd

    if times == 1:
        return run
    copies = range(1, times + 1)
    people = run.roster.people

    def again(frame: pd.DataFrame) -> pd.DataFrame:
        return pd.concat([frame.assign(agent=frame["agent"].astype(str) + f"-{n}") for n in copies], ignore_index=True)

    def more(frame: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
        return frame.assign(**{name: frame[name] * times for name in names if name in frame.columns})

    counted = ("required", "staffed", "shortage", "excess", "work_h", "done_h", "backlog_h")
    roster = replace(
        run.roster,
        table=again(run.roster.table),
        coverage=more(run.roster.coverage, counted),
        people=replace(people, agents=again(people.agents), leave=again(people.leave), requests=again(people.requests)),
    )
    volumes = ("volume", "q025", "q10", "q50", "q90", "q975")
    forecast = replace(run.forecast, table=more(run.forecast.table, volumes))
    recent = None if run.recent is None else more(run.recent, ("volume",))
    return replace(run, roster=roster, forecast=forecast, recent=recent)


def told(browser: Browser, run: Run, path: Path) -> bool:
    """Write the page, open it, print a line; whether its promise is kept."""
    from reports import week_of
    from reports.page.report import render

    path.write_text(render(week_of(run)), encoding="utf-8")
    seen = [opened(browser, path) for _ in range(TIMES)]
    paint, load, zoom, team, find = (
        median(getattr(one, name) for one in seen) for name in ("paint", "load", "zoom", "team", "find")
    )
    people, size = len(run.roster.people.agents), path.stat().st_size
    print(
        f"{people:>7,} {len(run.config.channels):>8} {size / 1e6:>6.2f} {paint:>8.2f} {load:>7.2f} {zoom:>7.2f}"
        f" {team:>8.2f} {find:>7.2f}"
    )
    most = LIMITS.get(people)
    return most is None or (size <= most[0] and load <= most[1])


def opened(browser: Browser, path: Path) -> Opened:
    """Open a page once and take the three steps."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    load = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd") / 1000
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000
    steps = [page.evaluate(STEP, what) for what in ("zoom", "team", "find")]
    context.close()
    return Opened(paint, load, *steps)


if __name__ == "__main__":
    raise SystemExit(main())
