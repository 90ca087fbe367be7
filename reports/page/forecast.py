"""The forecast of a channel with its band, and the last weeks of the history behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reports import formatting
from reports.metrics.recent import past_weeks
from reports.page import paths
from reports.page.plots import Layer, Plot, Readout, scale

if TYPE_CHECKING:
    from reports.metrics.channels import ChannelWeek
    from reports.run import Run


def forecast_plot(run: Run, channel: ChannelWeek, key: str) -> Plot:
    """Draw the expected contacts over those observed at the same hours of recent weeks."""
    volume, low, high = channel.series.volume, channel.series.low, channel.series.high
    past = past_weeks(run, channel.channel)
    axis = scale(volume, high, *(week.volume for week in past), counted=True)
    banded = bool(np.isfinite(low).any() and np.isfinite(high).any())
    layers = [Layer("band", paths.band(axis.y(low), axis.y(high)))] if banded else []
    for number, week in reversed(list(enumerate(past, start=1))):
        path = paths.dashes(axis.y(week.volume), np.isfinite(week.volume))
        layers.append(Layer(f"past past-{number}", path))
    readouts = [Readout("expected", volume, "expected", decimals=1)]
    if banded:
        readouts += [Readout("low", low, "band", decimals=1), Readout("high", high, "band", decimals=1)]
    readouts += [Readout(f"week of {formatting.day(week.first)[4:]}", week.volume, "past", decimals=1) for week in past]
    seen = "most recent week observed" if len(past) == 1 else f"{len(past)} most recent weeks observed"
    behind = [("past", seen)] if past else []
    what = "contacts expected by interval, with the 80% band" if banded else "contacts expected by interval"
    return Plot(
        key=f"{key}-forecast",
        title=formatting.title(channel.channel),
        unit="contacts",
        described=f"{formatting.title(channel.channel)}: {what}{', and recent weeks observed' if past else ''}.",
        layers=(*layers, Layer("expected", paths.step_line(axis.y(volume)))),
        ticks=axis.marks,
        legend=(("expected", "expected"), *([("band", "80% band (10% to 90%)")] if banded else []), *behind),
        readouts=tuple(readouts),
    )
