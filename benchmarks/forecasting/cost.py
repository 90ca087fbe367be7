"""What many channels cost: seconds for 1, 10, 100 (1000) channels of generated history."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd

SEED = 5
MONDAY = "2024-01-01"
COUNTS = (1, 10, 100, 1000)


def generated(channels: int, days: int, minutes: int) -> pd.DataFrame:
    """Return channels with a daily and a weekly shape and a moving level, about 12 contacts per quarter of an hour."""
    rng = np.random.default_rng(SEED)
    slots = 24 * 60 // minutes
    start = pd.date_range(MONDAY, periods=days * slots, freq=f"{minutes}min")
    shape = 1 + 0.9 * np.sin(2 * np.pi * (np.arange(slots) / slots - 0.3))
    week = np.array([1.2, 1.1, 1.0, 1.0, 0.95, 0.6, 0.5])
    tables = []
    for number in range(channels):
        level = np.exp(np.cumsum(rng.normal(0, 0.01, days)))
        mean = 0.8 * minutes * (level * week[np.arange(days) % 7])[:, None] * shape
        tables.append(pd.DataFrame({"channel": f"c{number:04d}", "start": start, "volume": rng.poisson(mean).ravel()}))
    return pd.concat(tables, ignore_index=True)


def cost_table(most: int) -> str:
    """Seconds after import, one core, `most` channels at the most."""
    from forecast import predict

    predict(generated(1, 100, 60))
    lines = ["| channels | history | all members, s | fast, s | s per channel |", "| ---: | --- | ---: | ---: | ---: |"]
    cases = [(count, 730, 30, "2 years of half hours") for count in COUNTS if count <= most]
    cases += [(1, 182, 30, "half a year of half hours"), (1, 365, 30, "1 year of half hours")]
    cases += [(1, 1460, 30, "4 years of half hours"), (20, 730, 15, "2 years of quarter hours")]
    for count, days, minutes, words in cases:
        history = generated(count, days, minutes)
        seconds = []
        for fast in (False, True):
            begun = time.perf_counter()
            predict(history, days=28, fast=fast)
            seconds.append(time.perf_counter() - begun)
        lines.append(f"| {count} | {words} | {seconds[0]:.2f} | {seconds[1]:.2f} | {seconds[0] / count:.3f} |")
    return "\n".join(lines)
