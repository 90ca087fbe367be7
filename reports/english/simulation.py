"""Sentences about the simulation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.simulation.facts import ChannelsApart, OrderWorthChanging
from reports.english import units
from reports.english.registry import written

if TYPE_CHECKING:
    from optimize.simulation.facts import OneOfTwo


@written.register
def _(_fact: ChannelsApart) -> str:
    where = "the people of the roster cannot be at the channels where its coverage counts them"
    return f"{where}; each channel is simulated separately"


@written.register
def _(fact: OrderWorthChanging) -> str:
    first, later = fact.first, fact.later
    now = f"people who know both take {first.channel} before {later.channel}"
    prices = f"{later.price:,.2f} at {later.channel} and {first.price:,.2f} at {first.channel}"
    met = f"targets are met in {_met(later)} and {_met(first)} of simulated weeks"
    return f"{now}: one more contact in time costs {prices}; {met}; try {later.channel} before {first.channel}"


def _met(one: OneOfTwo) -> str:
    return f"{units.percent(one.probability, 0)} (asked {units.percent(one.asked, 0)})"
