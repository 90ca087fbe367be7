"""Redials measured by caller: how many of those who gave up contact the same channel again, and how soon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forecast.data.contacts import single
from forecast.data.contacts.facts import MeasuredRedials

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

WINDOW_S = 1800.0
"""A contact this long after the customer gave up counts as a redial."""
WEEK_S = 7 * 86_400.0
LEAST_ABANDONED = 50
NOBODY = frozenset({"", "-", "anonymous", "private", "restricted", "unavailable", "unknown", "withheld"})
"""What stands for a caller who is not known; many people share it."""


def measure_redials(contacts: pd.DataFrame, window_s: float = WINDOW_S) -> Iterator[MeasuredRedials]:
    """Measure the redials of every channel with enough abandoned contacts of known callers, in order of their names.

    An abandoned contact counts when the source goes on for the window after it. By chance the same caller may have
    contacted anyway: that share is seen in an equal window a week later, at the same time of the same weekday, when
    nobody calls because of a wait a week ago.

    Parameters
    ----------
    contacts
        Table CONTACT_ROWS; without ``caller`` and ``abandoned`` nothing can be measured.
    window_s
        How soon a contact counts as a redial, seconds.
    """
    if not {"caller", "abandoned"} <= set(contacts.columns):
        return
    texts = contacts.caller.fillna("").astype(str).str.strip()
    caller, known = texts.to_numpy(str), ~texts.str.lower().isin(NOBODY).to_numpy()
    channel = single.channels(contacts).to_numpy(str)
    last = single.moment_s(contacts, "start").max() if len(contacts) else 0.0
    for name in np.unique(channel[known]).tolist():
        mine = known & (channel == name)
        found = _measured(name, contacts.loc[mine], _Calls.of(contacts.loc[mine], caller[mine]), window_s, last)
        if found is not None:
            yield found


@dataclass(frozen=True, eq=False)
class _Calls:
    """The moments of every contact of a channel, by caller: as one sorted line, a stretch for each caller."""

    caller: NDArray[np.int64]
    line: Array
    stretch: float
    begin: float

    @classmethod
    def of(cls, contacts: pd.DataFrame, callers: NDArray[np.str_]) -> _Calls:
        """Put the contacts of each caller on their stretch of the line."""
        caller = np.unique(callers, return_inverse=True)[1]
        start = single.moment_s(contacts, "start")
        begin = start.min()
        stretch = start.max() - begin + 4 * WEEK_S  # a window, even a week later, ends before the next stretch
        return cls(caller, np.sort(caller * stretch + start - begin), stretch, begin)

    def next_s(self, contact: NDArray[np.int64], moment: Array) -> Array:
        """Seconds from a moment until the caller of each contact comes again; two weeks or more stand for never."""
        at = self.caller[contact] * self.stretch + moment - self.begin
        found = np.searchsorted(self.line, at, side="right")
        after: Array = np.append(self.line, np.inf)[found] - at
        return after


def _measured(name: str, contacts: pd.DataFrame, calls: _Calls, window_s: float, last: float) -> MeasuredRedials | None:
    gone = single.moment_s(contacts, "start") + np.nan_to_num(single.wait_s(contacts))
    contact = np.flatnonzero(single.abandoned(contacts) & (gone + window_s <= last))
    if len(contact) < LEAST_ABANDONED:
        return None
    after = calls.next_s(contact, gone[contact])
    again = after <= window_s
    later = contact[gone[contact] + WEEK_S + window_s <= last]
    chance = calls.next_s(later, gone[later] + WEEK_S) <= window_s
    by_chance = float(chance.mean()) if len(later) >= LEAST_ABANDONED else None
    after_s = float(after[again].mean()) if again.any() else None
    return MeasuredRedials(name, len(contact), float(again.mean()), after_s, window_s, by_chance)
