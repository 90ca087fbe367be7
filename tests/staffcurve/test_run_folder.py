"""The run folder: its documents keep their bytes, a newer version is refused, and nobody else knows its names."""

from __future__ import annotations

import ast
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from configs.errors import DataError
from configs.loader import changed
from configs.notes import Note
from configs.tables import COVERAGE, REQUIREMENT
from optimize.roster.inputs.people import read_people
from reports import week_of
from reports.run import Provenance
from reports.tables import write_ordered
from staffcurve import stages
from staffcurve.cli.app import app
from staffcurve.cli.console import Console
from staffcurve.run_folder import layout
from staffcurve.run_folder.document import Document, read_document
from staffcurve.run_folder.earlier_runs import read_published, read_waiting
from staffcurve.run_folder.explanations import Explanations
from staffcurve.run_folder.manifest import Manifest, manifest_of, read_manifest
from staffcurve.run_folder.provenance import provenance
from staffcurve.run_folder.published import PublishedEntries, read_entries, write_entries
from staffcurve.run_folder.read import read_run
from staffcurve.run_folder.summarise import summary_of
from staffcurve.run_folder.summary import Summary
from staffcurve.run_folder.write import add_replay
from tests.conftest import ROOT
from tests.optimize.roster import weeks
from tests.reports.runs import small_run
from tests.staffcurve.sites import write_site

OLD = ROOT / "tests" / "golden" / "run_folder"
"""Documents as version 0.1.0 wrote them, byte for byte; its calendars had no file of entries yet, that one is younger."""
DOCUMENTS = {
    layout.MANIFEST: Manifest,
    layout.SUMMARY: Summary,
    layout.PUBLISHED: PublishedEntries,
    layout.EXPLANATIONS: Explanations,
}


@pytest.mark.parametrize(("name", "model"), DOCUMENTS.items(), ids=DOCUMENTS)
def test_a_document_of_the_first_version_is_read_and_written_to_the_byte(name: str, model: type[Document]) -> None:
    """Every key, number and line of 0.1.0 comes back."""
    assert read_document(model, OLD / name).text() == (OLD / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "model"), DOCUMENTS.items(), ids=DOCUMENTS)
def test_a_newer_version_is_refused_in_a_sentence(tmp_path: Path, name: str, model: type[Document]) -> None:
    """The file, its version, the newest that can be read, and what to do."""
    found = json.loads((OLD / name).read_text(encoding="utf-8")) | {"schema_version": 2}
    (tmp_path / name).write_text(json.dumps(found), encoding="utf-8")
    words = rf"{re.escape(name)}: has schema_version 2; this staffcurve reads up to 1\. Update staffcurve"
    with pytest.raises(DataError, match=words):
        read_document(model, tmp_path / name)


def test_a_newer_manifest_is_refused_by_every_command_that_reads_a_run(site_runs, tmp_path: Path) -> None:
    """Exit code 1 and the sentence, and the folder stays as it is."""
    folder = tmp_path / "run"
    shutil.copytree(site_runs[0], folder)
    path = folder / layout.MANIFEST
    path.write_text(path.read_text(encoding="utf-8").replace('"schema_version": 1', '"schema_version": 9'))
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    config = write_site(tmp_path / "site")
    for words in (
        ("report", folder), ("simulate", folder), ("compare", folder, site_runs[1]),
        ("run", config, "--previous", folder, "--set", "plan.week=2026-12-07", "--out", tmp_path / "out"),
    ):  # fmt: skip
        result = CliRunner().invoke(app, [str(word) for word in words])
        assert result.exit_code == 1
        assert "has schema_version 9; this staffcurve reads up to 1" in " ".join(result.stderr.split())
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_keys_an_older_run_does_not_have_are_not_invented(tmp_path: Path) -> None:
    """An early manifest of version 1 is read, and written again without a key more."""
    early = json.loads((OLD / layout.MANIFEST).read_text(encoding="utf-8"))
    assert not {"left_out", "days_given_up", "bound_for"} & set(early["roster"])
    for key in ("interrupted", "shortfalls", "advice", "simulation", "config_folder"):
        del early[key]
    del early["roster"]["changes"]
    (tmp_path / layout.MANIFEST).write_text(json.dumps(early), encoding="utf-8")
    found = read_manifest(tmp_path)
    assert (found.interrupted, found.advice, found.simulation, found.roster.left_out) == (False, (), None, 0)
    assert json.loads(found.text()) == early


