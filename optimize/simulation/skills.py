"""Several channels and people who serve more than one of them, with priorities on both sides.

A contact goes to the first group of its channel's list with somebody free, to whoever has been free longest. Somebody
who becomes free takes the contact that has waited longest in the first channel of the group's list with anybody there.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

from optimize.simulation.days import (
    ARRIVALS,
    LEAVERS,
    PATIENCE,
    REDIALS,
    SERVICE,
    Grid,
    arrivals,
    busy_seconds,
    durations,
    stream,
)
from optimize.simulation.result import ContactLog

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_COME, _AGAIN = range(2)  # below 0: people of a group come or go


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
    redial_share, redial_delay_s
        As in ``phone.simulate_phone``.
    service_cv
        Coefficient of variation of the handle time.
    """

    volume: Array
    aht_s: Array | float
    patience_s: float = np.inf
    redial_share: float = 0.0
    redial_delay_s: float = 1800.0
    service_cv: float = 1.0


def simulate_skills(
    interval_s: float,
    volume: Mapping[str, Array],
    aht_s: Mapping[str, float],
    patience_s: Mapping[str, float],
    groups: Sequence[Group],
    *,
    priorities: Mapping[str, Sequence[str]] | None = None,
    seed: int = 1,
    replication: int = 0,
) -> dict[str, ContactLog]:
    """Simulate one replication of several channels served by people with several skills.

    Parameters
    ----------
    interval_s
        Length of an interval in seconds.
    volume
        Mean contacts of each interval, by channel.
    aht_s, patience_s
        Mean handle time and patience in seconds, by channel; patience inf where nobody gives up.
    groups
        People by skills.
    priorities
        Names of the groups in which each channel looks for somebody free; by default specialists first.
    seed, replication
        Name the streams of random numbers.

    Returns
    -------
    dict of Seen
        The contacts of each channel; `busy_s` is the time spent on that channel.
    """
    lines = {name: Line(volume[name], aht_s[name], patience_s[name]) for name in volume}
    return simulate_lines(interval_s, lines, groups, priorities=priorities, seed=seed, replication=replication)


def simulate_lines(
    interval_s: float,
    lines: Mapping[str, Line],
    groups: Sequence[Group],
    *,
    priorities: Mapping[str, Sequence[str]] | None = None,
    seed: int = 1,
    replication: int = 0,
) -> dict[str, ContactLog]:
    """As `simulate_skills`, with everything known of each channel in one place."""
    names = sorted(lines)
    drawn = {name: _drawn(name, interval_s, lines[name], seed, replication) for name in names}
    server_pools = [_Servers(group, Grid(interval_s, np.zeros(group.agents.size), group.agents)) for group in groups]
    asked = {name: _order(name, groups, None if priorities is None else priorities.get(name)) for name in names}
    again = stream(seed, "skills", replication, REDIALS)
    floor = _Floor(server_pools, asked, drawn, stream(seed, "skills", replication, LEAVERS), again)
    floor.run()
    return {name: _seen(drawn[name], interval_s, lines[name].volume.size) for name in names}


@dataclass(frozen=True)
class _Drawn:
    """Contacts of one channel, drawn; `wait` is filled in as they are answered, and who calls again is added."""

    line: Line
    interval_s: float
    at: list[float]
    service: list[float]
    until: list[float]
    wait: list[float]

    def open_at(self, moment: float) -> bool:
        """Whether anybody is expected then."""
        number = int(moment // self.interval_s)
        return number < self.line.volume.size and bool(self.line.volume[number] > 0)


def _drawn(name: str, interval_s: float, line: Line, seed: int, replication: int) -> _Drawn:
    at = arrivals(stream(seed, name, replication, ARRIVALS), interval_s, line.volume)
    mean = np.broadcast_to(np.asarray(line.aht_s, dtype=float), line.volume.shape)[(at // interval_s).astype(np.int64)]
    service = durations(stream(seed, name, replication, SERVICE), at.size, mean, line.service_cv)
    patience = durations(stream(seed, name, replication, PATIENCE), at.size, line.patience_s)
    return _Drawn(line, interval_s, at.tolist(), service.tolist(), (at + patience).tolist(), [np.nan] * at.size)


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
        """Bring the number of people to what the plan says; who leaves is drawn by lot and finishes the contact."""
        more = staff - len(self.free)
        if more >= 0:
            self.free += [moment] * more
        else:
            stay = sorted(lot.permutation(len(self.free))[:staff].tolist())
            self.free = [self.free[index] for index in stay]
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
        """Let every contact come, and then let the queues run empty."""
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
        """Who gave up calls again, as a contact of its own; who was answered meanwhile does not."""
        drawn = self.drawn[name]
        if drawn.wait[contact] == drawn.wait[contact]:
            return
        drawn.at.append(now)
        drawn.service.append(drawn.service[contact])
        drawn.until.append(now + float(self.again.standard_exponential()) * drawn.line.patience_s)
        drawn.wait.append(np.nan)
        self.come(now, name, len(drawn.at) - 1)

    def come(self, now: float, name: str, contact: int) -> None:
        """A contact comes: somebody free takes it, or it waits."""
        for index in self.asked[name]:
            free = self.server_pools[index].free
            if free and free[0] <= now:
                heappop(free)
                self.answer(now, name, contact, free)
                return
        self.queues[name].append(contact)
        self.waiting += 1
        drawn = self.drawn[name]
        share = drawn.line.redial_share
        if share > 0 and drawn.until[contact] < np.inf and float(self.again.random()) < share:
            later = drawn.until[contact] + float(self.again.standard_exponential()) * drawn.line.redial_delay_s
            if drawn.open_at(later):
                heappush(self.ahead, (later, _AGAIN, name, contact))

    def catch_up(self, now: float) -> None:
        """Give the waiting to people who are free by now, in the order in which they become so."""
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


def _seen(drawn: _Drawn, interval_s: float, size: int) -> ContactLog:
    at, wait, service = np.array(drawn.at), np.array(drawn.wait), np.array(drawn.service)
    served = ~np.isnan(wait)
    starts = at[served] + wait[served]
    busy = busy_seconds(starts, starts + service[served], interval_s, size)
    return ContactLog(at, np.where(served, wait, np.array(drawn.until) - at), served, busy, float("nan"), 2 * at.size)
