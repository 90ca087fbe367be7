"""The service level through the week: expected, simulated with its 95% interval, and the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reports import formatting
from reports.page import paths
from reports.page.plots import Layer, Plot, Readout, Scale, Tick

if TYPE_CHECKING:
    from configs.schema.targets import Span
    from reports.metrics.channels import ChannelWeek

WHOLE = Scale(1.0, tuple(Tick(f"{100 - top}%", f"{top}", paths.TOP * top // 100) for top in (100, 50, 0)))
"""The axis of every service level: 0 to 100 %."""
GOALS: dict[Span, str] = {"interval": "target", "day": "target of the day", "week": "target of the week"}
"""What the line of the target is called."""


def service_plot(channel: ChannelWeek, key: str) -> Plot:
    """Draw the service level of a live channel, interval by interval."""
    series = channel.series
    busy = np.nan_to_num(series.volume) > 0
    expected = np.where(busy, series.service_level, np.nan)
    seen, low, high = (
        np.where(busy, values, np.nan) for values in (series.replayed, series.replayed_low, series.replayed_high)
    )
    replayed = bool(np.isfinite(seen).any())
    goal = round(paths.TOP * (1 - channel.target))
    layers = [Layer("goal", f"M0 {goal}H{len(busy)}"), Layer("given", _line(expected))]
    legend = [("given", "expected"), ("goal", f"{GOALS[channel.over]}, {formatting.percent(channel.target)}")]
    readouts = [Readout("expected", expected, "given", share=True)]
    if replayed:
        layers = [Layer("reach", _spread(low, high)), *layers]
        legend = [legend[0], ("reach", "simulated, 95% interval"), legend[1]]
        readouts += [
            Readout("simulated", seen, "reach", share=True),
            Readout("interval from", low, "reach", share=True),
            Readout("interval to", high, "reach", share=True),
        ]
    name = formatting.title(channel.channel)
    return Plot(
        key=f"{key}-service",
        title="Service level",
        unit=f"contacts answered within {channel.time_allowed}",
        described=f"{name}: service level expected, simulated and target by interval; a table by day follows.",
        layers=tuple(layers),
        ticks=WHOLE.marks,
        legend=tuple(legend),
        readouts=tuple(readouts),
        look="low",
    )


def _line(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> str:
    return paths.broken_line(WHOLE.y(values), np.isfinite(values))


def _spread(
    low: np.ndarray[tuple[int], np.dtype[np.float64]], high: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> str:
    """Boxes from the low to the high end, none where nothing is known."""
    known = np.isfinite(low) & np.isfinite(high)
    bottom = WHOLE.y(np.clip(low, 0.0, 1.0))
    return paths.between(np.where(known, WHOLE.y(np.clip(high, 0.0, 1.0)), bottom), bottom)
