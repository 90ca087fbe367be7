"""Sentences about wishes that are not granted."""

from __future__ import annotations

from configs.units import format_clock
from optimize.roster.wish_facts import RefusedWish, WishesRefused
from reports.english import units
from reports.english.freeing import relaxed
from reports.english.registry import written


@written.register
def _(wish: RefusedWish) -> str:
    if wish.reason == "no-shift":
        return "the contract has no such shift on that day"
    if wish.cost is None or wish.cover is None:
        return f"no roster with it keeps the rules of this person; {relaxed(wish.freed_by)}"
    weight = f"its weight is {units.number(wish.weight, 2)}"
    if wish.reason == "cover":
        of_cover = f"{_amount(wish.cover)} because the others do not cover it"
        return f"would cost {_amount(wish.cost)}, of which {of_cover}; {weight}"
    if wish.reason == "weight":
        return f"would cost {_amount(wish.cost)}; {weight}"
    price = f"would cost {_amount(wish.cost)}" if wish.cost >= 0 else f"would save {_amount(-wish.cost)}"
    return f"{price}; {weight}; a longer search may grant it"


@written.register
def _(fact: WishesRefused) -> str:
    verb = "is" if fact.number == 1 else "are"
    said = f"{units.count(fact.number, 'wish', 'wishes')} {verb} not granted"
    if fact.impossible:
        said += f", {fact.impossible} of which no lawful roster could grant"
    if fact.dearest:
        named = "; ".join(f"{asked(each)} {written(each)}" for each in fact.dearest)
        said += f"; the most expensive to grant with everybody else as planned: {named}"
    return said


def asked(wish: RefusedWish) -> str:
    """Say whose wish it is, and for what."""
    what = "to work" if wish.work else "to be off"
    start = "" if wish.start is None else f" from about {format_clock(wish.start)}"
    return f"{wish.agent} {what}{start} on {units.day(wish.day)}"


def _amount(value: float) -> str:
    return units.number(value, 2 if abs(value) < 10 else 0)
