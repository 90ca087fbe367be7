"""Rules about rest -> what the joined search watches: sums for two shifts too close, and choices of a long rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.joined.watched import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from configs.rules.periods import Window
    from configs.rules.person import RestLimit, WeeklyRestLimit
    from optimize.roster.joined.watched import Tally
    from optimize.roster.together.calendar import Calendar, Item

    Mask = NDArray[np.bool_]

DAY = 24 * 60


def of_rest(limit: RestLimit, calendar: Calendar) -> Iterator[Tally]:
    """Two shifts that follow each other closer than they may; in real hours, so also over a clock change."""
    need = limit.least_min / calendar.horizon.interval_min
    reach = limit.least_min // DAY + 2
    for day in range(max(calendar.past.known, -reach), calendar.days):
        run = _run_before(limit, calendar, day)
        if run is None:
            continue
        for end, first in _ends(limit, calendar, day):
            for lag in range(1, reach + 1):
                second = _begun_before(limit, calendar, day + lag, end + need, follows=lag == 1)
                if second is not None:
                    between = [calendar.item(each, "off") for each in range(day + 1, day + lag)]
                    yield from calendar.forbidden([*run, first, *between, second])


def _run_before(limit: RestLimit, calendar: Calendar, day: int) -> list[Item] | None:
    """The days of the run before its last one; none where a rule is about one shift."""
    days = range(day - limit.run_days + 1, day)
    if limit.after_run is None:
        return []
    if days and days.start < calendar.past.known:
        return None
    return [calendar.item(each, limit.after_run) for each in days]


def _ends(limit: RestLimit, calendar: Calendar, day: int) -> Iterator[tuple[float, Item]]:
    """Each moment at which a first shift of the rule may end, and the shifts that end then or later."""
    word = limit.after or limit.after_run or "work"
    if day < 0:
        shift = calendar.past.by_day.get(day)
        if shift is not None and calendar.was(day, word):
            yield shift.end, calendar.item(day, word)
        return
    ends, of_it = calendar.shapes.contract.ends[day], calendar.cells(day, word)
    for end in np.unique(ends[of_it[:-1]]).tolist():
        yield end, (day, of_it & np.append(ends >= end, False), True)


def _begun_before(limit: RestLimit, calendar: Calendar, day: int, moment: float, *, follows: bool) -> Item | None:
    """Second shifts of the rule that begin before a moment; the run of a rule ends where the next day is not of it."""
    if not 0 <= day < calendar.days:
        return None
    early = calendar.shapes.contract.starts[day] < moment
    mask = calendar.cells(day, limit.before or "work") & np.append(early, False)
    if follows and limit.after_run is not None:
        mask &= ~calendar.cells(day, limit.after_run)
    return (day, mask, True) if mask.any() else None


def of_weekly_rest(limit: WeeklyRestLimit, calendar: Calendar) -> Iterator[Choice]:
    """For each window known whole, the places its rest may have: from its begin, or from the end of a shift."""
    need = -(-limit.least_min // calendar.horizon.interval_min)
    for window in limit.windows:
        if window.first >= calendar.past.known and window.last < calendar.days:
            choice = _choice(calendar, window, need)
            if choice is not None:
                yield choice


def _choice(calendar: Calendar, window: Window, need: int) -> Choice | None:
    """The places of a rest; None where earlier days have it already."""
    opens, closes = (_midnight(calendar, day) for day in (window.first, window.last + 1))
    free, ends = opens, []
    for shift in calendar.past.shifts:
        if shift.end > opens:
            if shift.begin - free >= need:
                return None
            free = max(free, shift.end)
    contract, planned = calendar.shapes.contract, range(max(window.first - 2, 0), window.last + 1)
    ends = [each for day in planned for each in contract.ends[day][contract.offered[day]].tolist()]
    begins = sorted({free, *(each for each in ends if each > free)})
    patterns = [_free_of_shifts(calendar, each, each + need) for each in begins if each + need <= closes]
    size = len(contract.lengths) + 1
    return Choice(np.stack(_widest(patterns)) if patterns else np.zeros((0, calendar.days, size), dtype=bool))


def _midnight(calendar: Calendar, day: int) -> float:
    horizon = calendar.horizon
    return float((horizon.moment(day, 0) - horizon.begin).total_seconds() / 60 / horizon.interval_min)


def _free_of_shifts(calendar: Calendar, begin: float, end: float) -> Mask:
    """Shapes that leave a span free, and days off; shape (D, S + 1)."""
    contract = calendar.shapes.contract
    meets = (contract.starts < end) & (contract.ends > begin)
    return np.concatenate([~meets, np.ones((calendar.days, 1), dtype=bool)], axis=1)


def _widest(patterns: list[Mask]) -> list[Mask]:
    """Patterns that no other allows all of."""
    kept: list[Mask] = []
    for mask in sorted(patterns, key=lambda each: -int(each.sum())):
        if not any((mask <= other).all() for other in kept):
            kept.append(mask)
    return kept
