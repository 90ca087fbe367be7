"""One frontier as a chart: cost to the right, probability upwards, a dot for each plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import formatting
from reports.document.chart import Chart, Drawn, Mark
from reports.page.paths import TOP, ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from optimize.targets.frontier_points import Frontier, Point

WIDE = 1000
"""Width of the drawing in its own units."""
STEPS = 4
"""Most labels under the axis."""
ROOM = 0.06
"""Part of the width that stays free on either side."""


def curve(found: Frontier, currency: str, title: str) -> Chart:
    """Draw the plans of a channel; there is at least one."""
    points = sorted(found.points, key=lambda point: (point.cost, point.probability))
    low, high = _costs(points)
    bottom = _bottom(points)
    x = [round(WIDE * (point.cost - low) / (high - low)) for point in points]

    def y(probability: float) -> int:
        return round(TOP * (1 - probability) / (1 - bottom))

    dots = [(at, y(point.probability), point.chosen) for at, point in zip(x, points, strict=True)]
    above = [(at, y(point.high)) for at, point in zip(x, points, strict=True)]
    below = [(at, y(point.low)) for at, point in zip(x, points, strict=True)]
    layers = [Drawn("band", f"{_through([*above, *reversed(below)])}z")] if len(points) > 1 else []
    layers += [Drawn("expected", _through([(at, height) for at, height, _ in dots]))]
    layers += [Drawn("point", "".join(f"M{at} {height}h0" for at, height, chosen in dots if not chosen))]
    layers += [Drawn("chosen", "".join(f"M{at} {height}h0" for at, height, chosen in dots if chosen))]
    chosen = [("chosen", "this plan")] if any(point.chosen for point in points) else []
    return Chart(
        title=title,
        unit="probability of meeting the target, by cost of the week",
        described=f"{title}: probability by cost, {_ends(points, currency)}. The numbers are in the table.",
        size=WIDE,
        layers=tuple(layers),
        marks=tuple(_mark(value, bottom, y(value)) for value in _probabilities(bottom)),
        legend=(("expected", "cheapest plans"), ("band", "95% interval"), *chosen),
        labels=tuple(_label(cost, low, high, currency) for cost in _round_costs(low, high)),
        grid="".join(f"M{round(WIDE * (cost - low) / (high - low))} 0V{TOP}" for cost in _round_costs(low, high)),
    )


def _costs(points: Sequence[Point]) -> tuple[float, float]:
    """Ends of the cost axis, with some room on either side."""
    low, high = points[0].cost, points[-1].cost
    room = ROOM * (high - low) or 0.01 * abs(high) or 1.0
    return low - room, high + room


def _bottom(points: Sequence[Point]) -> float:
    """The tenth below everything that is drawn."""
    least = min(point.low for point in points)
    return min(0.9, max(0.0, int(least * 10 + 1e-9) / 10))


def _probabilities(bottom: float) -> list[float]:
    step = 0.05 if bottom >= 0.8 - 1e-9 else 0.1 if bottom >= 0.6 - 1e-9 else 0.2
    return [1 - number * step for number in range(int((1 - bottom) / step + 1e-9) + 1)]


def _mark(value: float, bottom: float, y: int) -> Mark:
    return Mark(formatting.percent(value, 0), f"{100 * (1 - value) / (1 - bottom):.2f}", y)


def _round_costs(low: float, high: float) -> list[float]:
    """Round amounts inside the axis."""
    step = ticks(high - low, most=STEPS)[1]
    return [step * number for number in range(int(low // step) + 1, int(high // step) + 1)]


def _label(cost: float, low: float, high: float, currency: str) -> tuple[str, str, str]:
    """A label centred on its amount: text, left edge and width in per cent."""
    width = 100 / (STEPS + 1)
    left = 100 * (cost - low) / (high - low) - width / 2
    return formatting.money(cost, currency), f"{left:.2f}", f"{width:.2f}"


def _through(places: Sequence[tuple[int, int]]) -> str:
    return "M" + "L".join(f"{at} {height}" for at, height in places)


def _ends(points: Sequence[Point], currency: str) -> str:
    return " to ".join(
        f"{formatting.percent(point.probability, 0)} at {formatting.money(point.cost, currency)}"
        for point in dict.fromkeys((points[0], points[-1]))
    )
