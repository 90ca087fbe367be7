"""Of which rosters a bound speaks: the rules a search takes as given beyond those that were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.schema import DeferrableChannel
from configs.tables import records
from optimize.roster.facts import DayGivenUp
from optimize.roster.inputs.people import skills_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.roster.facts import Assumption
    from optimize.roster.inputs.people import People
    from optimize.roster.program import Program


def assumptions(config: Config, people: People, *, kept: bool = True) -> tuple[Assumption, ...]:
    """What the bound takes as given; nothing where it is true of any roster at all.

    Without the week before, the week is a circle (decisions/0004). The requirement asks for people channel by channel,
    so that somebody who serves several never stands in for two teams at once, as one waiting line for all would let
    them. The bound is for rosters that keep every guaranteed working day; where this one does not (`kept` is False),
    that is one more.
    """
    found: list[tuple[Assumption, bool]] = [
        ("repeating", people.previous is None),
        ("apart", staffs_apart(config, people)),
        ("kept", not kept),
    ]
    return tuple(name for name, holds in found if holds)


def staffs_apart(config: Config, people: People) -> bool:
    """Whether somebody serves several live channels, each of which is staffed by itself."""
    live = {name for name, channel in config.channels.items() if not isinstance(channel, DeferrableChannel)}
    if len(live) < 2:
        return False
    return any(len(live.intersection(skills_of(str(row["skills"])))) > 1 for row in records(people.agents))


def days_given_up(program: Program, values: NDArray[np.float64]) -> tuple[DayGivenUp, ...]:
    """Contract and local date of every working day given up, by day; as many as days."""
    week, found = program.week, []
    for (c, day), column in sorted(program.layout.dropped_days.items(), key=lambda item: (item[0][1], item[0][0])):
        contract = week.staff_groups[c].contract
        found += [DayGivenUp(f"contracts.{contract}", contract, week.horizon.date(day))] * round(values[column])
    return tuple(found)
