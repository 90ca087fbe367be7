"""Frontiers as tables: to be read, as rows of a file, and as JSON holds them."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from optimize.targets.frontier_points import Point
from reports import formatting
from reports.document.listing import NOTHING, Cell, listing
from reports.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from optimize.targets.frontier_points import Frontier
    from reports.document.listing import Listing

HEADS = ["plan", "cost", "against this plan", "target met", "95% interval", "planned share"]
COSTS = "Costs are the least of a week without whole people; a roster costs a little more"
NOTE = f"Target met: share of simulated days or weeks. Planned share: share in time that the plan was made for. {COSTS}"
DECIMALS = 6
"""Decimals of a number in a file."""


def points_listing(found: Frontier, currency: str, title: str) -> Listing:
    """A row for each plan, cheapest first."""
    rows = [_row(number, point, found.chosen, currency) for number, point in enumerate(found.points, start=1)]
    return listing(title, HEADS, rows, NOTE)


def _row(number: int, point: Point, chosen: Point | None, currency: str) -> list[Cell | str]:
    more = NOTHING if chosen is None or point.chosen else formatting.change(point.cost / chosen.cost - 1, 1)
    return [
        Cell(f"{number}, this plan" if point.chosen else f"{number}"),
        formatting.money(point.cost, currency),
        more,
        formatting.percent(point.probability),
        f"{formatting.percent(point.low, 0)} to {formatting.percent(point.high, 0)}",
        formatting.percent(point.share),
    ]


def summary(found: Frontier, currency: str) -> Finding:
    """Say what this plan gives, and what the next safer one would cost more."""
    chosen = found.chosen
    name = formatting.title(found.channel)
    if chosen is None:
        return Finding(f"{name}: {formatting.count(len(found.points), 'plan')}; none of them is that of the config.")
    said = (
        f"{name}: this plan costs {formatting.money(chosen.cost, currency)} and meets its target with a probability of "
    )
    said += formatting.percent(chosen.probability, 0)
    safer = [point for point in found.points if point.probability > chosen.probability]
    if not safer:
        return Finding(f"{said}; no plan tried is safer.")
    nearest = min(safer, key=lambda point: point.cost)
    if nearest.cost <= chosen.cost:
        return Finding(
            f"{said}; a plan that costs no more reaches {formatting.percent(nearest.probability, 0)}.", "bad"
        )
    more = formatting.money(nearest.cost - chosen.cost, currency)
    return Finding(f"{said}; {formatting.percent(nearest.probability, 0)} would cost {more} more.")


def csv_text(frontiers: Sequence[Frontier]) -> str:
    """A line for each plan of each channel: ``channel,share,cost,probability,low,high,chosen``."""
    import csv
    import io

    names = [field.name for field in fields(Point)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["channel", *names])
    for found in frontiers:
        writer.writerows([found.channel, *(_cell(getattr(point, name)) for name in names)] for point in found.points)
    return text.getvalue()


def _cell(value: float | bool) -> str:  # noqa: FBT001 - a cell of any kind
    return str(value).lower() if isinstance(value, bool) else formatting.number(value, DECIMALS).replace(",", "")


def plain(frontiers: Sequence[Frontier]) -> list[dict[str, Any]]:
    """Everything as JSON holds it."""
    return [asdict(found) for found in frontiers]
