"""The door of the room: formats, files, bytes, and what it costs to import."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import reports
from configs.errors import ConfigError
from configs.files import read_table
from configs.tables import COVERAGE, FORECAST, REQUIREMENT, ROSTER
from staffcurve.run_folder.formats import write_reports

ALL = ("html", "xlsx", "csv", "ics")


def contents(folder):
    """Bytes of every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_every_format_is_written_and_told(run, tmp_path):
    """The paths handed back are the files in the folder, the summary always among them."""
    written = write_reports(run, tmp_path / "out", ALL)
    assert sorted(str(path.relative_to(tmp_path / "out")) for path in written) == sorted(contents(tmp_path / "out"))
    assert {path.name for path in written if path.parent.name == "out"} == {
        "report.html",
        "staffing.xlsx",
        "forecast.csv",
        "requirement.csv",
        "roster.csv",
        "coverage.csv",
        "published.json",
        "summary.json",
    }


def test_the_same_run_gives_the_same_bytes(run, tmp_path):
    """Nothing in any file depends on when, where or how fast it was made."""
    later = replace(run, roster=replace(run.roster, seconds=99.0))
    write_reports(run, tmp_path / "a", ALL)
    write_reports(later, tmp_path / "b", ALL)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_an_unknown_format_is_named_and_nothing_is_written(run, tmp_path):
    """All wrong formats are told at once, with the nearest right one."""
    with pytest.raises(ConfigError) as caught:
        write_reports(run, tmp_path / "out", ["csv", "htm", "pdf"])
    assert str(caught.value) == (
        'reports.formats: "htm" is not a format; choose from html, xlsx, csv, ics; did you mean "html"?\n'
        'reports.formats: "pdf" is not a format; choose from html, xlsx, csv, ics'
    )
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("table", [FORECAST, REQUIREMENT, ROSTER, COVERAGE], ids=lambda table: table.name)
def test_a_table_read_back_is_the_table_written(run, tmp_path, table):
    """Every column, in order of the key; a name that begins with "=" survives the way there and back."""
    write_reports(run, tmp_path, ["csv"])
    back = read_table(tmp_path / f"{table.name}.csv", table, zone="UTC").frame.reset_index(drop=True)
    source = {
        "forecast": run.forecast.table,
        "requirement": run.requirement.table,
        "roster": run.roster.table,
        "coverage": run.roster.coverage,
    }[table.name]
    wanted = source.sort_values(list(table.key)).reset_index(drop=True)
    assert list(back.columns) == [name for name in table.names if name in wanted.columns]
    for name in back.columns:
        if table.column(name).kind == "number":
            assert back[name].to_numpy() == pytest.approx(wanted[name].to_numpy(dtype=float), abs=1e-6, nan_ok=True)
        elif table.column(name).kind == "date":
            assert [day.date() for day in back[name]] == list(wanted[name])
        elif table.column(name).kind == "time":
            assert (back[name].isna() == wanted[name].isna()).all()
            assert (back[name] == wanted[name])[back[name].notna()].all()
        else:
            assert list(back[name]) == list(wanted[name])


def test_the_csv_files_bear_local_times_with_their_offset(run, tmp_path):
    """A planner reads local time; a program reads the offset."""
    write_reports(run, tmp_path, ["csv"])
    line = next(line for line in (tmp_path / "roster.csv").read_text().splitlines() if line.startswith("A001"))
    assert line == (
        "A001,Ann Ash,full-time,2026-11-30,2026-11-30T08:00:00+00:00,2026-11-30T16:30:00+00:00,12:00-12:30,8,120"
    )


def test_the_summary_holds_the_numbers_of_the_week(run, tmp_path):
    """Spot values by hand, and no NaN anywhere."""
    write_reports(run, tmp_path, [])
    told = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert told["schema_version"] == 1
    assert told["cost"] == {
        "payroll": 1386.0,
        "wages": 1296.0,
        "premiums": 90.0,
        "shortage": 45.0,
        "excess": 0.0,
        "late": 20.0,
        "changes": 0.0,
        "activities": 0.0,
        "total": 1451.0,
        "targets": 0.0,
    }
    assert told["people"]["not_needed"] == ["007"]
    assert told["channels"]["phone"]["short"] == [
        {"start": "2026-12-01T12:30:00+00:00", "end": "2026-12-01T13:00:00+00:00", "agent_h": 0.5, "most": 1.0}
    ]
    assert told["channels"]["email"]["work"]["late_h"] == 1.0
    assert told["channels"]["email"]["kept"] is False
    assert "seconds" not in json.dumps(told)


def test_a_week_in_which_nobody_works_is_still_reported(run, tmp_path):
    """No shifts, no coverage beyond zero: every writer copes."""
    empty = run.roster.table.iloc[:0]
    coverage = run.roster.coverage.assign(staffed=0.0, shortage=run.roster.coverage["required"], excess=0.0)
    people = replace(
        run.roster.people, leave=run.roster.people.leave.iloc[:0], requests=run.roster.people.requests.iloc[:0]
    )
    roster = replace(run.roster, table=empty, coverage=coverage, people=people)
    written = write_reports(replace(run, roster=roster, notes=()), tmp_path, ALL)
    assert all(path.stat().st_size for path in written)
    assert "0 of 6 people work 0 shifts." in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_importing_the_room_is_cheap():
    """The public names are there before pandas, jinja2 or xlsxwriter are loaded."""
    heavy = {"pandas", "jinja2", "xlsxwriter", "icalendar"}
    code = f"import sys, reports; dir(reports); print(sorted({heavy} & set(sys.modules)))"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_name_the_room_does_not_have_is_an_attribute_error():
    """Lazy names do not swallow mistakes."""
    with pytest.raises(AttributeError, match="no attribute 'wirte'"):
        _ = reports.wirte
