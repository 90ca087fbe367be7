"""Contacts that are in two exports, with what has become of them in between: each counts once, in its latest state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from forecast.facts import ContactsUpdated

if TYPE_CHECKING:
    from configs.notes import Noticed
    from forecast.data.account import Ledger

WHO = ["contact", "start", "reading"]
"""A contact is the same in files of one system if its number and its arrival are."""


def in_latest_state(contacts: pd.DataFrame, label: str, ledger: Ledger, notes: list[Noticed]) -> pd.DataFrame:
    """Leave one row of each contact that is in several files: the one with the latest end, of equal ones the last.

    A ticket may be open in one export and closed, or in the hands of another team, in the next. Contacts with several
    rows in one file stay as they are: they may be parts, such as the stay in each queue.

    Parameters
    ----------
    contacts
        Rows with a number, ``contact, start, reading, file`` and ``end`` where it is known, in the order of the files.
    label, ledger, notes
        Name of all files; what is left out is entered in the one and reported in the other.
    """
    again = contacts.loc[contacts.duplicated(WHO, keep=False)]
    if again.empty:
        return contacts
    parts = again.loc[again.duplicated([*WHO, "file"], keep=False), WHO]
    whole = again.loc[~pd.MultiIndex.from_frame(again[WHO]).isin(pd.MultiIndex.from_frame(parts))]
    if "end" in whole.columns:
        whole = whole.sort_values("end", kind="stable", na_position="first")
    old = whole.index[whole.duplicated(WHO, keep="last")]
    if len(old):
        notes.append(ContactsUpdated(label, len(old)))
        ledger.leave_out("replaced", old)
    return contacts.drop(index=old)
