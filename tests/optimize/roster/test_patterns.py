"""Working days of a week."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from optimize.roster.inputs.patterns import chain, longest_run, work_patterns


def test_five_days_with_days_off_together_have_seven_patterns() -> None:
    """Two neighbouring days off can begin on any of seven days."""
    patterns = work_patterns(5, (), 6, together=True)
    assert len(patterns) == 7
    assert (0, 1, 2, 3, 4) in patterns
    assert (1, 2, 3, 4, 5) in patterns


def test_five_days_in_any_order_have_twenty_one_patterns() -> None:
    """Two days off out of seven."""
    assert len(work_patterns(5, (), 6, together=False)) == 21


def test_leave_takes_its_days() -> None:
    """Nobody works on a day they are away, and days off need not be together then if they cannot."""
    patterns = work_patterns(3, (1, 4), 6, together=True)
    assert patterns
    assert all(1 not in p and 4 not in p for p in patterns)


def test_a_long_row_is_refused_across_the_edge_of_the_week() -> None:
    """Six days with one off are a row of six, read as a circle; five allowed leave none."""
    assert work_patterns(6, (), 5, together=True) == ()
    assert longest_run((0, 1, 2, 4, 5, 6)) == 6


@given(st.sets(st.integers(0, 6), max_size=7))
def test_longest_run_agrees_with_counting_along_two_weeks(days: set[int]) -> None:
    """The slow way: walk along many weeks and count."""
    pattern = tuple(sorted(days))
    longest = run = 0
    for day in range(70):
        run = run + 1 if day % 7 in days else 0
        longest = max(longest, run)
    assert longest_run(pattern) == min(longest, 7)


@given(st.sampled_from([p for n in range(8) for p in combinations(range(7), n)]))
def test_chain_has_every_day_once_in_rows_of_neighbours(pattern: tuple[int, ...]) -> None:
    """Rows hold neighbouring days; different rows are parted by a day off."""
    rows = chain(pattern)
    assert sorted(day for row in rows for day in row) == list(pattern)
    for row in rows:
        assert all((a + 1) % 7 == b for a, b in pairwise(row))
        assert len(pattern) == 7 or (row[0] - 1) % 7 not in pattern
