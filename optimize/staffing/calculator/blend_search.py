"""A blended team for calls and deferrable work: how many agents, and how many of them to keep free for calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from optimize.staffing.queueing.blending import BlendedService, blend
from optimize.staffing.requirement.least_agents import required_agents

if TYPE_CHECKING:
    from optimize.staffing.queueing.measures import Definition

_MOST = 20_000


@dataclass(frozen=True)
class Calls:
    """The calls of a blended team, and their service target.

    Parameters
    ----------
    load_erl, aht_s, patience_s, within_s, definition
        As in ``blend``.
    share
        Share of calls to be in time.
    """

    load_erl: float
    aht_s: float
    patience_s: float = float("inf")
    within_s: float = 0.0
    share: float = 0.8
    definition: Definition = "offered"

    def served(self, agents: int, reserve: int) -> BlendedService:
        """Service with that many agents, and that many of them kept free."""
        known = (self.load_erl, self.aht_s, reserve, self.patience_s, self.within_s)
        return blend(agents, *known, definition=self.definition)


@dataclass(frozen=True)
class BlendedTeam:
    """A number of agents, how many of them are kept free for calls, and what that gives."""

    agents: int
    reserve: int
    service: BlendedService


def least_reserve(calls: Calls, agents: int) -> BlendedTeam | None:
    """Smallest reserve that meets the target of the calls, which leaves most for other work; None if none does."""
    low, high = -1, agents
    if float(calls.served(agents, high).service_level) < calls.share - 1e-12:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        kept = float(calls.served(agents, middle).service_level) >= calls.share - 1e-12
        low, high = (low, middle) if kept else (middle, high)
    return BlendedTeam(agents, high, calls.served(agents, high))


def least_team(calls: Calls, deferrable_erl: float) -> BlendedTeam:
    """Fewest agents that keep the promise to callers and do other work in between.

    Parameters
    ----------
    calls
        The calls and the service target of those who call.
    deferrable_erl
        Other work to be done, in Erlang: hours of work an hour.

    Returns
    -------
    BlendedTeam
        The agents, how many of them are kept free for calls, and the service that gives. One agent fewer misses the
        service target or leaves work undone, whatever the reserve.

    Raises
    ------
    DataError
        The work or the share is out of range, or more agents are needed than are tried.

    >>> least_team(Calls(14, 300, 120, 20), 5.0).agents
    20
    """
    if not 0 <= deferrable_erl <= _MOST:
        raise DataError(Fault("deferrable_erl", f"must be from 0 to {_MOST:,}, got {deferrable_erl:g}"))
    first = float(
        required_agents(
            calls.load_erl,
            calls.aht_s,
            share=calls.share,
            within_s=calls.within_s,
            patience_s=calls.patience_s,
            definition=calls.definition,
        )
    )
    if not first < _MOST:
        raise DataError(Fault("share", f"{calls.share:g} is not met by any number of agents tried"))
    agents = max(int(first), int(deferrable_erl))
    while True:
        team = least_reserve(calls, agents)
        if team is not None and float(team.service.deferrable_erl) >= deferrable_erl * (1.0 - 1e-12):
            return team
        agents += 1
