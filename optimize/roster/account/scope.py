"""The rosters a bound covers: assumptions of the search beyond the rules as written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.schema import DeferrableChannel
from optimize.roster.facts import DayGivenUp
from optimize.staffing.requirement.spans import span_target
from optimize.staffing.requirement.teams import sharing_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from configs.schema import Config
    from optimize.roster.facts import Assumption
    from optimize.roster.inputs.people import People
    from optimize.roster.program import Program


def assumptions(config: Config, people: People, *, kept: bool = True, service: bool = False) -> tuple[Assumption, ...]:
    """Assumptions of the bound; none where it holds for any roster.

    Without a previous week, the week is a circle (decisions/0004). Synchronous channels that share enough people are
    staffed as one queue; other live channels that somebody serves are staffed separately, so that this person never
    helps both at once. Targets over a day or a week (`service`) are counted by the staircases of the plan, which are
    those of one queue for a whole team. The bound is for rosters with every guaranteed working day; where this one
    drops some (`kept` is False), that is an assumption too.
    """
    found: list[tuple[Assumption, bool]] = [
        ("repeating", people.previous is None),
        ("apart", staffs_apart(config, people, service=service)),
        ("service", service),
        ("kept", not kept),
    ]
    return tuple(name for name, holds in found if holds)


def staffs_apart(config: Config, people: People, *, service: bool = False) -> bool:
    """Whether somebody serves several live channels that are not staffed as one queue.

    With staircases (`service`) the channels of a team with targets over a day or a week are one queue, however few
    people they share.
    """
    live = {name for name, channel in config.channels.items() if not isinstance(channel, DeferrableChannel)}
    sharing = sharing_of(config, people.agents)
    spans = {name for name in live if service and span_target(config, name) is not None}
    served = (known & live for known in sharing.people)
    return any(
        not sharing.one_queue(known) and not (known <= spans and len({sharing.team(name) for name in known}) == 1)
        for known in served
        if len(known) > 1
    )


def days_given_up(program: Program, values: NDArray[np.float64]) -> tuple[DayGivenUp, ...]:
    """Contract and local date of every dropped working day, by day; one entry for each."""
    week, found = program.week, []
    for (c, day), column in sorted(program.layout.dropped_days.items(), key=lambda item: (item[0][1], item[0][0])):
        contract = week.staff_groups[c].contract
        found += [DayGivenUp(f"contracts.{contract}", contract, week.horizon.date(day))] * round(values[column])
    return tuple(found)