def test_a_key_this_version_does_not_know_is_kept(site_runs, tmp_path: Path) -> None:
    """``simulate`` writes the manifest again: what a later program added to it is still there, in its place."""
    folder = tmp_path / "run"
    shutil.copytree(site_runs[0], folder)
    path = folder / layout.MANIFEST
    before = json.loads(path.read_text(encoding="utf-8")) | {"approved_by": "planner"}
    before["roster"]["method"] = "exact"
    path.write_text(json.dumps(before), encoding="utf-8")
    run = read_run(folder)
    add_replay(stages.simulate(run, Console(quiet=True), 2, 7), folder, run.config.plan.timezone)
    after = json.loads(path.read_text(encoding="utf-8"))
    assert after["approved_by"] == "planner"
    assert after["roster"]["method"] == "exact"
    assert after["simulation"]["seed"] == 7
    assert {key: after[key] for key in before if key != "simulation"} == {
        key: before[key] for key in before if key != "simulation"
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "Expecting property name"),
        ("[]", "should be a valid dictionary"),
        ("{}", "schema_version: field required"),
        (lambda found: found | {"week": "Monday"}, "week: string should match"),
        (lambda found: found | {"roster": found["roster"] | {"gap": "wide"}}, "roster.gap"),
    ],
)
def test_a_damaged_manifest_names_the_file_and_the_key(tmp_path: Path, text, words: str) -> None:
    """No traceback, whatever is wrong with it."""
    if callable(text):
        text = json.dumps(text(json.loads((OLD / layout.MANIFEST).read_text(encoding="utf-8"))))
    (tmp_path / layout.MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=rf"manifest\.json: cannot be read .*{words}"):
        read_manifest(tmp_path)


def test_a_run_read_back_has_the_documents_it_was_written_with(site_runs) -> None:
    """Manifest and summary of `read_run` are the files in the folder, to the byte."""
    folder = site_runs[0]
    run = read_run(folder)
    kept = read_manifest(folder)
    assert manifest_of(run, kept.seconds, folder).text() == (folder / layout.MANIFEST).read_text(encoding="utf-8")
    assert summary_of(week_of(run)).text() == (folder / layout.SUMMARY).read_text(encoding="utf-8")


def test_the_roster_of_a_requirement_is_that_of_the_run(site_runs, tmp_path: Path) -> None:
    """``roster`` with the requirement of a run writes its roster.csv and coverage.csv, service included."""
    config = write_site(tmp_path)
    folder = site_runs[0]
    words = ["roster", config, "--requirement", folder / "requirement.csv", "--out", tmp_path / "out"]
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.stderr
    for name in ("roster.csv", "coverage.csv"):
        assert (tmp_path / "out" / name).read_bytes() == (folder / name).read_bytes()
    coverage = pd.read_csv(tmp_path / "out" / "coverage.csv")
    assert coverage[stages.SERVICE].notna().any().all()


STAGES = {
    "check": {"check"},
    "forecast": {"check", "forecast"},
    "staff": {"check", "forecast", "staff"},
    "roster": {"check", "forecast", "staff", "roster"},
    "run": {"check", "forecast", "staff", "roster", "simulate", "report"},
}


def counted(stage: Callable[..., object], called: set[str]) -> Callable[..., object]:
    """The same stage, which adds its name to `called`."""

    def run(*given: object, **named: object) -> object:
        called.add(stage.__name__)
        return stage(*given, **named)

    return run


@pytest.mark.parametrize("command", STAGES)
def test_run_and_the_command_of_a_stage_call_the_same_function(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each function of `staffcurve.stages` is counted while the command works."""
    called: set[str] = set()
    for name in STAGES["run"]:
        monkeypatch.setattr(stages, name, counted(getattr(stages, name), called))
    light = ["--set", "simulation.replications=2", "--set", "forecast.fast=true", "--set", "roster.gap=0.2"]
    out = [] if command == "check" else ["--out", str(tmp_path / "out")]
    result = CliRunner().invoke(app, [command, str(write_site(tmp_path)), *out, *light])
    assert result.exit_code == 0, result.stderr
    assert called == STAGES[command]


def test_report_and_simulate_call_their_stage(site_runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two commands that begin with a run folder."""
    folder = tmp_path / "run"
    shutil.copytree(site_runs[0], folder)
    for name, words in (("report", ("--format", "csv")), ("simulate", ("--replications", "2"))):
        called: set[str] = set()
        monkeypatch.setattr(stages, name, counted(getattr(stages, name), called))
        assert CliRunner().invoke(app, [name, str(folder), *words]).exit_code == 0
        assert called == {name}


FOLDERS = {layout.INPUTS, layout.EXPORTS, layout.CALENDARS}
NAMES = {value for key, value in vars(layout).items() if key.isupper() and isinstance(value, str)}
NAMES = {name for name in NAMES if "." in name}
TABLES = ("forecast", "requirement", "roster", "coverage", "simulation", "promise", "promise_days")
NAMES |= {f"{table}.csv" for table in TABLES}
NAMES |= {f"{table}.csv" for table in ("targets", "rounds", "corrections")}
PACKAGES = ("configs", "forecast", "optimize", "reports", "staffcurve")


def literals(tree: ast.AST) -> set[str]:
    """Texts of a module that are not docstrings, those inside f-strings included."""
    notes = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    notes |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes
    }


