"""Service of the channels with a target over a day or a week, three ways: by formula, corrected, and simulated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.simulation.teams import priority_order
from optimize.staffing.requirement.concave import shifted
from optimize.staffing.requirement.spans import span_target
from reports.series import laid_out, weighted_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from optimize.simulation.result import ChannelService, Replay
    from optimize.staffing.requirement.staircase import Staircase
    from reports.run import Rostered
    from reports.series import Numbers


@dataclass(frozen=True)
class Served:
    """Contacts of a channel in time over the week: by formula, by the corrected staircases, and simulated.

    `moved` is the number of people that the rounds moved its staircase by, mean over contacts: below 0 it serves as if
    it had fewer. `ahead` and `behind` are the channels that share its people and are served before and after it. What
    only the rounds know is None without them.
    """

    channel: str
    simulated: ChannelService
    formula: float | None = None
    corrected: float | None = None
    moved: float = 0.0
    ahead: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()

    @property
    def apart(self) -> float:
        """Points of a share by which the simulation is above the formula; 0 where that is not known."""
        return 0.0 if self.formula is None else self.simulated.service_level - self.formula


def served(made: Rostered, replay: Replay | None) -> tuple[Served, ...]:
    """Service of every such channel over the week; nothing without a simulation."""
    return tuple(_served(made, replay)) if replay else ()


def _served(made: Rostered, replay: Replay) -> Iterator[Served]:
    seen = {each.channel: each for each in replay.channels}
    for name in made.config.channels:
        if name in seen and span_target(made.config, name) is not None:
            yield _three_ways(made, seen[name])


def _three_ways(made: Rostered, seen: ChannelService) -> Served:
    name, service = seen.channel, made.roster.service
    stair = next((each for each in service.staircases if each.channel == name), None) if service else None
    if service is None or stair is None:
        return Served(name, seen)
    people = _counted(made, stair)
    moved = service.corrections.people.get(name, np.zeros(made.horizon.size))
    curve, order = stair.average["share"], priority_order(made.config)
    place = order.index(name) if name in order else 0
    return Served(
        name,
        seen,
        weighted_mean(shifted(curve, people)[:, 0], stair.volume),
        weighted_mean(shifted(curve, people + moved)[:, 0], stair.volume),
        weighted_mean(moved, stair.volume) or 0.0,
        tuple(each for each in stair.team if each in order[:place]),
        tuple(each for each in stair.team if each in order[place + 1 :]),
    )


def _counted(made: Rostered, stair: Staircase) -> Numbers:
    """People of the team as the staircase of a channel counts them: those who can serve it perhaps for more."""
    people = np.sum([_people(made, each, "staffed") for each in stair.team], axis=0)
    if stair.counts_alike or "able" not in made.roster.coverage:
        return np.asarray(people, dtype=float)
    return stair.counted(people, _people(made, stair.channel, "able"))


def _people(made: Rostered, channel: str, column: str) -> Numbers:
    return np.nan_to_num(laid_out(made.roster.coverage, channel, column, made.horizon))
