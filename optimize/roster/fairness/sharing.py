"""Fair shares: what has been and is to be taken, in proportion to what people could take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.fairness.burdens import Burdens
from optimize.roster.fairness.ledger import Ledger, ledger_of
from optimize.roster.fairness.openings import Openings, openings_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.people import People

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Sharing:
    """How burdens are shared over some days.

    Parameters
    ----------
    burdens
        What is shared, with weights.
    openings
        What people could take.
    ledger
        What they took before.
    part
        Each person's part of what is to be taken now; shape (P, K). It adds up to 1, to 0 where nobody could take any.
    """

    burdens: Burdens
    openings: Openings
    ledger: Ledger
    part: Array

    @property
    def balance(self) -> Array:
        """What people took before beyond their share; shape (P, K)."""
        return self.ledger.worked - self.ledger.share

    def share(self, now: Array) -> Array:
        """Fair share of everything taken before and now; shape (P, K).

        Parameters
        ----------
        now
            What each person takes now; shape (P, K).
        """
        return np.asarray(self.ledger.share + now.sum(axis=0) * self.part)


def sharing_of(config: Config, horizon: Horizon, people: People, wanted: NDArray[np.bool_]) -> Sharing:
    """Return how burdens are shared over the days of a horizon.

    Parameters
    ----------
    config
        What is shared, contracts, channels.
    horizon
        The days.
    people
        Agents, leave, wishes, rules, and the week before.
    wanted
        Whether each channel wants somebody in each interval; shape (C, T).
    """
    burdens = Burdens(config, horizon.first, horizon.days)
    openings = openings_of(config, horizon, people, burdens, wanted)
    chances = openings.chances(burdens.names)
    totals = chances.sum(axis=0)
    part = np.divide(chances, totals, out=np.zeros_like(chances), where=totals > 0)
    return Sharing(burdens, openings, ledger_of(people, burdens, chances, horizon.zone), part)
