"""Plan and actuals in sentences: the alarms first, then the error and service of each channel."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from forecast.evaluation.drift import CONFIDENCE, LIMIT
from reports import formatting
from reports.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forecast.evaluation.drift import Band, Drift
    from reports.monitoring.monitor import Monitoring, Record


def sentences(made: Monitoring) -> tuple[Finding, ...]:
    """Alarms of every channel first, then how each channel did."""
    alarms = [finding for record in made.records for finding in alarms_of(record)]
    return (
        *(alarms or [Finding("No alarms: no drift, and every service target is met.", "good")]),
        *map(_did, made.records),
    )


def alarms_of(record: Record) -> Iterator[Finding]:
    """Name each alarm of a channel, with its limit and what to do."""
    name = formatting.title(record.channel)
    if record.kept is False and record.all.service is not None:
        given, how = formatting.percent_down(record.all.service), _how(record)
        within = formatting.duration(timedelta(seconds=record.time_allowed_s))
        target = formatting.percent(record.target)
        yield Finding(
            f"{name} missed its service target: {given} in time ({how}), target {target} within {within}.", "bad"
        )
    if record.answered_in_step is False and record.all.response_s is not None and record.response_s is not None:
        took, promised = (
            formatting.duration(timedelta(seconds=round(s))) for s in (record.all.response_s, record.response_s)
        )
        yield Finding(f"{name} replied too slowly: {took} per message on average, target {promised}.", "bad")
    if record.volume_drift is not None and record.volume_drift.alarm is not None:
        yield Finding(
            _drifted(record, record.volume_drift, "more contacts have come", "fewer contacts have come"), "bad"
        )
    if record.aht_drift is not None and record.aht_drift.alarm is not None:
        yield Finding(
            _drifted(record, record.aht_drift, "contacts have taken longer", "contacts have been shorter"), "bad"
        )
    for band in record.bands:
        if band.verdict == "narrow":
            yield Finding(_narrow(name, band), "bad")


def _drifted(record: Record, found: Drift, more: str, less: str) -> str:
    """Name the day of the alarm, since when, the limit and the next step."""
    name = formatting.title(record.channel)
    days = [day for day, said in zip(record.days.dates, record.days.said, strict=True) if said > 0]
    at, since = found.alarm or 0, found.since or 0
    sums = found.up if found.above else -found.down
    return (
        f"{name}: since {formatting.day(days[since])} {more if found.above else less} than forecast. The sum of daily "
        f"errors passed {formatting.number(LIMIT)} standard deviations on {formatting.day(days[at])} "
        f"({formatting.number(float(sums[at]))}). "
        f"Update the history and forecast again, or enter the reason in calendar.adjustments."
    )


def _narrow(name: str, found: Band) -> str:
    held, said = formatting.percent(found.share), formatting.percent(found.nominal)
    span = f"{formatting.percent(found.low)} to {formatting.percent(found.high)}"
    return (
        f"{name}: the {said} band covered {held} of the intervals ({formatting.percent(CONFIDENCE)} interval {span}); "
        f"the forecast is less certain than its band."
    )


def _did(record: Record) -> Finding:
    """One sentence on a channel: contacts, bias, error and service."""
    name, all_ = formatting.title(record.channel), record.all
    if all_.wape is None or all_.bias is None:
        return Finding(f"{name}: no contacts in {formatting.count(all_.days, 'day')}.")
    share = formatting.percent(abs(all_.bias))
    side = "no bias" if share == "0%" else f"{share} too {'high' if all_.bias > 0 else 'low'}"
    sentence = (
        f"{name}: {formatting.number(all_.came, 0)} contacts in {formatting.count(all_.days, 'day')}, "
        f"{formatting.number(all_.said, 0)} forecast ({side}); "
        f"error {formatting.percent(all_.wape)} by interval, {formatting.percent(all_.wape_day or 0.0)} by day"
    )
    if all_.service is not None:
        target = formatting.percent(record.target)
        sentence += f"; {formatting.percent_down(all_.service)} in time ({_how(record)}), target {target}"
    return Finding(sentence + ".", "plain")


def _how(record: Record) -> str:
    return "measured" if record.all.service_how == "measured" else "expected by formula"
