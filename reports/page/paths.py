"""Small SVG paths: equal neighbours are drawn as one step, so a week of quarter hours stays small.

x counts intervals; y counts down from `TOP`, the height of every plot in its own units, and is a whole number.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from reports.series import Numbers

TOP = 400


def runs(values: NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
    """Yield (first, after, value) of every run of equal neighbours."""
    if not len(values):
        return
    edges = np.flatnonzero(np.diff(values)) + 1
    bounds = [0, *edges.tolist(), len(values)]
    for first, after in pairwise(bounds):
        yield first, after, int(values[first])


def heights(values: Numbers, highest: float) -> NDArray[np.int64]:
    """Turn values into y: 0 at the bottom is `TOP`, `highest` is 0; NaN lies at the bottom."""
    return np.rint(TOP * (1 - np.nan_to_num(values) / highest)).astype(np.int64)


def step_line(y: NDArray[np.int64]) -> str:
    """Path of a step line."""
    parts, before = [], None
    for first, after, value in runs(y):
        parts.append(f"M{first} {value}" if before is None else f"v{value - before}")
        parts.append(f"h{after - first}")
        before = value
    return "".join(parts)


def broken_line(y: NDArray[np.int64], known: NDArray[np.bool_]) -> str:
    """Path of a step line that breaks off where nothing is known."""
    parts, before = [], None
    for at, (value, seen) in enumerate(zip(y.tolist(), known.tolist(), strict=True)):
        if seen:
            parts.append(f"M{at} {value}h1" if before is None else f"v{value - before}h1")
        before = value if seen else None
    return "".join(parts)


def dashes(y: NDArray[np.int64], known: NDArray[np.bool_]) -> str:
    """Path of a level dash for every interval that is known; equal neighbours share one."""
    code = np.where(known, y, -1)
    return "".join(f"M{first} {value}h{after - first}" for first, after, value in runs(code) if value >= 0)


def step_area(y: NDArray[np.int64]) -> str:
    """Path of the area between a step line and the bottom."""
    return f"{step_line(y)}V{TOP}H0z" if len(y) else ""


def band(low: NDArray[np.int64], high: NDArray[np.int64]) -> str:
    """Path of the area between two step lines."""
    if not len(low):
        return ""
    parts = [step_line(high)]
    back = list(runs(low))[::-1]
    parts.append(f"V{back[0][2]}")
    for number, (first, after, _) in enumerate(back):
        parts.append(f"h{first - after}")
        if number + 1 < len(back):
            parts.append(f"V{back[number + 1][2]}")
    return "".join(parts) + "z"


def between(upper: NDArray[np.int64], lower: NDArray[np.int64]) -> str:
    """Path of the boxes from `lower` to `upper` wherever the first lies above the second on the screen."""
    parts = []
    both = upper.astype(np.int64) * 100_000 + lower
    for first, after, value in runs(both):
        top, bottom = divmod(value, 100_000)
        if top < bottom:
            parts.append(f"M{first} {top}h{after - first}v{bottom - top}h{first - after}z")
    return "".join(parts)


def blocks(mask: NDArray[np.bool_]) -> str:
    """Path of unit-high boxes wherever `mask` is true."""
    return "".join(
        f"M{first} 0h{after - first}v1h{first - after}z" for first, after, value in runs(mask.astype(np.int64)) if value
    )


SMALLEST = 1e-9
"""What is below is the rounding error of a computer, not a height."""


def ticks(highest: float, *, whole: bool = False, most: int = 4) -> list[float]:
    """Choose round numbers from 0 to the first at or above `highest`, at most `most` steps; `whole` ones for people."""
    if highest <= SMALLEST:
        return [0.0, 1.0]
    raw = max(highest / most, 1.0 if whole else 0.0)
    power = 10.0 ** math.floor(math.log10(raw))
    factors = (1, 2, 5, 10) if whole and power <= 1 else (1, 2, 2.5, 5, 10)
    step = next(power * factor for factor in factors if power * factor >= raw * (1 - 1e-9))
    return [round(step * number, 10) for number in range(math.ceil(highest / step - 1e-9) + 1)]
