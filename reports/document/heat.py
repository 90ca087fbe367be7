"""Heat maps of a sheet: coloured cells in rows and columns, from few contacts to many."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import formatting
from reports.page import paths

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVELS = 6
"""Colours from few to many; `sheet.css` has one for each."""
STEP, SIDE = 13, 11
"""Distance and size of the cells, in pixels."""
LEFT, TOP = 34, 16
"""Room for the labels of the rows and of the columns."""
SHAPES = {
    "missing": ("missing", "missing"),
    "part": ("part", "missing in part"),
    "closed": ("closed", "closed"),
    "special": ("special", "holiday or event"),
}
"""Looks of a cell without a colour or on top of one, and what the legend calls them."""


@dataclass(frozen=True)
class Spot:
    """One cell: its column and row from 0 on, its number or None, what it says, and looks from `SHAPES`."""

    column: int
    row: int
    value: float | None
    says: str
    looks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tile:
    """One outline as the template draws it; `says` appears at the pointer."""

    look: str
    path: str
    says: str


@dataclass(frozen=True)
class Label:
    """A text at its place in pixels; `end` ones end there."""

    text: str
    x: int
    y: int
    end: bool = False


@dataclass(frozen=True)
class HeatMap:
    """A heat map as the template draws it, `width` by `height` pixels."""

    title: str
    unit: str
    described: str
    width: int
    height: int
    tiles: tuple[Tile, ...]
    labels: tuple[Label, ...]
    legend: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Colours:
    """Upper edges of the colours, in equal round steps; what is above the last has the last colour."""

    edges: tuple[float, ...]

    def look(self, value: float) -> str:
        """CSS class of a number."""
        if value <= 0:
            return "zero"
        return self._level(next((i for i, edge in enumerate(self.edges) if value <= edge), len(self.edges) - 1))

    def legend(self) -> list[tuple[str, str]]:
        """CSS class of each colour, and what it stands for."""
        words = [f"to {formatting.number(edge, 1)}" for edge in self.edges[:-1]]
        return [("zero", "0"), *((self._level(i), text) for i, text in enumerate([*words, "more"]))]

    def _level(self, place: int) -> str:
        """CSS class of a step; few steps are spread over all the colours."""
        return f"level{round(place * (LEVELS - 1) / max(1, len(self.edges) - 1))}"


def colours(values: Sequence[float]) -> Colours:
    """Choose colours for numbers above 0.

    The lowest and the highest 2 % share a colour with their neighbours, so that one odd day does not pale the rest.
    """
    known = sorted(value for value in values if value > 0) or [1.0]
    low, high = known[int(0.02 * (len(known) - 1))], known[int(0.98 * (len(known) - 1))]
    step = paths.ticks(max(high - low, high / 10), most=LEVELS - 1)[1]
    first, last = int(low // step), max(int(low // step) + 1, math.ceil(high / step))
    return Colours(tuple(round(step * number, 10) for number in range(first + 1, last + 1)))


def heat_map(
    title: str,
    unit: str,
    spots: Sequence[Spot],
    rows: Sequence[str],
    columns: Sequence[tuple[int, str]],
    scale: Colours,
) -> HeatMap:
    """Draw cells.

    Parameters
    ----------
    title, unit
        What the map shows, and in what.
    spots
        Its cells.
    rows
        Label of each row from above.
    columns
        Labels above some columns, each with the column it begins at.
    scale
        Colours of the numbers.
    """
    wide = max((spot.column for spot in spots), default=0) + 1
    used = [look for look in SHAPES if any(look in spot.looks for spot in spots)]
    return HeatMap(
        title=title,
        unit=unit,
        described=f"{title}, {unit}. The numbers are in the table below.",
        width=LEFT + STEP * wide,
        height=TOP + STEP * len(rows),
        tiles=tuple(tile for spot in spots for tile in _tiles(spot, scale)),
        labels=(
            *(Label(text, LEFT - 5, TOP + STEP * at + SIDE - 2, end=True) for at, text in enumerate(rows)),
            *(Label(text, LEFT + STEP * at, TOP - 6) for at, text in columns),
        ),
        legend=(*scale.legend(), *(SHAPES[look] for look in used)),
    )


def _tiles(spot: Spot, scale: Colours) -> list[Tile]:
    """The box of a cell, and what is drawn on it."""
    x, y = LEFT + STEP * spot.column, TOP + STEP * spot.row
    box = f"M{x} {y}h{SIDE}v{SIDE}h-{SIDE}z"
    bar = f"M{x} {y + SIDE}l{SIDE}-{SIDE}"
    corner = f"M{x + SIDE} {y}v6l-6-6z"
    tiles = [] if spot.value is None else [Tile(scale.look(spot.value), box, spot.says)]
    if "closed" in spot.looks:
        tiles.append(Tile("closed", box, spot.says))
    if "missing" in spot.looks:
        tiles.append(Tile("missing", box + bar, spot.says))
    if "part" in spot.looks:
        tiles.append(Tile("part", bar, spot.says))
    if "special" in spot.looks:
        tiles.append(Tile("special", corner, spot.says))
    return tiles
