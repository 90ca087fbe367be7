"""Small line charts of a sheet: a number for each of a row of equal steps, days or intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reports import formatting
from reports.page import paths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.series import Numbers


@dataclass(frozen=True)
class Line:
    """One line: its name, its look (a CSS class), its numbers; NaN breaks it."""

    name: str
    look: str
    values: Numbers


@dataclass(frozen=True)
class Span:
    """One label under the axis, over `size` steps from `at` on."""

    text: str
    at: int
    size: int


@dataclass(frozen=True)
class Mark:
    """One mark of the vertical axis: its label, its place from above in per cent, its height in the drawing."""

    label: str
    top: str
    y: int


@dataclass(frozen=True)
class Drawn:
    """One path: its look and its outline."""

    look: str
    path: str


@dataclass(frozen=True)
class Chart:
    """A chart as the template draws it."""

    title: str
    unit: str
    described: str
    size: int
    layers: tuple[Drawn, ...]
    marks: tuple[Mark, ...]
    legend: tuple[tuple[str, str], ...]
    labels: tuple[tuple[str, str, str], ...]
    grid: str


def chart(
    title: str,
    unit: str,
    lines: Sequence[Line],
    spans: Sequence[Span],
    *,
    band: tuple[Numbers, Numbers] | None = None,
    limits: tuple[float, ...] = (),
    share: bool = False,
) -> Chart:
    """Draw lines over one axis.

    Parameters
    ----------
    title, unit
        What the chart shows, and in what.
    lines
        At least one; all of the same length.
    spans
        Labels under the axis.
    band
        Low and high of an area behind the lines.
    limits
        Values at which a line across is drawn.
    share
        Whether values are shares of 0..1, written in per cent.
    """
    size = len(lines[0].values)
    every = [line.values for line in lines] + list(band or ()) + [np.array(limits, dtype=np.float64)]
    numbers = _axis(every)
    low, high = numbers[0], numbers[-1]
    layers = [Drawn("band", paths.band(_y(band[0], low, high), _y(band[1], low, high)))] if band else []
    layers += [Drawn("limit", f"M0 {int(_y(np.array([limit]), low, high)[0])}h{size}") for limit in limits]
    layers += [Drawn(line.look, _steps(line.values, low, high)) for line in lines]
    legend = [(line.look, line.name) for line in lines] + ([("band", "95% band")] if band else [])
    legend += [("limit", "limit")] if limits else []
    names = formatting.listed([line.name for line in lines])
    return Chart(
        title=title,
        unit=unit,
        described=f"{title}, in {unit}: {names}. The numbers are in the tables.",
        size=size,
        layers=tuple(layers),
        marks=tuple(
            _mark(value, low, high, formatting.percent(value, 0) if share else formatting.number(value, 2))
            for value in numbers
        ),
        legend=tuple(legend),
        labels=tuple((span.text, _percent(span.at / size), _percent(span.size / size)) for span in spans),
        grid="".join(f"M{span.at} 0V{paths.TOP}" for span in spans if span.at),
    )


def _axis(series: Sequence[Numbers]) -> list[float]:
    """Round numbers around all values and nothing."""
    known = np.concatenate([values[np.isfinite(values)] for values in series])
    high, low = max(0.0, float(known.max(initial=0.0))), min(0.0, float(known.min(initial=0.0)))
    largest = max(high, -low)
    step = paths.ticks(largest or 1.0, most=2 if low < 0 < high else 4)[1]
    return [step * number for number in range(int(np.floor(low / step)), max(1, int(np.ceil(high / step))) + 1)]


def _y(values: Numbers, low: float, high: float) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.rint(paths.TOP * (high - np.nan_to_num(values, nan=low)) / (high - low)).astype(np.int64)


def _steps(values: Numbers, low: float, high: float) -> str:
    known = np.isfinite(values)
    return paths.step_line(_y(values, low, high)) if known.all() else paths.broken_line(_y(values, low, high), known)


def _mark(value: float, low: float, high: float, label: str) -> Mark:
    place = (high - value) / (high - low)
    return Mark(label, f"{100 * place:.2f}", round(paths.TOP * place))


def _percent(share: float) -> str:
    return f"{100 * share:.3f}".rstrip("0").rstrip(".")
