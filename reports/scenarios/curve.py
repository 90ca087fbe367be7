"""A sweep as a chart: the value to the right, the cost of the week upwards, the baseline as a line across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import formatting
from reports.document.chart import Chart, Drawn, Mark
from reports.page.paths import TOP, ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from optimize.scenarios.comparison import Row

WIDE = 1000
"""Width of the drawing in its own units."""
STEPS = 4
"""Most labels of an axis."""
ROOM = 0.04
"""Part of each axis that stays free at its ends."""


def curve(name: str, rows: Sequence[Row], baseline: Row, currency: str) -> Chart:
    """Draw the costs of a sweep."""
    values = [float(row.asked.value) for row in rows]
    costs = [row.outcome.cost for row in rows]
    left, right = _ends(values)
    low, high = _ends([*costs, baseline.outcome.cost])

    def x(value: float) -> int:
        return round(WIDE * (value - left) / (right - left))

    def y(cost: float) -> int:
        return round(TOP * (high - cost) / (high - low))

    places = [(x(value), y(cost)) for value, cost in zip(values, costs, strict=True)]
    level = y(baseline.outcome.cost)
    title = f"{formatting.title(name)}: cost of the week by value"
    return Chart(
        title=title,
        unit=f"{currency} a week, by value",
        described=f"{title}, from {values[0]:g} to {values[-1]:g}. The numbers are in the table.",
        size=WIDE,
        layers=(
            Drawn("limit", f"M0 {level}h{WIDE}"),
            Drawn("expected", "M" + "L".join(f"{at} {height}" for at, height in places)),
            Drawn("point", "".join(f"M{at} {height}h0" for at, height in places)),
        ),
        marks=tuple(
            Mark(formatting.money(cost, currency), f"{100 * (high - cost) / (high - low):.2f}", y(cost))
            for cost in _round(low, high)
        ),
        legend=(("expected", "cost of the plan"), ("limit", "baseline")),
        labels=tuple(_label(value, left, right) for value in _round(left, right)),
        grid="".join(f"M{x(value)} 0V{TOP}" for value in _round(left, right)),
    )


def _ends(values: Sequence[float]) -> tuple[float, float]:
    """Ends of an axis with some room."""
    low, high = min(values), max(values)
    room = ROOM * (high - low) or 0.01 * abs(high) or 1.0
    return low - room, high + room


def _round(low: float, high: float) -> list[float]:
    """Round numbers inside an axis."""
    step = ticks(high - low, most=STEPS)[1]
    return [step * number for number in range(int(-(-low // step)), int(high // step) + 1)]


def _label(value: float, left: float, right: float) -> tuple[str, str, str]:
    width = 100 / (STEPS + 1)
    return f"{value:g}", f"{100 * (value - left) / (right - left) - width / 2:.2f}", f"{width:.2f}"
