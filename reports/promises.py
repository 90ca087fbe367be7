"""Targets over a day or a week in words: a line each, the cost of meeting them in every interval, what is missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import formatting

if TYPE_CHECKING:
    from optimize.roster.result import Roster
    from reports.metrics.spans import Met, SpanTarget

SPANS = {"day": "each day", "week": "over the week"}
NOUNS = {"day": "days", "week": "weeks"}


def line(target: SpanTarget, currency: str) -> str:
    """Tell a target on one line: what is asked, how often it is met, its worst day and hour, the cost of a point."""
    parts = [f"{asked(target)}: {_met(target)}"]
    if target.worst_hour is not None:
        parts.append(f"worst hour {formatting.percent(target.worst_hour, 0)}")
    if target.point_cost is not None:
        parts.append(f"one more point costs {formatting.money(target.point_cost, currency)} a week")
    return "; ".join(parts)


def asked(target: SpanTarget) -> str:
    """Write what is asked: ``Phone, 80% in 20 s each day, asked 9 days in 10``."""
    within = f" in {target.allowed}" if target.allowed else " in time"
    share = f"{formatting.percent(target.share)}{within} {SPANS[target.over]}"
    return f"{formatting.title(target.name)}, {share}, asked {_in_ten(target.asked, NOUNS[target.over])}"


def _in_ten(share: float, noun: str) -> str:
    """Write a probability as ``9 days in 10``, or ``95 days in 100``."""
    of = 10 if abs(10 * share - round(10 * share)) < 1e-9 else 100
    return f"{formatting.number(share * of)} {noun} in {of}"


def _met(target: SpanTarget) -> str:
    """Write how often it is met: ``91 to 95 in 100, least on Mon``."""
    worst, best = target.worst, target.best
    if worst is None or best is None:
        return "not simulated"
    learnt = " in the weeks it was planned on" if target.seen == "learnt" else ""
    if worst.day is None:
        where = " on the worst day" if target.over == "day" else ""
        return f"{_hundred(worst.probability)} in 100 ({_interval(worst)}){where}{learnt}"
    low, high = _hundred(worst.probability), _hundred(best.probability)
    span = low if low == high else f"{low} to {high}"
    return f"{span} in 100, least on {formatting.DAYS[worst.day.weekday()]} ({_interval(worst)}){learnt}"


def _interval(met: Met) -> str:
    return f"{_hundred(met.low)} to {_hundred(met.high)}"


def _hundred(share: float) -> str:
    return formatting.number(100 * share, 0)


def missed(target: SpanTarget) -> str:
    """Say that a target is met less often than asked; `target.missed` says whether it is."""
    short = [each for each in target.met if each.high < target.asked]
    worst = min(short, key=lambda each: each.probability)
    when = f" on {formatting.day(worst.day)}" if worst.day else ""
    more = f", and on {formatting.count(len(short) - 1, 'other day')}" if len(short) > 1 else ""
    return f"{asked(target)}: met only {_hundred(worst.probability)} in 100{when} ({_interval(worst)}){more}."


def by_interval(roster: Roster, currency: str) -> str:
    """Say what meeting targets in every interval would cost at least; empty where that was not counted."""
    bound, total = roster.interval_bound, roster.cost.total
    if bound is None or total <= 0:
        return ""
    more = bound / total - 1
    apart = f"{formatting.percent(abs(more))} {'more' if more >= 0 else 'less'}"
    return f"Targets met in every interval would cost at least {formatting.money(bound, currency)}: {apart}."
