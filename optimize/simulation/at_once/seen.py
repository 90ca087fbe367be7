"""What was seen of a channel in many random weeks."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Seen:
    """Contacts and agent time by week and interval; every array has shape (weeks, T).

    Parameters
    ----------
    good
        Contacts in time, by the definition of the channel.
    counted
        Contacts they are a share of.
    offered, left
        Contacts that came (attempts, where customers call again), and those that gave up.
    wait_s
        Sum of the waits of the contacts that came.
    busy_s, there_s
        Agent-seconds worked, and rostered people present times the length of the interval; of all people of the team
        where channels share people.
    response_s
        Sum of the times to reply to a message, and None where there are no messages.
    messages
        Replies they are of.
    """

    good: Array
    counted: Array
    offered: Array
    left: Array
    wait_s: Array
    busy_s: Array
    there_s: Array
    response_s: Array | None = None
    messages: Array | None = None

    def of(self, weeks: slice) -> Seen:
        """Some of the weeks."""
        rows = {each.name: getattr(self, each.name) for each in fields(Seen)}
        return Seen(**{name: None if values is None else values[weeks] for name, values in rows.items()})  # type: ignore[arg-type]

    def put(self, weeks: NDArray[np.int64], other: Seen) -> None:
        """Write other weeks in place of some of these."""
        for each in fields(Seen):
            mine = getattr(self, each.name)
            if mine is not None:
                mine[weeks] = getattr(other, each.name)


def joined(parts: list[Seen]) -> Seen:
    """Weeks of several parts one below the other."""
    if len(parts) == 1:
        return parts[0]

    def rows(name: str) -> Array | None:
        each = [getattr(part, name) for part in parts]
        return None if each[0] is None else np.concatenate(each)

    return Seen(**{each.name: rows(each.name) for each in fields(Seen)})  # type: ignore[arg-type]
