"""What differs from a published roster: moved, new, dropped; people who left or are on leave do not count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimize.roster.verify.changed import changed_cells
from tests.optimize.roster.verify.made import Line, made

MONDAY = Line("a", "mon 08:00")


def cells(before: list[Line], now: list[Line], **options) -> int:
    people = options.pop("people", {"a": {}, "b": {}})
    roster = made(now, people=people, **options).roster
    return changed_cells(replace(roster, people=replace(roster.people, published=made(before).roster.table)))


@pytest.mark.parametrize(
    ("now", "count"),
    [
        ([MONDAY], 0),
        ([Line("a", "mon 08:30")], 2),
        ([Line("a", "mon 08:00", 8.5)], 2),
        ([Line("b", "mon 08:00")], 2),
        ([], 1),
        ([MONDAY, Line("a", "tue 08:00")], 1),
        ([MONDAY, Line("b", "mon 08:00")], 1),
        ([Line("a", "tue 08:00"), Line("b", "tue 08:00")], 3),
    ],
)
def test_a_cell_is_a_person_and_a_shift(now: list[Line], count: int) -> None:
    """Moved by half an hour or longer by one: two cells; one shift more or less: one."""
    assert cells([MONDAY], now) == count


def test_nothing_was_published() -> None:
    """Without a published roster nothing has changed."""
    assert changed_cells(made([MONDAY]).roster) == 0


def test_a_shift_of_somebody_who_left_is_no_change() -> None:
    """a is not among the agents any more; b's shift instead is one."""
    assert cells([MONDAY], [], people={"b": {}}) == 0
    assert cells([MONDAY], [Line("b", "mon 08:00")], people={"b": {}}) == 1


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("mon 08:00", "mon 16:00", 0),
        ("mon 15:30", "mon 20:00", 0),
        ("mon 16:00", "mon 20:00", 1),
        ("mon 06:00", "mon 08:30", 0),
        ("mon 06:00", "mon 08:00", 1),
    ],
)
def test_a_shift_lost_to_leave_is_no_change(first: str, last: str, count: int) -> None:
    """Leave that meets the hours of the shift, and leave that touches them."""
    assert cells([MONDAY], [], leave=[("a", first, last)]) == count


def test_leave_of_another_and_a_new_shift_beside_leave_count() -> None:
    """b's leave does not excuse a; a's new shift is a change whatever leave a has elsewhere."""
    assert cells([MONDAY], [], leave=[("b", "mon 08:00", "mon 16:00")]) == 1
    assert cells([MONDAY], [Line("a", "tue 08:00")], leave=[("a", "mon 08:00", "mon 16:00")]) == 1


def test_a_new_shift_on_leave_is_a_change() -> None:
    """Only shifts that were lost are excused."""
    assert cells([MONDAY], [MONDAY, Line("a", "tue 08:00")], leave=[("a", "tue 08:00", "tue 16:00")]) == 1
