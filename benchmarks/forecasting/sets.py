"""The real histories, and the days from which they are forecast again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIX = ("bank30", "ilbank30", "denver911", "ukemerg", "nlcalls_daily", "wales_daily")
"""The six sets the geometric means are taken over."""
DAYS = 28
DEV_BEGINS, HELD_BEGINS = 0.6, 0.75
"""Share of days before the first origin. The shared files are the first 75 % of each history: `dev` looks back from
the last 40 % of them; `held` needs the whole histories and looks at their last quarter."""


@dataclass(frozen=True)
class Case:
    """One origin of one set: what was known (`history`), what came in the four weeks after (`later`)."""

    name: str
    number: int
    origin: pd.Timestamp
    history: pd.DataFrame
    later: pd.DataFrame


def read_set(folder: Path, name: str) -> pd.DataFrame:
    """Read a history as columns start (naive local) and volume, in order."""
    rows = pd.read_csv(folder / f"{name}.csv.gz", parse_dates=["timestamp"], date_format="ISO8601")
    return rows.rename(columns={"timestamp": "start"})[["start", "volume"]].sort_values("start", ignore_index=True)


def cases(folder: Path, name: str, part: str, count: int) -> Iterator[Case]:
    """Yield `count` origins, evenly spaced over the days looked at, the last one four weeks before the end."""
    rows = read_set(folder, name)
    days = np.sort(rows.start.dt.normalize().unique())
    first = pd.Timestamp(days[int(len(days) * (DEV_BEGINS if part == "dev" else HELD_BEGINS))])
    span = (rows.start.max().normalize() - pd.Timedelta(days=DAYS - 1) - first).days
    for number, at in enumerate(np.linspace(0, span, count).round()):
        origin = first + pd.Timedelta(days=int(at))
        later = rows.loc[rows.start.between(origin, origin + pd.Timedelta(days=DAYS), inclusive="left")]
        yield Case(name, number, origin, rows.loc[rows.start < origin], later)
