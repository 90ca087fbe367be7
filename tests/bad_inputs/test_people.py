"""Rows 40 to 50 of the list of bad inputs: rules of the roster, the files of people, and tables handed on."""

from __future__ import annotations

import json
import re
import time
from datetime import datetime, timedelta
from pathlib import Path

import icalendar
import openpyxl
import pandas as pd
import pytest

from configs.errors import DataError
from configs.loader import build
from optimize.roster.inputs.size import check_size
from tests.bad_inputs.site import call, planned, refused, words_of
from tests.reports.runs import SMALL
from tests.staffcurve.sites import CONFIG, write_site

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


def test_row_44_people_who_are_away_all_week_are_named(tmp_path: Path) -> None:
    """A roster without anybody says whom it lacks and why, and so does `check`; five days of leave are no such week."""
    away = "".join(f"00{number},2026-11-30,2026-12-07,x\n" for number in range(1, 7))
    files = {**agents(*SIX), "leave_csv": f"agent,start,end,reason\n{away}"}
    result = planned(tmp_path, *LIGHT, "--verbose", **files)
    words = "6 people are on leave all week and cannot be rostered: 001, 002, 003, 004, 005 and 1 more"
    assert result.exit_code == 0
    assert "Phone misses its service target" in words_of(result)
    assert "0 of 6 people work 0 shifts" in words_of(result)
    assert words in words_of(result)
    assert f"note: leave.csv: {words}" in words_of(call("check", tmp_path / "site.toml"))
    (tmp_path / "leave.csv").write_text("agent,start,end,reason\n001,2026-11-30,2026-12-04,x\n")
    assert "on leave all week" not in words_of(call("check", tmp_path / "site.toml"))


def test_row_44_a_wish_for_a_day_of_leave_is_named(tmp_path: Path) -> None:
    """A shift wished for on the second day of leave; the day after it is nobody's contradiction."""
    config = write_site(tmp_path)
    (tmp_path / "leave.csv").write_text("agent,start,end,reason\n003,2026-11-30,2026-12-01,holiday\n")
    wishes = "agent,date,shift,wish,weight\n003,2026-12-01,08:00,on,1\n003,2026-12-03,08:00,on,1\n"
    (tmp_path / "requests.csv").write_text(wishes)
    result = call("check", config)
    assert result.exit_code == 0
    words = "note: requests.csv: 1 wish is for a day of leave of the same person: 003 (Tue 01 Dec)"
    assert words in words_of(result)


def test_row_48_a_roster_that_is_too_large_is_refused_before_anything_is_built(tmp_path: Path) -> None:
    """Half a million people: the number, the limit and the way out, within a second, before the rows are made."""
    config = CONFIG.replace("days_per_week = 5", "days_per_week = 5\nagents = 500_000")
    for key in ("agents", "leave", "requests"):
        config = config.replace(f'{key} = "{key}.csv"\n', "")
    begun = time.process_time()
    result = planned(tmp_path, config=config)
    assert time.process_time() - begun < 3
    refused(
        result,
        tmp_path / "out",
        "contracts: 500,000 people with 17,500,000 possible shifts in the week are too many for one roster, which has up to "
        "200,000 people and 50,000,000 possible shifts; plan each site or team with a config of its own",
    )


def test_row_48_the_limits_are_exact() -> None:
    """200,000 people pass and one more does not; so do 50,000,000 shifts that could be given, of any contract."""
    contracts = {
        "one": {"days_per_week": 5, "shifts": [{"length": "8h", "start": "08:00"}], "cost_per_hour": 10},
        "many": {
            "days_per_week": 5,
            "shifts": [{"length": "8h", "start": "00:00-12:15", "step": "15min"}],
            "cost_per_hour": 10,
        },
    }
    config = build({**SMALL, "contracts": contracts})
    check_size(config, "agents.csv", {"one": 200_000})
    check_size(config, "agents.csv", {"many": 142_857, "one": 7})
    with pytest.raises(DataError, match=r"agents.csv: 200,001 people with 1,400,007 possible shifts in the week"):
        check_size(config, "agents.csv", {"one": 200_001})
    with pytest.raises(DataError, match=r"50,000,006 possible shifts .*, or allow fewer starts \(a longer step\)"):
        check_size(config, "agents.csv", {"many": 142_857, "one": 8})


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


