"""Reads actuals from a file: a history with measured service, replies, resolution and satisfaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from configs.errors import DataError, Fault, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from configs.notes import Noticed
    from reports.run import Run


def read_actuals(path: Path, runs: Sequence[Run], notes: list[Noticed]) -> pd.DataFrame:
    """Read the ``actuals`` table (see ``configs.tables.ACTUALS``) in the intervals of the runs.

    The file is written as the history of the newest run, as its ``reading.actuals`` states, or as our own. Several rows
    for one interval are settled by its ``history.duplicates``. Finer rows are added up; what was noticed on the way is
    appended to `notes`.

    Raises
    ------
    DataError
        The file is wrong, coarser than the plan, or names no channel of the runs.
    """
    from configs.files import read_table, unkeyed
    from configs.reading.actuals import actuals_settings
    from configs.tables import ACTUALS
    from forecast.data.divided import on_local_clock
    from forecast.data.handle_units import in_seconds
    from forecast.data.intervals import added_up, to_interval

    config = runs[-1].config
    zone = config.history.timezone or config.plan.timezone
    settings = actuals_settings(config)
    rule = config.history.duplicates
    kept: Literal["refuse", "keep"] = "refuse" if rule == "refuse" else "keep"
    known = list(dict.fromkeys(name for run in runs for name in run.config.channels))
    # A single channel needs no column to name it, neither in the history nor here.
    table = replace(unkeyed(ACTUALS, "channel"), key=ACTUALS.key) if len(known) == 1 else ACTUALS
    read = read_table(
        path, table, zone=zone, rename=settings.columns, shape=settings.shape, label=str(path), duplicates=kept
    )
    notes += read.notes
    frame = read.frame if "channel" in read.frame.columns else read.frame.assign(channel=known[0])
    found = sorted(set(frame["channel"]))
    if not set(found) & set(known):
        words = f"has no channel of the runs; it has {', '.join(found)}{nearest(found[0], known)}"
        raise DataError(Fault(str(path), words))
    frame = frame[frame["channel"].isin(known)]
    frame = in_seconds(frame.assign(file=str(path), row=frame.index).reset_index(drop=True), settings.shape.aht)
    frame = added_up(frame) if rule == "sum" else frame.drop_duplicates(["channel", "start"], keep="last")
    frame = on_local_clock(frame, config, str(path), notes)
    return to_interval(frame, config.plan.interval_s, config.plan.timezone, str(path), notes)
