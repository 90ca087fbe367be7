"""Columns of numbers, durations and sums of several columns as ``float64``, each value checked against its range."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.reading.durations import are_durations, seconds
from configs.reading.numbers import NumberRules, decimal_mark, numbers, thousands_guard, tidy
from configs.reading.source import Bad, Distinct, Source
from configs.reading.times import EMPTY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from configs.tables import Column

COUNTED = frozenset({"history", "actuals"})
"""Tables whose volumes are counts, or means of counts, and may be absent: such rows were not observed."""
UNIT_S = {"s": 1.0, "ms": 0.001, "min": 60.0}


def number_rules(source: Source, columns: Sequence[Column]) -> NumberRules:
    """What is known of the numbers of a file, from the config and from those columns that leave no doubt."""
    rules = NumberRules.of(source.shape, source.setting)
    texts = [
        [text for text in distinct.texts if not source.is_blank(text) and ":" not in text]
        for column in columns
        if column.kind == "number"
        for distinct in source.distinct(column.name)
    ]
    return replace(rules, shown=decimal_mark(texts, rules))


def amounts(source: Source, column: Column, rules: NumberRules) -> pd.Series:
    """One column of numbers; faults and notes go to `source`."""
    parts = [_part(source, column, distinct, rules) for distinct in source.distinct(column.name)]
    values = parts[0] if len(parts) == 1 else _sum(source, column, parts)
    if column.filled and not _may_be_absent(source, column) and np.isnan(values).any():
        blank = [
            i
            for i in np.flatnonzero(np.isnan(values)).tolist()
            if all(source.is_blank(text) for text in _cells(source, column, i))
        ]
        if blank:
            source.fault(column, EMPTY, blank)
    return pd.Series(values, dtype="float64")


def _cells(source: Source, column: Column, position: int) -> list[str]:
    return [source.cells.columns[name][position].strip() for name in source.parts[column.name]]


def _may_be_absent(source: Source, column: Column) -> bool:
    return column.name == "volume" and source.table.name in COUNTED


def _part(source: Source, column: Column, distinct: Distinct, rules: NumberRules) -> NDArray[np.float64]:
    """One column of the file, row by row; NaN where it is blank or bad."""
    places = [i for i, text in enumerate(distinct.texts) if not source.is_blank(text)]
    texts = [distinct.texts[i] for i in places]
    read = _values(source, column, distinct, texts, rules)
    checked = [value if isinstance(value, Bad) else _in_range(value, column) for value in read]
    bad = {i: one for i, one in zip(places, checked, strict=True) if isinstance(one, Bad)}
    if column.name == "volume" and source.table.name in COUNTED and not bad:
        doubt = thousands_guard(texts, rules)
        bad = {places[i]: doubt[1] for i in doubt[0]} if doubt else {}
    source.bad_rows(column, distinct, bad)
    values = np.full(len(distinct.texts), np.nan)
    values[places] = [np.nan if isinstance(one, Bad) else one for one in checked]
    return values[distinct.codes]


def _values(
    source: Source, column: Column, distinct: Distinct, texts: list[str], rules: NumberRules
) -> list[float | Bad]:
    """The texts as numbers, or, in a column of seconds, as durations."""
    aht = getattr(source.shape, "aht", None) if column.name == "aht_s" else None
    unit = None if aht is None else aht.unit
    if column.name.endswith("_s") and (are_durations(texts) or unit in {"h:mm", "m:ss"}):
        read, words = seconds([tidy(text) for text in texts], unit, f"{source.setting}.aht")
        scale = UNIT_S.get(unit or "s", 1.0)
        if words:
            source.note(f"{distinct.name}: {words}")
        return [one if isinstance(one, Bad) else one / scale for one in read]
    found = numbers(texts, rules, share=column.high == 1.0)
    if found.note:
        source.note(f"{distinct.name}: {found.note}")
    return [_with_remedy(one, source) if isinstance(one, Bad) else one for one in found.read]


def _with_remedy(bad: Bad, source: Source) -> Bad:
    if bad.words != "it must be a number":
        return bad
    return Bad(f"it must be a number; if it marks a missing value, add it to {source.setting}.empty")


def _in_range(value: float, column: Column) -> float | Bad:
    if column.low is not None and value < column.low:
        return Bad(f"it must be {column.low:g} or more")
    if column.high is not None and value > column.high:
        return Bad(f"it must be at most {column.high:g}")
    return value


def _sum(source: Source, column: Column, parts: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Add several columns of the file; a blank counts as 0 where another of them is filled."""
    stacked = np.vstack(parts)
    blank = np.isnan(stacked)
    some = blank.any(axis=0) & ~blank.all(axis=0)
    if some.any():
        row = source.cells.rows[int(np.flatnonzero(some)[0])]
        source.note(
            f"{source.name(column.name)}: in {int(some.sum()):,} rows a part of the sum is blank and counts as 0, "
            f"the first in row {row}"
        )
    total: NDArray[np.float64] = np.where(blank.all(axis=0), np.nan, np.nansum(stacked, axis=0))
    return total
