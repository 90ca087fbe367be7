"""``genesys-schedule.json``: the roster for Genesys Cloud, body of the schedule import of its API.

Fields as in MyPureCloud/platform-client-sdk (``ImportScheduleUploadSchema``, ``BuImportAgentScheduleUploadSchema``,
``BuAgentScheduleShiftRequest``, ``BuAgentScheduleActivity``, ``BuFullDayTimeOffMarker``): UTC, whole minutes. The
activities of a shift follow one another from its begin to its end.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from reports.exports.files import write_text
from reports.exports.people import away, members_of
from reports.exports.segments import pieces_of

if TYPE_CHECKING:
    from pathlib import Path

    from optimize.roster.schedule.shift import Shift
    from reports.exports.people import Away
    from reports.run import Run

MINUTE = timedelta(minutes=1)


def write(run: Run, home: Path) -> list[Path]:
    """Write the file: everybody, people without shifts too, so that an old shift of theirs does not stay."""
    body = {
        "description": f"{run.config.plan.name}, week of {run.horizon.first.isoformat()}",
        "weekCount": 1,
        "published": run.config.reports.genesys.published,
        "agentSchedules": _schedules(run),
    }
    return [write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", home / "genesys-schedule.json")]


def _schedules(run: Run) -> list[dict[str, Any]]:
    """Schedule of each person: shifts, and days wholly on leave."""
    members = members_of(run, "genesys-schedule")
    shifts: dict[str, list[dict[str, Any]]] = {agent: [] for agent in members}
    for shift in run.roster.schedule.shifts:
        shifts[shift.agent].append(_shift(run, shift))
    markers: dict[str, list[dict[str, Any]]] = {agent: [] for agent in members}
    for span in away(run):
        markers[span.agent] += [_marker(run, span, day) for day in _whole_days(span)]
    return [
        {"userId": member.id, "shifts": shifts[agent], "fullDayTimeOffMarkers": markers[agent]}
        for agent, member in members.items()
    ]


def _shift(run: Run, shift: Shift) -> dict[str, Any]:
    codes = run.config.reports.genesys.activity_codes
    activities = [
        {**_span(first, last), "activityCodeId": codes[activity], "paid": paid}
        for first, last, activity, paid in pieces_of(run.config, shift)
    ]
    return {**_span(shift.start, shift.end), "activities": activities}


def _span(first: datetime, last: datetime) -> dict[str, Any]:
    return {"startDate": f"{first.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", "lengthMinutes": (last - first) // MINUTE}


def _marker(run: Run, span: Away, day: date) -> dict[str, Any]:
    code = run.config.reports.genesys.activity_codes["leave"]
    return {"businessUnitDate": day.isoformat(), "description": span.reason, "activityCodeId": code}


def _whole_days(span: Away) -> list[date]:
    """Local days that lie wholly inside a span of leave."""
    first = span.start.date() + timedelta(days=1 if span.start.time() != datetime.min.time() else 0)
    return [first + timedelta(days=n) for n in range(max(0, (span.end.date() - first).days))]
