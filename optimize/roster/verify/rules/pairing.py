"""Recount of trainees: the share of each of their shifts during which a mentor is at work."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from optimize.roster.rule_facts import MentorAbsent
from optimize.roster.verify.rules.person import MINUTE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from optimize.roster.verify.rules.person import Person, Row, Worked


def mentors_absent(person: Person, rows: Mapping[str, Sequence[Row]]) -> Iterator[MentorAbsent]:
    """Planned shifts too little of which is inside the shifts of mentors; two mentors at once count once.

    Parameters
    ----------
    person
        Somebody, with or without mentors.
    rows
        Shifts of everybody, by agent.
    """
    limit = person.rules.pairing
    if limit is None:
        return
    spans = sorted((row["start"], row["end"]) for mentor in limit.mentors for row in rows.get(mentor, ()))
    for shift in person.shifts:
        least = math.ceil(limit.least * ((shift.end - shift.start) // MINUTE) - 1e-9)
        together = _together(shift, spans)
        if shift.day >= 0 and together < least:
            day = person.date(shift.day)
            yield MentorAbsent(person.agent, "pairing", day, day, None, together, least)


def _together(shift: Worked, spans: Sequence[tuple[pd.Timestamp, pd.Timestamp]]) -> int:
    """Minutes of a shift inside spans that are in order of their starts."""
    minutes, reached = 0, shift.start
    for start, end in spans:
        begins, ends = max(start, reached), min(end, shift.end)
        if ends > begins:
            minutes += (ends - begins) // MINUTE
            reached = ends
    return minutes
