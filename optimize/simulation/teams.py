"""People who serve more than one synchronous channel: read from the roster, replayed together, each counted once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import ConfigError, Fault, nearest
from configs.schema import SynchronousChannel
from optimize.roster.inputs.presence import people_at_work
from optimize.simulation.facts import ChannelsApart
from optimize.simulation.flows import planned_flows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.result import Roster

    Array = NDArray[np.float64]
    Skills = frozenset[str]


@dataclass(frozen=True)
class Team:
    """Synchronous channels that share people, the most urgent first, and the people by what they serve of them.

    `staffed` holds the people rostered for these channels in each interval, without those planned at another channel,
    such as chat or e-mail.
    """

    channels: tuple[str, ...]
    staffed: tuple[tuple[tuple[str, ...], Array], ...]


def teams_of(roster: Roster, config: Config, horizon: Horizon) -> tuple[tuple[Team, ...], tuple[ChannelsApart, ...]]:
    """Find the synchronous channels that share people at work; none where the roster names nobody.

    Raises
    ------
    ConfigError
        The order of priority names an unknown channel.
    """
    order = priority_order(config)
    live = [name for name in order if isinstance(config.channels[name], SynchronousChannel)]
    if roster.table.empty or len(live) < 2:
        return (), ()
    people = people_at_work(config, roster, horizon)
    if not any(len(skills & set(live)) > 1 for skills in people):
        return (), ()
    rows = roster.coverage.set_index(["channel", "start"])["staffed"]
    staffed = {name: np.nan_to_num(rows.loc[name].reindex(horizon.starts).to_numpy(dtype=float)) for name in order}
    flows = planned_flows(people, staffed, order, live)
    if flows is None:
        return (), (ChannelsApart("simulation"),)
    kept = {
        skills & set(live): np.sum([each for name, each in by.items() if name in live], axis=0)
        for skills, by in _joined(flows, live).items()
    }
    return tuple(_teams(kept, live)), ()


def priority_order(config: Config) -> list[str]:
    """Channels in order of priority: those the config names, then the others in their order."""
    named = config.simulation.priority
    unknown = [name for name in named if name not in config.channels]
    if unknown:
        words = f'"{unknown[0]}" is not a channel{nearest(unknown[0], list(config.channels))}'
        raise ConfigError(Fault("simulation.priority", words))
    return [*named, *(name for name in config.channels if name not in named)]


def _joined(flows: dict[Skills, dict[str, Array]], live: list[str]) -> dict[Skills, dict[str, Array]]:
    """Sum of the flows of people who know the same live channels."""
    joined: dict[Skills, dict[str, Array]] = {}
    for skills, by in flows.items():
        mine = joined.setdefault(skills & frozenset(live), {})
        for name, people in by.items():
            mine[name] = mine.get(name, 0.0) + people
    return {skills: by for skills, by in joined.items() if skills}


def _teams(kept: dict[Skills, Array], live: list[str]) -> list[Team]:
    """Channels connected by people who know two of them; unconnected ones are left out."""
    left, teams = list(live), []
    while left:
        members = {left[0]}
        while more := {name for skills in kept if skills & members for name in skills} - members:
            members |= more
        left = [name for name in left if name not in members]
        if len(members) > 1:
            channels = tuple(name for name in live if name in members)
            groups = {tuple(name for name in channels if name in skills): kept[skills] for skills in kept}
            teams.append(Team(channels, tuple((skills, groups[skills]) for skills in sorted(groups) if skills)))
    return teams
