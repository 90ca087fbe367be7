"""``staffcurve compare`` on run folders."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from typer.testing import CliRunner

from staffcurve.cli.app import app


def call(*arguments: object):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_two_weeks_side_by_side(site_runs, tmp_path: Path) -> None:
    """Tables on stdout, what was written on stderr, the page whole."""
    told = call("compare", *site_runs, "--out", tmp_path / "compare.html", "--changes")
    assert told.exit_code == 0, told.output
    for words in ("The week", "Channels", "People changed", "total (minimised)", "site-2026-12-07"):
        assert words in told.stdout
    assert "Written to" in told.stderr
    text = (tmp_path / "compare.html").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert text.rstrip().endswith("</html>")


def test_json_is_the_same_numbers(site_runs) -> None:
    """Cost and gap are those of the manifests."""
    told = json.loads(call("compare", *site_runs, "--json").stdout)
    assert told["command"] == "compare"
    for folder, run in zip(site_runs, told["runs"], strict=True):
        proof = json.loads((folder / "manifest.json").read_text())["roster"]
        assert run["cost"]["total"] == round(proof["cost"]["total"], 2)
        assert run["gap"] == round(proof["gap"], 6)
    assert told["people"][0]["cells_changed"] == len(told["people"][0]["changes"])


def test_a_run_that_gave_up_a_working_day_has_no_gap(site_runs, tmp_path: Path) -> None:
    """Its manifest is read back and written again as it was; the table and the JSON claim no gap."""
    from staffcurve.run_folder.manifest import manifest_of
    from staffcurve.run_folder.read import read_run

    folder = tmp_path / site_runs[0].name
    shutil.copytree(site_runs[0], folder)
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    kept = "any roster in which nobody gives up a working day"
    told["roster"] |= {
        "gap": None,
        "left_out": 1,
        "days_given_up": ["contract day on Wed 02 Dec"],
        "bound_for": kept,
        "assumes": ["kept"],
        "limits_hit": [{"search": "whole week", "limit": "nodes", "times": 2}],
    }
    (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    manifest_of(read_run(folder), {}, folder).write(folder / "manifest.json")
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["roster"] == told["roster"]
    said = call("compare", folder, site_runs[1], "--out", tmp_path / "compare.html")
    assert said.exit_code == 0, said.output
    line = next(line for line in said.stdout.splitlines() if "gap to the bound" in line)
    assert line.count("not comparable") == 1
    assert json.loads(call("compare", folder, site_runs[1], "--json").stdout)["runs"][0]["gap"] is None


def test_what_is_no_run_folder_is_told(site_runs, tmp_path: Path) -> None:
    """And one run alone, or twice, is too little."""
    assert "is not a run folder" in call("compare", site_runs[0], tmp_path).stderr
    assert "needs at least two runs" in call("compare", site_runs[0]).stderr
    assert "is named twice" in call("compare", site_runs[0], site_runs[0]).stderr
    assert call("compare").exit_code == 2
