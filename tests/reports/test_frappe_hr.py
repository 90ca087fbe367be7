"""The files for Frappe HR, read as its Data Import does: an assignment and its type are a shift again."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.reports.export_runs import export_run, files_of, shifts
from tests.reports.runs import MONDAY


def tables(run) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Types and assignments, by label."""
    made = files_of(run)
    return tuple(
        list(csv.DictReader(io.StringIO(made[f"frappe-hr/{name}.csv"].decode("utf-8"))))
        for name in ("shift-type", "shift-assignment")
    )


@pytest.mark.parametrize("first", [MONDAY, date(2026, 10, 24), date(2027, 3, 27)])
def test_types_and_assignments_are_the_roster(first: date) -> None:
    """A type that ends before it begins ends on the next day, as hrms computes it; each is there once."""
    run = export_run(["frappe-hr"], first)
    types, assignments = tables(run)
    assert (
        len({row["ID"] for row in types}) == len(types) == len({(row["Start Time"], row["End Time"]) for row in types})
    )
    by_id = {row["ID"]: row for row in types}
    assert {row["Shift Type"] for row in assignments} == set(by_id)
    found = []
    for row in assignments:
        assert (row["Company"], row["Status"], row["End Date"]) == ("Moss & Co", "Active", row["Start Date"])
        of_type = by_id[row["Shift Type"]]
        start, end = (
            datetime.strptime(f"{row['Start Date']} {of_type[key]}", "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - local
            for key in ("Start Time", "End Time")
        )
        found.append((row["Employee"], start, end + timedelta(days=1) if start > end else end))
    ids = dict(zip(run.roster.people.agents["agent"], run.roster.people.agents["employee_id"], strict=True))
    zone = ZoneInfo("Europe/London")
    assert sorted(found) == sorted(
        (ids[row["agent"]], *(row[end].tz_convert(zone).tz_localize(None).to_pydatetime() for end in ("start", "end")))
        for row in shifts(run)
    )


def test_the_types_of_a_week_by_hand() -> None:
    """Day, part-time and night: three types."""
    types, assignments = tables(export_run(["frappe-hr"]))
    assert [list(row.values()) for row in types] == [
        ["08:00-16:30", "08:00:00", "16:30:00"], ["09:00-13:00", "09:00:00", "13:00:00"],
        ["22:00-06:00", "22:00:00", "06:00:00"],
    ]  # fmt: skip
    assert len(assignments) == 14


def test_a_company_that_looks_like_a_formula_is_a_text() -> None:
    """A spreadsheet that opens the file shows it."""
    _, assignments = tables(export_run(["frappe-hr"], reports={"frappe_hr": {"company": "=1+1"}}))
    assert {row["Company"] for row in assignments} == {"'=1+1"}


def test_without_employee_ids_the_ids_of_agents_are_taken() -> None:
    """Nobody has one: the column of agents is what the HR system knows."""
    run = export_run(["frappe-hr"])
    agents = run.roster.people.agents.drop(columns="employee_id")
    _, assignments = tables(replace(run, roster=replace(run.roster, people=replace(run.roster.people, agents=agents))))
    assert {row["Employee"] for row in assignments} == {"A001", "A002", "A003", "../E/5"}
