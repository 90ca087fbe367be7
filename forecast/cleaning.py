"""Odd days of a history: found, reported with dates, and kept, dropped or replaced as the config says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from configs.notes import Fact
from forecast.calendar.own_days import NOTHING
from forecast.data.day_totals import day_totals
from forecast.models import level
from forecast.models.fallback import LEAST_DAYS, SPARSE_PER_DAY
from forecast.models.members import YEAR
from forecast.models.profile import MEMORIES, shares
from forecast.opening.activity import not_in_use, runs
from forecast.opening.changes import since_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from configs.schema import Cleaning
    from forecast.calendar.marks import Marks
    from forecast.calendar.own_days import Learned
    from forecast.data.grid import Grid

    Array = NDArray[np.float64]

Kind = Literal["outlier", "outage", "shift", "named", "near"]
Action = Literal["keep", "drop", "replace"]

ODD_MADS, ODD_LEAST = 6.0, 0.25
"""A day is odd when it is six robust deviations and a quarter off what its neighbours and weekday let expect."""
QUIET_CONTACTS = 30.0
"""So many expected contacts in a row without any are an outage; the probability by chance is 1e-13."""
WINDOW_DAYS = 28
SHIFT_MADS, SHIFT_LEAST = 2.5, 0.15
"""A level that differs by this much between the four weeks before and after has shifted."""
LATE_DAYS = 56
"""Odd days near holidays are reported while they would still affect the weeks ahead."""
NEAR_GAP_DAYS = 4


@dataclass(frozen=True)
class Finding(Fact):
    """Something odd: days `first` to `last` of a channel, `size` as a share above (below) what was to be expected."""

    channel: str
    kind: Kind
    first: date
    last: date
    size: float
    action: Action

    @property
    def where(self) -> str:
        """The history of the channel."""
        return f"history of {self.channel}"


def cleaned(
    channel: str, grid: Grid, events: Marks, rules: Sequence[Cleaning] = ()
) -> tuple[Grid, tuple[Finding, ...]]:
    """Find what is odd, and drop or replace what the rules name; everything else is kept.

    Parameters
    ----------
    channel
        Name, for the record and for rules that name channels.
    grid
        History.
    events
        Marks on its days; a marked day is explained and not odd.
    rules
        Spans of days and what to do with them; the last one that fits counts.

    Returns
    -------
    tuple
        The grid, changed only on days the rules name, and the findings in order of date.
    """
    # Zeros of a closed weekday or season are not odd.
    used = since_changes(grid.without(not_in_use(grid)))
    totals = day_totals(used)
    wanted = {span: rule for rule in rules for span in [(rule.first, rule.last)] if rule.channel in {None, channel}}
    usable = np.isfinite(totals).sum() >= LEAST_DAYS // 2 and np.nanmean(totals) >= SPARSE_PER_DAY
    calendar = level.CalendarTerms.of(used.first, used.days, events.columns, events.shared, events.kinds)
    learned = calendar.own.learned(totals) if usable else NOTHING
    expected = _expected(totals, calendar, learned) if usable else np.full(len(totals), np.nan)
    found = list(_found(channel, used, totals, expected, _marked(calendar, learned, events))) if usable else []
    found += _near(channel, used, calendar.own.beyond(totals), learned) if usable else []
    decided = [replace(one, action=_action(one.first, wanted)) for one in found]
    for (first, last), rule in wanted.items():
        if rule.action != "keep" and not any(first <= one.first and one.last <= last for one in decided):
            decided.append(Finding(channel, "named", first, last, float("nan"), rule.action))
    values = grid.values.copy()
    for rule in wanted.values():
        rows = slice(max((rule.first - grid.first).days, 0), max((rule.last - grid.first).days + 1, 0))
        if rule.action != "keep":
            # Taken off first: the shape that replaces a day is learned from the others.
            values[rows] = np.nan
    replaced = replace(grid, values=values)
    if any(rule.action == "replace" for rule in wanted.values()):
        _fill(replaced, grid, expected, wanted.values())
    changed = any(rule.action != "keep" for rule in wanted.values())
    return replaced if changed else grid, tuple(sorted(decided, key=lambda one: (one.first, one.kind)))


def _action(day: date, wanted: dict[tuple[date, date], Cleaning]) -> Action:
    actions: list[Action] = [rule.action for (first, last), rule in wanted.items() if first <= day <= last]
    return actions[-1] if actions else "keep"


def _fill(to: Grid, seen: Grid, expected: Array, rules: Iterable[Cleaning]) -> None:
    totals = day_totals(to)
    shape = shares(to, totals, MEMORIES[1])
    for rule in rules:
        if rule.action == "replace":
            for day in range(max((rule.first - to.first).days, 0), min((rule.last - to.first).days + 1, to.days)):
                said = expected[day] * shape[to.weekday[day]]
                # What was never observed stays so.
                to.values[day] = np.where(np.isfinite(seen.values[day]) & np.isfinite(said), said, np.nan)


def _marked(calendar: level.CalendarTerms, learned: Learned, events: Marks) -> NDArray[np.bool_]:
    """Days that are explained: events, holidays, odd days near them, and learned days of the month."""
    own = calendar.own.marks(learned).columns
    marked: NDArray[np.bool_] = events.columns.any(axis=1) | own.any(axis=1) | ~learned.usual(len(own))
    return marked


def _near(channel: str, grid: Grid, beyond: Array, learned: Learned) -> Iterable[Finding]:
    """Odd days near holidays of the last weeks, those with only a holiday or a weekend between them as one."""
    late = [day for day in learned.odd if day >= grid.days - LATE_DAYS]
    spans: list[list[int]] = []
    for day in late:
        if spans and day - spans[-1][-1] <= NEAR_GAP_DAYS:
            spans[-1].append(day)
        else:
            spans.append([day])
    for span in spans:
        size = float(np.expm1(np.median(beyond[span])))
        yield Finding(channel, "near", grid.date(span[0]), grid.date(span[-1]), size, "keep")


def _expected(totals: Array, calendar: level.CalendarTerms, learned: Learned) -> Array:
    """Total to expect of every day: the calendar times the median level of the two weeks before and after."""
    fit = level.fit_level(totals, calendar, 0, YEAR, learned)
    effect = fit.effect("weekday") + fit.effect("year") + fit.special()
    known = np.isfinite(totals) & (totals > 0)
    rest = np.where(known, np.log(np.where(known, totals, 1.0)) - effect, np.nan)
    near = _running_median(rest, WINDOW_DAYS // 2)
    expected: Array = np.exp(near + effect)
    return expected


def _running_median(values: Array, reach: int) -> Array:
    padded = np.concatenate([np.full(reach, np.nan), values, np.full(reach, np.nan)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    out = np.full(len(values), np.nan)
    some = np.isfinite(windows).any(axis=1)
    out[some] = np.nanmedian(windows[some], axis=1)
    return out


def _found(channel: str, grid: Grid, totals: Array, expected: Array, marked: NDArray[np.bool_]) -> Iterable[Finding]:
    """Outages, outliers and level shifts, in that order; a day is reported once."""
    size = np.where(expected > 0, totals / np.where(expected > 0, expected, 1.0), np.nan) - 1
    text = marked | ~np.isfinite(size)
    quiet = _quiet(grid, expected) & ~marked
    odd = np.log(np.maximum(size + 1, 0.01), where=np.isfinite(size), out=np.zeros(len(size)))
    limit = max(ODD_MADS * level.MAD_TO_SIGMA * float(np.median(np.abs(odd[~text]))), ODD_LEAST) if (~text).any() else 9
    kinds: tuple[tuple[Kind, NDArray[np.bool_]], ...] = (
        ("outage", quiet),
        ("outlier", (np.abs(odd) > limit) & ~text & ~quiet),
    )
    for kind, days in kinds:
        for first, last in runs(days):
            gone = float(np.nan_to_num(size[first : last + 1], nan=-1.0).mean())
            yield Finding(channel, kind, grid.date(first), grid.date(last), gone, "keep")
    rest = np.where(text | quiet | (np.abs(odd) > limit), np.nan, odd + np.log(np.where(expected > 0, expected, 1.0)))
    yield from _shifts(channel, grid, rest)


def _quiet(grid: Grid, expected: Array) -> NDArray[np.bool_]:
    """Days on which as many contacts in a row as `QUIET_CONTACTS` ought to have come and none did."""
    shape = shares(grid, np.where(np.isfinite(expected), expected, np.nan), MEMORIES[1])
    due = np.nan_to_num(expected)[:, None] * shape[grid.weekday]
    run = np.zeros(grid.days)
    longest = np.zeros(grid.days)
    for time_of_day in range(len(grid.times_of_day)):
        run = np.where(grid.values[:, time_of_day] == 0, run + due[:, time_of_day], 0.0)
        longest = np.maximum(longest, run)
    quiet: NDArray[np.bool_] = longest > QUIET_CONTACTS
    return quiet


def _shifts(channel: str, grid: Grid, logs: Array) -> Iterable[Finding]:
    """Days that part two levels: the largest difference of medians four weeks before and after, each shift once."""
    effect = np.zeros(len(logs))
    for w in range(7):
        k = (grid.weekday == w) & np.isfinite(logs)
        if k.any():
            effect[grid.weekday == w] = np.median(logs[k])
    rest = logs - effect
    n = len(rest)
    step = np.zeros(n)
    for day in range(WINDOW_DAYS, n - WINDOW_DAYS):
        before, after = rest[day - WINDOW_DAYS : day], rest[day : day + WINDOW_DAYS]
        before, after = before[np.isfinite(before)], after[np.isfinite(after)]
        if len(before) >= WINDOW_DAYS // 2 and len(after) >= WINDOW_DAYS // 2:
            change = float(np.median(after) - np.median(before))
            spread = level.MAD_TO_SIGMA * float(
                np.median(np.abs(np.concatenate([before - np.median(before), after - np.median(after)])))
            )
            if abs(change) > max(SHIFT_MADS * spread, SHIFT_LEAST):
                step[day] = change
    while step.any():
        top = int(np.argmax(np.abs(step)))
        yield Finding(channel, "shift", grid.date(top), grid.date(top), float(np.expm1(step[top])), "keep")
        step[max(0, top - WINDOW_DAYS) : top + WINDOW_DAYS] = 0.0
