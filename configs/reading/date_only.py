"""A column of starts that holds only dates while another column holds the times: the fault names it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import Fault
from configs.reading.clock import MINUTE, NUMBER, Clock, ClockRules, clocks
from configs.reading.source import Distinct, Source

if TYPE_CHECKING:
    from configs.reading.local_times import RowTimes
    from configs.tables import Column

GRID = 5 * MINUTE
"""Intervals begin on the five minutes; durations do not all end there."""
WORDS = re.compile(r"time|interval|hour|period|start|uhr|zeit|heure|hora", re.IGNORECASE)
TABLES = frozenset({"history", "actuals"})


def column_of_times(source: Source, column: Column, rows: RowTimes) -> None:
    """Add a fault with the line of the config that is missing, where dates repeat and another column has times."""
    if source.table.name not in TABLES or not len(rows.kind) or not (rows.kind == "day").all():
        return
    _, each = np.unique(rows.naive, return_counts=True)
    if each.max() < 2:
        return
    used = {name for names in source.parts.values() for name in names}
    for name in source.cells.header:
        if name not in used and holds_times(Distinct.of(name, source.cells.columns[name])):
            words = (
                f"{source.name(column.name)} holds only dates, and {name} holds times; "
                f'add time = "{name}" to {source.setting}.columns'
            )
            source.faults.append(Fault(source.label, words))
            return


def holds_times(distinct: Distinct) -> bool:
    """Whether a column of the file plainly holds the times of intervals."""
    texts = [text for text in distinct.texts if text]
    if len(texts) < 2 or (all(map(NUMBER.fullmatch, texts)) and not WORDS.search(distinct.name)):
        return False
    read = clocks(texts, ClockRules())
    return all(isinstance(one, Clock) and one.at % GRID == 0 for one in read)
