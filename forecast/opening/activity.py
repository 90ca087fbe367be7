"""When a channel was in use: before it began, after it ended and out of season, zeros say nothing about its level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from forecast.data.day_totals import day_totals
from forecast.opening.chance import SURE, chance_of_none

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from forecast.data.grid import Grid

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

LEAST_SEASON_DAYS = 14
"""A shorter run of zeros is an outage, not an end or a season: two weeks show every weekday twice."""
LEAST_OUTAGE_DAYS = 5
SEASON_DAYS = 56
"""Seen in one year only, a closed season must be this long to be expected again; seen in two years, any length."""
Reading = Literal["ended", "season", "outage"]
STRAY_DAYS, STRAY_SHARE, STRAY_QUIET_DAYS = 2, 0.1, 7
"""Two days with a tenth of a usual day between two quiet weeks do not interrupt a quiet period."""


@dataclass(frozen=True)
class ActivePeriod:
    """Days `first` to `last`, as numbers of grid rows, without contacts that chance does not explain."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """Length in days."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Use:
    """What is known of when a channel was in use.

    Parameters
    ----------
    days
        Days from the first day of use to the last.
    began
        First day with contacts, when zeros were recorded before it.
    quiet
        First and last date of zeros at the end of the history, and how they are read.
    reading
        ``ended`` (two weeks or more, forecast is 0), ``season`` (it was closed a year before too) or ``outage`` (less
        than two weeks, forecast as if they had not been recorded).
    back
        First day ahead on which contacts are expected again after a season at the end.
    seasons
        First and last date of each closed season that is expected again in the days ahead, as it was seen last.
    gaps
        First and last date of every other quiet period.
    """

    days: int = 0
    began: date | None = None
    quiet: tuple[date, date] | None = None
    reading: Reading = "ended"
    back: date | None = None
    seasons: tuple[tuple[date, date], ...] = ()
    gaps: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True)
class ChannelActivity:
    """A history without the days on which its channel was not in use, and the days ahead on which it will not be.

    Parameters
    ----------
    grid
        History from the first day of use to the last; days of a quiet period count as not observed.
    skipped, rest
        Days of the history before `grid`, and after it.
    closed
        Days ahead, after the whole history, on which nothing is expected.
    use
        The same as dates.
    """

    grid: Grid
    skipped: int
    rest: int
    closed: Mask
    use: Use


def activity(grid: Grid, ahead: int) -> ChannelActivity:
    """Find out when a channel was in use, and on which of the `ahead` days it will be."""
    totals = day_totals(grid)
    known = np.isfinite(totals)
    periods = find_periods(totals, grid.weekday)
    before, after = _at_the_edges(periods, totals)
    years = _Years(grid, tuple(period for period in periods if period is not before), before, known)
    if known.any() and not totals[known].any():
        whole = years.dates(ActivePeriod(0, grid.days - 1))
        return ChannelActivity(grid, 0, 0, np.ones(ahead, dtype=bool), Use(quiet=whole))
    reading, closed = _closed_ahead(years, after, ahead)
    values = grid.values.copy()
    for period in periods:
        values[period.first : period.last + 1] = np.nan
    begin = before.last + 1 if before is not None else 0
    end = after.first if after is not None else grid.days
    seasons = tuple(years.dates(period) for period in years.expected(closed)) if reading != "ended" else ()
    inner = [years.dates(period) for period in periods if period is not before and period is not after]
    use = Use(
        end - begin,
        began=years.date_of(begin) if before is not None else None,
        quiet=years.dates(after) if after is not None else None,
        reading=reading,
        back=years.date_of(grid.days + int(closed.argmin())) if not closed.all() else None,
        seasons=seasons,
        gaps=tuple(dates for dates in inner if dates not in seasons),
    )
    used = replace(grid, first=years.date_of(begin), values=values[begin:end])
    return ChannelActivity(used, begin, grid.days - end, closed, use)


def find_periods(totals: Array, weekday: NDArray[np.int64]) -> list[ActivePeriod]:
    """Runs of days without contacts that chance does not explain, in order.

    Weekdays that never had a contact neither make nor break a run. Leading zeros may be few, those at the end must be
    five days (four are a holiday), others two weeks. Inside a history, where every run is tried, chance must be smaller
    by the number of days.

    Parameters
    ----------
    totals
        Contacts per day, NaN unknown.
    weekday
        Weekday of each day.
    """
    known = np.isfinite(totals)
    used = np.array([(totals[known & (weekday == w)] > 0).any() for w in range(7)])
    at = np.flatnonzero(known & used[weekday])
    quiet = _without_strays(totals[at])
    found = []
    for first, last in runs(quiet):
        run, leading, trailing = ActivePeriod(int(at[first]), int(at[last])), first == 0, last == len(at) - 1
        chance = chance_of_none(last - first + 1, len(at), int((~quiet).sum()))
        tried = 1 if leading or trailing else len(at)
        least = 1 if leading else LEAST_OUTAGE_DAYS if trailing else LEAST_SEASON_DAYS
        if run.days >= least and float(chance) * tried < SURE:
            found.append(run)
    return found


