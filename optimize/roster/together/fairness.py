"""Shared burdens of a plan -> those of the joined problem: what each person takes with each shape, and a day off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.schema import DeferrableChannel
from optimize.roster.fairness.openings import wanted_by_live
from optimize.roster.fairness.sharing import sharing_of
from optimize.roster.inputs.wishes import wishes_of
from optimize.roster.joined.problem import Fairness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.fairness.cells import Cells
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.wishes import Wish
    from optimize.roster.together.demand import Wanted

    Ints = NDArray[np.int64]


def fairness_of(config: Config, horizon: Horizon, people: People, weeks: Sequence[Wanted]) -> Fairness | None:
    """Return the burdens shared over all weeks; None where nothing is shared.

    Shapes of a contract are in the order of its shift types and their starts, as `cells_of` has them.

    Parameters
    ----------
    config
        What is shared, contracts, channels.
    horizon
        All weeks as one.
    people
        Agents, leave, wishes, rules, and the week before the first.
    weeks
        What each week wants of people, in order.
    """
    if not config.roster.fairness.weights:
        return None
    wanted = np.concatenate([(week.width > 0).any(axis=0) for week in weeks], axis=1)
    live = {
        name: wanted[number]
        for number, (name, channel) in enumerate(config.channels.items())
        if not isinstance(channel, DeferrableChannel)
    }
    sharing = sharing_of(config, horizon, people, wanted_by_live(config, live, horizon.size))
    cells = sharing.openings.cells
    by_contract = {name: _with_day_off(each) for name, each in cells.items()}
    wishes = wishes_of(people.requests, horizon)
    names = sharing.burdens.names
    burdens = []
    for agent, contract in zip(people.agents["agent"].astype(str), people.agents["contract"].astype(str), strict=True):
        mine = by_contract[contract]
        if "wishes" in names and agent in wishes:
            mine = _with_refusals(mine, cells[contract], wishes[agent], names.index("wishes"))
        burdens.append(mine)
    return Fairness(sharing.burdens.weights, sharing.part, sharing.balance, tuple(burdens))


def _with_day_off(cells: Cells) -> Ints:
    """Burdens of each shape on each day, and none of a day off; shape (D, S + 1, K)."""
    return np.pad(cells.burdens.astype(np.int64), ((0, 0), (0, 1), (0, 0)))


def _with_refusals(burdens: Ints, cells: Cells, wishes: list[Wish], place: int) -> Ints:
    """The same with the wishes of a person that each shape, or a day off, refuses."""
    found = burdens.copy()
    begins: list[int | None] = [*cells.clock.tolist(), None]
    for wish in wishes:
        found[wish.day, :, place] += [not wish.is_granted(each) for each in begins]
    return found
