"""Reads actuals from a file: a history with measured service, replies, resolution and satisfaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from configs.notes import Noticed
    from reports.run import Run


def read_actuals(path: Path, runs: Sequence[Run], notes: list[Noticed]) -> pd.DataFrame:
    """Read the ``actuals`` table (see ``configs.tables.ACTUALS``) in the intervals of the runs.

    The file is read by the config of the newest run (see ``forecast.data.actuals.read_rows``); what was noticed on the
    way is appended to `notes`.

    Raises
    ------
    DataError
        The file is wrong, coarser than the plan, or names no channel of the runs.
    """
    from configs.tables import ACTUALS
    from forecast.data.actuals import by_interval, read_rows

    known = list(dict.fromkeys(name for run in runs for name in run.config.channels))
    config = runs[-1].config
    return by_interval(read_rows(config, path, ACTUALS, notes, known), config, str(path), notes)
