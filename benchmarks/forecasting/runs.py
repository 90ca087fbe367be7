"""Every forecaster on every origin; peers' answers are kept on disk, so that a second run costs only ours."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.forecasting.peers import PEERS, TWO_ORIGINS
from benchmarks.forecasting.regular import Regular
from benchmarks.forecasting.sets import DAYS, cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pandas as pd

    from benchmarks.forecasting.sets import Case

OURS, OURS_FAST = "staffcurve", "staffcurve, fast"
QUANTILES = ("q025", "q10", "q90", "q975")


@dataclass(frozen=True)
class Answer:
    """What one forecaster said at one origin: a row for each interval that was seen, and the seconds it took.

    Columns: lead (day 1 to 28), volume, mean and, where given, q025, q10, q90, q975; 0 where it said nothing.
    """

    name: str
    who: str
    origin: int
    seconds: float
    rows: pd.DataFrame


def answers(folder: Path, name: str, part: str, who: Iterable[str], count: int, cache: Path | None) -> Iterator[Answer]:
    """Yield the answers of the forecasters named, origin by origin."""
    for case in cases(folder, name, part, count):
        for one in who:
            if (one, name) in TWO_ORIGINS and case.number not in {0, count - 1}:
                continue
            if one in {OURS, OURS_FAST}:
                yield ours(case, fast=one == OURS_FAST)
            else:
                yield _peer(case, one, part, cache)


def ours(case: Case, *, fast: bool = False) -> Answer:
    """Ask our own forecast, as a user would."""
    from forecast import predict

    gap = (case.origin - case.history.start.max().normalize()).days - 1
    begun = time.perf_counter()
    said = predict(case.history, days=DAYS + gap, fast=fast)
    seconds = time.perf_counter() - begun
    rows = case.later.merge(said, on="start", how="left", suffixes=("", "_said")).fillna(0.0)
    rows = rows.rename(columns={"volume_said": "mean"})
    return Answer(case.name, OURS_FAST if fast else OURS, case.number, seconds, _dated(rows, case))


def _peer(case: Case, who: str, part: str, cache: Path | None) -> Answer:
    file = cache / f"{case.name}-{part}-{case.origin:%Y%m%d}-{who.replace(' ', '_')}.npz" if cache else None
    if file is not None and file.is_file():
        with np.load(file) as stored:
            kept = {key: stored[key] for key in stored.files}
    else:
        begun = time.perf_counter()
        kept = dict(PEERS[who](case))
        kept["seconds"] = np.array(time.perf_counter() - begun)
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            np.savez_compressed(file, **kept)
    seconds = float(kept.pop("seconds"))
    slots = Regular.of(case).grid.slots
    start = case.later.start
    day = (start.dt.normalize() - case.origin).dt.days.to_numpy()
    minute = (start.dt.hour * 60 + start.dt.minute).to_numpy()
    known = np.isin(minute, slots)
    slot = np.minimum(np.searchsorted(slots, minute), len(slots) - 1)
    said = {key: np.where(known, values[day, slot], 0.0) for key, values in kept.items()}
    return Answer(case.name, who, case.number, seconds, _dated(case.later.assign(**said), case))


def _dated(rows: pd.DataFrame, case: Case) -> pd.DataFrame:
    kept = ["volume", "mean", *(name for name in QUANTILES if name in rows.columns)]
    return rows[kept].assign(lead=(rows.start.dt.normalize() - case.origin).dt.days + 1)