def folders(tree: ast.AST) -> set[str]:
    """Texts that are joined to a path with ``/``."""
    joined = [node.right for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)]
    return {node.value for node in joined if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_no_other_module_knows_a_name_of_the_run_folder() -> None:
    """A text that is a path names no file of it; sentences for people may."""
    assert {"manifest.json", "summary.json", "published.json", "report.html", "coverage.csv", "run.log"} <= NAMES
    found = []
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        if "run_folder" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        paths = {text for text in literals(tree) if not re.search(r"\s", text) and text.rpartition("/")[2] in NAMES}
        found += [f"{path.relative_to(ROOT)}: {text}" for text in sorted(paths | (folders(tree) & FOLDERS))]
    assert found == []


def test_a_roster_the_config_names_is_not_forgotten_in_silence(tmp_path: Path) -> None:
    """`read_people` opens no run folder: without the object that belongs to the path it plans nothing."""
    for key in ("previous", "published"):
        config = weeks.config_of(roster={key: str(tmp_path)})
        with pytest.raises(DataError, match=rf"roster\.{key}: is set, but no roster was passed on"):
            read_people(config)


def test_a_path_that_holds_no_roster_is_refused_in_words(tmp_path: Path) -> None:
    """The key and the path stand in the sentence."""
    config = weeks.config_of(roster={"published": str(tmp_path / "nowhere")})
    with pytest.raises(DataError, match=r"roster\.published = .*nowhere: is neither a run folder nor a roster table"):
        read_published(config)


def test_a_run_begins_with_the_work_its_previous_run_left(tmp_path: Path) -> None:
    """Two weeks through run folders: the second begins with the hours and deadlines the first ended with."""
    email = {"kind": "deferrable", "aht": "1h", "target": {"within": "3h"}, "open": "00:00-24:00"}
    config = weeks.config_of(channels={"email": email})
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, email=(np.zeros(168), 3))
    need.loc[166, ["work_h", "due"]] = [2.0, pd.Timestamp("2026-12-07 05:00", tz="UTC")]
    cover = pd.DataFrame({"channel": "email", "start": horizon.starts, "backlog_h": 2.0})
    for name in COVERAGE.names:
        cover[name] = cover.get(name, 0.0)
    write_ordered(need, REQUIREMENT, tmp_path / layout.table_file(REQUIREMENT), "UTC")
    write_ordered(cover, COVERAGE, tmp_path / layout.table_file(COVERAGE), "UTC")
    run = replace(small_run(), config=config, provenance=Provenance((), (), "3"))
    manifest_of(run, {}, tmp_path).write(tmp_path / layout.MANIFEST)
    waiting = read_waiting(weeks.config_of(channels={"email": email}, roster={"previous": str(tmp_path)}))
    assert waiting is not None
    assert waiting["work_h"].tolist() == [2.0]
    assert waiting["due"].tolist() == [pd.Timestamp("2026-12-07 05:00", tz="UTC")]


def test_entries_of_a_calendar_keep_their_moments(tmp_path: Path) -> None:
    """Read back, an entry is the same to the second, in UTC."""
    from reports.publication import publication

    entries = publication(small_run())
    write_entries(entries, tmp_path)
    assert read_entries(tmp_path) == entries
    assert {entry.start.utcoffset().total_seconds() for entry in read_entries(tmp_path)} == {0.0}


def test_a_password_in_a_url_is_not_in_the_run_folder(tmp_path: Path) -> None:
    """Config, inputs and notes of a manifest show the URL of a database without its password; the config keeps it."""
    url = "postgresql://planner:s3cret@db/calls"
    run = small_run()
    settings = {"history.path": url, "history.query": "SELECT * FROM calls", "roster.agents": "demo"}
    config = changed(run.config, settings)
    shown = "postgresql://planner:***@db/calls"
    run = replace(run, config=config, provenance=provenance(config, {shown: "ab" * 32}), notes=(Note(url, "is there"),))
    text = manifest_of(run, {}, tmp_path).text()
    assert "s3cret" not in text
    manifest = Manifest.model_validate_json(text)
    assert manifest.config["history"] == {**run.config.raw["history"], "path": shown, "query": "SELECT * FROM calls"}
    assert manifest.inputs is not None
    assert (manifest.inputs[0].path, manifest.inputs[0].sha256) == (shown, "ab" * 32)
    assert manifest.notes[0].where == shown
    assert config.history.path == url


def test_a_database_that_was_not_read_has_no_hash(tmp_path: Path) -> None:
    """A URL is not a file: it is never opened to be hashed."""
    config = changed(small_run().config, {"history.path": "sqlite:///calls.db", "roster.agents": "demo"})
    assert provenance(config).inputs[0] == ("sqlite:///calls.db", None)
    assert not (config.folder / "sqlite:").exists()
