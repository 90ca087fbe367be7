"""Recount of rest between two shifts by their kinds, after runs, and of the longest rest of a period."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from optimize.roster.rule_facts import RestTooShort, WeeklyRestTooShort
from optimize.roster.verify.rules.person import MINUTE, moment
from optimize.roster.verify.rules.runs import run_up_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from configs.rules.periods import Window
    from configs.rules.person import RestLimit
    from optimize.roster.verify.rules.person import Person, Worked


def rests_too_short(person: Person) -> Iterator[RestTooShort]:
    """Two shifts of which the second is planned, closer to each other than a rule for their kinds allows."""
    for first, second in pairwise(person.shifts):
        if second.day < 0:
            continue
        rest = (second.start - first.end) // MINUTE
        for limit in person.rules.rests:
            if rest < limit.least_min and _holds(person, limit, first, second):
                yield RestTooShort(
                    person.agent,
                    limit.rule,
                    person.date(first.day),
                    person.date(second.day),
                    None if limit.price is None else limit.price * (limit.least_min - rest) / 60,
                    rest,
                    limit.least_min,
                    first.end.to_pydatetime(),
                    second.start.to_pydatetime(),
                    limit.after,
                    limit.after_run,
                    limit.before,
                )


def _holds(person: Person, limit: RestLimit, first: Worked, second: Worked) -> bool:
    if not second.is_of(limit.before) or not first.is_of(limit.after):
        return False
    if limit.after_run is None:
        return True
    continues = second.day - first.day <= 1 and second.is_of(limit.after_run)
    of_it = first.is_of(limit.after_run)
    return of_it and not continues and run_up_to(person, limit.after_run, first.day) >= limit.run_days


def weekly_rests_too_short(person: Person) -> Iterator[WeeklyRestTooShort]:
    """Windows without a rest long enough; a window with days unknown may have it there."""
    limit = person.rules.weekly_rest
    for window in limit.windows if limit else ():
        if limit is None or window.first < person.known or window.last >= person.rules.days:
            continue
        longest = _longest_rest(person, window)
        if longest < limit.least_min:
            span = person.date(window.first), person.date(window.last)
            price = None if limit.price is None else limit.price * (limit.least_min - longest) / 60
            yield WeeklyRestTooShort(person.agent, "weekly_rest", *span, price, longest, limit.least_min)


def _longest_rest(person: Person, window: Window) -> int:
    """Longest time without a shift within a window, in minutes."""
    free_from = moment(person.zone, person.date(window.first), 0)
    closes = moment(person.zone, person.date(window.last + 1), 0)
    rests: list[pd.Timedelta] = []
    for shift in person.shifts:
        if shift.end > free_from and shift.start < closes:
            rests.append(shift.start - free_from)
            free_from = max(free_from, shift.end)
    return max([*rests, closes - free_from]) // MINUTE
