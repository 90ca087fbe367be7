"""Rules of a person -> those that the joined engine obeys, and the names of those it does not.

What it does not obey is verified on the finished roster all the same, so that nothing is broken in silence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from optimize.roster.joined.problem import Hours, Limits, Rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.rules.periods import Window
    from configs.rules.person import Limit, PersonRules, RestLimit, RunLimit, SuccessionLimit
    from configs.schema import Contract

WEEK = 7
DAY = 24 * 60
NIGHT = "night"
"""Kind of shift that counts as a night where the rules name no other."""
ANY = 10**6
"""More than anybody works."""


@dataclass(frozen=True)
class Obeyed:
    """What the engine obeys of a person's rules.

    Parameters
    ----------
    rules, hours
        As the joined problem has them; `barred` of the rules is left to `forbidden`.
    forbidden
        Pairs of kinds: a shift of the second may not be on the day after one of the first.
    night
        Kind of shift that counts as a night.
    free
        Days on which no shift begins.
    left
        Keys of rules that the tables of the engine do not know, or only in part; see `whole`.
    """

    rules: Rules
    hours: Hours
    forbidden: frozenset[tuple[str, str]] = frozenset()
    night: str = NIGHT
    free: frozenset[int] = frozenset()
    left: tuple[str, ...] = ()


def by_contract(contract: Contract, week_shifts: Limits, *, off: bool = False) -> Obeyed:
    """Return what a contract asks of everybody: rest, days in a row, days off together and days a week.

    With `off` a week may be without any shift instead.
    """
    days_off = WEEK - contract.days_per_week if contract.days_off == "together" else 1
    rest = int(contract.rest.total_seconds() // 60)
    rules = Rules(rest=rest, most_run=contract.max_consecutive_days, least_off=max(1, days_off))
    return Obeyed(rules, Hours(week_shifts=week_shifts, week_off=off))


def with_rules(base: Obeyed, rules: PersonRules, *, on_leave: bool, known: bool = False) -> Obeyed:
    """Return what a contract and the rules of a person ask together.

    Parameters
    ----------
    base
        What the contract asks.
    rules
        Rules of the person over the days planned.
    on_leave
        Whether the person has leave on these days: no least of hours or shifts is then asked for.
    known
        Whether earlier days are known: periods that reach back to them are then left to the recount as well.
    """
    night = _night_of(rules)
    found = replace(base, night=night, free=frozenset(day for day in range(rules.days) if rules.off >> day & 1))
    for hours in rules.hours:
        counted = hours.paid and hours.leave_min is None
        found = _counted(found, hours, rules.days, "minutes", on_leave) if counted else _left(found, hours.rule)
    for shifts in rules.shifts:
        plain = shifts.of == "work"
        found = _counted(found, shifts, rules.days, "shifts", on_leave) if plain else _left(found, shifts.rule)
    for run in rules.runs:
        found = _run(found, run, night)
    for rest in rules.rests:
        found = _rest(found, rest, night)
    found = _weekends(found, rules)
    for succession in rules.successions:
        found = _succession(found, succession)
    if known:
        reach_back = [each.rule for each in (*rules.hours, *rules.shifts) if each.windows[0].first < 0]
        reach_back += ["weekends"] if rules.weekends is not None and rules.weekends.windows[0].first < 0 else []
        found = replace(found, left=(*found.left, *(rule for rule in reach_back if rule not in found.left)))
    others = (("weekly_rest", rules.weekly_rest), ("rotation", rules.rotation), ("near_start", rules.near_start_min))
    for name, rule in others:
        found = found if rule is None else _left(found, name)
    return found


def _left(found: Obeyed, rule: str) -> Obeyed:
    return replace(found, left=(*found.left, rule))


def _night_of(rules: PersonRules) -> str:
    """The kind whose runs or rests after runs are limited; the engine knows one."""
    named = [run.of for run in rules.runs if run.of not in {"work", "off"}]
    named += [rest.after_run for rest in rules.rests if rest.after_run is not None and rest.after_run != "work"]
    return next(iter(sorted(named)), NIGHT) if NIGHT not in named else NIGHT


def _counted(found: Obeyed, limit: Limit, days: int, what: str, on_leave: bool) -> Obeyed:  # noqa: FBT001
    """Limits of hours or shifts over the horizon, or in each calendar week; a least where a whole period is planned."""
    scope = _scope(limit.windows, days)
    if limit.price is not None or scope is None:
        return _left(found, limit.rule)
    judged = any(each.first >= 0 and each.last < days for each in limit.windows)
    least = 0 if on_leave or limit.least is None or not judged else limit.least
    asked = Limits(least, ANY if limit.most is None else limit.most)
    found = _left(found, limit.rule) if on_leave and limit.least else found
    hours, whole = found.hours, scope == "horizon"
    hours = replace(hours, week_off=hours.week_off and (whole or least == 0))
    match what, whole:
        case "minutes", True:
            return replace(found, hours=replace(hours, minutes=_both(hours.minutes, asked)))
        case "minutes", False:
            return replace(found, hours=replace(hours, week_minutes=_both(hours.week_minutes, asked)))
        case "shifts", True:
            return replace(found, hours=replace(hours, shifts=_both(hours.shifts, asked)))
        case _:
            return replace(found, hours=replace(hours, week_shifts=_both(hours.week_shifts, asked)))


def _both(before: Limits | None, asked: Limits) -> Limits:
    return asked if before is None else Limits(max(before.least, asked.least), min(before.most, asked.most))


def _scope(windows: tuple[Window, ...], days: int) -> str | None:
    """Whether windows are the horizon, or its calendar weeks; None for anything else.

    A longer window of which only the horizon is known counts what is known.
    """
    if all(each.last - each.first == WEEK - 1 for each in windows):
        return "week"
    whole = any(each.first <= 0 and each.last >= days - 1 for each in windows)
    inside = all(each.first <= 0 or each.last >= days - 1 for each in windows)
    return "horizon" if whole and inside else None


def _run(found: Obeyed, run: RunLimit, night: str) -> Obeyed:
    rules, least = found.rules, run.least or 1
    if run.price is not None or (run.of == "off" and run.most is not None):
        return _left(found, run.rule)
    if run.of == "work":
        most = rules.most_run if run.most is None else min(rules.most_run, run.most)
        return replace(found, rules=replace(rules, least_run=max(rules.least_run, least), most_run=most))
    if run.of == "off":
        return replace(found, rules=replace(rules, least_off=max(rules.least_off, least)))
    if run.of != night:
        return _left(found, run.rule)
    return replace(found, rules=replace(rules, least_nights=least, most_nights=run.most))


def _rest(found: Obeyed, rest: RestLimit, night: str) -> Obeyed:
    rules = found.rules
    if rest.price is not None or (rest.before is not None and (rest.after is None or rest.least_min > DAY)):
        return _left(found, rest.rule)
    if rest.after is None and rest.after_run is None:
        return replace(found, rules=replace(rules, rest=max(rules.rest, rest.least_min)))
    if rest.after_run == night and rest.run_days == 1:
        longest = max(rules.rest_after_nights, rest.least_min)
        return replace(found, rules=replace(rules, rest_after_nights=longest))
    return _left(found, rest.rule)


def _weekends(found: Obeyed, rules: PersonRules) -> Obeyed:
    weekends = rules.weekends
    if weekends is None:
        return found
    saturday_and_sunday = weekends.weekdays == 0b1100000
    known = weekends.most is None or _scope(weekends.windows, rules.days) == "horizon"
    if not saturday_and_sunday or not known or weekends.price is not None:
        return _left(found, "weekends")
    hours = found.hours if weekends.most is None else replace(found.hours, most_weekends=weekends.most)
    whole = replace(found.rules, whole_weekends=weekends.whole)
    return replace(found, rules=whole, hours=hours)


def _succession(found: Obeyed, succession: SuccessionLimit) -> Obeyed:
    pairs = tuple(_pairs(succession))
    if not pairs:
        return _left(found, succession.rule)
    return replace(found, forbidden=found.forbidden | set(pairs))


def _pairs(succession: SuccessionLimit) -> Iterator[tuple[str, str]]:
    """Pairs of kinds forbidden on consecutive days; none where the rule is of another form."""
    words = {"work", "off"}
    simple = len(succession.before) == 1 and not succession.allow and succession.price is None
    if simple and not words & {*succession.before, *succession.forbid}:
        yield from ((succession.before[0], kind) for kind in succession.forbid)
