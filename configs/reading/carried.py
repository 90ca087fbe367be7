"""A column of dates that is filled in the first row of each day only, as pivot tables and merged cells leave it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from configs.reading.source import Distinct, Source


def carried_down(source: Source, days: Distinct) -> Distinct:
    """Give every row without a date the one above it, where the blanks are the layout and not a lost cell.

    They are where each date is written once and most rows have none. A file with the date in every row that lost
    one is left as it is: its row is refused.
    """
    blank = np.array([source.is_blank(text) for text in days.texts], dtype=bool)
    filled = np.flatnonzero(~blank[days.codes])
    is_layout = len(filled) == np.count_nonzero(~blank) and 2 * len(filled) <= len(days.codes)
    if len(filled) < 2 or filled[0] != 0 or not is_layout:
        return days
    above = np.searchsorted(filled, np.arange(len(days.codes)), side="right") - 1
    rows = len(days.codes) - len(filled)
    source.note(f"{days.name}: {rows:,} rows without a date have that of the row above; each date is written once")
    first = days.texts[days.codes[0]]  # no row has a blank text any more
    texts = [first if none else text for text, none in zip(days.texts, blank, strict=True)]
    return replace(days, texts=texts, codes=days.codes[filled[above]])
