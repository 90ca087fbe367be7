"""Sentences about people without a roster, and what rules free them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.facts import NoRoster
from reports.english import units
from reports.english.registry import written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from optimize.roster.facts import Families, RuleFamily

NAMED = 5
"""Sets of families listed."""
RULES_OF: dict[RuleFamily, str] = {
    "availability": "availability, leave and fixed days off",
    "history": "what the week before leaves",
    "hours": "hours or shifts over all weeks",
    "weeks": "hours or days in a week",
    "weekends": "weekends",
    "runs": "working days in a row",
    "days off": "days off in a row",
    "nights": "nights in a row and the rest after them",
    "rest": "rest between shifts",
    "bands": "successions",
}
"""What each family of rules is about."""
TOGETHER = {2: "two", 3: "three"}


@written.register
def _(fact: NoRoster) -> str:
    if fact.by is None:
        begin = "every day can be filled, but not with the least hours or shifts asked for over all weeks"
    else:
        begin = f"already the days up to {units.day(fact.by)} have no roster"
    return f"no roster keeps the rules of this person: {begin}; {relaxed(fact.freed_by)}"


def relaxed(freed_by: Sequence[Families]) -> str:
    """Say which rules it is enough to relax."""
    if not freed_by:
        return "relaxing three kinds of rules is not enough, so relax more of them"
    sets = [" with ".join(RULES_OF[each] for each in families) for families in freed_by]
    more = f"; or {len(sets) - NAMED} others" if len(sets) > NAMED else ""
    listed = "; or ".join(sets[:NAMED]) + more
    size = len(freed_by[0])
    if size == 1:
        return f"it is enough to relax the rules on {listed}"
    return f"relax {TOGETHER[size]} kinds of rules together, those on {listed}"
