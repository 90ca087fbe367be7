"""Several channels and people who serve more than one of them, with priorities on both sides.

A contact goes to the first group of its channel's list with a free person, to the one free for longest. A person who
becomes free takes the contact that has waited longest in the first channel of the group's list with a queue.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from optimize.simulation.attempts import Attempts, expected_at, seen_of
from optimize.simulation.days import NO_REDIALS, Grid, Redials, arrivals, durations, stayers
from optimize.simulation.draws import ARRIVALS, LEAVERS, PATIENCE, REDIALS, SERVICE, Draws

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from optimize.simulation.result import ContactLog

    Array = NDArray[np.float64]

_COME, _AGAIN = range(2)  # below 0: people of a group come or go
_DRAWS = Draws(1, "skills")


@dataclass(frozen=True)
class Group:
    """People who serve the same channels.

    Parameters
    ----------
    name
        Name of the group.
    skills
        Channels served, the one to be served first at the front.
    agents
        People at work in each interval.
    """

    name: str
    skills: tuple[str, ...]
    agents: NDArray[np.int64]


@dataclass(frozen=True)
class Line:
    """Contacts of one channel.

    Parameters
    ----------
    volume
        Mean number of contacts of each interval.
    aht_s
        Mean handle time in seconds; one number, or one for each interval of arrival.
    patience_s
        Mean patience in seconds; inf where nobody gives up.
    redials
        Who calls again after giving up, as in ``phone.simulate_phone``.
    service_cv
        Coefficient of variation of the handle time.
    """

    volume: Array
    aht_s: Array | float
    patience_s: float = np.inf
    redials: Redials = NO_REDIALS
    service_cv: float = 1.0


def simulate_skills(
    interval_s: float,
    lines: Mapping[str, Line],
    groups: Sequence[Group],
    *,
    priorities: Mapping[str, Sequence[str]] | None = None,
    draws: Draws = _DRAWS,
) -> dict[str, ContactLog]:
    """Simulate one replication of several channels served by people with several skills.

    Parameters
    ----------
    interval_s
        Length of an interval in seconds.
    lines
        Contacts of each channel, by its name.
    groups
        People by skills.
    priorities
        Names of the groups in which each channel looks for a free person; by default specialists first.
    draws
        Seed and replication; every channel has the streams of its own name, leavers and redials those of "skills".

    Returns
    -------
    dict of ContactLog
        The contacts of each channel; `busy_s` is the time spent on that channel.
    """
    names = sorted(lines)
    drawn = {name: _drawn(interval_s, lines[name], draws.of(name)) for name in names}
    server_pools = [_Servers(group, Grid(interval_s, np.zeros(group.agents.size), group.agents)) for group in groups]
    asked = {name: _order(name, groups, None if priorities is None else priorities.get(name)) for name in names}
    shared = draws.of(_DRAWS.channel)
    floor = _Floor(server_pools, asked, drawn, shared.stream(LEAVERS), shared.stream(REDIALS))
    floor.run()
    return {name: drawn[name].seen() for name in names}


@dataclass(frozen=True)
class _Drawn(Attempts):
    """Attempts of one channel, drawn; their waits are filled in as they are answered, and who calls again is added."""

    line: Line
    interval_s: float

    def seen(self) -> ContactLog:
        """What was seen of them."""
        at, wait, service = np.array(self.at), np.array(self.wait), np.array(self.service)
        return seen_of(at, wait, service, np.array(self.until) - at, self.interval_s, self.line.volume.size)


def _drawn(interval_s: float, line: Line, draws: Draws) -> _Drawn:
    at = arrivals(draws.stream(ARRIVALS), interval_s, line.volume)
    mean = np.broadcast_to(np.asarray(line.aht_s, dtype=float), line.volume.shape)[(at // interval_s).astype(np.int64)]
    service = durations(draws.stream(SERVICE), at.size, mean, line.service_cv)
    patience = durations(draws.stream(PATIENCE), at.size, line.patience_s)
    return _Drawn(at.tolist(), service.tolist(), (at + patience).tolist(), [np.nan] * at.size, line, interval_s)


def _order(name: str, groups: Sequence[Group], asked: Sequence[str] | None) -> list[int]:
    able = [index for index, group in enumerate(groups) if name in group.skills]
    if asked is not None:
        rank = {group: place for place, group in enumerate(asked)}
        return sorted(able, key=lambda index: rank.get(groups[index].name, len(rank)))
    return sorted(able, key=lambda index: (len(groups[index].skills), groups[index].skills.index(name)))


class _Servers:
    """One group: the moments at which its people were or will be free."""

    def __init__(self, group: Group, grid: Grid) -> None:
        self.skills = group.skills
        self.moments, self.staff = grid.changes()
        self.free: list[float] = []

    def change(self, moment: float, staff: int, lot: np.random.Generator) -> None:
        """Set the number of people to that of the plan; leavers are chosen at random and finish the contact."""
        more = staff - len(self.free)
        if more >= 0:
            self.free += [moment] * more
        else:
            self.free = stayers(self.free, staff, lot)
        heapify(self.free)


class _Floor:
    """All groups and all queues."""

    def __init__(
        self,
        server_pools: list[_Servers],
        asked: Mapping[str, list[int]],
        drawn: Mapping[str, _Drawn],
        lot: np.random.Generator,
        again: np.random.Generator,
    ) -> None:
        self.server_pools, self.asked, self.drawn, self.lot, self.again = server_pools, asked, drawn, lot, again
        self.ahead: list[tuple[float, int, str, int]] = []
        self.queues: dict[str, deque[int]] = {name: deque() for name in drawn}
        self.waiting = 0

    def run(self) -> None:
        """Process every contact, and then the remaining queues."""
        events = self.ahead
        for index, servers in enumerate(self.server_pools):
            events += [
                (moment, index - len(self.server_pools), "", staff)
                for moment, staff in zip(servers.moments, servers.staff, strict=True)
            ]
        for name, drawn in self.drawn.items():
            events += [(moment, _COME, name, contact) for contact, moment in enumerate(drawn.at)]
        events.sort()  # so a heap
        while events:
            now, kind, name, number = heappop(events)
            self.catch_up(now)
            if kind == _COME:
                self.come(now, name, number)
            elif kind == _AGAIN:
                self.come_again(now, name, number)
            else:
                self.server_pools[kind].change(now, number, self.lot)
        self.catch_up(np.inf)

    def come_again(self, now: float, name: str, contact: int) -> None:
        """A customer who gave up calls again as a new contact, unless answered meanwhile."""
        drawn = self.drawn[name]
        if not drawn.answered(contact):
            patience_s = float(self.again.standard_exponential()) * drawn.line.patience_s
            self.come(now, name, drawn.again(contact, now, patience_s))

    def come(self, now: float, name: str, contact: int) -> None:
        """A contact arrives: a free person takes it, or it waits."""
        for index in self.asked[name]:
            free = self.server_pools[index].free
            if free and free[0] <= now:
                heappop(free)
                self.answer(now, name, contact, free)
                return
        self.queues[name].append(contact)
        self.waiting += 1
        drawn = self.drawn[name]
        redials = drawn.line.redials
        if redials.share > 0 and drawn.until[contact] < np.inf and float(self.again.random()) < redials.share:
            later = drawn.until[contact] + float(self.again.standard_exponential()) * redials.delay_s
            if expected_at(later, drawn.interval_s, drawn.line.volume):
                heappush(self.ahead, (later, _AGAIN, name, contact))

    def catch_up(self, now: float) -> None:
        """Assign waiting contacts to people who are free by now, in the order in which they became free."""
        while self.waiting:
            able = [
                servers
                for servers in self.server_pools
                if servers.free and any(self.queues[skill] for skill in servers.skills)
            ]
            servers = min(able, key=_first_free, default=None)
            if servers is None or servers.free[0] > now:
                return
            name = next(skill for skill in servers.skills if self.queues[skill])
            contact = self.queues[name].popleft()
            self.waiting -= 1
            drawn = self.drawn[name]
            start = max(servers.free[0], drawn.at[contact])
            if drawn.until[contact] > start:
                heappop(servers.free)
                self.answer(start, name, contact, servers.free)

    def answer(self, now: float, name: str, contact: int, free: list[float]) -> None:
        """Somebody answers a contact."""
        drawn = self.drawn[name]
        drawn.wait[contact] = now - drawn.at[contact]
        heappush(free, now + drawn.service[contact])


def _first_free(servers: _Servers) -> float:
    return servers.free[0]
