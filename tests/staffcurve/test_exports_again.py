"""A run folder keeps what its exports need: ``staffcurve report`` writes the same files again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from reports.run import Provenance
from staffcurve.cli.console import Console
from staffcurve.run_folder.read import read_run
from staffcurve.stages import publish, report_again
from tests.reports.export_runs import export_run

EXPORTS = ["teams-shifts", "genesys-schedule", "genesys-forecast", "ukg", "frappe-hr", "payroll-pivot", "adp"]
QUIET = Console(quiet=True, debug=False, as_json=False)


def test_exports_are_written_again_with_the_same_bytes(tmp_path: Path) -> None:
    """Ids of people, names like formulas, codes and settings come back from the folder."""
    run = export_run(EXPORTS)
    table = run.roster.table.assign(date=pd.to_datetime(run.roster.table["date"]))
    made = replace(run, roster=replace(run.roster, table=table), provenance=Provenance((), (), "3"))
    folder = publish(made, tmp_path, QUIET)
    before = {path: path.read_bytes() for path in (folder / "exports").rglob("*") if path.is_file()}
    assert len(before) == len(EXPORTS) + 1
    for path in before:
        path.unlink()
    report_again(read_run(folder), folder, ("csv",), QUIET)
    assert {path: path.read_bytes() for path in before} == before
