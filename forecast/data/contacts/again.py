"""Contacts that are several rows of one channel, such as a call that overflows to another queue of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forecast.data.contacts import single
from forecast.data.contacts.facts import SeveralTimes

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd


def several_times(contacts: pd.DataFrame) -> Iterator[SeveralTimes]:
    """Count the numbers that occur more than once in a channel, for each channel that has any, in order of their names.

    Every row is an arrival and needs somebody, or a place in the queue; one customer may be several.

    Parameters
    ----------
    contacts
        Table CONTACT_ROWS; without ``contact`` nothing can be counted.
    """
    if "contact" not in contacts.columns:
        return
    number = contacts.contact.fillna("").astype(str)
    channel = single.channels(contacts).astype(str)
    for name, mine in number[number != ""].groupby(channel[number != ""]):
        rows = mine[mine.duplicated(keep=False)]
        if len(rows):
            yield SeveralTimes(str(name), int(rows.nunique()), len(rows), len(mine))
