"""How the search for a roster ended: proof first, then what ended it."""

from __future__ import annotations

from optimize.roster.finish.status import status_of
from optimize.roster.program.budget import Record


def status(gap: float, *, proven: bool = True, apart: bool = False, stopped: bool = False, timed_out: bool = False):
    """Status of a roster with a gap, where one in a hundred was asked for."""
    record = Record()
    if timed_out:
        record.add("whole week", "time")
    return status_of(gap, 0.01, record, proven=proven, apart=apart, stopped=stopped)


def test_nothing_is_proven_of_a_roster_that_gave_up_working_days() -> None:
    """Its cost may lie below the bound, which is for rosters that keep their days."""
    assert status(0.0) == "optimal"
    assert status(0.0, proven=False) == "no better found"
    assert status(0.005, proven=False) == "no better found"
    assert status(0.005, proven=False, timed_out=True) == "time limit"


def test_people_staffed_separately_are_never_called_optimal() -> None:
    """One shared queue may need fewer people, so no gap at all is only within the gap asked for."""
    assert status(0.0, apart=True) == "within gap"


def test_a_gap_as_asked_for_comes_before_what_ended_the_search() -> None:
    """At the gap asked for it is within it, interrupted or not; beyond it the interrupt comes before the time limit."""
    assert status(0.01, stopped=True, timed_out=True) == "within gap"
    assert status(0.011, stopped=True, timed_out=True) == "interrupted"
    assert status(0.011, timed_out=True) == "time limit"
    assert status(0.011) == "no better found"
