"""The numbers behind the charts, as the page's own script reads them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from reports import formatting

if TYPE_CHECKING:
    from markupsafe import Markup

    from reports.page.axis import Axis
    from reports.page.channels import ChannelView
    from reports.page.plots import Readout


def script_data(axis: Axis, views: tuple[ChannelView, ...]) -> Markup:
    """Return JSON that is safe inside a ``script`` element."""
    from markupsafe import Markup

    plots = [plot for view in views for plot in (*view.plots, view.forecast)]
    packed_values = {
        "size": axis.size,
        "days": [[day.at, day.size, day.label, day.date.isoformat()] for day in axis.days],
        "clock": [formatting.clock(moment) for moment in axis.horizon.local],
        "plots": {plot.key: [_told(readout) for readout in plot.readouts] for plot in plots},
    }
    text = json.dumps(packed_values, separators=(",", ":"), ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - JSON whose markup signs are escaped just above


def _told(readout: Readout) -> list[Any]:
    """Name, unit, colour and values of one series."""
    return [readout.name, "%" if readout.share else "", readout.look, packed(readout)]


def packed(readout: Readout) -> list[Any]:
    """Return values and how often each repeats, ``[value, times, value, times, ...]``; null where there is none."""
    shown: list[Any] = []
    values = np.round(readout.values * (100 if readout.share else 1), 0 if readout.share else readout.decimals)
    for value in values.tolist():
        packed_values = None if value != value else int(value) if value == int(value) else value  # noqa: PLR0124 - NaN
        if shown and shown[-2] == packed_values:
            shown[-1] += 1
        else:
            shown += [packed_values, 1]
    return shown
