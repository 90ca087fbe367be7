"""Why a forecast says what it says, and the hours in which history and opening hours differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.notes import brief
from forecast.facts import EqualWeights, MeanOfFewContacts, MeanOfShortHistory, NothingCame, WeightsByError
from forecast.opening.compare import Hours
from reports.english import units
from reports.english.registry import written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forecast.models.explain import Effect, Explanation

LEAST_SHOWN = 0.005
SEEN_ONCE = 1
MOST_RANGES = 8
"""Ranges of hours that a line on the screen lists."""
DIFFERENCES = {
    "never_busy": "open, but never any contacts",
    "seldom_busy": "open, but hardly any contacts",
    "busy_outside": "closed, but with contacts",
    "never_observed": "open, but never observed",
}


@written.register
def _(_fact: MeanOfShortHistory) -> str:
    return (
        "the history is shorter than eight weeks: the mean of each weekday and time, with more weight on recent weeks"
    )


@written.register
def _(_fact: MeanOfFewContacts) -> str:
    return "fewer than ten contacts a day: the mean of each weekday and time, with more weight on recent weeks"


@written.register
def _(_fact: NothingCame) -> str:
    return "no contacts in the last weeks, or ever"


@written.register
def _(_fact: EqualWeights) -> str:
    return "the history is too short for a backtest, so all models have the same weight"


@written.register
def _(fact: WeightsByError) -> str:
    said = []
    for best in fact.best:
        ahead = f"{best.first} to {best.last}" if best.last is not None else f"{best.first} or more"
        said.append(f'{units.percent(best.error)} for {ahead} days ahead ("{best.member}")')
    return f"smallest error on past weeks: {units.listed(said)}; weights fall with the fourth power of the error"


@written.register
def _(fact: Hours) -> str:
    came = f" ({brief(fact.contacts_a_week)} contacts a week)" if fact.contacts_a_week else ""
    return f"{fact.channel}: {DIFFERENCES[fact.kind]}: {units.hours_of_week(fact.spans, MOST_RANGES)}{came}"


def lines(explanation: Explanation) -> list[str]:
    """Return the explanation of a forecast as lines of text."""
    found = [f"{explanation.channel}: {explanation.why.sentence}"]
    for voice in explanation.voices:
        weights = " / ".join(units.percent(weight, 0) for weight in voice.weights)
        found.append(f"  {voice.name:<34} weight {weights} (week 1 / week 2 / later)")
    if explanation.week:
        found.append("  week   " + _factors(units.DAYS, explanation.week))
    if explanation.year:
        found.append("  year   " + _factors(units.MONTHS, explanation.year))
    if explanation.month:
        shown = (1, 5, 10, 15, 20, 25, 30)
        found.append("  month  " + _factors([f"day {d}" for d in shown], [explanation.month[d - 1] for d in shown]))
    if explanation.trend_a_year is not None:
        found.append(f"  trend  {units.change(explanation.trend_a_year, 1)} over the last year")
    return [*found, *(_event(one) for one in explanation.events if one.days or abs(one.size) >= LEAST_SHOWN)]


def _event(effect: Effect) -> str:
    seen = f"seen on {units.count(effect.days, 'day')}" if effect.days else "not seen yet"
    reduced = ", effect reduced" if effect.days == SEEN_ONCE else ""
    return f"  event  {effect.name}: {units.change(effect.size)} ({seen}{reduced})"


def _factors(names: Sequence[str], factors: Sequence[float]) -> str:
    return "  ".join(
        f"{name} {units.change(factor - 1)}" if factor > 0 else f"{name} closed"
        for name, factor in zip(names, factors, strict=True)
    )
