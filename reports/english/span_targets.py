"""Targets over a day or a week in words: what is asked, how often it is met, and what every interval would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.english import units

if TYPE_CHECKING:
    from configs.schema.targets import Span
    from optimize.roster.result import Roster
    from reports.metrics.targets import Met, SpanTarget

SPANS: dict[Span, str] = {"interval": "in each interval", "day": "each day", "week": "over the week"}
"""What a target is over, as words that follow it."""
NOUNS: dict[Span, str] = {"interval": "weeks", "day": "days", "week": "weeks"}
"""What the probability of a target counts."""
SAME = 0.0005
"""Costs that differ by a smaller share than this are called the same."""


def line(target: SpanTarget, currency: str) -> str:
    """Tell a target on one line: what is asked, how often it is met, its worst day and hour, the cost of a point."""
    parts = [f"{_named(target)}: {_met(target)}"]
    if target.worst_hour is not None:
        parts.append(f"worst hour {units.percent(target.worst_hour.share, 0)}")
    if target.point_cost is not None:
        parts.append(f"one more point costs {units.money(target.point_cost, currency)} a week")
    return "; ".join(parts)


def asked(target: SpanTarget) -> str:
    """Write target and span: ``80% within 20 s each day``."""
    return f"{target.promised} {SPANS[target.over]}"


def _named(target: SpanTarget) -> str:
    """Write what is asked of whom: ``Phone, 80% within 20 s each day, asked 9 days in 10``."""
    of = 10 if abs(10 * target.sure - round(10 * target.sure)) < 1e-9 else 100
    sure = f"{units.number(target.sure * of)} {NOUNS[target.over]} in {of}"
    return f"{units.title(target.name)}, {asked(target)}, asked {sure}"


def _met(target: SpanTarget) -> str:
    """Write how often it is met: ``91 to 95 in 100, least on Mon (88 to 93)``."""
    likely = [each.probability for each in target.judged]
    if not likely:
        return "not simulated"
    learnt = " in the weeks it was planned on" if target.seen == "learnt" else ""
    worst = min(target.judged, key=lambda each: each.probability)
    low, high = _hundred(min(likely)), _hundred(max(likely))
    if worst.day is None:
        where = " on the worst day" if target.over == "day" else ""
        return f"{low} in 100 ({_interval(worst)}){where}{learnt}"
    between = low if low == high else f"{low} to {high}"
    return f"{between} in 100, least on {units.DAYS[worst.day.weekday()]} ({_interval(worst)}){learnt}"


def _interval(met: Met) -> str:
    return f"{_hundred(met.low)} to {_hundred(met.high)}"


def _hundred(share: float) -> str:
    return units.number(100 * share, 0)


def missed(target: SpanTarget) -> str:
    """Say that a target is met less often than asked; `target.missed` says whether it is."""
    worst = min(target.missed, key=lambda each: each.probability)
    when = f" on {units.day(worst.day)}" if worst.day else ""
    others = len(target.missed) - 1
    more = f", and on {units.count(others, 'other day')}" if others else ""
    return f"{_named(target)}: met only {_hundred(worst.probability)} in 100{when} ({_interval(worst)}){more}."


def by_interval(roster: Roster, currency: str) -> str:
    """Hold a plan against the least cost of planning every interval separately; empty where that is not known."""
    every, cost = roster.interval_bound, roster.cost.total
    if every is None or every <= 0:
        return ""
    change = cost / every - 1
    side = "less" if change < 0 else "more"
    compared = "as much as" if abs(change) < SAME else f"{units.percent(abs(change))} {side} than"
    return (
        f"This plan costs {units.money(cost, currency)}, {compared} {units.money(every, currency)}, the least that "
        f"every interval planned separately would cost; its own bound is {units.money(roster.bound, currency)}."
    )


def meant(targets: tuple[SpanTarget, ...]) -> tuple[str, ...]:
    """Say of what the probabilities are."""
    sentences = []
    days = sum(len(each.days) for each in targets if each.over == "day")
    if days:
        sentences.append(
            f"A daily probability is that of one channel on one day, each of {units.count(days, 'channel-day')} judged "
            "separately; it is not the probability that all of them are met in the same week."
        )
    if any(each.over == "week" for each in targets):
        sentences.append(
            "A weekly probability is that of the week as a whole; single days may be well below the target."
        )
    if any(each.met and each.seen == "learnt" for each in targets):
        sentences.append("Probabilities are those of the weeks that the roster was planned on; it was not simulated.")
    return tuple(sentences)
