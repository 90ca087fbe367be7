"""Contacts counted by channel and interval of the plan: a history from a source of one row a contact.

Three rules say in which interval a contact counts:

``arrival``
    The whole contact where it arrived: volume, handled, handle time, abandonment and wait. What a plan needs.
``end``
    The whole contact where it ended; NICE calls it "when contact ended" (WCE). A contact without an end is not counted.
``spread``
    Volume, abandonments and waits where it arrived; its handle time in the intervals in which it was worked on; NICE
    calls it "true to interval" (TTI). ``handled`` is then the share of its handle time that lies in the interval, so
    that ``handled * aht_s`` is the time worked there, and both totals are those of the contacts.

A log is complete for the time it covers: an interval from the first contact of the source to the last, of any channel,
without a contact is an observed zero. A local day without any contact of any channel is not observed, unless
``quiet_days`` says that it is zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.tables import HISTORY
from forecast.data.contacts import single
from forecast.data.contacts.clock import LocalIntervals
from forecast.data.contacts.facts import ContactsCounted

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from forecast.data.contacts.facts import Counting

    Array = NDArray[np.float64]
    Cells = NDArray[np.int64]
    Mask = NDArray[np.bool_]

QuietDays = Literal["unknown", "zero"]


@dataclass(frozen=True)
class CountedContacts:
    """A history by channel and interval, ordered by both, and what is to say of it.

    Columns of `rows` are ``channel, start, volume`` and, where the contacts know them, ``handled, aht_s, abandoned,
    wait_s``; means of nothing are NaN.
    """

    rows: pd.DataFrame
    fact: ContactsCounted


def count_contacts(
    contacts: pd.DataFrame,
    interval_min: int,
    timezone: str,
    counting: Counting = "arrival",
    *,
    quiet_days: QuietDays = "unknown",
    label: str = "contacts",
) -> CountedContacts:
    """Count contacts by channel and interval.

    Parameters
    ----------
    contacts
        Table CONTACT_ROWS, one row a contact.
    interval_min
        Interval of the plan in minutes.
    timezone
        Zone on whose clock the intervals begin.
    counting
        Which interval a contact counts in; the rules are at the top of this module.
    quiet_days
        What a local day without any contact means.
    label
        What messages call the table.

    Raises
    ------
    DataError
        There are no contacts, one is answered or ends before it arrives, or none has the moment that counts.
    """
    moment = single.moment_s(single.checked(contacts, label), "end" if counting == "end" else "start")
    known = np.isfinite(moment)
    if not known.any():
        raise DataError(Fault(label, _lacks(len(contacts))))
    intervals = LocalIntervals(float(moment[known].min()), float(moment[known].max()), interval_min, timezone)
    counted = contacts.loc[known]
    names, code = np.unique(single.channels(counted).to_numpy(str), return_inverse=True)
    cells = _Cells(intervals, len(names), intervals.index(moment[known]), code, quiet_days == "zero")
    columns, outside_s = _columns(counted, cells, spread=counting == "spread")
    table = {"channel": np.repeat(names, cells.size), "start": np.tile(intervals.starts, len(names)), **columns}
    rows = pd.DataFrame({name: table[name] for name in HISTORY.names if name in table})
    fact = ContactsCounted(
        where=label,
        counting=counting,
        contacts=len(counted),
        first=intervals.local(0),
        last=intervals.local(-1),
        quiet=cells.quiet_days,
        quiet_are_zero=cells.quiet_are_zero,
        not_ended=int((~known).sum()),
        outside_h=outside_s / 3600,
    )
    return CountedContacts(rows.loc[cells.observed].reset_index(drop=True), fact)


@dataclass(frozen=True)
class _Cells:
    """The cell, a channel and an interval, of every counted contact."""

    intervals: LocalIntervals
    channels: int
    interval: Cells
    channel: Cells
    quiet_are_zero: bool

    @property
    def size(self) -> int:
        """Number of intervals."""
        return len(self.intervals.starts)

    def total(self, weights: Array | Mask, interval: Cells | None = None, channel: Cells | None = None) -> Array:
        """Sum of weights by cell, channel after channel; of those given, or else of the contacts."""
        at = (self.channel if channel is None else channel) * self.size
        at = at + (self.interval if interval is None else interval)
        return np.bincount(at, weights=weights, minlength=self.channels * self.size).astype(float)

    def mean(self, values: Array) -> Array:
        """Mean by cell of the values that are known; NaN where there are none."""
        known = np.isfinite(values)
        return _ratio(self.total(np.where(known, values, 0.0)), self.total(known))

    @cached_property
    def quiet(self) -> Mask:
        """Intervals of local days on which no contact counts, shape (intervals,)."""
        return ~np.isin(self.intervals.days, np.unique(self.intervals.days[self.interval]))

    @property
    def quiet_days(self) -> tuple[date, ...]:
        """Local days on which no contact counts."""
        return tuple(np.unique(self.intervals.days[self.quiet]).tolist())

    @property
    def observed(self) -> Mask:
        """Cells that were observed."""
        return np.tile(~self.quiet | self.quiet_are_zero, self.channels)


def _columns(contacts: pd.DataFrame, cells: _Cells, *, spread: bool) -> tuple[dict[str, Array], float]:
    """Columns of the history by cell, and the seconds of handling outside the observed intervals."""
    handled, aht_s, outside_s = single.handled(contacts), single.number(contacts, "aht_s"), 0.0
    worked = np.isfinite(aht_s) if handled is None else handled
    table = {"volume": cells.total(np.ones(len(contacts)))}
    if spread:
        table["handled"], table["aht_s"], outside_s = _spread(contacts, worked, cells)
    else:
        table |= {"handled": cells.total(worked), "aht_s": cells.mean(np.where(worked, aht_s, np.nan))}
    if handled is None and not worked.any():
        del table["handled"]
    if "abandoned" in contacts.columns:
        table["abandoned"] = cells.total(single.abandoned(contacts))
    table["wait_s"] = cells.mean(single.wait_s(contacts))
    return {name: of for name, of in table.items() if np.isfinite(of).any()}, outside_s


def _spread(contacts: pd.DataFrame, handled: Mask, cells: _Cells) -> tuple[Array, Array, float]:
    """Handled contacts and their mean handle time by cell, each contact in parts; and the seconds left out.

    A contact without a known handle time counts whole where its work began, and not in the mean.
    """
    worked = contacts.loc[handled]
    begin, aht_s = single.begin_s(worked), single.number(worked, "aht_s")
    end = begin + np.nan_to_num(aht_s)
    edges = np.append(cells.intervals.edges_s, np.inf)
    first = cells.intervals.index(begin)
    last = np.maximum(np.searchsorted(edges, end, side="left") - 1, first)
    parts = last - first + 1
    contact = np.repeat(np.arange(len(worked)), parts)
    interval = first[contact] + np.arange(len(contact)) - np.repeat(np.cumsum(parts) - parts, parts)
    spent = np.minimum(end[contact], edges[interval + 1]) - np.maximum(begin[contact], edges[interval])
    share, known = _ratio(spent, (end - begin)[contact], otherwise=1.0), np.isfinite(aht_s)[contact]
    inside = interval < cells.size
    where = (interval[inside], cells.channel[handled][contact][inside])
    count, work, of = (cells.total(each[inside], *where) for each in (share, spent * known, share * known))
    return count, _ratio(work, of), float((spent * known)[~inside].sum() + work[~cells.observed].sum())


def _ratio(over: Array, under: Array, otherwise: float = np.nan) -> Array:
    """Quotient where the divisor is above 0."""
    ratio: Array = np.divide(over, under, out=np.full(len(over), otherwise), where=under > 0)
    return ratio


def _lacks(contacts: int) -> str:
    """Say why nothing can be counted."""
    if not contacts:
        return "holds no contacts; export days with contacts"
    return f'none of its {contacts:,} contacts has an end, so they cannot be counted there; set counting = "arrival"'
