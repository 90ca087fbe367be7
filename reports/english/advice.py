"""Sentences of advice: changes of the rules with what they save, and the hours that are worth most."""

from __future__ import annotations

from configs.units import format_clock
from optimize.roster.facts import (
    BreaksWider,
    ExpensiveHours,
    OneMorePerson,
    RulesLeftOut,
    SkillTaught,
    StartsMoved,
    TargetLater,
)
from optimize.roster.result import PricedAdvice
from reports.english import units
from reports.english.freeing import RULES_OF
from reports.english.registry import written

LONGER = {4: "four hours", 24: "a day"}
"""How much longer a service target is, by hours."""


@written.register
def _(fact: OneMorePerson) -> str:
    return f"One more person on contract {fact.contract} for {units.listed(fact.channels)}"


@written.register
def _(fact: StartsMoved) -> str:
    side, edge = ("earlier", "from") if fact.earlier else ("later", "until")
    clocks = units.listed(list(dict.fromkeys(format_clock(minutes) for minutes in fact.edges)))
    return f"Shifts of contract {fact.contract} that may begin {side}, {edge} {clocks},"


@written.register
def _(fact: BreaksWider) -> str:
    return f"Breaks of contract {fact.contract} that may begin {units.duration(fact.by)} earlier or later"


@written.register
def _(fact: TargetLater) -> str:
    hours = round(fact.by.total_seconds() / 3600)
    return f"A service target for {fact.channel} that allows {LONGER.get(hours, units.duration(fact.by))} more"


@written.register
def _(fact: SkillTaught) -> str:
    whom = f"the {fact.people} people" if fact.people > 1 else "the one person"
    return f"Teaching {fact.channel} to {whom} on contract {fact.contract} for {units.listed(fact.have)}"


@written.register
def _(fact: RulesLeftOut) -> str:
    rules = f"Leaving out the rules on {RULES_OF[fact.family]}"
    if len(fact.shares) == 1:
        return f"{rules} of contract {fact.shares[0][0]}"
    return f"{rules} of contracts {units.listed([f'{name} ({units.percent(part, 0)})' for name, part in fact.shares])}"


@written.register
def _(fact: ExpensiveHours) -> str:
    when = f"{units.DAYS[fact.weekday]} {fact.begin_h:02d}:00-{fact.end_h:02d}:00"
    return f"On {when}, for {fact.channel},"


@written.register
def _(priced: PricedAdvice) -> str:
    advice, amount = priced.advice, priced.amount
    if advice.kind == "hour":
        return f"{advice.sentence} one agent-hour is worth about {amount}."
    most = "about" if advice.basis == "solved again" else "at most about"
    return f"{advice.sentence} would save {most} {amount} a week."
