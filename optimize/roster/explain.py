"""A roster in plain text: how it ended, what it costs, how near to the best it is, and what would help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.pauses import clock_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optimize.roster.result import Roster

SHORTFALLS_TOLD = 5
MEANING = {
    "optimal": "its cost equals the lower bound",
    "within gap": "the gap asked for is met",
    "no better found": "the search ended; it found no cheaper roster",
    "time limit": "the time limit ended the search; more time may find a cheaper one",
    "interrupted": "the search was interrupted; this is its best roster",
}


def explain(roster: Roster) -> str:
    """Write the roster's proof, cost and advice, amounts without a currency."""
    return "\n".join(_lines(roster)) + "\n"


def _lines(roster: Roster) -> Iterator[str]:
    yield f"status   {roster.status}: {MEANING[roster.status]}"
    parts = {name: getattr(roster.cost, name) for name in ("wages", "premiums", "shortage", "excess", "late")}
    split = ", ".join(f"{name} {value:,.2f}" for name, value in parts.items() if value >= 0.005)
    yield f"cost     {roster.cost.total:,.2f}" + (f" ({split})" if split else "")
    yield f"bound    {roster.bound:,.2f}; no roster{roster.scope} under these rules costs less"
    yield f"gap      {roster.gap_told}"
    if roster.left_out:
        yield f"         {roster.given_up}"
    if roster.shortfalls:
        yield "understaffed:"
        for each in roster.shortfalls[:SHORTFALLS_TOLD]:
            when = f"{each.start:%a %d %b} {clock_of(each.start)}-{clock_of(each.end)}"
            yield f"  {each.channel}, {when}, {each.agent_h:,.2f} agent-hours: {each.reason}"
    for kind, title in ((True, "most valuable hours"), (False, "what would help")):
        told = [each for each in roster.advice if (each.kind == "hour") is kind]
        if told:
            yield f"{title}:"
            yield from (f"  {each.told(lambda amount: f'{amount:,.0f}')}" for each in told)
