"""Of which rosters a bound speaks: the rules a search takes as given beyond those that were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.schema import DeferrableChannel
from configs.tables import records
from optimize.roster.inputs.people import skills_of
from optimize.roster.result import APART

if TYPE_CHECKING:
    from configs.schema import Config
    from optimize.roster.result import People

REPEATS = " of a repeating week"


def scope_of(config: Config, people: People) -> str:
    """Words that follow "any roster" in a claim about a bound; an empty text where it is true of any at all.

    Without the week before, the week is a circle (decisions/0004). The requirement asks for people channel by channel,
    so that somebody who serves several never stands in for two teams at once, as one waiting line for all would let
    them.
    """
    return (REPEATS if people.previous is None else "") + (APART if staffs_apart(config, people) else "")


def staffs_apart(config: Config, people: People) -> bool:
    """Whether somebody serves several live channels, each of which is staffed by itself."""
    live = {name for name, channel in config.channels.items() if not isinstance(channel, DeferrableChannel)}
    if len(live) < 2:
        return False
    return any(len(live.intersection(skills_of(str(row["skills"])))) > 1 for row in records(people.agents))
