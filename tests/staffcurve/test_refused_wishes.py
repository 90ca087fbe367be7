"""Wishes that are not granted in a run folder: written, read back, and shown on the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from configs.tables import REFUSED_WISHES
from optimize.roster.wish_facts import RefusedWish
from reports import week_of
from reports.page.report import render
from reports.page.wishes import wish_rows
from reports.run import Provenance, Run
from staffcurve import stages
from staffcurve.cli.console import Console
from staffcurve.run_folder.layout import table_file
from staffcurve.run_folder.read import read_run
from staffcurve.run_folder.wishes import wish_tables
from tests.reports.runs import small_run

REFUSED = (
    RefusedWish("007", date(2026, 11, 30), None, True, 1.0, "cover", 350.25, 340.0),
    RefusedWish("A001", date(2026, 12, 1), 390, True, 2.0, "no-roster", freed_by=(("days off", "rest"), ("runs",))),
    RefusedWish("A002", date(2026, 12, 2), 22 * 60, True, 1.0, "no-shift"),
    RefusedWish("A003", date(2026, 12, 3), None, False, 4.0, "not-found", -2.5, 0.0),
)


@pytest.fixture(scope="module")
def made() -> Run:
    """The small week, as if planned by name."""
    run = small_run()
    return replace(run, roster=replace(run.roster, refused=REFUSED), provenance=Provenance((), (), "3"))


def test_a_run_folder_keeps_them(made: Run, tmp_path: Path) -> None:
    """One row each, blank where there is no number; read back they are the same."""
    folder = stages.publish(made, tmp_path, Console(quiet=True))
    table = pd.read_csv(folder / table_file(REFUSED_WISHES), dtype=str, keep_default_na=False)
    assert table.loc[0].tolist() == ["007", "2026-11-30", "", "on", "1", "cover", "350.25", "340", ""]
    assert table.loc[1].tolist() == [
        "A001", "2026-12-01", "06:30", "on", "2", "no-roster", "", "", "days off with rest; runs",
    ]  # fmt: skip
    assert read_run(folder).roster.refused == REFUSED


def test_a_run_without_them_has_no_table(made: Run) -> None:
    assert wish_tables(replace(made, roster=replace(made.roster, refused=()))) == []


def test_the_page_says_why_next_to_each_refused_wish(made: Run) -> None:
    """Granted wishes have nothing there; without any reason there is no such column."""
    week = week_of(made)
    why = {(row.wish.agent, row.wish.granted): row.why for row in wish_rows(week)}
    assert why["007", False].startswith("would cost 350, of which 340 because the others do not cover it")
    assert why["A002", False] == "the contract has no such shift on that day"
    assert why["A003", True] == ""
    text = render(week)
    assert "Why not" in text
    assert "the contract has no such shift on that day" in text
    assert "Why not" not in render(week_of(small_run()))
