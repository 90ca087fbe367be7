"""Which synchronous channels share people, and so are one queue."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from configs.schema import SynchronousChannel
from configs.skills import skills_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from configs.schema import Config

    Array = NDArray[np.float64]

ENOUGH = 0.2
"""Share of a channel's people who know another one from which the team works as if everybody knew everything.

Limited cross-training brings most of what full cross-training does: Jordan and Graves (1995), Principles on the
benefits of manufacturing process flexibility; Wallace and Whitt (2005), A staffing algorithm for call centers with
skill-based routing (two skills each are almost as good as all); Robbins, Medeiros and Harrison (2010), Cross training
in call centers with uncertain arrivals and global service level agreements (a modest part of the staff is enough).
"""

OWN_PERSON = 2.0
"""How many times as much as others of a team a person is worth to a channel that this person can serve.

One who cannot serve it takes other contacts of the team, so that one who can is free for it more often. Simulated on a
centre with video served after calls (one person more for two hours), 1.4 to 2.8 times.
"""


def weighed(people: Array, able: Array, others: float, own: float, most: Array | None) -> Array:
    """People of a team as a channel counts them, of whom `able` can serve it and stand for `most` each at most."""
    counted = others * people + (own - others) * able
    return np.asarray(counted if most is None else np.minimum(counted, most * able), dtype=float)


@dataclass(frozen=True)
class Sharing:
    """Who knows what.

    Parameters
    ----------
    channels
        Synchronous channels in the order of the config: those whose people serve whichever has a contact.
    people
        Number of people by the channels they know, all kinds of channels included.
    """

    channels: tuple[str, ...]
    people: Mapping[frozenset[str], int]

    @cached_property
    def team_of(self) -> dict[str, tuple[str, ...]]:
        """Synchronous channels connected by people who know two of them, in the order of the config, by channel.

        A channel that shares nobody is a team of its own.
        """
        left, found = list(self.channels), dict[str, tuple[str, ...]]()
        while left:
            members = {left[0]}
            while more := {name for known in self._shared if known & members for name in known} - members:
                members |= more
            team = tuple(name for name in self.channels if name in members)
            found |= dict.fromkeys(team, team)
            left = [name for name in left if name not in members]
        return {name: found[name] for name in self.channels}

    def team(self, channel: str) -> tuple[str, ...]:
        """The team of any channel; a channel of another kind than synchronous is alone."""
        return self.team_of.get(channel, (channel,))

    def overlap(self, channel: str) -> float:
        """Of the people who know a channel, the share who know another one of its team; 0 where nobody knows it."""
        team = frozenset(self.team(channel))
        who = {known: number for known, number in self.people.items() if channel in known}
        total = sum(who.values())
        return sum(number for known, number in who.items() if len(known & team) > 1) / total if total else 0.0

    def effect(self, channel: str) -> float:
        """How far a channel works as part of its team: 0 alone, 1 as one queue; linear up to `ENOUGH` of overlap."""
        return min(self.overlap(channel) / ENOUGH, 1.0)

    def one_queue(self, channels: Collection[str]) -> bool:
        """Whether channels are staffed as one queue: all of one team, and each shares enough people."""
        return len({self.team(name) for name in channels}) == 1 and all(self.effect(name) >= 1 for name in channels)

    def everybody(self, channel: str) -> bool:
        """Whether everybody who knows a channel of its team knows this one."""
        team = frozenset(self.team(channel))
        return all(channel in known for known in self.people if known & team)

    def weights(self, channel: str) -> tuple[float, float]:
        """How many people of a team somebody counts as for a channel: who cannot serve it, and who can.

        Everybody counts 1 where all can serve it. Else the ratio is ``OWN_PERSON``, more where the channel shares too
        few people for the others to relieve them; the team as a whole counts as its number of people.

        >>> Sharing(("phone", "video"), {frozenset({"phone"}): 6, frozenset({"phone", "video"}): 2}).weights("video")
        (0.8, 1.6)
        """
        team = frozenset(self.team(channel))
        whole = sum(number for known, number in self.people.items() if known & team)
        able = sum(number for known, number in self.people.items() if channel in known)
        if not able or able == whole:
            return 1.0, 1.0
        part, helped = able / whole, self.effect(channel) / OWN_PERSON
        own = 1.0 / (part + (1.0 - part) * helped)
        return helped * own, own

    @cached_property
    def _shared(self) -> tuple[frozenset[str], ...]:
        """Sets of two synchronous channels or more that somebody knows."""
        live = frozenset(self.channels)
        return tuple(known & live for known, number in self.people.items() if number and len(known & live) > 1)


def sharing_of(config: Config, agents: pd.DataFrame | None) -> Sharing:
    """Count who knows which channels.

    Parameters
    ----------
    config
        The channels and their kinds.
    agents
        ``agents`` table with a row for each person; `skills` holds channels such as ``phone;chat``. None where it is
        not known who works: the people the contracts count, unless the config names a file of agents.
    """
    channels = tuple(name for name, channel in config.channels.items() if isinstance(channel, SynchronousChannel))
    if agents is not None:
        return Sharing(channels, Counter(frozenset(skills_of(str(text))) for text in agents["skills"]))
    people = Counter[frozenset[str]]()
    if config.roster.agents is None:
        for contract in config.contracts.values():
            people[frozenset(config.channels if contract.skills is None else contract.skills)] += contract.agents or 0
    return Sharing(channels, people)
