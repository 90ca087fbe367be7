"""Plan and actuals as tables: a row for each channel and week, and one for all weeks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from reports import formatting
from reports.document.listing import NOTHING, Cell, Listing, listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forecast.evaluation.drift import Drift
    from reports.monitoring.measures import Measured
    from reports.monitoring.monitor import Monitoring, Record

Row = list[Cell | str]


def volume_listing(made: Monitoring) -> Listing:
    """Contacts compared with their forecast."""
    rows = [[name, span, *_volume(one)] for name, span, one in _spans(made)]
    heads = ["channel", "<week of", "actual", "forecast", "bias", "error", "by day", "in 80% band", "in 95% band"]
    note = (
        "Bias above 0: the forecast was too high. Error: sum of absolute errors as a share of contacts, by interval "
        "and by day. In band: share of intervals."
    )
    return listing("Contacts", heads, rows, note)


def _volume(one: Measured) -> Row:
    return [
        formatting.number(one.came, 0),
        formatting.number(one.said, 0),
        _signed(one.bias),
        _percent(one.wape),
        _percent(one.wape_day),
        _percent(one.in_80),
        _percent(one.in_95),
    ]


def service_listing(made: Monitoring) -> Listing:
    """Handle time and service compared with the plan and the service target."""
    targets = {formatting.title(record.channel): record.target for record in made.records}
    rows = [[name, span, *_service(one, targets[name])] for name, span, one in _spans(made)]
    heads = ["channel", "<week of", "handle time", "forecast", "in time", "<how", "planned", "target", "abandoned"]
    note = (
        "In time: measured where the actuals have service_level, otherwise expected by formula from the people "
        "rostered and the actual contacts and handle times."
    )
    return listing("Handle time and service", heads, rows, note)


def _service(one: Measured, target: float) -> Row:
    missed = one.service is not None and one.service < target - 1e-9
    given = NOTHING if one.service is None else formatting.percent_down(one.service, aligned=True)
    return [
        _seconds(one.aht_s),
        _seconds(one.aht_said_s),
        Cell(given, "bad" if missed else "plain"),
        one.service_how or NOTHING,
        _percent(one.service_planned),
        formatting.percent(target),
        _percent(one.abandonment),
    ]


def further_listing(made: Monitoring) -> Listing | None:
    """Waits, replies, backlog, resolution and satisfaction; None where the actuals have none of them."""
    names = ("wait_s", "response_s", "backlog", "first_contact_resolution", "satisfaction")
    spans = [
        (name, span, one)
        for name, span, one in _spans(made)
        if any(getattr(one, measure) is not None for measure in names)
    ]
    if not spans:
        return None
    promised = {formatting.title(record.channel): record.response_s for record in made.records}
    rows = [
        [
            name,
            span,
            _seconds(one.wait_s),
            _seconds(one.wait_planned_s),
            _seconds(one.response_s),
            _seconds(promised[name]),
            NOTHING if one.backlog is None else formatting.number(one.backlog, 0),
            NOTHING if one.backlog_planned is None else formatting.number(one.backlog_planned, 0),
            _percent(one.first_contact_resolution),
            NOTHING if one.satisfaction is None else formatting.number(one.satisfaction, 2),
        ]
        for name, span, one in spans
    ]
    heads = [
        "channel", "<week of", "mean wait", "planned", "reply", "target", "backlog", "planned",
        "first-contact resolution", "satisfaction",
    ]  # fmt: skip
    return listing("Waits, replies, backlog, quality", heads, rows, "Backlog: mean number of open contacts.")


def drift_listing(made: Monitoring) -> Listing:
    """What the alarms are based on."""
    rows = []
    for record in made.records:
        for what, found in (("contacts", record.volume_drift), ("handle time", record.aht_drift)):
            if found is not None:
                rows.append(_drift(record, what, found))
        for band in record.bands:
            verdict = {"narrow": "too narrow", "wide": "wide", "right": "as stated"}[band.verdict]
            held = (
                f"{formatting.percent(band.share)} ({formatting.percent(band.low)} to {formatting.percent(band.high)})"
            )
            cell = Cell(verdict, "bad" if band.verdict == "narrow" else "plain")
            rows.append(
                [
                    formatting.title(record.channel),
                    f"{formatting.percent(band.nominal)} band",
                    NOTHING,
                    NOTHING,
                    held,
                    cell,
                ]
            )
    heads = ["channel", "<measure", "tracking signal", "largest sum", "coverage (99% interval)", "<result"]
    note = (
        "Largest sum: cumulative sum (CUSUM) of daily errors in standard deviations, slack 0.5, alarm above 5. Bands "
        "of small counts are always wide because counts are whole numbers; that is not an alarm."
    )
    return listing("Drift", heads, rows, note)


def _drift(record: Record, what: str, found: Drift) -> Row:
    largest = max(float(found.up.max()), float(-found.down.min()))
    verdict = Cell("drift", "bad") if found.alarm is not None else Cell("no drift")
    signal = formatting.fixed(found.signal)
    return [formatting.title(record.channel), what, signal, formatting.fixed(largest), NOTHING, verdict]


def _spans(made: Monitoring) -> Iterator[tuple[str, str, Measured]]:
    """The weeks of every channel, then all of them together where there are several."""
    for record in made.records:
        name = formatting.title(record.channel)
        for week in record.weeks:
            seen = f" ({formatting.count(week.measured.days, 'day')})" if week.measured.days < 7 else ""
            yield name, f"{formatting.day(week.first)} {week.first.year}{seen}", week.measured
        if len(record.weeks) > 1:
            yield name, f"all {len(record.weeks)} weeks", record.all


def _percent(share: float | None) -> str:
    return NOTHING if share is None else f"{formatting.fixed(share * 100)}%"


def _signed(share: float | None) -> str:
    if share is None:
        return NOTHING
    text = formatting.fixed(share * 100)
    return f"{'+' if not text.startswith('-') and text != '0.0' else ''}{text}%"


def _seconds(value: float | None) -> str:
    """Write a mean time: seconds up to ten minutes, then hours and minutes."""
    if value is None:
        return NOTHING
    if value < 600:
        return f"{formatting.number(value, 0 if value >= 10 else 1)} s"
    return formatting.duration(timedelta(minutes=round(value / 60)))