def _without_strays(totals: Array) -> Mask:
    """Whether each day is quiet: no contact, or one or two days of next to none between quiet weeks."""
    quiet: Mask = totals == 0
    limit = STRAY_SHARE * float(np.median(totals[~quiet])) if (~quiet).any() else 0.0
    for first, last in runs(~quiet):
        around = quiet[max(0, first - STRAY_QUIET_DAYS) : first], quiet[last + 1 : last + 1 + STRAY_QUIET_DAYS]
        alone = all(len(side) == STRAY_QUIET_DAYS and side.all() for side in around)
        if alone and last - first < STRAY_DAYS and totals[first : last + 1].sum() <= limit:
            quiet[first : last + 1] = True
    return quiet


def _at_the_edges(periods: list[ActivePeriod], totals: Array) -> tuple[ActivePeriod | None, ActivePeriod | None]:
    """Return the quiet period before the first contact and the one after the last; None where there is none."""
    busy = np.flatnonzero(np.nan_to_num(totals) > 0)
    before = next((period for period in periods if period.first < busy[0]), None)
    after = next((period for period in reversed(periods) if not (busy > period.last).any()), None)
    return before, after


def _closed_ahead(years: _Years, after: ActivePeriod | None, ahead: int) -> tuple[Reading, Mask]:
    """How zeros at the end are read, and the days ahead on which nothing is expected.

    They are a season when the channel was not in use a year before either, and then end as they did.
    """
    days = [years.grid.days + day for day in range(ahead)]
    if after is not None and years.was_quiet(years.grid.days - 1):
        return "season", np.array([years.was_quiet(day) is not False for day in days], dtype=bool)
    if after is not None and after.days >= LEAST_SEASON_DAYS:
        return "ended", np.ones(ahead, dtype=bool)
    return "outage", np.array([years.is_season(day) for day in days], dtype=bool)


@dataclass(frozen=True)
class _Years:
    """The same date in earlier years: in a quiet period, in use, or not known."""

    grid: Grid
    periods: tuple[ActivePeriod, ...]
    before: ActivePeriod | None
    known: Mask

    def date_of(self, day: int) -> date:
        """Date of a row of the grid."""
        return self.grid.date(day)

    def dates(self, period: ActivePeriod) -> tuple[date, date]:
        """First and last date of a quiet period."""
        return self.date_of(period.first), self.date_of(period.last)

    def is_season(self, day: int) -> bool:
        """Whether the date was in a quiet period in every known year: in two years, or in a long period."""
        seen = [period for years in range(1, self._most(day) + 1) for period in self._seen(day, years)]
        long = len(seen) == 1 and seen[0] is not None and seen[0].days >= SEASON_DAYS
        return None not in seen and (len(seen) > 1 or long)

    def was_quiet(self, day: int) -> bool | None:
        """Whether the channel was not in use on that date in the last year known; None when no year is."""
        for years in range(1, self._most(day) + 1):
            row = self._row(day, years)
            if self.before is not None and 0 <= row <= self.before.last:
                return True
            seen = self._seen(day, years)
            if seen:
                return seen[0] is not None
        return None

    def expected(self, closed: Mask) -> list[ActivePeriod]:
        """Quiet periods that the closed days ahead repeat, as they were seen last."""
        found = [self._seen(self.grid.days + int(day), 1) for day in np.flatnonzero(closed)]
        return list(dict.fromkeys(period for seen in found for period in seen if period is not None))

    def _seen(self, day: int, years: int) -> list[ActivePeriod | None]:
        """Return the quiet period of that date some years before, None in it when in use; empty when not known."""
        row = self._row(day, years)
        inside = [period for period in self.periods if period.first <= row <= period.last]
        if inside:
            return [inside[0]]
        return [None] if 0 <= row < len(self.known) and self._in_use(row) else []

    def _in_use(self, row: int) -> bool:
        return bool(self.known[row]) and (self.before is None or row > self.before.last)

    def _row(self, day: int, years: int) -> int:
        then = self.date_of(day)
        leap = then.month == 2 and then.day == 29
        return (then.replace(year=then.year - years, day=28 if leap else then.day) - self.grid.first).days

    def _most(self, day: int) -> int:
        """Years back that may reach the history."""
        return self.date_of(day).year - self.grid.first.year


def not_in_use(grid: Grid) -> Mask:
    """Days of the history in a quiet period or on a weekday that never had a contact."""
    totals = day_totals(grid)
    found = np.array([not np.nan_to_num(totals[grid.weekday == w]).any() for w in range(7)])[grid.weekday]
    for period in find_periods(totals, grid.weekday):
        found[period.first : period.last + 1] = True
    return found


def runs(mask: Mask) -> list[tuple[int, int]]:
    """First and last index of every run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(int)))
    return [(int(first), int(last) - 1) for first, last in zip(edges[::2], edges[1::2], strict=True)]
