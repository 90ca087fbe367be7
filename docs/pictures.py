"""Pictures of the report for the docs: ``make pictures``, or ``python docs/pictures.py [RUN]``.

RUN is a run folder; without one the demo is planned first. Each picture is taken in a real Chromium, at the same size
every time, into ``docs/pictures/``. None may be larger than 150 kB.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = Path(__file__).resolve().parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
LARGEST = 150_000


@dataclass(frozen=True)
class Picture:
    """One picture: file name, state in the address, what stands at the top, size of the window, colours, pointer."""

    name: str
    fragment: str = ""
    top: str = ""
    width: int = 1280
    height: int = 860
    scheme: str = "light"
    point: tuple[str, float, float] | None = None


PICTURES = (
    Picture("report-glance", height=800),
    Picture("report-cover", top="#c0", height=760, point=('[data-plot="c0-cover"] .plot', 0.47, 0.4)),
    Picture("report-day", "#day={day}", "#c4", height=800, point=('[data-plot="c4-backlog"] .plot', 0.33, 0.5)),
    Picture("report-forecast", top="#forecast", height=640, point=('[data-plot="c0-forecast"] .plot', 0.21, 0.5)),
    Picture("report-roster", "#day={day}&skill=video", "#roster", height=640),
    Picture("report-dark", top="#glance", height=640, scheme="dark"),
    Picture("report-telephone", width=360, height=740),
)


def main() -> int:
    """Take every picture; 1 when one is too large."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        print("no Chromium found; name one by CHROMIUM=path")
        return 1
    (HERE / "pictures").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        report = (Path(sys.argv[1]) if len(sys.argv) > 1 else planned(folder)) / "report.html"
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        sizes = [taken(browser, report.resolve(), picture) for picture in PICTURES]
        browser.close()
    return int(max(sizes) > LARGEST)


def planned(folder: str) -> Path:
    """Plan the demo into a folder."""
    command = [sys.executable, "-m", "staffcurve", "demo", "--out", folder, "--quiet"]
    subprocess.run(command, check=True)
    return next(Path(folder).glob("demo-*"))


def taken(browser: Browser, report: Path, picture: Picture) -> int:
    """Take one picture and return its bytes."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(report.as_uri())
    if picture.fragment:
        day = page.locator("#zoom button").nth(2).get_attribute("data-day")
        page.goto(report.as_uri() + picture.fragment.format(day=day))
    if picture.top:
        page.evaluate("(what) => document.querySelector(what).scrollIntoView()", picture.top)
    if picture.point:
        pointed(page, *picture.point)
    path = HERE / "pictures" / f"{picture.name}.png"
    page.screenshot(path=path)
    context.close()
    print(f"{path.name:24} {path.stat().st_size / 1000:6.0f} kB")
    return path.stat().st_size


def pointed(page: Page, what: str, across: float, down: float) -> None:
    """Move the pointer over the visible part of a chart, once the scrolling before it is over."""
    page.wait_for_timeout(300)
    box = page.locator(what.replace(" .plot", " .scroll")).bounding_box() or {}
    page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
    page.wait_for_timeout(100)


if __name__ == "__main__":
    raise SystemExit(main())
