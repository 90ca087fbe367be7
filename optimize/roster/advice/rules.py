"""Advice about rules of people: what those of weeks planned by name cost at the prices that prove their bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.facts import RulesLeftOut
from optimize.roster.result import Advice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optimize.roster.inputs.decided import Decided

MOST_NAMED = 3
"""Families of rules that are named."""
LEAST_SHARE = 0.005
"""Share of a contract in a saving below which it is not named."""


def dearest_rules(decided: Decided, least: float) -> Iterator[Advice]:
    """Yield the families of rules that cost most, a week, if it is `least` and more."""
    for cost in decided.rule_costs[:MOST_NAMED]:
        saving = cost.amount / decided.weeks
        if saving < least:
            return
        shares = [(name, amount / cost.amount) for name, amount in cost.contracts]
        named = tuple((name, share) for name, share in shares if share >= LEAST_SHARE)
        change = RulesLeftOut("contracts", cost.family, named)
        yield Advice("rule", named[0][0], saving, change, "named prices")
