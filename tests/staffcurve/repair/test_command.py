"""``staffcurve roster --published RUN --absent ...`` on a small site: files, JSON, words and exit codes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from configs.errors import Fault
from optimize.roster.repair import repairing
from staffcurve.cli.app import app
from tests.staffcurve.sites import write_site


def repaired(run: Path, folder: Path, *more: str) -> Result:
    config = write_site(folder)
    words = ["roster", config, "--published", run, "--out", folder, *more]
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_repair_writes_its_tables_and_says_the_same_in_json(site_runs, tmp_path: Path) -> None:
    """Agent 002 is absent all week: roster, alternatives and open shifts agree with the object on stdout."""
    made = repaired(site_runs[0], tmp_path, "--absent", "002:2026-11-30:2026-12-06", "--json")
    assert made.exit_code == 0, made.output
    answer = json.loads(made.stdout)
    assert [each["alternative"] for each in answer["alternatives"]] == ["open", "fewest", "balanced"]
    assert answer["chosen"] == "fewest"
    table = pd.read_csv(tmp_path / "alternatives.csv").set_index("alternative")
    before, after = (
        pd.read_csv(folder / "roster.csv", dtype=str)[["agent", "start", "end"]] for folder in (site_runs[0], tmp_path)
    )
    cells = [set(map(tuple, frame.to_numpy())) for frame in (before, after)]
    lost = {cell for cell in cells[0] if cell[0] == "002"}
    fewest = answer["alternatives"][1]
    assert fewest["changes"]["cells"] == len((cells[0] - lost) ^ cells[1]) == table.loc["fewest", "changes"]
    assert fewest["changes"]["unavoidable"] == len(lost) == len(answer["open_shifts"]) > 0
    offers = pd.read_csv(tmp_path / "open_shifts.csv", dtype=str)
    assert set(offers["absent"]) == {"002"}
    assert set(offers["start"]) == {start for _, start, _ in lost}
    assert (tmp_path / "coverage.csv").is_file()


def test_a_repair_prints_its_alternatives_and_open_shifts(site_runs, tmp_path: Path) -> None:
    """People read tables and two sentences; the roster written may be another alternative."""
    made = repaired(site_runs[0], tmp_path, "--absent", "002:2026-12-01", "--alternative", "open", "--locked", "all")
    assert made.exit_code == 0, made.output
    for words in ("Repairs", "fewest changes", "Open shifts", "Who may take it"):
        assert words in made.stdout
    before, after = (len(pd.read_csv(folder / "roster.csv")) for folder in (site_runs[0], tmp_path))
    assert before - 1 <= after <= before


def test_an_alternative_left_out_is_named_and_the_others_are_shown(
    site_runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fewest changes fail their recount: asked for, nothing is written; another one is, and says what is missing."""
    real = repairing.judge

    def judge(config, horizon, requirement, before, schedule, people):
        judged = real(config, horizon, requirement, before, schedule, people)
        changed = not set(schedule.shifts) <= set(before.schedule.shifts)
        more = (Fault("roster: agent 003", "works too much"),) if changed else ()
        return replace(judged, broken=(*judged.broken, *more))

    monkeypatch.setattr(repairing, "judge", judge)
    absent = ("--absent", "002:2026-11-30:2026-12-06")
    refused = repaired(site_runs[0], tmp_path, *absent)
    assert refused.exit_code == 1
    assert "--alternative fewest: is left out, because its recount found a fault" in " ".join(refused.stderr.split())
    assert "agent 003 works too much" in " ".join(refused.stderr.split())
    assert not (tmp_path / "roster.csv").exists()
    shown = repaired(site_runs[0], tmp_path, *absent, "--alternative", "open")
    assert shown.exit_code == 0, shown.output
    assert "agent 003 works too much" in " ".join(shown.stdout.split())
    assert pd.read_csv(tmp_path / "alternatives.csv")["alternative"].tolist() == ["open"]


def test_questions_that_cannot_be_answered_end_with_a_sentence(site_runs, tmp_path: Path) -> None:
    """Usage is exit code 2, wrong values are exit code 1; nothing is written."""
    cases = [
        (("--absent", "zz:2026-12-01"), 1, 'agent "zz" is not among the agents'),
        (("--absent", "002:2027-12-01"), 1, "is outside the week"),
        (("--absent", "002"), 1, "is not an absence"),
        (("--locked", "002"), 2, "say who is absent"),
        (("--absent", "002:2026-12-01", "--alternative", "best"), 2, "is not one of open, fewest, balanced, cheapest"),
    ]
    for more, code, words in cases:
        made = repaired(site_runs[0], tmp_path, *more)
        assert made.exit_code == code, made.output
        assert words in " ".join(made.stderr.split())
    assert not (tmp_path / "roster.csv").exists()


def test_a_repair_needs_a_published_run_folder(site_runs, tmp_path: Path) -> None:
    """Without --published there is nothing to repair, and a roster table alone has no requirement."""
    config = write_site(tmp_path)
    alone = CliRunner().invoke(app, ["roster", str(config), "--absent", "002:2026-12-01"])
    assert alone.exit_code == 2
    assert "--published RUN" in alone.stderr
    table = repaired(site_runs[0] / "roster.csv", tmp_path, "--absent", "002:2026-12-01")
    assert table.exit_code == 1
    assert "a repair starts from a run folder" in " ".join(table.stderr.split())
