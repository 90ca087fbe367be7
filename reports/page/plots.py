"""A plot as the templates draw it: layers of paths over one axis, with ticks, a legend and the numbers behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reports import formatting
from reports.page import paths

if TYPE_CHECKING:
    from reports.series import Numbers


@dataclass(frozen=True)
class Layer:
    """One path: its CSS class and its outline."""

    look: str
    path: str


@dataclass(frozen=True)
class Tick:
    """One mark of the vertical axis, `top` in per cent from above."""

    label: str
    top: str
    y: int


@dataclass(frozen=True)
class Readout:
    """One series as the box at the pointer shows it, in the colour of `look`; `share` ones in per cent."""

    name: str
    values: Numbers
    look: str = ""
    share: bool = False
    decimals: int = 0


@dataclass(frozen=True)
class Plot:
    """One chart; `look` is its CSS class in addition to ``chart``."""

    key: str
    title: str
    unit: str
    described: str
    layers: tuple[Layer, ...]
    ticks: tuple[Tick, ...]
    legend: tuple[tuple[str, str], ...]
    readouts: tuple[Readout, ...]
    look: str = ""


@dataclass(frozen=True)
class Scale:
    """A vertical axis from 0 to a round number."""

    highest: float
    marks: tuple[Tick, ...]

    def y(self, values: Numbers) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Heights of values on the axis."""
        found: np.ndarray[tuple[int], np.dtype[np.int64]] = paths.heights(values, self.highest)
        return found


def scale(*series: Numbers, counted: bool = False) -> Scale:
    """Fit an axis to all values of some series; `counted` ones are people or contacts, in whole steps to 4 or more."""
    largest = max((float(np.nanmax(values)) for values in series if np.isfinite(values).any()), default=0.0)
    numbers = paths.ticks(max(largest, 4.0), whole=True) if counted else paths.ticks(largest)
    highest = numbers[-1]
    marks = tuple(
        Tick(formatting.number(n, 2), f"{100 * (1 - n / highest):.2f}", round(paths.TOP * (1 - n / highest)))
        for n in numbers
    )
    return Scale(highest, marks)
