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
    SERVICE,
    Grid,
    arrivals,
    busy_seconds,
    durations,
    stream,
)
from optimize.simulation.result import Seen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]


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
) -> dict[str, Seen]:
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
    names = sorted(volume)
    drawn = {
        name: _drawn(name, interval_s, volume[name], aht_s[name], patience_s[name], seed, replication) for name in names
    }
    rooms = [_Room(group, Grid(interval_s, np.zeros(group.agents.size), group.agents)) for group in groups]
    asked = {name: _order(name, groups, None if priorities is None else priorities.get(name)) for name in names}
    floor = _Floor(rooms, asked, drawn, stream(seed, "skills", replication, LEAVERS))
    floor.run()
    size = next(iter(volume.values())).size
    return {name: _seen(drawn[name], interval_s, size) for name in names}


@dataclass(frozen=True)
class _Drawn:
    """Contacts of one channel, drawn; `wait` is filled in as they are answered."""

    at: list[float]
    service: list[float]
    until: list[float]
    wait: list[float]


def _drawn(
    name: str, interval_s: float, volume: Array, aht_s: float, patience_s: float, seed: int, replication: int
) -> _Drawn:
    at = arrivals(stream(seed, name, replication, ARRIVALS), interval_s, volume)
    service = durations(stream(seed, name, replication, SERVICE), at.size, aht_s)
    patience = durations(stream(seed, name, replication, PATIENCE), at.size, patience_s)
    return _Drawn(at.tolist(), service.tolist(), (at + patience).tolist(), [np.nan] * at.size)


def _order(name: str, groups: Sequence[Group], asked: Sequence[str] | None) -> list[int]:
    able = [index for index, group in enumerate(groups) if name in group.skills]
    if asked is not None:
        rank = {group: place for place, group in enumerate(asked)}
        return sorted(able, key=lambda index: rank.get(groups[index].name, len(rank)))
    return sorted(able, key=lambda index: (len(groups[index].skills), groups[index].skills.index(name)))


class _Room:
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
        self, rooms: list[_Room], asked: Mapping[str, list[int]], drawn: Mapping[str, _Drawn], lot: np.random.Generator
    ) -> None:
        self.rooms, self.asked, self.drawn, self.lot = rooms, asked, drawn, lot
        self.queues: dict[str, deque[int]] = {name: deque() for name in drawn}
        self.waiting = 0

    def run(self) -> None:
        """Let every contact come, and then let the queues run empty."""
        events: list[tuple[float, int, str, int]] = []
        for index, room in enumerate(self.rooms):
            events += [
                (moment, index - len(self.rooms), "", staff)
                for moment, staff in zip(room.moments, room.staff, strict=True)
            ]
        for name, drawn in self.drawn.items():
            events += [(moment, 0, name, contact) for contact, moment in enumerate(drawn.at)]
        events.sort()
        for now, index, name, number in events:
            self.catch_up(now)
            if name:
                self.come(now, name, number)
            else:
                self.rooms[index].change(now, number, self.lot)
        self.catch_up(np.inf)

    def come(self, now: float, name: str, contact: int) -> None:
        """A contact comes: somebody free takes it, or it waits."""
        for index in self.asked[name]:
            free = self.rooms[index].free
            if free and free[0] <= now:
                heappop(free)
                self.answer(now, name, contact, free)
                return
        self.queues[name].append(contact)
        self.waiting += 1

    def catch_up(self, now: float) -> None:
        """Give the waiting to people who are free by now, in the order in which they become so."""
        while self.waiting:
            able = [room for room in self.rooms if room.free and any(self.queues[skill] for skill in room.skills)]
            room = min(able, key=_first_free, default=None)
            if room is None or room.free[0] > now:
                return
            name = next(skill for skill in room.skills if self.queues[skill])
            contact = self.queues[name].popleft()
            self.waiting -= 1
            drawn = self.drawn[name]
            start = max(room.free[0], drawn.at[contact])
            if drawn.until[contact] > start:
                heappop(room.free)
                self.answer(start, name, contact, room.free)

    def answer(self, now: float, name: str, contact: int, free: list[float]) -> None:
        """Somebody answers a contact."""
        drawn = self.drawn[name]
        drawn.wait[contact] = now - drawn.at[contact]
        heappush(free, now + drawn.service[contact])


def _first_free(room: _Room) -> float:
    return room.free[0]


def _seen(drawn: _Drawn, interval_s: float, size: int) -> Seen:
    at, wait, service = np.array(drawn.at), np.array(drawn.wait), np.array(drawn.service)
    served = ~np.isnan(wait)
    starts = at[served] + wait[served]
    busy = busy_seconds(starts, starts + service[served], interval_s, size)
    return Seen(at, np.where(served, wait, np.array(drawn.until) - at), served, busy, float("nan"), 2 * at.size)
