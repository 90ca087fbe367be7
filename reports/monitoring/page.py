"""Plan and actuals as one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forecast.evaluation.drift import LIMIT
from reports import formatting
from reports.document.chart import Line, Span, chart
from reports.document.page import Section, Sheet, render
from reports.findings import Finding
from reports.monitoring.listings import drift_listing, further_listing, service_listing, volume_listing
from reports.monitoring.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reports.document.chart import Chart
    from reports.monitoring.monitor import Monitoring, Record

WEEK_DAYS = 7


def page(made: Monitoring, version: str) -> str:
    """Return the page."""
    days = sorted({day for record in made.records for day in record.days.dates})
    further = further_listing(made)
    sections = [
        Section("glance", "At a glance", sentences(made)),
        Section("contacts", "Contacts", (), (volume_listing(made),), tuple(map(_volume, made.records))),
        Section("service", "Service", (), (service_listing(made), *([further] if further else []))),
        Section("drift", "Drift", (), (drift_listing(made),), tuple(_drifts(made.records))),
    ]
    if made.notes:
        notes = tuple(Finding(str(note)) for note in made.notes)
        sections.append(Section("notes", "Notes", notes))
    return render(
        Sheet(
            eyebrow=f"{made.plan} · plan and actuals",
            title=f"{formatting.day(days[0])} to {formatting.day(days[-1])} {days[-1].year}",
            sub=f"{formatting.count(len(days), 'day')} · {made.timezone} · "
            f"{formatting.count(len(made.records), 'channel')}",
            sections=tuple(sections),
            footer=f"Made by staffcurve {version}. Days are local to {made.timezone}.",
        )
    )


def _volume(record: Record) -> Chart:
    days = record.days
    lines = [Line("forecast", "run0", days.said), Line("actual", "run1", days.came)]
    return chart(formatting.title(record.channel), "contacts a day", lines, _spans(days.dates))


def _drifts(records: Sequence[Record]) -> Iterator[Chart]:
    """Cumulative sums of every channel, contacts and handle time."""
    for record in records:
        open_days = np.array(record.days.said) > 0
        dates = [day for day, is_open in zip(record.days.dates, open_days, strict=True) if is_open]
        found = record.volume_drift
        if found is not None:
            lines = [Line("more than forecast", "run0", found.up), Line("fewer than forecast", "run1", found.down)]
            title = f"{formatting.title(record.channel)}, contacts"
            yield chart(title, "standard deviations", lines, _spans(dates), limits=(LIMIT, -LIMIT))


def _spans(dates: Sequence[date]) -> list[Span]:
    """Label each week by its first day seen; few days are labelled one by one."""
    if len(dates) <= WEEK_DAYS:
        return [Span(formatting.day(day), at, 1) for at, day in enumerate(dates)]
    weeks = [(day.isocalendar().year, day.isocalendar().week) for day in dates]
    edges = [at for at in range(len(weeks)) if at == 0 or weeks[at] != weeks[at - 1]]
    return [
        Span(formatting.day(dates[at]), at, after - at)
        for at, after in zip(edges, [*edges[1:], len(dates)], strict=True)
    ]
