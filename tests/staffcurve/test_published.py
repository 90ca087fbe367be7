"""A week planned again after somebody fell ill, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
from typer.testing import CliRunner

from staffcurve.cli.app import app
from staffcurve.run_folder.read import read_run
from tests.staffcurve.conftest import LIGHT
from tests.staffcurve.sites import write_site


def test_a_run_keeps_near_the_published_one_and_says_what_it_changed(site_runs, tmp_path: Path) -> None:
    """Agent 002 falls ill all week: the sentence, the summary, the manifest and the roster agree on what changed."""
    config = write_site(tmp_path)
    leave = (tmp_path / "leave.csv").read_text(encoding="utf-8")
    (tmp_path / "leave.csv").write_text(leave + "002,2026-11-30,2026-12-07,ill\n", encoding="utf-8")
    words = ["run", config, "--published", site_runs[0], "--out", tmp_path / "out", "--json", *LIGHT]
    told = CliRunner().invoke(app, [str(word) for word in words])
    assert told.exit_code == 0, told.output
    answer = json.loads(told.stdout)
    changes = answer["summary"]["roster"]["changes"]
    before, after = (
        pd.read_csv(folder / "roster.csv", dtype=str) for folder in (site_runs[0], tmp_path / "out" / "site-2026-11-30")
    )
    cells = [set(zip(frame["agent"], frame["start"], frame["end"], strict=True)) for frame in (before, after)]
    lost = {cell for cell in cells[0] if cell[0] == "002"}
    assert changes["unavoidable"] == len(lost) > 0
    assert changes["cells"] == len(cells[0] ^ cells[1]) - len(lost)
    assert " from the published roster." in told.stderr
    run = read_run(tmp_path / "out" / "site-2026-11-30")
    assert run.roster.changes is not None
    assert run.roster.changes.cells == changes["cells"]
    assert run.roster.cost.changes == 25.0 * changes["cells"]
    manifest = json.loads((tmp_path / "out" / "site-2026-11-30" / "manifest.json").read_text(encoding="utf-8"))
    assert any(str(each["path"]).endswith("roster.csv") for each in manifest["inputs"])
