"""How the search for a roster ended, in one of a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.program.budget import NO_GAP

if TYPE_CHECKING:
    from optimize.roster.program.budget import Record
    from optimize.roster.result import Status


def status_of(gap: float, asked: float, record: Record, *, proven: bool, apart: bool, stopped: bool) -> Status:
    """How the search ended, in our own words, from the gap of the finished roster.

    Proof comes first: a roster proven optimal, or within the gap asked for, is that however its search ended. Nothing
    is proven about one that drops working days, since the bound is for rosters that keep them. Where people serve
    several channels, each staffed separately, no roster is called optimal: one shared queue may need fewer people.
    """
    if gap <= NO_GAP and proven and not apart:
        return "optimal"
    if gap <= max(asked, NO_GAP) and proven:
        return "within gap"
    return "interrupted" if stopped else "time limit" if record.timed_out else "no better found"
