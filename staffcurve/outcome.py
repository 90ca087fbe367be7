"""What a finished roster says of itself at the command line, beside its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optimize.roster.result import Roster
    from staffcurve.talk import Talk

ADVICE_TOLD = 3


SHORTFALLS_TOLD = 5


def tell_shortfalls(roster: Roster, talk: Talk) -> None:
    """Say where people are missing most, and why nobody was put there."""
    from reports import words

    for each in roster.shortfalls[:SHORTFALLS_TOLD]:
        span, hours = words.span(each.start, each.end), words.count(each.agent_h, "agent-hour")
        talk.say(f"  short: {each.channel}, {span}, {hours}: {each.reason}")
    more = len(roster.shortfalls) - SHORTFALLS_TOLD
    if more > 0:
        talk.say(f"  short: and at {more} other {'time' if more == 1 else 'times'}")


def tell_advice(roster: Roster, talk: Talk, currency: str) -> None:
    """Say which changes would save most, and where an hour is dearest."""
    from reports import words

    changes = [each for each in roster.advice if each.kind != "hour"][:ADVICE_TOLD]
    hours = [each for each in roster.advice if each.kind == "hour"][:1]
    for each in [*changes, *hours]:
        talk.say(f"  advice: {each.told(lambda amount: words.money(amount, currency))}")
