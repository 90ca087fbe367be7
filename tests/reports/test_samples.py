"""``reports/samples`` shows what the program writes today; ``make samples`` makes it again."""

from __future__ import annotations

import pytest

from reports import week_of
from reports.findings import findings
from tests.reports.sample import SAMPLES, sample_files, sample_run

PAGE = "report.html"
LOOSE = {PAGE, "summary.json", "weeks/weeks.html"}
"""Files to which others add all the time; what they hold is tested where they are made."""


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> dict[str, str]:
    """Files of the sample run as the program writes them now."""
    return sample_files(tmp_path_factory.mktemp("sample"))


def test_golden_samples_are_current(made, request) -> None:
    """Workbook cell by cell, calendars, tables and exports; with --refresh-golden they are written, page included."""
    if request.config.getoption("--refresh-golden"):
        for path in [path for path in SAMPLES.rglob("*") if path.is_file() and path.name != "README.md"]:
            path.unlink()
        for name, text in made.items():
            (SAMPLES / name).parent.mkdir(parents=True, exist_ok=True)
            (SAMPLES / name).write_text(text, encoding="utf-8", newline="\n")
    stand = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.is_file()} - {"README.md"}
    assert stand == set(made)
    old = [
        name
        for name in sorted(made)
        if name not in LOOSE and (SAMPLES / name).read_text(encoding="utf-8") != made[name]
    ]
    assert old == [], "make samples writes them again; read the diff"


def test_the_page_in_the_samples_tells_this_week() -> None:
    """Its looks may lag behind; what it says of cost, people and notes is what is found today."""
    page = (SAMPLES / PAGE).read_text(encoding="utf-8")
    week = week_of(sample_run())
    assert f"Week of {week.first.day} " in page
    for person in week.people:
        assert person.name in page
    assert len(findings(week)) > 3


def test_samples_hold_nothing_of_the_machine(made) -> None:
    """No path, no name of a folder: equal on every machine."""
    assert not any("/tmp/" in text or "/home/" in text for text in made.values())
