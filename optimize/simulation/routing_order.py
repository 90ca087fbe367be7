"""Whether people who know several kinds of calls take them in an order worth changing: read from prices and replay.

A team of the program is one queue, so its rows cannot price the order. But where the order is wrong, a contact in time
of the channel that is served later costs far more than one of the channel before it, or its target is missed while the
other's is met with room to spare.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from optimize.simulation.facts import OneOfTwo, OrderWorthChanging
from optimize.simulation.teams import priority_order
from optimize.staffing.requirement.teams import sharing_of

if TYPE_CHECKING:
    from configs.schema import Config
    from optimize.roster.result import Roster
    from optimize.simulation.result import Replay

DEARER = 3.0
"""Price of a contact in time over that of the channel before it from which the order is worth changing."""
LEAST_PRICE = 0.01
"""Price of a contact in time below which it costs nothing, in the currency of the plan."""
SPARE = 0.05
"""Probability beyond the one asked for that is room to spare."""


def order_worth_changing(config: Config, roster: Roster, replay: Replay) -> tuple[OrderWorthChanging, ...]:
    """Find two channels that share people, of which the later one is the dearer or misses its target.

    Parameters
    ----------
    config
        The channels, their targets and the order of priority.
    roster
        Its targets over a day or a week have the prices.
    replay
        How surely they are met.

    Returns
    -------
    tuple of OrderWorthChanging
        At most one: the two channels whose prices differ most.
    """
    order = [name for name in priority_order(config) if config.span_of(name) != "interval"]
    sharing = sharing_of(config, roster.people.agents)
    found = []
    for before, after in combinations(order, 2):
        if not sharing.one_queue((before, after)):
            continue
        first, later = (_one(name, config, roster, replay) for name in (before, after))
        if first is not None and later is not None and _worth_changing(first, later):
            found.append(OrderWorthChanging("simulation.priority", first, later))
    return tuple(sorted(found, key=lambda each: each.first.price - each.later.price)[:1])


def _one(name: str, config: Config, roster: Roster, replay: Replay) -> OneOfTwo | None:
    """Price and probability of a channel; None where one of them is not known."""
    rows = [each for each in roster.targets if each.target == name and each.measure == "share" and each.volume]
    met = next((each for each in replay.service_targets if each.channel == name), None)
    if not rows or met is None:
        return None
    price = sum(each.worth * each.volume for each in rows) / sum(each.volume for each in rows)
    return OneOfTwo(name, price, met.probability, config.sure_of(name))


def _worth_changing(first: OneOfTwo, later: OneOfTwo) -> bool:
    dearer = later.price > max(DEARER * first.price, LEAST_PRICE)
    less_sure = first.probability >= first.asked + SPARE and later.probability < later.asked
    return dearer or less_sure
