"""Why formula and simulation of a channel differ, and what the rounds made of it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.english import units

if TYPE_CHECKING:
    from reports.metrics.served import Served

APART = 0.02
"""Formula and simulation that differ by more than this need an explanation."""


def differences(found: tuple[Served, ...]) -> tuple[str, ...]:
    """Explain every channel whose formula and simulation differ by more than two points."""
    return tuple(difference(each) for each in found if abs(each.apart) > APART)


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
