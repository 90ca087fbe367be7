"""The small run shown in ``reports/samples``, and its files as text that a diff can be read of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

from configs.loader import build
from configs.tables import ACCOUNTS
from reports.run import Run
from reports.tables import write_ordered
from reports.weeks.accounts_table import accounts_table
from reports.weeks.book import write
from reports.weeks.overview import overview_of
from reports.weeks.page import page
from staffcurve.run_folder.formats import write_reports
from tests.conftest import ROOT
from tests.reports.runs import FORMULA, SMALL, small_run
from tests.reports.weeks.made import in_a_row

if TYPE_CHECKING:
    import pandas as pd

SAMPLES = ROOT / "reports" / "samples"
EXPORTS = ["payroll", "segments", "genesys", "amazon-connect", "calabrio", "payroll-pivot"]
FORMATS = ("html", "xlsx", "csv", "ics")
NAMES = {"../E/5": "A005", "007": "A006", FORMULA: "Eve Elm", "Cara <Cedar>": "Cara Cedar"}
"""The small run of the tests has names that are hard to write; the sample has common ones."""
LONG = 12
"""Rows shown of a long table: the first of them."""


def sample_run() -> Run:
    """Three channels, six people, one night shift over midnight, half an hour short."""
    run = small_run()
    people = run.roster.people
    renamed = replace(
        run.roster,
        table=_named(run.roster.table).sort_values(["agent", "start"], kind="stable").reset_index(drop=True),
        people=replace(
            people, agents=_named(people.agents), leave=_named(people.leave), requests=_named(people.requests)
        ),
    )
    config = build(SMALL | {"plan": SMALL["plan"] | {"name": "sample"}, "reports": {"exports": EXPORTS}})
    return replace(run, config=config, roster=renamed, notes=())


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    texts = [column for column in ("agent", "name") if column in frame]
    return frame.assign(**{column: frame[column].replace(NAMES) for column in texts})


def sample_files(folder: Path) -> dict[str, str]:
    """Write every report of the sample run into `folder`, and return its files as text by name."""
    write_reports(sample_run(), folder, FORMATS)
    _write_weeks(folder / "weeks")
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".xlsx":
            found[f"{name}.txt"] = workbook_text(path)
        else:
            text = path.read_bytes().decode("utf-8")
            found[name] = shortened(text) if path.suffix == ".csv" else text.replace("\r\n", "\n")
    return found


def _write_weeks(folder: Path) -> None:
    """Write page, workbook and accounts of the sample week and the same week seven days later."""
    folder.mkdir()
    made = overview_of(in_a_row(sample_run(), 2))
    (folder / "weeks.html").write_text(page(made, made.runs[0].version), encoding="utf-8")
    write(made, folder / "weeks.xlsx")
    write_ordered(accounts_table(made), ACCOUNTS, folder / "accounts.csv", made.runs[0].horizon.timezone)


def shortened(text: str) -> str:
    """The beginning of a long table, and how many rows it has."""
    lines = text.splitlines()
    rest = [f"... {len(lines)} lines in all"] if len(lines) > 4 * LONG else []
    return "\n".join([*(lines[:LONG] if rest else lines), *rest]) + "\n"


def workbook_text(path: Path) -> str:
    """Every cell that is not empty: sheet, address, formula if there is one, value as it is shown."""
    values, formulas = (openpyxl.load_workbook(path, data_only=plain) for plain in (True, False))
    lines = []
    for sheet in values:
        lines.append(f"== {sheet.title}, {sheet.dimensions}, frozen {sheet.freeze_panes}")
        for row in sheet.iter_rows(max_row=min(sheet.max_row, 4 * LONG if sheet.max_row <= 8 * LONG else LONG)):
            for cell in row:
                if cell.value is not None:
                    formula = formulas[sheet.title][cell.coordinate]
                    told = f" {formula.value}" if formula.data_type == "f" else ""
                    lines.append(f"{cell.coordinate}{told} | {cell.value} | {cell.number_format}")
    return "\n".join(lines) + "\n"
