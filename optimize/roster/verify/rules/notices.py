"""Notices about the rules that a finished roster breaks: the worst breach of each rule of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.rules.personal import has_rules, personal_rules
from optimize.roster.rule_facts import (
    HoursOutside,
    MentorAbsent,
    RestTooShort,
    RuleBroken,
    RuleRelaxed,
    RulesRecounted,
    RunOutside,
    ShiftsOutside,
    TooManyWeekends,
    WeeklyRestTooShort,
)
from optimize.roster.verify.rules import breaches, weeks_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.schema import Config, Rules
    from optimize.roster.result import Roster
    from optimize.roster.rule_facts import Breach


def rule_notices(config: Config, roster: Roster) -> Iterator[RuleBroken | RulesRecounted]:
    """Recount the rules about people and report each that is broken; nothing where nobody has any."""
    people = roster.people
    if not has_rules(config, people.rules):
        return
    weeks = weeks_of(config, roster)
    found: dict[tuple[str, str], list[Breach]] = {}
    for each in breaches(config, weeks):
        found.setdefault((each.agent, each.rule), []).append(each)
    rules = personal_rules(config, people.agents, people.rules)
    notices = [
        _notice(_place(config, weeks.contract(agent), rules[agent], rule), own) for (agent, rule), own in found.items()
    ]
    relaxed = [each for each in notices if isinstance(each, RuleRelaxed)]
    price = sum(each.price for each in relaxed)
    decided, hard = people.decided, len(notices) - len(relaxed)
    left = () if decided is None else decided.left
    yield RulesRecounted("contracts", len(rules), hard, len(relaxed), price, decided is not None, left)
    yield from notices


def _place(config: Config, contract: str, rules: Rules, rule: str) -> str:
    """Where a rule of a person is written: with the contract, or in the file of rules of single people."""
    of_contract = config.contracts[contract].rules
    if of_contract is not None and _part(of_contract, rule) == _part(rules, rule):
        return f"contracts.{contract}.rules.{rule}"
    return str(config.roster.rules or "rules")


def _part(rules: Rules, rule: str) -> object:
    """The rule of a key such as ``hours.week`` or ``weekends.most``."""
    table, _, name = rule.partition(".")
    found = getattr(rules, table)
    return found.get(name) if name and isinstance(found, dict) else found


def _notice(where: str, found: list[Breach]) -> RuleBroken:
    worst = max(found, key=_size)
    if worst.price is None:
        return RuleBroken(where, worst, len(found) - 1)
    return RuleRelaxed(where, worst, len(found) - 1, sum(each.price or 0.0 for each in found))


def _size(breach: Breach) -> float:
    """By how much a rule is broken, in its own unit; breaches of equal size keep the order of days."""
    match breach:
        case HoursOutside() | RestTooShort() | WeeklyRestTooShort() | MentorAbsent():
            return abs(breach.minutes - breach.limit)
        case ShiftsOutside() | TooManyWeekends():
            return abs(breach.number - breach.limit)
        case RunOutside():
            return abs(breach.days - breach.limit)
        case _:
            return 0.0
