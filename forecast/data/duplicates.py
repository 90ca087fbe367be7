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
from forecast.data.intervals import by_channel
from forecast.data.latest_state import in_latest_state
from forecast.facts import RowsAdded, RowsRepeated, RowsReplaced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from configs.files import Read
    from configs.notes import Noticed
    from configs.reading.raw import Cells
    from configs.schema import Config
    from forecast.data.account import Ledger

KEY = ["channel", "start"]


def settled(
    frame: pd.DataFrame, texts: Mapping[str, Read], config: Config, label: str, ledger: Ledger, notes: list[Noticed]
) -> pd.DataFrame:
    """Settle the rows that share channel and interval; those that are to be added up are left for `added_up`.

    Rows that are told apart by their `stream`, such as those of two queues, are never the same twice. Where rows are
    contacts, those with the same number and arrival are, and in two files the latest state counts; contacts without a
    number are all different.

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
    if "kind" not in frame.columns:
        return _settled(frame, _key(frame), texts, config, label, ledger, notes)
    numbered = (frame.kind == "contact").to_numpy() & frame.file.isin(texts).to_numpy()
    numbered &= (frame.contact.fillna("") != "").to_numpy() if "contact" in frame.columns else False
    contacts = frame.loc[numbered]
    if len(contacts) and config.history.duplicates != "sum":
        contacts = _without_repeats(contacts, ["contact", *_key(frame)], texts, ledger, notes)
        contacts = in_latest_state(contacts, label, ledger, notes)
    if len(contacts):
        contacts = _settled(contacts, ["contact", *_key(frame)], texts, config, label, ledger, notes)
    rows = frame.loc[(frame.kind == "interval").to_numpy()]
    if len(rows):
        rows = _settled(rows, _key(frame), texts, config, label, ledger, notes)
    others = frame.loc[~numbered & (frame.kind != "interval").to_numpy()]
    return pd.concat([rows, contacts, others]).sort_index()


def _key(frame: pd.DataFrame) -> list[str]:
    return [*KEY, "stream"] if "stream" in frame.columns else KEY


def _settled(
    frame: pd.DataFrame,
    key: list[str],
    texts: Mapping[str, Read],
    config: Config,
    label: str,
    ledger: Ledger,
    notes: list[Noticed],
) -> pd.DataFrame:
    if all(_differ(rows) for _, rows in by_channel(frame)):
        return frame
    shared = np.flatnonzero(frame.duplicated(key, keep=False).to_numpy())
    if not len(shared):
        return frame
    rule = config.history.duplicates
    if rule == "last":
        return _last(frame, key, label, ledger, notes)
    if rule == "sum":
        same, rows = frame.loc[_repeats(frame.iloc[shared], key, texts)], int(frame.duplicated(key).sum())
        notes.append(RowsAdded(label, rows, len(same), _contacts(same)))
        return frame
    frame = _without_repeats(frame, key, texts, ledger, notes)
    if frame.duplicated(key).any():
        raise DataError(_faults(frame, key, config))
    return frame


def _differ(rows: pd.DataFrame) -> bool:
    """Whether all starts of a channel differ, which mostly settles it."""
    start = np.sort(rows.start.dt.tz_localize(None).to_numpy())
    return bool((start[1:] > start[:-1]).all())


def _without_repeats(
    frame: pd.DataFrame, key: list[str], texts: Mapping[str, Read], ledger: Ledger, notes: list[Noticed]
) -> pd.DataFrame:
    """Leave out what repeats another row in every cell."""
    shared = np.flatnonzero(frame.duplicated(key, keep=False).to_numpy())
    if not len(shared):
        return frame
    same = frame.loc[_repeats(frame.iloc[shared], key, texts)]
    notes += _repeats_by_file(frame, key, same)
    ledger.leave_out("repeated", same.index)
    return frame.drop(index=same.index)


def _last(frame: pd.DataFrame, key: list[str], label: str, ledger: Ledger, notes: list[Noticed]) -> pd.DataFrame:
    old = frame.loc[frame.duplicated(key, keep="last")]
    notes.append(RowsReplaced(label, len(old), _contacts(old)))
    ledger.leave_out("replaced", old.index)
    return frame.drop(index=old.index)


def _repeats(shared: pd.DataFrame, key: list[str], texts: Mapping[str, Read]) -> pd.Index:
    """Index of the rows that are a whole raw row again, of the same file or of an earlier one."""
    raw = pd.concat([_raw(rows, texts[str(file)].cells) for file, rows in shared.groupby("file", sort=False)])
    shared = shared.loc[raw.index]
    return shared.index[repeated(raw, shared[key])]


def _raw(rows: pd.DataFrame, cells: Cells) -> pd.DataFrame:
    at = np.searchsorted(np.asarray(cells.rows), rows.row.to_numpy(dtype=np.int64))
    return raw_rows(cells, at.tolist()).set_index(rows.index)


def _repeats_by_file(frame: pd.DataFrame, key: list[str], same: pd.DataFrame) -> list[RowsRepeated]:
    """A fact for each file that repeats rows, of its own or of an earlier file."""
    first = frame.drop_duplicates(key).set_index(key).file
    home = first.loc[pd.MultiIndex.from_frame(same[key])].to_numpy()
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


def _faults(frame: pd.DataFrame, key: list[str], config: Config) -> list[Fault]:
    again = frame.loc[frame.duplicated(key)]
    faults = []
    shown = again.head(5)
    for _, each in shown.iterrows():
        first = frame.loc[(frame[key] == each[key]).all(axis=1)].iloc[0]
        moment = each.start.tz_convert(config.plan.timezone)
        who = f'contact "{each.contact}" of ' if "contact" in key else ""
        words = f'{who}channel "{each.channel}" at {moment:%Y-%m-%d %H:%M} is already in {first.file} row {first.row}'
        ways = 'keep one, or set history.duplicates = "sum" (add all of them) or "last" (keep the last)'
        faults.append(Fault(f"{each.file} row {each.row}", f"{words}; {ways}"))
    more = len(again) - len(faults)
    return [*faults, Fault("history", f"{more:,} more rows like these")] if more > 0 else faults
