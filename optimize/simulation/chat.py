"""Agents with slots, message by message: customers think and write, agents answer messages in order.

The slow-down curve is a result here, not an assumption. An agent whose shift ends takes no new conversation and
finishes those that are open.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Literal

import numpy as np

from optimize.simulation.days import Grid, arrivals, busy_seconds, durations
from optimize.simulation.draws import ARRIVALS, LEAVERS, PATIENCE, SERVICE, Draws
from optimize.simulation.result import ContactLog

Routing = Literal["least-loaded", "fullest-first"]

_CHANGE, _TOUCHED, _WRITTEN, _COME = range(4)
_BLOCK = 4096
_DRAWS = Draws(1, "chat")


@dataclass(frozen=True)
class Conversation:
    """What a conversation is made of, and how many of them an agent holds.

    Parameters
    ----------
    slots
        Conversations an agent may hold at once.
    touch_s, think_s
        Agent time per message and customer time between two messages, in seconds.
    touches
        Mean number of agent messages per conversation (geometric); 1 or more.
    switch
        Extra agent time per message for each further open conversation, as a share.
    think_cv
        Coefficient of variation of the time to think; 1 is exponential, others lognormal.
    """

    slots: int
    touch_s: float
    think_s: float
    touches: float
    switch: float = 0.0
    think_cv: float = 1.0


def simulate_chat(
    grid: Grid,
    conversation: Conversation,
    patience_s: float = np.inf,
    *,
    routing: Routing = "least-loaded",
    draws: Draws = _DRAWS,
) -> ContactLog:
    """Simulate one replication of agents who hold several conversations.

    Parameters
    ----------
    grid
        Volume and people at work, by interval.
    conversation
        What a conversation is made of, and how many of them an agent holds.
    patience_s
        Mean time in seconds a customer waits for an agent; inf where nobody gives up.
    routing
        Whether a new conversation goes to the agent who holds fewest or to the one who holds most.
    draws
        Names the streams of random numbers.

    Returns
    -------
    Seen
        One entry a customer; `response_s` is the mean time to reply to a message.
    """
    at = arrivals(draws.stream(ARRIVALS), grid.interval_s, grid.volume)
    patience = durations(draws.stream(PATIENCE), at.size, patience_s)
    service = draws.stream(SERVICE)
    messages = service.geometric(1.0 / conversation.touches, at.size)
    server = _ChatServer(conversation, service, routing)
    server.run(grid, at.tolist(), (at + patience).tolist(), messages.tolist(), draws.stream(LEAVERS))
    wait = np.array(server.wait)
    served = ~np.isnan(wait)
    response = server.reply_s / server.replies if server.replies else float("nan")
    spans = np.array(server.spans).reshape(-1, 2)
    busy = busy_seconds(spans[:, 0], spans[:, 1], grid.interval_s, grid.size)
    return ContactLog(at, np.where(served, wait, patience), served, busy, response, at.size + server.events)


class _Source:
    """Times of mean 1, drawn in blocks."""

    def __init__(self, draws: np.random.Generator, cv: float) -> None:
        self.draws, self.cv = draws, cv
        self.drawn: list[float] = []

    def __call__(self) -> float:
        if not self.drawn:
            self.drawn = durations(self.draws, _BLOCK, 1.0, self.cv).tolist()
        return self.drawn.pop()


class _Agent:
    """One person: conversations open, messages waiting, and whether the shift is over."""

    __slots__ = ("busy", "gone", "held", "inbox")

    def __init__(self) -> None:
        self.held = 0
        self.busy = False
        self.gone = False
        self.inbox: deque[tuple[int, float]] = deque()


class _ChatServer:
    """All agents, the customers who wait for one, and what is to happen next."""

    def __init__(self, conversation: Conversation, service: np.random.Generator, routing: Routing) -> None:
        self.slots, self.switch = conversation.slots, conversation.switch
        self.touch_s, self.think_s = conversation.touch_s, conversation.think_s
        self.touch, self.think = _Source(service, 1.0), _Source(service, conversation.think_cv)
        self.fullest = routing == "fullest-first"
        self.agents: list[_Agent] = []
        self.waiting: deque[int] = deque()
        self.ahead: list[tuple[float, int, int, int, _Agent | None]] = []
        self.wait: list[float] = []
        self.left: list[int] = []
        self.spans: list[float] = []
        self.reply_s, self.replies, self.events = 0.0, 0, 0

    def run(
        self, grid: Grid, at: list[float], until: list[float], messages: list[int], lot: np.random.Generator
    ) -> None:
        """Process events until the last conversation is over."""
        self.wait, self.left = [np.nan] * len(at), messages
        self.ahead = [(moment, _CHANGE, staff, 0, None) for moment, staff in zip(*grid.changes(), strict=True)]
        self.ahead += [(moment, _COME, customer, 0, None) for customer, moment in enumerate(at)]
        self.ahead.sort(key=lambda event: event[:3])
        events = 0
        while self.ahead:
            now, kind, one, _, agent = heappop(self.ahead)
            if kind == _TOUCHED and agent is not None:
                events += 1
                self.replied(now, one, agent, at, until)
            elif kind == _WRITTEN and agent is not None:
                events += 1
                self.wrote(now, one, agent)
            elif kind == _COME:
                self.waiting.append(one)
                self.fill(now, at, until)
            else:
                self.change(one, lot)
                self.fill(now, at, until)
        self.events = events

    def change(self, staff: int, lot: np.random.Generator) -> None:
        """Set the number of people to that of the plan; those who leave are chosen at random."""
        more = staff - len(self.agents)
        if more >= 0:
            self.agents += [_Agent() for _ in range(more)]
            return
        leaving = set(lot.permutation(len(self.agents))[staff:].tolist())
        for index in leaving:
            self.agents[index].gone = True
        self.agents = [agent for index, agent in enumerate(self.agents) if index not in leaving]

    def fill(self, now: float, at: list[float], until: list[float]) -> None:
        """Assign waiting customers to agents with a free slot."""
        while self.waiting:
            agent = self.with_slot()
            if agent is None:
                return
            self.take(now, agent, at, until)

    def with_slot(self) -> _Agent | None:
        """The agent the next conversation goes to; None where all slots are taken."""
        best, held = None, -1 if self.fullest else self.slots
        for agent in self.agents:
            if agent.held < self.slots and (agent.held > held if self.fullest else agent.held < held):
                best, held = agent, agent.held
                if held == 0 and not self.fullest:
                    break
        return best

    def take(self, now: float, agent: _Agent, at: list[float], until: list[float]) -> None:
        """Give the customer who has waited longest and is still there to an agent."""
        while self.waiting:
            customer = self.waiting.popleft()
            if until[customer] > now:
                self.wait[customer] = now - at[customer]
                agent.held += 1
                self.wrote(now, customer, agent)
                return

    def wrote(self, now: float, customer: int, agent: _Agent) -> None:
        """A message is there: the agent answers it now or later."""
        agent.inbox.append((customer, now))
        if not agent.busy:
            self.begin(now, agent)

    def begin(self, now: float, agent: _Agent) -> None:
        """Answer the oldest message."""
        agent.busy = True
        length = self.touch_s * (1.0 + self.switch * (agent.held - 1)) * self.touch()
        self.spans += (now, now + length)
        self.events += 1
        heappush(self.ahead, (now + length, _TOUCHED, agent.inbox[0][0], self.replies, agent))

    def replied(self, now: float, customer: int, agent: _Agent, at: list[float], until: list[float]) -> None:
        """A message is answered: the customer thinks or is done, and the agent goes on."""
        _, since = agent.inbox.popleft()
        self.reply_s += now - since
        self.replies += 1
        self.left[customer] -= 1
        agent.busy = False
        if self.left[customer]:
            heappush(self.ahead, (now + self.think_s * self.think(), _WRITTEN, customer, self.replies, agent))
        else:
            agent.held -= 1
            if not agent.gone:
                self.take(now, agent, at, until)
        if agent.inbox and not agent.busy:
            self.begin(now, agent)
