"""Who sits where: the people at work in an interval placed at the channels as the coverage counts them."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from benchmarks.centres.judging.centre import Centre, Duty

CALLS = "calls"
"""Place of everybody planned at a synchronous channel: they take the calls of all they know."""


@dataclass(frozen=True)
class Stint:
    """A person at one place without a pause; `place` is `CALLS` or the name of a channel."""

    begin_s: float
    end_s: float
    place: str


def stints_of(centre: Centre, luck: Random) -> list[list[Stint]]:
    """Place everybody in every interval; for each duty its stints in order.

    A fraction of a person in the coverage is one with that probability.
    """
    calls = {line.name for line in centre.lines if line.kind == "synchronous"}
    order = sorted(centre.staffed, key=lambda name: name in calls)
    stints: list[list[Stint]] = [[] for _ in centre.duties]
    before: dict[int, str] = {}
    for at in range(len(centre.day)):
        begin, end = at * centre.interval_s, (at + 1) * centre.interval_s
        there = [number for number, duty in enumerate(centre.duties) if _at_work(duty, begin, end)]
        seats = {name: _whole(centre.staffed[name][at], luck) for name in order}
        before = Seating(centre.duties, there, calls, before).filled(seats)
        for number, name in before.items():
            _lengthen(stints[number], Stint(begin, end, CALLS if name in calls else name))
    return stints


def _at_work(duty: Duty, begin: float, end: float) -> bool:
    return any(first <= begin and end <= last for first, last in duty.spans)


def _whole(people: float, luck: Random) -> int:
    below = floor(people + 1e-9)
    part = people - below
    return below + (part > 1e-9 and luck.random() < part)


def _lengthen(stints: list[Stint], more: Stint) -> None:
    if stints and stints[-1].end_s == more.begin_s and stints[-1].place == more.place:
        stints[-1] = Stint(stints[-1].begin_s, more.end_s, more.place)
    else:
        stints.append(more)


class Seating:
    """The people of one interval and the channels they are placed at.

    A free person is taken first; otherwise somebody moves over from another channel that can replace them. Whoever sat
    there in the interval before stays, then those who can take the fewest calls are chosen.
    """

    def __init__(self, duties: tuple[Duty, ...], there: list[int], calls: set[str], before: dict[int, str]) -> None:
        self.duties, self.before = duties, before
        self.free = sorted(there, key=lambda number: (len(duties[number].skills & calls), duties[number].agent))
        self.placed: dict[int, str] = {}

    def filled(self, seats: dict[str, int]) -> dict[int, str]:
        """Channel of every person who has a place."""
        for name, count in seats.items():
            for _ in range(count):
                self.fill(name, {name})
        return self.placed

    def fill(self, name: str, asked: set[str]) -> bool:
        """Place one more person at a channel; say whether there was one."""
        able = [number for number in self.free if name in self.duties[number].skills]
        if able:
            chosen = next((number for number in able if self.before.get(number) == name), able[0])
            self.free.remove(chosen)
            self.placed[chosen] = name
            return True
        for number, other in list(self.placed.items()):
            if other not in asked and name in self.duties[number].skills and self.fill(other, asked | {other}):
                self.placed[number] = name
                return True
        return False