NIGHTS = """
[plan]
name = "nights"
timezone = "Europe/London"
interval = "60min"
week = {week}
[history]
path = "history.csv"
[channels.phone]
kind = "synchronous"
open = {{ sat = "22:00-06:00" }}
aht = "4min"
[contracts.night]
agents = 4
days_per_week = 1
shifts = [ {{ length = "{length}", start = "22:00" }} ]
cost_per_hour = 10
[roster]
time_limit = "20s"
advice = 0
[forecast]
fast = true
[simulation]
replications = 0
[reports]
formats = ["csv", "ics"]
exports = ["payroll"]
"""


@pytest.mark.parametrize(
    ("week", "length", "end"),
    [
        ("2026-10-19", "9h", "2026-10-25T06:00:00+00:00"),
        ("2026-03-23", "7h", "2026-03-29T06:00:00+01:00"),
        ("2026-10-19", "8h", "2026-10-25T05:00:00+00:00"),
        ("2026-03-23", "8h", "2026-03-29T07:00:00+01:00"),
    ],
)
def test_row_46_a_shift_over_the_change_of_clocks_is_paid_by_elapsed_time(
    week: str, length: str, end: str, tmp_path: Path
) -> None:
    """From 22:00 to 06:00 are nine hours in October and seven in March; roster, payroll and calendar have the same ones."""
    hours = int(length[0])
    monday = pd.Timestamp(week, tz="Europe/London")
    begin = monday + pd.DateOffset(days=-51, hours=22)  # a Saturday evening
    starts = [begin + pd.DateOffset(weeks=back) + pd.Timedelta(hours=hour) for back in range(7) for hour in range(8)]
    rows = "".join(f"phone,{start.isoformat()},40\n" for start in starts)
    (tmp_path / "history.csv").write_text(f"channel,start,volume\n{rows}")
    (tmp_path / "nights.toml").write_text(NIGHTS.format(week=week, length=length))
    result = call("run", tmp_path / "nights.toml", "--out", tmp_path / "out")
    assert result.exit_code == 0, words_of(result)
    folder = tmp_path / "out" / f"nights-{week}"
    roster = pd.read_csv(folder / "roster.csv")
    saturday = roster[roster["end"].str[:10] == end[:10]]
    assert len(saturday)
    assert set(saturday["end"]) == {end}
    assert set(saturday["paid_h"]) == {hours}
    assert set(saturday["cost"]) == {hours * 10}
    pay = pd.read_csv(folder / "exports" / "payroll.csv")
    assert set(pay[pay["end"] == end]["hours"]) == {hours}
    agent = saturday["agent"].iloc[0]
    made = icalendar.Calendar.from_ical((folder / "calendars" / f"{agent}.ics").read_bytes())
    (event,) = made.walk("VEVENT")
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=hours)
    assert event["DTEND"].dt == datetime.fromisoformat(end)


@pytest.mark.parametrize("limit", ["0s", "1s"], ids=lambda text: f"row-49-{text}")
def test_a_time_limit_leaves_a_roster_with_gap_bound_and_status(limit: str, tmp_path: Path) -> None:
    """The shortest limit still gives a roster; manifest and screen say how far it is from the proven bound, and why."""
    result = planned(tmp_path, *LIGHT, "--set", f"roster.time_limit={limit}", "--gap", "0")
    assert result.exit_code == 0, words_of(result)
    proof = json.loads((tmp_path / "out" / "site-2026-11-30" / "manifest.json").read_text())["roster"]
    shown = re.search(r"Gap ([\d.]+)%: no roster .* costs less than £([\d,]+)", words_of(result))
    assert shown is not None
    assert float(shown[1]) / 100 == pytest.approx(proof["gap"], abs=5e-4)
    assert float(shown[2].replace(",", "")) == pytest.approx(proof["bound"], abs=0.5)
    assert proof["gap"] > 0
    assert proof["status"] in {"time limit", "no better found"}
    if proof["status"] == "time limit":
        assert "The search stopped at its time limit." in words_of(result)
        assert "time" in {hit["limit"] for hit in proof["limits_hit"]}


@pytest.mark.parametrize("value", ["-3", "nan", "inf", "1e400"], ids=lambda text: f"row-50-{text}")
def test_a_forecast_that_is_no_number_of_contacts_is_stopped(value: str, tmp_path: Path) -> None:
    """At the boundary, with its row; never cut to zero in silence."""
    config = write_site(tmp_path)
    (tmp_path / "fc.csv").write_text(f"channel,start,volume,aht_s\nphone,2026-11-30T09:00+00:00,{value},200\n")
    result = call("staff", config, "--forecast", tmp_path / "fc.csv", "--out", tmp_path / "out")
    refused(result, tmp_path / "out", "fc.csv row 2: volume is")
