"""Days with an effect of their own that nobody named: next to holidays, at year's end, and single days of the month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forecast.calendar.day_kinds import DayKinds
from forecast.calendar.month_days import MonthDays
from forecast.calendar.near_days import NearDays
from forecast.calendar.outstanding_days import MONTH_DAY, beyond_weekday, is_odd, standing_out

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Learned:
    """Which days have an effect of their own.

    `near` and `month` are columns of the marks of `OwnDays`; `odd` are numbers of days near holidays that differ so
    much, learned or not, that they say nothing about the days that follow.
    """

    near: tuple[int, ...] = ()
    month: tuple[int, ...] = ()
    odd: tuple[int, ...] = ()

    def usual(self, days: int) -> Mask:
        """All of the first `days` days but the odd ones."""
        mask = np.ones(days, dtype=bool)
        mask[list(self.odd)] = False
        return mask


NOTHING = Learned()


@dataclass(frozen=True)
class OwnMarks:
    """Marks of the days that were learned: their names, and 1 where they are, shape (days, names)."""

    names: tuple[str, ...]
    columns: Array


@dataclass(frozen=True)
class OwnDays:
    """What might have an effect of its own; `marked` days have a holiday or an event to explain them."""

    near: NearDays
    month_days: MonthDays
    marked: Mask

    @classmethod
    def of(cls, first: date, events: Array, kinds: DayKinds | None) -> OwnDays:
        """Mark the days from `first` on; `events` has a row for each. Without `kinds` no day is near a holiday."""
        days = len(events)
        near = NearDays.none(days) if kinds is None else NearDays.of(kinds)
        months = MonthDays.of(DayKinds.plain(first, days) if kinds is None else kinds)
        return cls(near, months, np.asarray(events.any(axis=1), dtype=bool))

    def learned(self, totals: Array) -> Learned:
        """Which of them stand out in the totals of the first days (NaN unknown)."""
        n = len(totals)
        near, rest = self.near.columns[:n], self.beyond(totals)
        near_kinds = tuple(i for proof, of in self.near.proofs for i in standing_out(rest, near, proof, of))
        odd = np.isfinite(totals) & (near[:, near_kinds].any(axis=1) | (near.any(axis=1) & is_odd(rest)))
        usual = ~(self.marked[:n] | odd)
        rest = np.where(usual, beyond_weekday(totals, usual), np.nan)
        month = standing_out(rest, self.month_days.columns[:n], MONTH_DAY)
        return Learned(near_kinds, month, tuple(np.flatnonzero(odd).tolist()))

    def beyond(self, totals: Array) -> Array:
        """Log of each total less that of the same weekday away from holidays; NaN unknown, and for marked days."""
        n = len(totals)
        usual: Mask = ~(self.marked[:n] | self.near.columns[:n].any(axis=1))
        return np.where(self.marked[:n], np.nan, beyond_weekday(totals, usual))

    def marks(self, learned: Learned) -> OwnMarks:
        """Marks of the days that were learned, near ones first."""
        near, month = list(learned.near), list(learned.month)
        names = [self.near.names[i] for i in near] + [self.month_days.names[i] for i in month]
        return OwnMarks(tuple(names), np.hstack([self.near.columns[:, near], self.month_days.columns[:, month]]))
