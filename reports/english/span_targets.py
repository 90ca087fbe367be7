"""Sentences about targets over a day or a week: which probability is meant, what they save, where models differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.english import units

if TYPE_CHECKING:
    from configs.schema.targets import Span
    from reports.metrics.targets import Served, SpanTarget, TargetWeek

SPANS: dict[Span, str] = {"interval": "in each interval", "day": "each day", "week": "over the week"}
"""What a target is over, as words that follow it."""
APART = 0.02
"""Formula and simulation that differ by more than this need an explanation."""


def asked(target: SpanTarget) -> str:
    """Write target and span: ``80% within 20 s each day``."""
    return f"{target.promised} {SPANS[target.over]}"


def meant(week: TargetWeek) -> tuple[str, ...]:
    """Say of what the probabilities are."""
    sentences = []
    if week.channel_days:
        days = units.count(week.channel_days, "channel-day")
        sentences.append(
            f"A daily probability is that of one channel on one day, each of {days} judged separately; it is not the "
            "probability that all of them are met in the same week."
        )
    if any(each.over == "week" for each in week.targets):
        sentences.append(
            "A weekly probability is that of the week as a whole; single days may be well below the target."
        )
    return tuple(sentences)


def by_interval(week: TargetWeek, currency: str) -> str:
    """Compare the plan with the least cost of meeting the targets in every interval; empty where that is unknown."""
    if week.interval_bound is None:
        return ""
    every, cost = units.money(week.interval_bound, currency), units.money(week.cost, currency)
    bound = units.money(week.bound, currency)
    change = week.cost / week.interval_bound - 1 if week.interval_bound else 0.0
    compared = (
        "the same" if abs(change) < 0.0005 else f"{units.percent(abs(change))} {'less' if change < 0 else 'more'}"
    )
    return (
        f"A plan that meets these targets on average in every interval would cost at least {every}; "
        f"this plan costs {cost}, {compared} (its own bound is {bound})."
    )


def differences(week: TargetWeek) -> tuple[str, ...]:
    """Explain every channel whose formula and simulation differ by more than two points."""
    return tuple(difference(each) for each in week.served if abs(each.apart) > APART)


def difference(served: Served) -> str:
    """Say why formula and simulation of a channel differ, and what the rounds made of it."""
    given = units.percent_down(served.formula or 0.0)
    seen = units.percent_down(served.simulated.service_level)
    return f"{units.title(served.channel)}: {given} by formula, {seen} simulated. {_cause(served)} {_learnt(served)}"


def _cause(served: Served) -> str:
    if served.formula is not None and served.simulated.sl_low <= served.formula <= served.simulated.sl_high:
        return "Chance alone explains this."
    if served.apart < 0 and served.ahead:
        first = units.listed(served.ahead)
        return f"Its people answer {first} first; the formula gives a shared team one queue without an order."
    if served.apart > 0 and served.behind:
        last = units.listed(served.behind)
        return f"Its people answer it before {last}; the formula gives a shared team one queue without an order."
    if served.apart < 0:
        return "A queue left at the end of one interval waits in the next; the formula treats intervals separately."
    return "A busy interval often ends before its queue has built up; the formula assumes the full queue."


def _learnt(served: Served) -> str:
    """Say how far the rounds moved the staircase, and what remains."""
    if served.corrected is None or abs(served.moved) < 0.05:
        return "The rounds did not change its staircase."
    people = units.count(abs(served.moved), "person", "people")
    more = "more" if served.moved > 0 else "fewer"
    given = units.percent_down(served.corrected)
    sentence = f"The rounds plan it as if it had {people} {more} on average, which gives {given}."
    left = abs(served.simulated.service_level - served.corrected)
    return f"{sentence} {100 * left:.0f} points remain unexplained." if left > APART else sentence
