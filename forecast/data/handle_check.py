"""Handle times that do not look like the unit they are read in: the planner is asked, nothing is assumed.

Systems export seconds, milliseconds and minutes, means and totals under much the same names, and a wrong reading is
wrong by the factor 60, 1000 or the number of contacts. What the config states is believed. What it does not state is
assumed to be seconds, and means, and checked in two ways: whether a contact then takes an ordinary time for its kind of
channel (all weeks, each week, and rows so large that no single long contact explains them), and whether the values rise
with the contacts handled, as totals do and means do not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import Fault
from configs.reading.raw import at_rows
from configs.units import format_duration
from forecast.data.handle_units import SECONDS, Is, Reading, plain_unit, reading_of
from forecast.data.intervals import added_up, by_channel, weight_of
from forecast.data.rise import share_that_rises
from forecast.facts import HandleTimesAsStated, HandleTimesShort

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from configs.notes import Noticed
    from configs.schema import HandleTimes

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Places = NDArray[np.int64]

ORDINARY_S: dict[str, tuple[float, float]] = {
    "synchronous": (30.0, 3600.0),
    "concurrent": (60.0, 4 * 3600.0),
    "deferrable": (30.0, 8 * 3600.0),
}
"""Ordinary handle times of a contact by kind of channel, in seconds.

A call takes minutes, a conversation by text minutes to hours, a case up to a day's work. The high end of each band is
less than a thousand times its low end, so that no handle time is ordinary both in seconds and in milliseconds. The low
ends are as high as real work allows, so that minutes up to half an hour (conversations: an hour) are noticed.
"""
ANY_KIND_S = (30.0, 8 * 3600.0)
"""The same where the kind of channel is not known."""
LEAST_CONTACTS = 30
"""A week with fewer contacts is not looked at by itself."""
OTHER_UNIT = 20.0
"""A week that differs from all weeks by this factor is in another unit: the smallest factor between units is 60."""
FAR_ROW = 30.0
"""A row this many times above the usual of its channel may be in another unit: half of the smallest factor, 60."""
LONGEST_S = 24 * 3600.0
"""One contact, left open by mistake, accounts for a day at most; a row with more time beyond the usual is no mean."""
QUICK_S = {"synchronous": 60.0, "concurrent": 120.0, "deferrable": 120.0}
"""Below this the usual handle time may be one in minutes just as well: a note says how it is read."""
RISES = 0.5
"""Share of the values that rises with contacts: 0 for means (up to 0.3 where load slows people down), 1 for totals."""
SURE = 2.0
"""Standard errors by which that share must be above or below the border."""


@dataclass(frozen=True)
class InputSource:
    """How the caller's messages name things: the file, the column, and the words that state a reading."""

    label: str
    column: str
    setting: Callable[[Reading], str]


def odd_handle_times(
    rows: pd.DataFrame, clock: pd.Series, kinds: Mapping[str, str], stated: HandleTimes | None, source: InputSource
) -> tuple[list[Fault], list[Noticed]]:
    """Find the channels whose handle times do not look like what they are read as.

    Parameters
    ----------
    rows
        ``channel, volume``, and if there are any ``aht_s`` as the file has it and ``handled``.
    clock
        Naive local start of every row.
    kinds
        Kind of each channel; one that is absent may be of any kind.
    stated
        What the planner states of the column; where it states both unit and kind, it is believed and only noted.
    source
        Names for messages.

    Returns
    -------
    tuple
        A fault for each channel, with the readings that would be ordinary; or, where stated, notes. A note also where
        the unit is not stated and the usual handle time is so short that it may be in minutes.
    """
    if "aht_s" not in rows.columns:
        return [], []
    believed = stated is not None and stated.unit is not None and stated.is_ is not None
    faults: list[Fault] = []
    notes: list[Noticed] = []
    for channel, mine in by_channel(rows):
        seen = _Seen.of(mine.assign(_clock=clock.loc[mine.index]), kinds.get(channel, ""))
        if seen is None:
            continue
        doubt, named = seen.doubt(stated), f'channel "{channel}": handle times ({source.column})'
        if doubt is None:
            usual_s = seen.short_s(stated)
            if usual_s is not None:
                setting = source.setting(replace(reading_of(stated), unit="min"))
                notes.append(HandleTimesShort(source.label, channel, source.column, usual_s, setting))
        elif believed:
            notes.append(HandleTimesAsStated(source.label, channel, source.column, doubt.why))
        else:
            faults.append(Fault(source.label, f"{named} {doubt.why}; {seen.ways_out(doubt, stated, source)}"))
    return faults, notes


