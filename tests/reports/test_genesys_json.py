"""The bodies for the interfaces of Genesys Cloud, read by the fields of its public SDK."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from tests.reports.export_runs import export_run, files_of, shifts
from tests.reports.runs import MONDAY

SCHEDULE, FORECAST = "genesys-schedule.json", "genesys-forecast.json.gz"


def schedule(run) -> dict:
    return json.loads(files_of(run)[SCHEDULE].decode("utf-8"))


def span(made: dict) -> tuple[datetime, datetime]:
    """Begin and end: ISO 8601 in UTC, whole minutes."""
    assert type(made["lengthMinutes"]) is int
    start = datetime.strptime(made["startDate"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return start, start + timedelta(minutes=made["lengthMinutes"])


@pytest.mark.parametrize("first", [MONDAY, date(2026, 10, 24), date(2027, 3, 27)])
def test_the_schedule_is_the_roster_in_utc(first: date) -> None:
    """Every shift with its begin and end, nights and clock changes too; activities fill it without a gap."""
    run = export_run(["genesys-schedule"], first)
    body = schedule(run)
    assert set(body) == {"description", "weekCount", "published", "agentSchedules"}
    assert (body["weekCount"], body["published"]) == (1, False)
    users = dict(zip(run.roster.people.agents["genesys_id"], run.roster.people.agents["agent"], strict=True))
    found = sorted((users[who["userId"]], *span(made)) for who in body["agentSchedules"] for made in who["shifts"])
    assert found == [(row["agent"], row["start"], row["end"]) for row in shifts(run)]
    for made in (made for who in body["agentSchedules"] for made in who["shifts"]):
        assert set(made) == {"startDate", "lengthMinutes", "activities"}
        pieces = [span(activity) for activity in made["activities"]]
        assert [pieces[0][0], *(end for _, end in pieces)] == [*(begin for begin, _ in pieces), span(made)[1]]
        assert pieces[0][0] == span(made)[0]


def test_activities_have_the_codes_of_the_settings() -> None:
    """Ann on Monday: work, training, work, break, work; only the break is not paid."""
    ann = next(
        who for who in schedule(export_run(["genesys-schedule"]))["agentSchedules"] if who["userId"] == "0000-12"
    )
    pieces = [
        (piece["startDate"][11:16], piece["lengthMinutes"], piece["activityCodeId"], piece["paid"])
        for piece in ann["shifts"][0]["activities"]
    ]
    assert pieces == [
        ("08:00", 120, "0", True), ("10:00", 60, "2", True), ("11:00", 60, "0", True),
        ("12:00", 30, "1", False), ("12:30", 240, "0", True),
    ]  # fmt: skip


def test_people_without_shifts_are_there_and_whole_days_of_leave_are_markers() -> None:
    """Fay has an empty schedule; Dan seven markers by local date; half a day away is not a full day."""
    run = export_run(["genesys-schedule"])
    by_user = {who["userId"]: who for who in schedule(run)["agentSchedules"]}
    assert by_user["0000-7"] == {"userId": "0000-7", "shifts": [], "fullDayTimeOffMarkers": []}
    markers = by_user["0000-78"]["fullDayTimeOffMarkers"]
    assert [each["businessUnitDate"] for each in markers] == [f"{day:%Y-%m-%d}" for day in pd.date_range(MONDAY, periods=7)]  # fmt: skip
    assert {(each["activityCodeId"], each["description"]) for each in markers} == {("9", "holiday")}
    leave = run.roster.people.leave.assign(
        start=lambda table: table["start"] + pd.Timedelta("12h"), end=lambda table: table["start"] + pd.Timedelta("40h")
    )
    shorter = replace(run, roster=replace(run.roster, people=replace(run.roster.people, leave=leave)))
    by_user = {who["userId"]: who for who in schedule(shorter)["agentSchedules"]}
    assert [each["businessUnitDate"] for each in by_user["0000-78"]["fullDayTimeOffMarkers"]] == ["2026-12-01"]


@pytest.mark.parametrize(("first", "intervals"), [(MONDAY, 672), (date(2026, 10, 19), 676), (date(2027, 3, 22), 668)])
def test_the_forecast_is_eight_days_of_quarter_hours(first: date, intervals: int) -> None:
    """The week's own quarter hours, rounded to two decimals, then its first ones again: 768 in all."""
    run = export_run(["genesys-forecast"], first)
    body = json.loads(gzip.decompress(files_of(run)[FORECAST]))
    assert (body["weekCount"], body["canUseForScheduling"]) == (1, True)
    assert [group["planningGroupId"] for group in body["planningGroups"]] == ["pg-chat", "pg-phone"]
    for group, channel in zip(body["planningGroups"], ("chat", "phone"), strict=True):
        table = run.forecast.table[run.forecast.table["channel"] == channel].sort_values("start")
        assert len(table) == intervals
        for field, column in (("offeredPerInterval", "volume"), ("averageHandleTimeSecondsPerInterval", "aht_s")):
            values = group[field]
            assert len(values) == 768
            assert values[:intervals] == pytest.approx(table[column].tolist(), abs=0.005)
            assert values[intervals:] == values[: 768 - intervals]


def test_the_same_run_is_the_same_bytes_and_holds_no_time() -> None:
    """Bytes 4 to 8 of a gzip file are its time of writing: zero; another forecast is another file."""
    run = export_run(["genesys-forecast", "genesys-schedule"])
    made = files_of(run)
    assert made == files_of(run)
    assert made[FORECAST][4:8] == bytes(4)
    table = run.forecast.table.assign(volume=run.forecast.table["volume"] + 0.01)
    other = files_of(replace(run, forecast=replace(run.forecast, table=table)))
    assert other[FORECAST] != made[FORECAST]
    assert other[SCHEDULE] == made[SCHEDULE]
