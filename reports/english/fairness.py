"""Sentences about fair shares: what keeps a person from the same number as everybody else, and how even a week is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.fairness.account import ClosedDays, FewerDays, Ruled, Unmoved
from reports import formatting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from configs.schema.fairness import Burden
    from optimize.roster.fairness.account import PersonShare, Why
    from optimize.roster.fairness.openings import Closed

MOST_NAMES = 3
NOUNS: dict[Burden, tuple[str, str]] = {
    "nights": ("night", "nights"),
    "weekends": ("weekend shift", "weekend shifts"),
    "early": ("early shift", "early shifts"),
    "late": ("late shift", "late shifts"),
    "holidays": ("shift on a public holiday", "shifts on public holidays"),
    "wishes": ("refused wish", "refused wishes"),
    "unpopular": ("unpopular shift", "unpopular shifts"),
}
"""One and several of each burden."""
WHY_CLOSED: dict[Closed, str] = {
    "contract": "the contract has no such shift",
    "skills": "no channel they know is staffed then",
    "availability": "not available",
    "fixed-off": "a fixed day off",
    "leave": "leave",
}
"""Why a day is closed to somebody."""


def reasons(why: Sequence[Why]) -> str:
    """Say what keeps somebody from the same number as everybody else; empty where nothing does."""
    return "; ".join(reason(each) for each in why)


def reason(why: Why) -> str:
    """Say one of them."""
    match why:
        case ClosedDays(closed, days):
            return f"{WHY_CLOSED[closed]} on {formatting.count(days, 'day')}"
        case FewerDays(days_per_week, most):
            return f"{days_per_week:g} of {most:g} working days a week"
        case Ruled(rules):
            return f"limited by {formatting.listed(list(rules))}"
        case Unmoved():
            return "no roster of the same cost was found that is closer"


def burden_shared(kind: Burden, shares: Sequence[PersonShare]) -> str:
    """Say how a burden is shared in a week: how much there is, the largest distance, and who is furthest away."""
    one, many = NOUNS[kind]
    taken = sum(each.worked for each in shares)
    whom = formatting.count(sum(each.worked > 0 for each in shares), "person", "people")
    begin = f"{formatting.count(taken, one, many)} for {whom}"
    apart = [each for each in shares if each.side != "even"]
    apart.sort(key=lambda each: (-abs(each.difference), each.agent))
    if not apart:
        return f"{begin}; everybody is within one of their fair share."
    furthest = [f"{each.agent} {_signed(each.difference)} ({reasons(each.why)})" for each in apart]
    far = formatting.count(len(apart), "person is", "people are")
    return f"{begin}; {far} one or more away from their fair share: {formatting.listed(furthest, MOST_NAMES)}."


def _signed(difference: float) -> str:
    return f"{abs(difference):.1f} {'above' if difference > 0 else 'below'}"
