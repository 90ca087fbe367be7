"""Agents with slots whose slow-down was measured: mean length of a conversation by conversations open."""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from optimize.simulation.days import Grid, arrivals, busy_seconds, durations, stayers
from optimize.simulation.draws import ARRIVALS, LEAVERS, PATIENCE, SERVICE, Draws
from optimize.simulation.result import ContactLog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from optimize.simulation.chat import Routing

_CHANGE, _COME, _CLOSE = range(3)
_DRAWS = Draws(1, "chat")


def simulate_measured_chat(
    grid: Grid,
    aht_by_slots: Sequence[float],
    patience_s: float = np.inf,
    *,
    routing: Routing = "least-loaded",
    draws: Draws = _DRAWS,
) -> ContactLog:
    """Simulate one replication of agents known only by the length of a conversation with 1, 2, ... of them open.

    Parameters
    ----------
    grid, patience_s, routing, draws
        As in ``chat.simulate_chat``.
    aht_by_slots
        Mean length in seconds with 1, 2, ... conversations open; as many values as slots.
    """
    at = arrivals(draws.stream(ARRIVALS), grid.interval_s, grid.volume)
    patience = durations(draws.stream(PATIENCE), at.size, patience_s)
    closing = [0.0, *(held / length for held, length in enumerate(aht_by_slots, 1))]
    server = _ChatServer(closing, draws.stream(SERVICE), routing == "fullest-first")
    server.run(grid, at.tolist(), (at + patience).tolist(), draws.stream(LEAVERS))
    wait = np.array(server.wait)
    served = ~np.isnan(wait)
    spans = np.array(server.spans).reshape(-1, 2)
    busy = busy_seconds(spans[:, 0], spans[:, 1], grid.interval_s, grid.size)
    return ContactLog(at, np.where(served, wait, patience), served, busy, float("nan"), 2 * at.size)


class _Agent:
    """One person: conversations open, since when there is any, and the number of the close that is to come."""

    __slots__ = ("began", "gone", "held", "version")

    def __init__(self) -> None:
        self.held, self.version, self.began, self.gone = 0, 0, 0.0, False


class _ChatServer:
    """All agents and the customers who wait; lengths are exponential, so a close may be drawn again at every change."""

    def __init__(self, closing: list[float], draws: np.random.Generator, fullest: bool) -> None:  # noqa: FBT001
        self.closing, self.draws, self.fullest = closing, draws, fullest
        self.slots = len(closing) - 1
        self.agents: list[_Agent] = []
        self.waiting: deque[int] = deque()
        self.ahead: list[tuple[float, int, int, int, _Agent | None]] = []
        self.wait: list[float] = []
        self.spans: list[float] = []
        self.drawn = 0

    def run(self, grid: Grid, at: list[float], until: list[float], lot: np.random.Generator) -> None:
        """Process events until the last conversation is over."""
        self.wait = [np.nan] * len(at)
        self.ahead = [(moment, _CHANGE, staff, 0, None) for moment, staff in zip(*grid.changes(), strict=True)]
        self.ahead += [(moment, _COME, customer, 0, None) for customer, moment in enumerate(at)]
        self.ahead.sort(key=lambda event: event[:3])
        while self.ahead:
            now, kind, one, version, agent = heappop(self.ahead)
            if kind == _CLOSE and agent is not None:
                if version != agent.version:
                    continue
                self.hold(now, agent, agent.held - 1)
            elif kind == _COME:
                self.waiting.append(one)
            else:
                self.change(one, lot)
            self.fill(now, at, until)

    def change(self, staff: int, lot: np.random.Generator) -> None:
        """Set the number of people to that of the plan; leavers are chosen at random and finish open conversations."""
        more = staff - len(self.agents)
        if more >= 0:
            self.agents += [_Agent() for _ in range(more)]
            return
        self.agents = stayers(self.agents, staff, lot)

    def fill(self, now: float, at: list[float], until: list[float]) -> None:
        """Assign waiting customers to agents with a free slot."""
        while self.waiting:
            able = [agent for agent in self.agents if agent.held < self.slots]
            if not able:
                return
            customer = self.waiting.popleft()
            if until[customer] <= now:
                continue
            agent = max(able, key=_conversations) if self.fullest else min(able, key=_conversations)
            self.wait[customer] = now - at[customer]
            self.hold(now, agent, agent.held + 1)

    def hold(self, now: float, agent: _Agent, held: int) -> None:
        """Change the number of conversations of an agent."""
        if agent.held == 0:
            agent.began = now
        agent.held = held
        agent.version += 1
        if held:
            self.drawn += 1
            length = float(self.draws.standard_exponential()) / self.closing[held]
            heappush(self.ahead, (now + length, _CLOSE, self.drawn, agent.version, agent))
        else:
            self.spans += (agent.began, now)


def _conversations(agent: _Agent) -> int:
    return agent.held
