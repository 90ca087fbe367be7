"""What the planner knows and the model cannot: adjustments, applied after the model and kept apart from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from configs.errors import DataError, Fault, nearest
from forecast.facts import Adjusted

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

    from configs.notes import Noticed
    from configs.schema import Config
    from forecast.facts import Way

WAYS: tuple[Way, ...] = ("multiply", "add", "set")
QUANTILES = ("q025", "q10", "q50", "q90", "q975")


def read_adjustments(config: Config) -> tuple[pd.DataFrame | None, tuple[Noticed, ...]]:
    """Read the adjustments file of a config; None without one.

    Raises
    ------
    DataError
        When a span ends before it begins, names no known channel, or gives none or several of the three ways.
    """
    label = config.calendar.adjustments
    if label is None:
        return None, ()
    from configs.files import read_table
    from configs.tables import ADJUSTMENTS

    read = read_table(config.path(label), ADJUSTMENTS, zone=config.plan.timezone, label=label)
    table = read.frame
    faults = []
    for name in WAYS:
        if name not in table.columns:
            table = table.assign(**{name: np.nan})
    for row, each in zip(table.index, table.to_dict("records"), strict=True):
        where = f"{label} row {row}"
        if each["channel"] and each["channel"] not in config.channels:
            near = nearest(each["channel"], list(config.channels))
            faults.append(
                Fault(where, f'"{each["channel"]}" is not a channel of the config{near}; leave it blank for all')
            )
        if each["to"] <= each["from"]:
            faults.append(Fault(where, f"to ({each['to']}) is not after from ({each['from']})"))
        given = [name for name in WAYS if np.isfinite(each[name])]
        if len(given) != 1:
            said = ", ".join(given) or "none"
            faults.append(Fault(where, f"gives {said} of multiply, add and set; give exactly one"))
        if not str(each["reason"]).strip():
            faults.append(Fault(where, "has no reason; give one, it is written to the manifest"))
    if faults:
        raise DataError(faults)
    return table.reset_index(drop=True), read.notes


def adjusted(table: pd.DataFrame, adjustments: pd.DataFrame, zone: str) -> tuple[pd.DataFrame, tuple[Adjusted, ...]]:
    """Apply adjustments to a ``forecast`` table in the order of their rows.

    ``multiply`` is a factor of every interval; ``add`` and ``set`` are contacts over the whole span (`to` excluded),
    shared out as the model has it. Quantiles keep their distance from the mean in proportion; closed intervals stay
    closed.

    Parameters
    ----------
    table
        A ``forecast`` table: ``channel``, ``start``, ``volume`` and quantiles.
    adjustments
        As `read_adjustments` gives them; a row without channel is for all.
    zone
        Zone whose clock the notes show.

    Returns
    -------
    tuple
        The table with the model's own volume in ``model_volume``, and a fact for each adjustment.
    """
    table = table.assign(model_volume=table.volume)
    notes = []
    for each in adjustments.to_dict("records"):
        named = (table.channel == each["channel"]).to_numpy() | (each["channel"] == "")
        inside = named & ((table.start >= each["from"]) & (table.start < each["to"])).to_numpy()
        way: Way = next(name for name in WAYS if np.isfinite(each[name]))
        before = float(table.volume[inside].sum())
        if way == "multiply":
            factor = each[way]
        elif before > 0:
            factor = max(before + each[way], 0.0) / before if way == "add" else each[way] / before
        else:
            factor = 1.0
        columns = ["volume", *(name for name in QUANTILES if name in table.columns)]
        table.loc[inside, columns] = table.loc[inside, columns] * factor
        after = float(table.volume[inside].sum())
        notes.append(_fact(each, way, before, after, zone))
    return table, tuple(notes)


def _fact(each: Mapping[Hashable, Any], way: Way, before: float, after: float, zone: str) -> Adjusted:
    import pandas as pd

    begin, end = (pd.Timestamp(each[name]).tz_convert(zone).to_pydatetime() for name in ("from", "to"))
    channel, reason = str(each["channel"]), str(each["reason"])
    return Adjusted("calendar.adjustments", channel, begin, end, way, float(each[way]), before, after, reason)
