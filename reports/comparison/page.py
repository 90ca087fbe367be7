"""A comparison as one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reports import formatting
from reports.comparison.listings import (
    channel_listing,
    people_listing,
    person_listing,
    settings_listing,
    week_listing,
)
from reports.comparison.sentences import sentences
from reports.document.chart import Line, Span, chart
from reports.document.page import Section, Sheet, render
from reports.series import laid_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.comparison.compare import Comparison
    from reports.document.chart import Chart
    from reports.run import Run

COLOURS = 6
"""Lines that can be distinguished in one chart; further runs are in the tables only."""


def page(made: Comparison, runs: Sequence[Run], version: str) -> str:
    """Return the page of a comparison of `runs`, in the order they were compared."""
    first = made.runs[0]
    sections = [
        Section("glance", "At a glance", sentences(made), (week_listing(made),)),
        Section("channels", "Channels", (), (channel_listing(made),), tuple(_charts(made, runs))),
        Section(
            "people",
            "People changed",
            (),
            (people_listing(made),),
            (),
            tuple(person_listing(made, one) for one in made.people if one.changes or one.rested),
        ),
    ]
    if made.settings:
        sections.append(Section("settings", "Settings", (), (settings_listing(made),)))
    sheet = Sheet(
        eyebrow=f"{first.plan} · comparison",
        title=formatting.listed([run.label for run in made.runs]),
        sub=f"{len(made.runs)} runs · {runs[0].horizon.timezone} · compared with the first run",
        sections=tuple(sections),
        footer=f"Made by staffcurve {version}. Times are local times of {runs[0].horizon.timezone}.",
    )
    return render(sheet)


def _charts(made: Comparison, runs: Sequence[Run]) -> Iterator[Chart]:
    """People at work in every run, a chart for each channel; runs on another grid are left out."""
    horizon = runs[0].horizon
    alike = [
        (at, run)
        for at, run in enumerate(runs[:COLOURS])
        if run.horizon.size == horizon.size and run.horizon.interval_min == horizon.interval_min
    ]
    edges = np.searchsorted(horizon.day, np.arange(horizon.days + 1))
    spans = [
        Span(formatting.DAYS[horizon.date(day).weekday()], int(edges[day]), int(edges[day + 1] - edges[day]))
        for day in range(horizon.days)
    ]
    for name in made.channels:
        lines = [
            Line(
                made.runs[at].label,
                f"run{at}",
                np.nan_to_num(laid_out(run.roster.coverage, name, "staffed", run.horizon)),
            )
            for at, run in alike
            if name in run.config.channels
        ]
        if lines:
            yield chart(formatting.title(name), "agents at work", lines, spans)
