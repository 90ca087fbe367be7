"""Intraday: error on the rest of the day with data to 10:00, against leaving the day-ahead forecast alone."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.forecasting.sets import read_set
from forecast.data.grid import to_grid
from forecast.intraday.rest_of_day import day_ahead, learn, update

if TYPE_CHECKING:
    from pathlib import Path

SETS = ("bank30", "ilbank30", "denver911", "ukemerg")
TEN = 10 * 60
LOOKED_AT = 0.45
"""Share of days before the first one that is looked at."""


def today_table(folder: Path) -> str:
    """Return relative change of the summed absolute error after 10:00; negative is better."""
    lines = ["| set | days | raw ratio | ours | components used | exponent | ms |", "| --- |" + " ---: |" * 6]
    for name in SETS:
        rows = read_set(folder, name)
        clock = pd.DatetimeIndex(rows.start)
        slots = np.unique(np.asarray(clock.hour * 60 + clock.minute, dtype=np.int64))
        grid = to_grid(clock, rows.volume.to_numpy(float), slots)
        so_far = slots < TEN
        hour = 60 // int(np.diff(slots).min())
        count = int(grid.days * (1 - LOOKED_AT)) + 1
        said = day_ahead(grid, np.zeros((grid.days, 0)), count)
        came = grid.values[-len(said) :]
        alone, raw, ours, used, exponents, seconds, days = 0.0, 0.0, 0.0, 0, [], 0.0, 0
        for day in range(len(said) // 3, len(said)):
            if not np.isfinite(came[day]).all():
                continue
            rule = learn(said[:day], came[:day], so_far, hour)
            begun = time.perf_counter()
            got = update(rule, said[day], np.where(so_far, came[day], np.nan))
            seconds += time.perf_counter() - begun
            rest = ~so_far
            alone += float(np.abs(said[day] - came[day])[rest].sum())
            whole = came[day][so_far].sum() / max(said[day][so_far].sum(), 1.0)
            raw += float(np.abs(said[day] * whole - came[day])[rest].sum())
            ours += float(np.abs(got.volume - came[day])[rest].sum())
            used += rule.method == "components"
            exponents.append(rule.exponent)
            days += 1
        cells = [
            f"{raw / alone - 1:+.1%}",
            f"{ours / alone - 1:+.1%}",
            f"{used / days:.0%}",
            f"{np.mean(exponents):.2f}",
        ]
        lines.append(f"| {name} | {days} | " + " | ".join(cells) + f" | {1000 * seconds / days:.2f} |")
    return "\n".join(lines)
