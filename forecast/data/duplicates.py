"""Several rows of the history for one channel and interval, within a file or across files, settled as the config says.

``refuse`` leaves out what repeats another row in every cell of the file, and refuses the rest. ``last`` keeps the last
row of a channel and interval, in the order of the files and of their rows. ``sum`` adds every row, repeats too: two
contacts may well look alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.reading.repeats import raw_rows, repeated
from forecast.facts import RowsAdded, RowsRepeated, RowsReplaced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from configs.notes import Noticed
    from configs.reading.raw import Cells
    from configs.schema import Config
    from forecast.data.account import Ledger

KEY = ["channel", "start"]


def settled(
    frame: pd.DataFrame, texts: Mapping[str, Cells], config: Config, label: str, ledger: Ledger, notes: list[Noticed]
) -> pd.DataFrame:
    """Settle the rows that share channel and interval; with ``sum`` every row is left for `added_up`.

    Parameters
    ----------
    frame
        Every row of the config's channels, with `file` and `row`.
    texts
        The text of each file by its name.
    config, told_as
        The rule, the zone of messages, and the name of the whole history in messages.
    ledger, notes
        What is left out is entered in the one and reported in the other.

    Raises
    ------
    DataError
        When the rule is ``refuse`` and two rows that differ share channel and interval.
    """
    shared = np.flatnonzero(frame.duplicated(KEY, keep=False).to_numpy())
    if not len(shared):
        return frame
    rule = config.history.duplicates
    if rule == "last":
        return _last(frame, label, ledger, notes)
    same = frame.loc[_repeats(frame.iloc[shared], texts)]
    if rule == "sum":
        rows = int(frame.duplicated(KEY).sum())
        notes.append(RowsAdded(label, rows, len(same), _contacts(same)))
        return frame
    notes += _repeats_by_file(frame, same)
    ledger.leave_out("repeated", same.index)
    frame = frame.drop(index=same.index)
    if frame.duplicated(KEY).any():
        raise DataError(_faults(frame, config))
    return frame


def _last(frame: pd.DataFrame, label: str, ledger: Ledger, notes: list[Noticed]) -> pd.DataFrame:
    old = frame.loc[frame.duplicated(KEY, keep="last")]
    notes.append(RowsReplaced(label, len(old), _contacts(old)))
    ledger.leave_out("replaced", old.index)
    return frame.drop(index=old.index)


def _repeats(shared: pd.DataFrame, texts: Mapping[str, Cells]) -> pd.Index:
    """Index of the rows that are a whole raw row again, of the same file or of an earlier one."""
    raw = pd.concat([_raw(rows, texts[str(file)]) for file, rows in shared.groupby("file", sort=False)])
    shared = shared.loc[raw.index]
    return shared.index[repeated(raw, shared[KEY])]


def _raw(rows: pd.DataFrame, cells: Cells) -> pd.DataFrame:
    at = np.searchsorted(np.asarray(cells.rows), rows.row.to_numpy(dtype=np.int64))
    return raw_rows(cells, at.tolist()).set_index(rows.index)


def _repeats_by_file(frame: pd.DataFrame, same: pd.DataFrame) -> list[RowsRepeated]:
    """A fact for each file that repeats rows, of its own or of an earlier file."""
    first = frame.drop_duplicates(KEY).set_index(KEY).file
    home = first.loc[pd.MultiIndex.from_frame(same[KEY])].to_numpy()
    notes = []
    for file, rows in same.groupby("file", sort=False):
        own = home[same.file.to_numpy() == file] == file
        for of_another, mine in ((False, rows.loc[own]), (True, rows.loc[~own])):
            if len(mine):
                first_row = int(mine.row.iloc[0])
                notes.append(RowsRepeated(str(file), len(mine), _contacts(mine), of_another, first_row))
    return notes


def _contacts(rows: pd.DataFrame) -> float:
    return float(rows.volume.sum())


def _faults(frame: pd.DataFrame, config: Config) -> list[Fault]:
    again = frame.loc[frame.duplicated(KEY)]
    faults = []
    shown = again.head(5)
    for channel, start, file, row in zip(shown.channel, shown.start, shown.file, shown.row, strict=True):
        first = frame.loc[(frame.channel == channel) & (frame.start == start)].iloc[0]
        moment = start.tz_convert(config.plan.timezone)
        words = f'channel "{channel}" at {moment:%Y-%m-%d %H:%M} is already in {first.file} row {first.row}'
        ways = 'keep one, or set history.duplicates = "sum" (add all of them) or "last" (keep the last)'
        faults.append(Fault(f"{file} row {row}", f"{words}; {ways}"))
    more = len(again) - len(faults)
    return [*faults, Fault("history", f"{more:,} more rows like these")] if more > 0 else faults
