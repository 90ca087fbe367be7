"""Rows of one contact each become intervals, with what they say of patience, repeated calls and backlogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from configs.tables import CONTACT_ROWS
from forecast.data.contacts.again import several_times
from forecast.data.contacts.backlog import with_backlog
from forecast.data.contacts.intervals import count_contacts
from forecast.data.contacts.patience import measure_patience
from forecast.data.contacts.redials import measure_redials
from forecast.data.outcomes import CONTACT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from configs.notes import Noticed
    from configs.schema import Config
    from forecast.data.account import Ledger
    from forecast.data.files import FilesRead


def counted(
    frame: pd.DataFrame, read: FilesRead, config: Config, label: str, ledger: Ledger, notes: list[Noticed]
) -> pd.DataFrame:
    """Turn the rows that are contacts into intervals of the plan; other rows stay as they are.

    Contacts read by the same settings are counted together: between the first and the last of them an interval without
    one is a zero. Channels whose work can wait get their backlog, where contacts have an end.

    Raises
    ------
    DataError
        A contact ends before it arrives, or none has the moment that counts.
    """
    if "kind" not in frame.columns:
        return frame
    single = (frame.kind == CONTACT).to_numpy()
    parts = [frame.loc[~single].drop(columns="kind")]
    contacts = frame.loc[single]
    columns = [name for name in (*CONTACT_ROWS.names, "file", "row") if name in contacts.columns]
    stated = {name: _seconds(config, name) for name in config.channels}
    for reading in sorted(contacts.reading.unique().tolist()):
        mine, history = contacts.loc[contacts.reading == reading], read.readings[reading]
        known = mine[columns].dropna(axis=1, how="all")
        if history.counting == "end" and "end" in known.columns:
            ledger.leave_out("not-ended", mine.index[known.end.isna()])
        found = count_contacts(
            known,
            config.plan.interval_s // 60,
            config.plan.timezone,
            history.counting,
            quiet_days="zero" if history.missing == "zero" else "unknown",
            label=_of(mine, label),
        )
        notes.append(found.fact)
        notes += [*several_times(known), *measure_patience(known, stated), *measure_redials(known)]
        parts.append(_with_backlogs(found.rows, known, config).assign(reading=reading))
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def _with_backlogs(rows: pd.DataFrame, contacts: pd.DataFrame, config: Config) -> pd.DataFrame:
    """Add the open contacts of channels whose work can wait."""
    waits = [name for name, channel in config.channels.items() if channel.kind == "deferrable"]
    if "end" not in contacts.columns or not rows.channel.isin(waits).any():
        return rows
    backlog = with_backlog(rows, contacts).backlog
    return rows.assign(backlog=backlog.where(rows.channel.isin(waits)))


def _seconds(config: Config, channel: str) -> float | None:
    """Patience that the config states."""
    patience = getattr(config.channels[channel], "patience", None)
    return None if patience is None else float(patience.total_seconds())


def _of(rows: pd.DataFrame, label: str) -> str:
    """Name of the file where there is one, else of the whole history."""
    files: Sequence[str] = rows.file.unique().tolist()
    return str(files[0]) if len(files) == 1 else label
