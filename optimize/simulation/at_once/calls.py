"""Channels whose agents serve one customer at a time, in many random weeks at once.

Every step advances all lanes by one event each: a call comes, or a waiting call is taken or has given up. A call goes
to the first group of its channel's list with a free person (specialists first), to the one free for longest. A person
who becomes free takes the call that has waited longest in the first channel of the group's list with a queue.
People whose time is over finish their call. The rules are those of ``skills.simulate_skills``, one week at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.simulation.at_once.counting import seen_of
from optimize.simulation.at_once.floor import Floor
from optimize.simulation.at_once.lanes import lanes_of
from optimize.simulation.at_once.people import places_of
from optimize.simulation.at_once.redialling import RedialFloor
from optimize.simulation.at_once.seen import joined

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from optimize.simulation.at_once.called import Called
    from optimize.simulation.at_once.seen import Seen

    Array = NDArray[np.float64]
    Whole = NDArray[np.int64]

_BESIDE = 300  # weeks of calls simulated side by side, so that memory stays small


@dataclass(frozen=True)
class Crew:
    """People who serve the same channels.

    Parameters
    ----------
    skills
        Channels served, the one to be served first at the front.
    present
        People at work, shape (R, T).
    """

    skills: tuple[str, ...]
    present: Whole


def simulate_calls(
    lines: Mapping[str, Called], crews: Sequence[Crew], cuts: tuple[int, ...] = (), before: int = 0
) -> dict[str, Seen]:
    """Simulate channels that share people, in all weeks of their customers.

    Parameters
    ----------
    lines
        The channels by name.
    crews
        The people by skills.
    cuts, before
        Intervals at which a week is cut into lanes, and intervals each lane begins earlier (see ``lanes``).

    Returns
    -------
    dict of Seen
        What was seen of each channel; busy and present time are those of all people together.
    """
    first = next(iter(lines.values())).customers
    weeks = first.weeks
    found = [
        _beside(_some(lines, part), [Crew(crew.skills, crew.present[part]) for crew in crews], cuts, before)
        for part in (slice(begin, begin + _BESIDE) for begin in range(0, weeks, _BESIDE))
    ]
    return {name: joined([part[name] for part in found]) for name in lines}


def _beside(lines: Mapping[str, Called], crews: Sequence[Crew], cuts: tuple[int, ...], before: int) -> dict[str, Seen]:
    """Simulate weeks side by side; where a day remembers more than its lane could know, the week is not cut."""
    first = next(iter(lines.values())).customers
    places = places_of([crew.present for crew in crews], first.interval_s)
    kind = RedialFloor if any(line.again for line in lines.values()) else Floor
    floor = kind(lines, [crew.skills for crew in crews], places, lanes_of(first.weeks, first.intervals, cuts, before))
    floor.run()
    there_s = np.sum([crew.present for crew in crews], axis=0) * first.interval_s
    seen = seen_of(lines, floor.attempts(), there_s)
    weeks = floor.unsettled(cuts) if cuts else np.zeros(0, dtype=np.int64)
    if weeks.size:
        whole = _beside(_some(lines, weeks), [Crew(crew.skills, crew.present[weeks]) for crew in crews], (), 0)
        for name, each in whole.items():
            seen[name].put(weeks, each)
    return seen


def _some(lines: Mapping[str, Called], weeks: Whole | slice) -> dict[str, Called]:
    """The channels in some of the weeks."""
    return {name: replace(line, customers=line.customers.of(weeks)) for name, line in lines.items()}