@dataclass(frozen=True)
class _Doubt:
    """Why the reading is doubted, the rows that are concerned, and whether these are all of them."""

    why: str
    rows: Mask
    everywhere: bool


def _by_clock(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of their clock times, those of one time added up."""
    shared = rows["_clock"].duplicated(keep=False).to_numpy()
    if shared.any():
        rows = pd.concat([rows.loc[~shared], added_up(rows.loc[shared], ["_clock"])], ignore_index=True)
    return rows.sort_values("_clock")


@dataclass(frozen=True)
class _Seen:
    """Handle times of one channel as the file has them, where there are contacts.

    `row` is the row in the file, where there is one file; `rise` is the share of values that rises with contacts and
    its standard error, where it is known.
    """

    kind: str
    values: Array
    contacts: Array
    day: NDArray[np.datetime64]
    row: NDArray[np.int64] | None
    rise: tuple[float, float] | None

    @classmethod
    def of(cls, rows: pd.DataFrame, kind: str) -> _Seen | None:
        """Take what says something: rows with contacts and a handle time; None where there are none."""
        contacts = weight_of("aht_s", rows)
        rows = rows.loc[(contacts > 0) & (rows.aht_s > 0)]
        if rows.empty:
            return None
        # Queues planned as one may differ in size and in handle time: they are compared as one.
        whole = _by_clock(rows)
        clock = pd.DatetimeIndex(whole["_clock"])
        rise = share_that_rises(clock, weight_of("aht_s", whole).to_numpy(float), whole.aht_s.to_numpy(float))
        day = rows["_clock"].to_numpy().astype("datetime64[D]")
        one_file = "row" in rows.columns and (rows["file"] == rows["file"].iloc[0]).all()
        row = rows["row"].to_numpy(np.int64) if one_file else None
        return cls(kind, rows.aht_s.to_numpy(float), contacts.loc[rows.index].to_numpy(float), day, row, rise)

    def doubt(self, stated: HandleTimes | None) -> _Doubt | None:
        """Say why the reading stated or assumed is doubted; None where it is not."""
        everywhere, assumed = np.ones(len(self.values), dtype=bool), reading_of(stated)
        if (stated is None or stated.is_ is None) and self._is_clear(1):
            return _Doubt("rise with the contacts, as totals do", everywhere, everywhere=True)
        weeks, usual = self._weeks(), self._typical(assumed, everywhere)
        odd = [self._is_odd(self._typical(assumed, rows), usual) for rows in weeks]
        single = self._far_rows(assumed, usual)
        if not any(odd) and not single.any():
            return None
        kind = f"for a {self.kind} channel" if self.kind else "for a contact"
        low, high = (format_duration(timedelta(seconds=end)) for end in self._ordinary)
        why = f"are out of the ordinary {kind} ({low} to {high})"
        if all(odd):
            return _Doubt(why, everywhere, everywhere=True)
        rows = single.copy()
        for week in (week for week, is_odd in zip(weeks, odd, strict=True) if is_odd):
            rows[week] = True
        return _Doubt(f"{why} {self._where(rows, weeks=any(odd))}, not elsewhere", rows, everywhere=False)

    def short_s(self, stated: HandleTimes | None) -> float | None:
        """Usual handle time where it is so short that it may be minutes; None where stated or long enough."""
        usual = self._typical(reading_of(stated), np.ones(len(self.values), dtype=bool))
        is_stated = stated is not None and stated.unit is not None
        return None if is_stated or usual >= QUICK_S.get(self.kind, 0.0) else usual

    def _far_rows(self, reading: Reading, usual: float) -> Mask:
        """Rows far above the ordinary and the usual, with more time than one contact left open accounts for.

        Rows far below are not looked at one by one: a line that drops every call gives them too.
        """
        values = reading.seconds(self.values, self.contacts)
        far = (values > self._ordinary[1]) & (values >= FAR_ROW * usual)
        return np.asarray(far & ((values - usual) * self.contacts > LONGEST_S), dtype=bool)

    def _where(self, rows: Mask, *, weeks: bool) -> str:
        """Name the days, and single rows as the file counts them."""
        first, last = self.day[rows].min(), self.day[rows].max()
        days = f"on {first}" if first == last else f"between {first} and {last}"
        if weeks:
            return days
        if self.row is None:
            return f"in {int(rows.sum()):,} of {len(rows):,} rows {days}"
        return f"{at_rows('in', sorted(self.row[rows].tolist()))} {days}"

    def _is_odd(self, typical: float, usual: float) -> bool:
        """Whether the contacts of a week do not take an ordinary time: far from it where those of all weeks do."""
        another = max(typical / usual, usual / typical) >= OTHER_UNIT
        return not self._is_ordinary(typical) and (another or not self._is_ordinary(usual))

    def ways_out(self, doubt: _Doubt, stated: HandleTimes | None, source: InputSource) -> str:
        """Give the reading assumed and those that would be ordinary, each with the words that state it."""
        assumed = reading_of(stated)
        ordinary = [one for one in self._open(stated) if self._is_ordinary(self._typical(one, doubt.rows))]
        text = [
            f"read as {one.words}: {_time(self._typical(one, doubt.rows))} a contact, {source.setting(one)}"
            for one in dict.fromkeys((assumed, *ordinary))
        ]
        end = "state the right one" if doubt.everywhere else "bring all rows to one unit, or state the one of all"
        return "; ".join([*text, end])

    def _open(self, stated: HandleTimes | None) -> list[Reading]:
        """Readings that what is stated and what is seen leave open."""
        unit, is_ = plain_unit(stated), stated.is_ if stated else None
        kinds: tuple[Is, ...] = (is_,) if is_ else ("mean", "total")
        if is_ is None and self._is_clear(1):
            kinds = ("total",)
        elif is_ is None and self._is_clear(-1):
            kinds = ("mean",)
        return [Reading(one, kind) for kind in kinds for one in ((unit,) if unit else SECONDS)]

    def _is_clear(self, side: int) -> bool:
        """Whether the values clearly rise with contacts (1), or clearly do not (-1)."""
        return self.rise is not None and side * (self.rise[0] - RISES) > SURE * self.rise[1]

    def _weeks(self) -> list[Places]:
        """Places of the rows of each week with contacts enough to be looked at; of all rows where there is none."""
        week = (self.day - self.day.min()).astype(np.int64) // 7
        order = np.argsort(week, kind="stable")
        ends = np.cumsum(np.bincount(week))
        enough = np.flatnonzero(np.bincount(week, weights=self.contacts) >= LEAST_CONTACTS)
        return [order[ends[one - 1] if one else 0 : ends[one]] for one in enough] or [order]

    def _typical(self, reading: Reading, rows: Mask | Places) -> float:
        """Median over contacts, which a few broken values do not move."""
        values, contacts = reading.seconds(self.values[rows], self.contacts[rows]), self.contacts[rows]
        order = np.argsort(values, kind="stable")
        reached = np.cumsum(contacts[order])
        return float(values[order][np.searchsorted(reached, reached[-1] / 2)])

    @property
    def _ordinary(self) -> tuple[float, float]:
        return ORDINARY_S.get(self.kind, ANY_KIND_S)

    def _is_ordinary(self, seconds: float) -> bool:
        return self._ordinary[0] <= seconds <= self._ordinary[1]


def _time(seconds: float) -> str:
    """``250 s``, and hours where there are several: ``249,714 s (69.4 h)``."""
    short = f"{seconds:,.0f} s" if seconds >= 10 else f"{seconds:.3g} s"
    return f"{short} ({seconds / 3600:,.1f} h)" if seconds > 3 * 3600 else short
