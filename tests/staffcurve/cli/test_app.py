"""The command line: files written, words said, exit codes."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from configs.zones import RULES
from staffcurve.cli.app import app
from staffcurve.run_folder.read import read_run
from tests.conftest import ROOT
from tests.staffcurve.sites import write_site

FILES = {
    "manifest.json", "explanations.json", "forecast.csv", "requirement.csv", "roster.csv", "coverage.csv", "promise.csv", "promise_days.csv", "summary.json", "report.html", "staffing.xlsx", "run.log",
    "inputs/agents.csv", "inputs/leave.csv", "inputs/requests.csv",
}  # fmt: skip


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Result]:
    """A site, its run folder, and what `run --json` said."""
    folder = tmp_path_factory.mktemp("site")
    config = write_site(folder)
    result = call("run", config, "--out", folder / "out", "--json")
    assert result.exit_code == 0, result.output
    return config, folder / "out" / "site-2026-11-30", result


def contents(folder: Path) -> dict[str, str]:
    """Hash of each file below a folder, the two that hold seconds left out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.name not in {"manifest.json", "run.log"}
    }


def test_help_is_instant() -> None:
    """Neither pandas, statsmodels, scipy nor pulp are in memory after --help."""
    code = (
        "import sys\nfrom staffcurve.cli.app import app\n"
        "try: app(['--help'], standalone_mode=False)\nexcept SystemExit: pass\n"
        "heavy = {'pandas', 'statsmodels', 'scipy', 'pulp', 'numpy', 'pydantic', 'jinja2'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert told.returncode == 0, told.stderr


def test_importing_the_door_is_cheap_and_opens_every_room() -> None:
    """``from staffcurve import forecast, optimize, reports`` loads no pandas."""
    code = (
        "import sys\nfrom staffcurve import forecast, optimize, reports\n"
        "assert forecast.predict and optimize.staffing and optimize.roster and reports.week_of\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert told.returncode == 0, told.stderr
    quick = "import sys\nimport staffcurve\nsys.exit(', '.join({'pandas', 'scipy', 'pulp'} & set(sys.modules)) or 0)"
    assert subprocess.run([sys.executable, "-c", quick], cwd=ROOT, check=False).returncode == 0


def test_a_file_that_hides_a_room_is_told(tmp_path: Path) -> None:
    """A forecast.py beside the user's script is named, with what to do."""
    (tmp_path / "forecast.py").write_text("x = 1\n")
    code = f"import sys; sys.path.insert(1, {str(ROOT)!r})\nfrom staffcurve import forecast"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert "forecast was found in" in told.stderr
    assert "hides staffcurve's own" in told.stderr


def test_wrong_usage_is_exit_code_two() -> None:
    """Unknown commands and options, and missing arguments."""
    assert call("planify").exit_code == 2
    assert call("run").exit_code == 2
    assert call("run", "demo", "--nonsense").exit_code == 2


def test_run_writes_a_whole_folder(planned) -> None:
    """Every file of the run folder is there, and a calendar for everybody who works."""
    _, folder, _ = planned
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert names >= FILES
    assert any(name.startswith("calendars/") for name in names)
    assert not list(folder.parent.glob(".*"))


def test_manifest_says_how_good_the_roster_is(planned) -> None:
    """Status, cost, bound, gap, versions, hashes of inputs, seed, seconds per stage."""
    config, folder, _ = planned
    manifest = json.loads((folder / "manifest.json").read_text())
    proof = manifest["roster"]
    assert proof["bound"] <= proof["cost"]["total"]
    assert proof["bound_for"] == "any roster of a repeating week"
    assert proof["gap"] == pytest.approx((proof["cost"]["total"] - proof["bound"]) / proof["cost"]["total"], abs=1e-9)
    history = next(entry for entry in manifest["inputs"] if entry["path"] == "history.csv")
    assert history["sha256"] == hashlib.sha256((config.parent / "history.csv").read_bytes()).hexdigest()
    assert {"check", "forecast", "staff", "roster", "advice", "simulate", "report"} == set(manifest["seconds"])
    assert manifest["seed"] == 1
    assert manifest["time_zones"] == {"version": RULES.version, "source": RULES.source}
    assert read_run(folder).provenance.zones.version == RULES.version


def test_json_is_one_object_on_stdout(planned) -> None:
    """Talk goes to stderr, the object to stdout."""
    *_, result = planned
    told = json.loads(result.stdout)
    assert (told["schema_version"], told["command"], told["ok"]) == (1, "run", True)
    assert told["summary"]["channels"]["phone"]["service_level"] > 0.5


def test_a_run_answers_in_at_most_25_lines(planned) -> None:
    """Stages on one line, then channels, cost and gap, what needs attention, files, what to do next."""
    *_, result = planned
    lines = result.stderr.splitlines()
    assert len(lines) <= 25
    assert lines[1].startswith("  check ")
    assert "Channel" in lines[3]
    assert [line for line in lines if line.startswith(("Needs attention:", "Nothing needs attention."))]
    assert lines[-2].startswith("Written to ")
    assert lines[-1].startswith("Next: ")


def test_leave_and_ids_are_kept(planned) -> None:
    """001 stays text and does not work on the days of leave."""
    _, folder, _ = planned
    roster = pd.read_csv(folder / "roster.csv", dtype=str)
    assert set(roster["agent"]) <= {f"00{i}" for i in range(1, 7)}
    mine = roster[roster["agent"] == "001"]["date"].tolist()
    assert "2026-12-02" not in mine
    assert "2026-12-03" not in mine
    assert roster["start"].str.contains(r"T\d\d:\d\d:00\+00:00$").all()


def test_same_inputs_same_bytes(planned) -> None:
    """A second run differs in its seconds only."""
    config, folder, _ = planned
    again = config.parent / "again"
    assert call("run", config, "--out", again, "--quiet").exit_code == 0
    assert contents(again / folder.name) == contents(folder)


def test_report_makes_the_same_files_again(planned) -> None:
    """From the run folder alone, to the byte."""
    _, folder, _ = planned
    before = contents(folder)
    (folder / "report.html").unlink()
    assert call("report", folder).exit_code == 0
    assert contents(folder) == before


def test_stages_can_be_run_one_by_one_and_meet_the_whole(planned, tmp_path: Path) -> None:
    """forecast -> staff --forecast -> roster --requirement gives the roster of `run`."""
    config, folder, _ = planned
    assert call("forecast", config, "--out", tmp_path).exit_code == 0
    assert call("staff", config, "--forecast", tmp_path / "forecast.csv", "--out", tmp_path).exit_code == 0
    result = call("roster", config, "--requirement", tmp_path / "requirement.csv", "--out", tmp_path, "--json")
    assert result.exit_code == 0, result.output
    for name in ("forecast.csv", "requirement.csv", "roster.csv"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()
    assert json.loads(result.stdout)["gap"] >= 0


def test_a_requirement_of_three_columns_is_enough(planned, tmp_path: Path) -> None:
    """channel, start, agents, and work_h with due where work may wait."""
    config, folder, _ = planned
    need = pd.read_csv(folder / "requirement.csv", dtype=str)[["channel", "start", "agents", "work_h", "due"]]
    need.to_csv(tmp_path / "need.csv", index=False)
    assert call("roster", config, "--requirement", tmp_path / "need.csv", "--out", tmp_path).exit_code == 0


def test_check_computes_nothing(planned) -> None:
    """It says what is there and writes no file."""
    config, *_ = planned
    before = sorted(config.parent.rglob("*"))
    result = call("check", config)
    assert result.exit_code == 0
    assert "week of Monday 30 November 2026" in result.stdout
    assert json.loads(call("check", config, "--json").stdout)["people"] == 6
    assert sorted(config.parent.rglob("*")) == before


def test_check_says_how_many_rows_became_how_many_contacts(tmp_path: Path) -> None:
    """Per file, on screen and as JSON; what is used of the files is what the channels hold, to the contact."""
    config = write_site(tmp_path / "site")
    file = config.parent / "history.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines, lines[5], "fax,2026-11-02T09:00Z,11,"]) + "\n", encoding="utf-8")
    offered = sum(int(line.split(",")[2]) for line in lines[1:])
    twice = int(lines[5].split(",")[2])
    told = json.loads(call("check", config, "--json").stdout)
    assert told["files"] == [
        {
            "file": "history.csv",
            "rows": len(lines) + 1,
            "contacts": offered + twice + 11,
            "left_out": [
                {"why": "channel", "rows": 1, "contacts": 11},
                {"why": "repeated", "rows": 1, "contacts": twice},
            ],
            "used_rows": len(lines) - 1,
            "used_contacts": offered,
        }
    ]
    assert sum(channel["contacts"] for channel in told["channels"]) == offered
    assert f"1 rows repeated in every cell ({twice} contacts); used: {offered:,} contacts" in (
        " ".join(call("check", config).stdout.split())
    )


def test_check_tells_what_the_forecast_may_not_use(tmp_path: Path) -> None:
    """History in the planned week or after it is counted in a note."""
    config = write_site(tmp_path / "site")
    lines = (config.parent / "history.csv").read_text(encoding="utf-8").splitlines()[1:]
    later = [int(line.split(",")[2]) for line in lines if line.split(",")[1] >= "2026-11-23"]
    told = json.loads(call("check", config, "--json", "--set", "plan.week=2026-11-23").stdout)
    said = f"{len(later):,} intervals with {sum(later):,} contacts are in the planned week or after it"
    note = {"where": "history", "sentence": f"{said}; the forecast does not use them", "code": "note"}
    assert note in told["notes"]


def test_init_writes_a_site_that_checks_and_never_overwrites(tmp_path: Path) -> None:
    """The starter is complete; a second init leaves it alone."""
    assert call("init", tmp_path / "mine").exit_code == 0
    assert call("check", tmp_path / "mine" / "staffcurve.toml").exit_code == 0
    result = call("init", tmp_path / "mine")
    assert result.exit_code == 1
    assert "already exists and was not changed" in result.stderr


def test_doctor_finds_everything_working() -> None:
    """Solver, zones, holidays, shipped configs."""
    told = json.loads(call("doctor", "--json").stdout)
    assert told["ok"]
    assert {"solver", "pulp", "highspy"} <= {check["check"] for check in told["checks"]}
    assert told["time_zones"]["version"] == RULES.version
    (zones,) = [check["told"] for check in told["checks"] if check["check"] == "time zones"]
    assert str(RULES) in zones


def test_check_says_whose_clock_a_channel_has(tmp_path: Path) -> None:
    """A zone of its own is named, in the text and as JSON; one that is none is refused with the nearest."""
    config = write_site(tmp_path)
    own = ("--set", "channels.phone.timezone=America/New_York")
    assert "phone: days and opening hours are local times of America/New_York" in call("check", config, *own).stdout
    channels = json.loads(call("check", config, *own, "--json").stdout)["channels"]
    assert {row["channel"]: row["timezone"] for row in channels}["phone"] == "America/New_York"
    result = call("check", config, "--set", "channels.phone.timezone=America/NewYork")
    assert result.exit_code == 1
    assert (
        'channels.phone.timezone: "America/NewYork" is not a time zone; did you mean "America/New_York"?'
        in result.stderr
    )


# --- What goes wrong -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("history.csv", "", "history.csv: file is empty"),
        ("history.csv", "channel,start,volume\n", "history.csv: no data rows after the header"),
        (
            "history.csv",
            "channel,start,volum\nphone,2026-11-02T09:00,3\n",
            'has no column "volume"; did you mean "volum"?',
        ),
        (
            "agents.csv",
            "agent,name,contract,skills\n1,A,dya,phone;email\n",
            'has contract "dya", which is not in the config; did you mean "day"?',
        ),
        ("agents.csv", "agent,name,contract,skills\n1,A,day,phone\n", 'nobody has the skill "email"'),
        (
            "agents.csv",
            "agent,name,contract,skills\n1,A,day,phone;emial\n",
            'skill "emial", which is not a channel; did you mean "email"?',
        ),
        ("leave.csv", "agent,start,end,reason\n9,2026-12-01,2026-12-02,x\n", 'agent "9" is not among the agents'),
        (
            "requests.csv",
            "agent,date,shift,wish,weight\n001,2026-12-01,,perhaps,1\n",
            'is "perhaps"; it is "on" or "off"',
        ),
    ],
)
def test_bad_data_is_a_sentence_exit_code_one_and_nothing_written(
    tmp_path: Path, file: str, text: str, words: str
) -> None:
    """The run folder of last time is still there, untouched."""
    config = write_site(tmp_path)
    old = tmp_path / "out" / "site-2026-11-30"
    old.mkdir(parents=True)
    (old / "manifest.json").write_text("{}")
    (tmp_path / file).write_text(text, encoding="utf-8")
    result = call("run", config, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert [path.name for path in (tmp_path / "out").rglob("*")] == ["site-2026-11-30", "manifest.json"]


def test_a_missing_file_is_told_before_the_long_work(tmp_path: Path) -> None:
    """Every file is read before anything is computed."""
    config = write_site(tmp_path)
    (tmp_path / "agents.csv").unlink()
    result = call("run", config, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "agents.csv: no such file" in result.stderr
    assert "forecast" not in result.stderr


def test_out_that_is_a_file_is_told(tmp_path: Path) -> None:
    """Before the long work."""
    config = write_site(tmp_path)
    (tmp_path / "out").write_text("mine")
    result = call("run", config, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "is a file; --out names the folder to write into" in result.stderr
    assert (tmp_path / "out").read_text() == "mine"


def test_a_folder_that_is_no_run_folder_is_never_replaced(tmp_path: Path) -> None:
    """What stands where the run folder goes is the user's."""
    config = write_site(tmp_path)
    (tmp_path / "out" / "site-2026-11-30").mkdir(parents=True)
    (tmp_path / "out" / "site-2026-11-30" / "thesis.txt").write_text("years")
    result = call("run", config, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "already exists and is not a run folder" in result.stderr
    assert (tmp_path / "out" / "site-2026-11-30" / "thesis.txt").read_text() == "years"
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_a_failure_while_writing_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up while the report is written is a sentence; no folder, no half folder."""
    config = write_site(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "report.html")

    monkeypatch.setattr("staffcurve.run_folder.formats.write_reports", full)
    result = call("run", config, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_a_roster_that_fails_its_recount_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The verifier has the last word."""
    from configs.errors import Fault, VerificationError

    config = write_site(tmp_path)

    def differs(*_: object) -> None:
        raise VerificationError(Fault("roster: agent 001", "rests 9 hours"))

    monkeypatch.setattr("optimize.roster.planner.verify", differs)
    result = call("run", config, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "roster: agent 001: rests 9 hours" in result.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_an_interruption_is_exit_code_130(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C leaves nothing half written."""
    config = write_site(tmp_path)

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("staffcurve.stages.forecast", stop)
    result = call("run", config, "--out", tmp_path / "out")
    assert result.exit_code == 130
    assert list((tmp_path / "out").iterdir()) == []


def test_faults_are_json_too(tmp_path: Path) -> None:
    """With --json, a failure is an object with its faults."""
    result = call("check", tmp_path / "none.toml", "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert not told["ok"]
    assert told["faults"][0]["sentence"].startswith("no such file")


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    """For those who mend it."""
    result = call("check", tmp_path / "none.toml", "--debug")
    assert type(result.exception).__name__ == "ConfigError"


def test_strict_leaves_with_three_when_a_target_is_missed(tmp_path: Path) -> None:
    """One person cannot keep it."""
    config = write_site(tmp_path)
    (tmp_path / "agents.csv").write_text("agent,name,contract,skills\n001,A,day,phone;email\n", encoding="utf-8")
    (tmp_path / "requests.csv").write_text("agent,date,shift,wish,weight\n", encoding="utf-8")
    arguments = ("run", config, "--out", tmp_path / "out", "--quiet")
    assert call(*arguments).exit_code == 0
    refused = call(*arguments, "--strict", "--json")
    assert refused.exit_code == 3
    assert "--strict: Phone misses its service target" in refused.stderr
    assert json.loads(refused.stdout)["summary"]["missed"][0].startswith("Phone misses its service target")


def test_report_of_something_else_is_told(tmp_path: Path) -> None:
    """Only run folders have reports."""
    result = call("report", tmp_path)
    assert result.exit_code == 1
    assert "is not a run folder" in result.stderr


def test_a_broken_pipe_is_no_error(planned) -> None:
    """``staffcurve check ... | head -1`` ends quietly."""
    config, *_ = planned
    line = f"{sys.executable} -m staffcurve check {config} | head -1"
    told = subprocess.run(line, shell=True, capture_output=True, text=True, cwd=ROOT, check=False)
    assert "Traceback" not in told.stderr
