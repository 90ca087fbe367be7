"""Rows 40 to 50 of the list of bad inputs: rules of the roster, the files of people, and tables handed on."""

from __future__ import annotations

import json
from pathlib import Path

import icalendar
import openpyxl
import pandas as pd
import pytest

from tests.bad_inputs.site import call, planned, refused, words_of
from tests.reports.runs import small_run
from tests.staffcurve.sites import write_site

HEAD = "agent,name,contract,skills"
SIX = [f"00{number},Agent {number},day,phone;email" for number in range(1, 7)]
NO_WISHES = {"leave_csv": "agent,start,end,reason\n", "requests_csv": "agent,date,shift,wish,weight\n"}
LIGHT = ("--set", "forecast.fast=true", "--set", "simulation.replications=0", "--set", 'reports.formats=["csv"]')


def agents(*rows: str, more: str = "") -> dict[str, str]:
    """Files of people: these rows, nobody on leave, no wishes."""
    return {"agents_csv": "\n".join([HEAD + more, *rows]) + "\n", **NO_WISHES}


def with_first(text: str, blank: str) -> list[str]:
    """The six with cells of further columns: those of the first, blanks for the rest."""
    return [SIX[0] + text, *(row + blank for row in SIX[1:])]


WRONG = {
    "row-42-none": (
        agents(*with_first(",0,0", ",,"), more=",hours_min,hours_max"),
        "agents.csv: agent 001: hours_max 0 is less than one shift; the shortest is 7.5",
    ),
    "row-42-200": (
        agents(*with_first(",200,200", ",,"), more=",hours_min,hours_max"),
        'agents.csv row 2: hours_min is 200 for agent "001"; it must be at most 168',
    ),
    "row-42-between": (
        agents(*with_first(",33,34", ",,"), more=",hours_min,hours_max"),
        "no shifts of contract day give between hours_min 33 and hours_max 34; the closest are 30 and 37.5",
    ),
    "row-43": (agents(*SIX, "001,Other,day,phone"), "agents.csv row 8: agent is 001; row 2 has the same agent; keep one"),
    "row-44-empty-hours": (
        agents(*with_first(",mon 08:00-08:00", ","), more=",available"),
        'agents.csv: agent 001, available: "08:00-08:00" is empty; write "00:00-24:00" for the whole day',
    ),
    "row-44-skill": (
        agents(*[row.replace("phone;email", "phone;emial") for row in SIX]),
        'agents.csv: agent 001 has skill "emial", which is not a channel; did you mean "email"?',
    ),
    "row-44-leave": (
        {**agents(*SIX), "leave_csv": "agent,start,end,reason\n001,2026-12-08,2026-12-01,x\n"},
        "leave.csv: leave of agent 001 ends before it starts",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_of_people_is_a_sentence(files: dict[str, str], words: str, tmp_path: Path) -> None:
    """It names the agent, the value and what would be right; nothing is written."""
    refused(planned(tmp_path, **files), tmp_path / "out", words)


def test_row_40_rules_that_clash_are_named_with_what_they_cost(tmp_path: Path) -> None:
    """Six days of work with a rest that needs a day between them: days are given up, named and explained; --strict is 3."""
    rules = ("--set", "contracts.day.rest=20h", "--set", "contracts.day.days_per_week=6", "--strict", "--verbose")
    result = planned(tmp_path, *rules, *LIGHT)
    assert result.exit_code == 3
    said = words_of(result)
    assert "contract day" in said
    assert "20h" in said
    assert (tmp_path / "out" / "site-2026-11-30" / "roster.csv").is_file()


def test_row_41_demand_above_all_hours_is_a_roster_with_its_shortage(tmp_path: Path) -> None:
    """Hours missing and when; exit code 0, with --strict 3."""
    result = planned(tmp_path, *LIGHT, **agents(SIX[0]))
    assert result.exit_code == 0
    assert "Phone is understaffed in" in words_of(result)
    assert "agent-hours in total; worst" in words_of(result)
    result = planned(tmp_path, *LIGHT, "--strict", **agents(SIX[0]))
    assert result.exit_code == 3


def test_row_43_ids_are_text(tmp_path: Path) -> None:
    """``007`` and ``7`` are two people, and the roster keeps the zeros."""
    result = planned(tmp_path, *LIGHT, **agents("007,Bo,day,phone;email", "7,Al,day,phone;email"))
    assert result.exit_code == 0, words_of(result)
    roster = pd.read_csv(tmp_path / "out" / "site-2026-11-30" / "roster.csv", dtype=str)
    assert set(roster["agent"]) == {"007", "7"}


def test_row_44_people_who_are_away_all_week_are_seen(tmp_path: Path) -> None:
    """A roster without anybody says whom it lacks."""
    away = "".join(f"00{number},2026-11-30,2026-12-07,x\n" for number in range(1, 7))
    files = {**agents(*SIX), "leave_csv": f"agent,start,end,reason\n{away}"}
    result = planned(tmp_path, *LIGHT, **files)
    assert result.exit_code == 0
    assert "Phone misses its service target" in words_of(result)
    assert "0 of 6 people work 0 shifts" in words_of(result)


HOSTILE = ['=HYPERLINK("http://x")', "+1", "@x", "-2+3", "\t=1", "<script>alert(1)</script>", "Ann\\;B\r\nBEGIN:VALARM"]


def test_row_45_names_are_text_everywhere(tmp_path: Path) -> None:
    """No live formula in the workbook, a quote before one in CSV (``+1`` is a number), no tag in the page, no property in a calendar."""
    rows = [f'00{number},"{name.replace(chr(34), chr(34) * 2)}",day,phone;email' for number, name in enumerate(HOSTILE)]
    result = planned(tmp_path, *LIGHT[:4], "--set", 'reports.formats=["html","xlsx","csv","ics"]', **agents(*rows))
    assert result.exit_code == 0, words_of(result)
    folder = tmp_path / "out" / "site-2026-11-30"
    cells = [
        cell for sheet in openpyxl.load_workbook(folder / "staffing.xlsx") for row in sheet.iter_rows() for cell in row
    ]
    live = [cell.value for cell in cells if cell.data_type == "f" and any(name in str(cell.value) for name in HOSTILE)]
    assert live == []
    assert not any(cell.hyperlink for cell in cells if cell.value in HOSTILE)
    for table in folder.rglob("*.csv"):
        frame = pd.read_csv(table, dtype=str, keep_default_na=False)
        if "name" in frame:
            assert not frame["name"].str.match(r"[=@\t\r]|[+-](?!1$)").any(), table
    assert "<script>alert" not in (folder / "report.html").read_text(encoding="utf-8")
    for file in (folder / "calendars").iterdir():
        made = icalendar.Calendar.from_ical(file.read_bytes())
        assert {part.name for part in made.walk()} <= {"VCALENDAR", "VEVENT"}


def test_row_46_a_shift_over_the_change_of_clocks_is_paid_by_elapsed_time(tmp_path: Path) -> None:
    """Sunday night in October has nine hours between 22:00 and 06:00, in March seven."""
    from datetime import date, timedelta

    from configs.horizon import Horizon

    for monday, hours in ((date(2026, 10, 19), 9), (date(2026, 3, 23), 7)):
        week = Horizon(monday, 7, 15, "Europe/London")
        assert week.moment(6, 6 * 60) - week.moment(5, 22 * 60) == timedelta(hours=hours)
    run = small_run(date(2026, 10, 19))
    assert run.horizon.size == 7 * 96 + 4


def test_row_49_a_time_limit_is_a_sentence_or_a_roster_with_its_gap(tmp_path: Path) -> None:
    """One second: what was found has its status in the manifest, and nothing found is said."""
    result = planned(tmp_path, *LIGHT, "--set", "roster.time_limit=1s", "--gap", "0")
    assert result.exit_code in {0, 1}, words_of(result)
    if result.exit_code:
        refused(result, tmp_path / "out", "time")
        return
    proof = json.loads((tmp_path / "out" / "site-2026-11-30" / "manifest.json").read_text())["roster"]
    assert proof["gap"] >= 0
    assert proof["status"] == "optimal" or proof["gap"] > 0


@pytest.mark.parametrize("value", ["-3", "nan", "inf", "1e400"], ids=lambda text: f"row-50-{text}")
def test_a_forecast_that_is_no_number_of_contacts_is_stopped(value: str, tmp_path: Path) -> None:
    """At the boundary, with its row; never cut to zero in silence."""
    config = write_site(tmp_path)
    (tmp_path / "fc.csv").write_text(f"channel,start,volume,aht_s\nphone,2026-11-30T09:00+00:00,{value},200\n")
    result = call("staff", config, "--forecast", tmp_path / "fc.csv", "--out", tmp_path / "out")
    refused(result, tmp_path / "out", "fc.csv row 2: volume is")
