"""Work that waits: whoever is there for it works it off in order of arrival."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.centres.judging.centre import FOREVER
from benchmarks.centres.judging.customers import Contact, drawn

if TYPE_CHECKING:
    from random import Random

    from benchmarks.centres.judging.centre import Centre, Line


def opening_of(line: Line, luck: Random) -> list[Contact]:
    """Contacts that are open at the start."""
    return [drawn(line, 0.0, line.aht_s[0], luck) for _ in range(line.opening)]


def work_off(centre: Centre, contacts: list[Contact], people: list[int]) -> list[float]:
    """Moment at which each contact is finished, inf where it is not; `people` are there in each interval."""
    finished, now = [], 0.0
    for contact in contacts:
        now, left = max(now, contact.at_s), contact.work_s
        while left > 0 and now < centre.end_s:
            at = int(now // centre.interval_s)
            until = (at + 1) * centre.interval_s
            could = people[at] * (until - now)
            if could >= left:
                now, left = now + left / people[at], 0.0
            else:
                now, left = until, left - could
        finished.append(FOREVER if left > 0 else now)
    return finished


def in_time(centre: Centre, line: Line, contact: Contact, end: float) -> bool | None:
    """Whether a contact is finished when it is due; None where that is after the week."""
    due = line.due_s[int(contact.at_s // centre.interval_s)]
    return None if due > centre.end_s else end <= due + 1e-6
