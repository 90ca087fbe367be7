"""Rules of a person that the tables of the joined search do not know -> masks, costs, and rules it watches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.watched import Choice, Watched
from optimize.roster.together import rotations
from optimize.roster.together.pairs import clock_apart
from optimize.roster.together.pauses import of_rest, of_weekly_rest
from optimize.roster.together.sums import binding, of_periods, of_runs, of_succession, of_weekends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from configs.rules.person import HoursLimit, Lock, PersonRules, ShiftsLimit, WeeklyRestLimit
    from optimize.roster.joined.watched import Tally
    from optimize.roster.together.calendar import Calendar

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Whole:
    """What is planned by on top of the tables.

    Parameters
    ----------
    extra
        Cost of each shape on each day; infinite where it is forbidden; shape (D, S).
    due
        Days that are worked.
    watched
        Rules that look at the whole roster; None without any.
    owed
        Cost of what no roster avoids, such as days that a priced rotation wants worked, where `extra` has the saving.
    left
        Keys of rules that are not planned by at all.
    """

    extra: Array
    due: frozenset[int]
    watched: Watched | None
    owed: float = 0.0
    left: tuple[str, ...] = ()


def whole_of(rules: PersonRules, keys: tuple[str, ...], calendar: Calendar) -> Whole:
    """Return what is planned by of some rules.

    Parameters
    ----------
    rules
        Everything that holds for the person.
    keys
        Rules that the tables do not know; of successions and near starts all, for the day after the earlier ones.
    calendar
        The person's days.
    """
    found = without_any(calendar)
    tallies = binding(_tallies(rules, frozenset(keys), calendar))
    for tally in [each for each in tallies if _is_one_day(each)]:
        found = _masked(found, _on_its_day(tally, calendar))
    if rules.near_start_min is not None:
        found = _masked(found, _near_the_last(rules.near_start_min, calendar))
    for lock in rules.locks:
        found = _masked(found, _locked(lock, calendar))
    choices = list(_rests(rules.weekly_rest, calendar))
    found, phases, is_open = _rotated(found, rules, calendar)
    kept = tuple(each for each in tallies if not _is_one_day(each))
    watched = Watched(calendar.days, kept, (*choices, *phases)) if kept or choices or phases else None
    lost = _priced_rests(rules) | ({"rotation"} if is_open else frozenset())
    return replace(found, watched=watched, left=tuple(key for key in keys if key in lost))


def _rests(limit: WeeklyRestLimit | None, calendar: Calendar) -> Iterator[Choice]:
    """Places of the long rest of each period; one with a price is not planned by."""
    if limit is not None and limit.price is None:
        yield from of_weekly_rest(limit, calendar)


def _tallies(rules: PersonRules, keys: frozenset[str], calendar: Calendar) -> Iterator[Tally]:
    periods: tuple[HoursLimit | ShiftsLimit, ...] = (*rules.hours, *rules.shifts)
    for period in periods:
        if period.rule in keys:
            yield from of_periods(period, calendar)
    for run in rules.runs:
        if run.rule in keys:
            yield from of_runs(run, calendar)
    for rest in rules.rests:
        if rest.rule in keys and rest.price is None:
            yield from of_rest(rest, calendar)
    if rules.weekends is not None and "weekends" in keys:
        yield from of_weekends(rules.weekends, calendar)
    for succession in rules.successions:
        yield from of_succession(succession, calendar)


def without_any(calendar: Calendar) -> Whole:
    """Return what is planned by of no rules."""
    return Whole(np.zeros(calendar.shapes.contract.starts.shape), frozenset(), None)


def _is_one_day(tally: Tally) -> bool:
    return tally.price is None and len(tally.groups) == len(tally.groups[0]) == 1


def _on_its_day(tally: Tally, calendar: Calendar) -> Mask:
    """A limit on a single day as a mask; shape (D, S + 1)."""
    mask = np.ones((calendar.days, tally.weights.shape[1]), dtype=bool)
    mask[tally.groups[0][0]] = (tally.weights[0] >= tally.least) & (tally.weights[0] <= tally.most)
    return mask


def _masked(found: Whole, mask: Mask) -> Whole:
    """Forbid what a mask of shape (D, S + 1) does not allow."""
    due = frozenset(np.flatnonzero(~mask[:, -1]).tolist())
    return replace(found, extra=np.where(mask[:, :-1], found.extra, np.inf), due=found.due | due)


def _near_the_last(limit: int, calendar: Calendar) -> Mask:
    """Starts of the first day near that of the day before."""
    mask = np.ones((calendar.days, len(calendar.shapes.clock) + 1), dtype=bool)
    shift = calendar.past.by_day.get(-1)
    if shift is not None:
        mask[0, :-1] = clock_apart(calendar.shapes.clock, shift.clock) <= limit
    return mask


def _locked(lock: Lock, calendar: Calendar) -> Mask:
    """What a settled day may be; leave of the whole day takes the place of a shift."""
    mask = np.ones((calendar.days, len(calendar.shapes.clock) + 1), dtype=bool)
    if lock.works and lock.day not in calendar.leave:
        starts = calendar.shapes.clock
        mask[lock.day] = np.append(starts >= 0 if lock.start_min is None else starts == lock.start_min, False)
    elif not lock.works:
        mask[lock.day, :-1] = False
    return mask


def _rotated(found: Whole, rules: PersonRules, calendar: Calendar) -> tuple[Whole, tuple[Choice, ...], bool]:
    """A known phase forbids, or costs, what differs from it; of several phases the search chooses.

    Also returned is whether a rotation with a price has several phases, which is not planned by.
    """
    limit = rules.rotation
    if limit is None:
        return found, (), False
    patterns = [rotations.cells(limit, calendar, phase) for phase in rotations.phases(limit, calendar)]
    if len(patterns) > 1:
        hard = limit.price is None
        return found, (Choice(np.stack(patterns)),) if hard else (), not hard
    wanted = patterns[0]
    if limit.price is None:
        return _masked(found, wanted), (), False
    off = np.where(wanted[:, -1:], 0.0, limit.price)
    extra = np.where(wanted[:, :-1], 0.0, limit.price) - off
    return replace(found, extra=found.extra + extra, owed=found.owed + float(off.sum())), (), False


def _priced_rests(rules: PersonRules) -> frozenset[str]:
    """Rules about rest with a price, which are recounted only."""
    found = {each.rule for each in rules.rests if each.price is not None}
    if rules.weekly_rest is not None and rules.weekly_rest.price is not None:
        found.add("weekly_rest")
    return frozenset(found)
