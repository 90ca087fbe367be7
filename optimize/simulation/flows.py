"""People at each channel by skills: the planned numbers by channel, split over the sets of skills."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Skills = frozenset[str]

_NOISE = 1e-9
_NEAR = 1e-3


def planned_flows(
    people: Mapping[Skills, Array], staffed: Mapping[str, Array], channels: Sequence[str], live: Sequence[str]
) -> dict[Skills, dict[str, Array]] | None:
    """Split the planned people of every interval over the sets of skills.

    Where there is a choice, `channels` not in `live` take people who know the fewest of `live`, so that those who know
    several of them stay together.

    Parameters
    ----------
    people
        People at work in each interval, by what they can serve.
    staffed
        People planned at each channel in each interval.
    channels
        Every channel; the first is given its people first.
    live
        Channels whose people are to be kept together.

    Returns
    -------
    dict or None
        People by skills and channel in each interval; None where the people at work cannot be placed so.
    """
    groups = sorted(people, key=lambda skills: (len(skills & set(live)), sorted(skills)))
    order = sorted(channels, key=lambda name: name in set(live))
    able = {name: [number for number, skills in enumerate(groups) if name in skills] for name in order}
    there = np.array([people[skills] for skills in groups])
    wanted = np.array([staffed[name] for name in order])
    flows = np.zeros((len(groups), len(order), there.shape[1]))
    known: dict[bytes, Array] = {}
    for at in range(there.shape[1]):
        key = there[:, at].tobytes() + wanted[:, at].tobytes()
        if key not in known:
            found = _placed(there[:, at].tolist(), wanted[:, at].tolist(), [able[name] for name in order])
            if found is None:
                return None
            known[key] = np.array(found)
        flows[:, :, at] = known[key]
    return {
        skills: {name: flows[number, place] for place, name in enumerate(order) if name in skills}
        for number, skills in enumerate(groups)
    }


def _placed(spare: list[float], wanted: list[float], able: list[list[int]]) -> list[list[float]] | None:
    """People by group and channel so that every channel has its number; None where that is impossible.

    Each channel takes the first group with spare people, and moves people of earlier channels where necessary
    (augmenting paths).
    """
    flow = [[0.0] * len(wanted) for _ in spare]
    for channel, number in enumerate(wanted):
        left = number
        while left > _NOISE:
            path = _path(channel, spare, flow, able)
            if path is None:
                if left > _NEAR:
                    return None
                break
            moved = min([left, spare[path[-1][0]], *(flow[group][other] for group, other in path[:-1])])
            taker = channel
            for group, other in path:
                flow[group][taker] += moved
                if other >= 0:
                    flow[group][other] -= moved
                    taker = other
            spare[path[-1][0]] -= moved
            left -= moved
    return flow


def _path(
    channel: int, spare: list[float], flow: list[list[float]], able: list[list[int]]
) -> list[tuple[int, int]] | None:
    """Groups along an augmenting path: each gives people to the channel before it and takes them from the next."""
    came: dict[int, tuple[int, int]] = {channel: (-1, -1)}  # channel -> (channel before, group between)
    ahead = deque([channel])
    while ahead:
        here = ahead.popleft()
        for group in able[here]:
            if spare[group] > _NOISE:
                return _back([(group, -1)], here, came)
            for other, number in enumerate(flow[group]):
                if number > _NOISE and other not in came:
                    came[other] = (here, group)
                    ahead.append(other)
    return None


def _back(path: list[tuple[int, int]], here: int, came: dict[int, tuple[int, int]]) -> list[tuple[int, int]]:
    while came[here][1] >= 0:
        before, group = came[here]
        path.insert(0, (group, here))
        here = before
    return path
