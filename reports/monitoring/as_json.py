"""The record as plain values for other programs; what ``monitor --json`` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from configs.notes import plain_note
from forecast.evaluation.drift import LIMIT, SLACK
from reports.monitoring.sentences import alarms_of

if TYPE_CHECKING:
    from forecast.evaluation.drift import Band, Drift
    from reports.monitoring.measures import Measured
    from reports.monitoring.monitor import Days, Monitoring, Record


def plain(made: Monitoring) -> dict[str, Any]:
    """Return every channel's record; keys are added, never renamed or removed."""
    return {
        "plan": made.plan,
        "timezone": made.timezone,
        "slack": SLACK,
        "limit": LIMIT,
        "channels": {record.channel: _record(record) for record in made.records},
        "alarms": [
            {"channel": record.channel, "alarm": kind, "sentence": finding.sentence}
            for record in made.records
            for kind, finding in zip(_kinds(record), alarms_of(record), strict=True)
        ],
        "notes": [plain_note(note) for note in made.notes],
    }


def _kinds(record: Record) -> list[str]:
    """One kind for each sentence; two narrow bands are two sentences of one kind."""
    narrow = sum(1 for band in record.bands if band.verdict == "narrow")
    return [*(kind for kind in record.alarms if kind != "band"), *["band"] * narrow]


def _record(record: Record) -> dict[str, Any]:
    return {
        "kind": record.kind,
        "target": record.target,
        "kept": record.kept,
        "all": _measured(record.all),
        "weeks": [
            {"run": week.label, "week": week.first.isoformat(), **_measured(week.measured)} for week in record.weeks
        ],
        "days": _days(record.days),
        "volume_drift": _drift(record, record.volume_drift),
        "aht_drift": _drift(record, record.aht_drift),
        "bands": [_band(band) for band in record.bands],
    }


def _measured(one: Measured) -> dict[str, Any]:
    return {name: _rounded(value) for name, value in asdict(one).items()}


def _days(days: Days) -> list[dict[str, Any]]:
    columns = zip(days.dates, days.came, days.said, days.aht_s, days.aht_said_s, strict=True)
    names = ("came", "said", "aht_s", "aht_said_s")
    return [
        {"date": day.isoformat(), **{name: _rounded(value) for name, value in zip(names, values, strict=True)}}
        for day, *values in columns
    ]


def _drift(record: Record, found: Drift | None) -> dict[str, Any] | None:
    if found is None:
        return None
    days = [day.isoformat() for day, said in zip(record.days.dates, record.days.said, strict=True) if said > 0]
    return {
        "sigma": _rounded(found.sigma),
        "tracking_signal": _rounded(found.signal),
        "up": [_rounded(value) for value in found.up],
        "down": [_rounded(value) for value in found.down],
        "alarm": None if found.alarm is None else days[found.alarm],
        "since": None if found.since is None else days[found.since],
    }


def _band(band: Band) -> dict[str, Any]:
    return {name: _rounded(value) for name, value in asdict(band).items()} | {"verdict": band.verdict}


def _rounded(value: Any) -> Any:  # noqa: ANN401 - numbers are rounded, the rest is as it is
    if isinstance(value, float):
        return None if value != value else round(float(value), 6)  # noqa: PLR0124 - NaN
    return value
