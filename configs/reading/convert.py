"""Text cells to typed values, column by column; a value that cannot be read is a fault with its row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import Fault
from configs.reading.amounts import amounts, number_rules
from configs.reading.times import EMPTY, dates, times

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.notes import Note
    from configs.reading.numbers import NumberRules
    from configs.reading.source import Source
    from configs.tables import Column

FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""Text a spreadsheet would run as a formula; a leading quote, taken off again when read, keeps it text."""
COUNTS = ("volume", "handled", "abandoned", "agents", "agents_present", "work_h")
"""Columns of an interval that count; where all of them are zero it may be left out."""
COUNTED = frozenset({"history", "actuals"})
"""Tables whose rows are observations: one without a volume was not observed."""


def converted(source: Source) -> dict[str, pd.Series]:
    """Every column found as ``str``, UTC times, naive midnights or ``float64``; faults and notes go to `source`.

    Numbers are read first: a row of an hour that the clock skips is left out where they are zero. Faults and notes
    are told in the order of the columns all the same.
    """
    found = [column for column in source.table.columns if column.name in source.parts]
    before = source.faults, source.notes
    told: dict[str, tuple[list[Fault], list[Note]]] = {}
    series: dict[str, pd.Series] = {}
    rules = number_rules(source, found)
    for column in sorted(found, key=lambda column: column.kind in {"time", "date"}):
        if column.kind in {"time", "date"} and source.idle is None:
            source.idle = _idle(series)
        source.faults, source.notes = told[column.name] = [], []
        series[column.name] = _column(source, column, rules)
    source.faults = [*before[0], *(fault for column in found for fault in told[column.name][0])]
    source.notes = [*before[1], *(note for column in found for note in told[column.name][1])]
    _leave_out_unobserved(source, series)
    return {column.name: series[column.name] for column in found}


def _column(source: Source, column: Column, rules: NumberRules) -> pd.Series:
    if column.kind == "number":
        return amounts(source, column, rules)
    return {"text": _texts, "date": dates, "time": times}[column.kind](source, column)


def _texts(source: Source, column: Column) -> pd.Series:
    (distinct,) = source.distinct(column.name)
    if column.filled:
        source.bad_rows(column, distinct, {i: EMPTY for i, text in enumerate(distinct.texts) if not text})
    values = np.array([_text(text) for text in distinct.texts], dtype=object)
    return pd.Series(values[distinct.codes], dtype="str")


def _text(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def _idle(series: dict[str, pd.Series]) -> NDArray[np.bool_] | None:
    """Rows that count something and count none of it; None where nothing is counted."""
    counts = [series[name].to_numpy(float) for name in COUNTS if name in series]
    if not counts:
        return None
    stacked = np.vstack(counts)
    known = ~np.isnan(stacked)
    idle: NDArray[np.bool_] = known.any(axis=0) & (np.where(known, stacked, 0.0) == 0).all(axis=0)
    return idle


def _leave_out_unobserved(source: Source, series: dict[str, pd.Series]) -> None:
    """Leave out rows of a history without a volume: nobody counted, which is not the same as none."""
    if source.table.name not in COUNTED or "volume" not in series or source.faults:
        return
    blank = np.flatnonzero(series["volume"].isna().to_numpy())
    fresh = sorted(set(blank.tolist()) - set(source.left_out))
    if not fresh:
        return
    row, name = source.cells.rows[fresh[0]], source.name("volume")
    if len(fresh) == len(source.cells.rows):
        source.faults.append(Fault(source.label, f"no row has a value in {name}"))
    source.note(f"{len(fresh):,} rows have no {name} and count as not observed, the first in row {row}")
    source.unobserved = len(fresh)
    source.left_out += fresh
