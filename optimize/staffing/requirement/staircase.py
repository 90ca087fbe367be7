"""Staircases: the service of a channel with one, two, three and more people of its team, interval by interval."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.staffing.requirement.channel_gains import ChannelInQueue
from optimize.staffing.requirement.gains import Measure
from optimize.staffing.requirement.one_queue import contacts_of
from optimize.staffing.requirement.spans import asked_share, span_target
from optimize.staffing.requirement.teams import weighed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.staffing.requirement.teams import Sharing

    Array = NDArray[np.float64]

__all__ = ["Measure", "Staircase", "staircases"]

_ROOM = 1.4
"""People for whom a curve is computed, over those of the busiest interval by its own target."""
_ROOM_PEOPLE = 4


@dataclass(frozen=True)
class Staircase:
    """Gain per contact of a channel with 0, 1, 2, ... people of its team rostered, in each interval.

    Parameters
    ----------
    channel
        The channel.
    team
        Channels that share their people and so are one queue, this one included, in the order of the config.
    volume
        Contacts of the channel expected in each interval; shape (T,).
    average
        By measure: mean gain over absence and over how busy a day is; shape (T, N + 1), column n for n people rostered.
    busy
        By measure: the same on a day as busy as the probability of the target says (nine in ten: no nine days in ten
        are busier); shape (T, N + 1).
    others, own
        How many people a person of the team counts as who cannot serve the channel, and one who can
        (``Sharing.weights``).
    most
        How many people of the team one who can serve the channel stands for at most, in each interval: the people with
        whom the team keeps the channel's share over those with whom the channel alone does; shape (T,). None where
        everybody counts as one person.
    """

    channel: str
    team: tuple[str, ...]
    volume: Array
    average: Mapping[Measure, Array]
    busy: Mapping[Measure, Array]
    others: float = 1.0
    own: float = 1.0
    most: Array | None = None

    @property
    def counts_alike(self) -> bool:
        """Whether everybody of the team counts as one person."""
        return self.others == self.own == 1.0

    def counted(self, people: Array, able: Array) -> Array:
        """People of the team as the channel counts them, of whom so many can serve it; shape (T,)."""
        return weighed(people, able, self.others, self.own, self.most)


def staircases(
    config: Config,
    requirement_table: pd.DataFrame,
    horizon: Horizon,
    sharing: Sharing,
    *,
    most: int | None = None,
) -> tuple[Staircase, ...]:
    """Staircases of the live channels whose target is one over a day or a week, in the order of the config.

    Parameters
    ----------
    config
        The channels, their targets, the absence and the method.
    requirement_table
        ``requirement`` table; needs `volume, aht_s`. Without `rate_cv` every day is as busy as forecast.
    horizon
        The planned days.
    sharing
        Who knows what: the channels of a team are one queue.
    most
        Largest number of people; default: 1.4 times those that the team needs in its busiest interval when
        every interval keeps its targets, and 4 more.

    Raises
    ------
    DataError
        The table has no volume or no handle time.
    """
    made = []
    for name in config.channels:
        target = span_target(config, name)
        if target is None:
            continue
        team = {each: contacts_of(requirement_table, each, horizon) for each in sharing.team(name)}
        size = _most(requirement_table, tuple(team)) if most is None else most
        queue = ChannelInQueue.of(config, horizon, name, team)
        average, busy = queue.on_any_day(size), queue.on_busy_day(size, target.probability)
        others, own = sharing.weights(name)
        stair = Staircase(name, tuple(team), team[name].volume, average, busy, others, own)
        if not stair.counts_alike:
            alone = ChannelInQueue.of(config, horizon, name, {name: team[name]}).on_any_day(size)
            stair = replace(stair, most=_stands_for(average["share"], alone["share"], asked_share(config, name)))
        made.append(stair)
    return tuple(made)


def _stands_for(together: Array, alone: Array, share: float) -> Array:
    """People with whom a team keeps a share, over those with whom a channel alone does; 1 or more."""
    team, own = ((curve < share).sum(axis=1) for curve in (together, alone))
    return np.asarray(np.maximum(team / np.maximum(own, 1.0), 1.0))


def _most(requirement_table: pd.DataFrame, team: Collection[str]) -> int:
    """People for whom the curves of a team are computed."""
    rows = requirement_table.loc[requirement_table["channel"].isin(list(team))]
    agents = rows["agents"]
    if "agents_interval" in rows.columns:
        agents = rows["agents_interval"].fillna(agents)
    together = agents.groupby(rows["start"]).sum()
    return int(np.ceil(_ROOM * float(together.max()))) + _ROOM_PEOPLE if len(together) else _ROOM_PEOPLE
