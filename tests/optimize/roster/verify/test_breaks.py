"""Breaks in their windows, in order, apart, as long as they are: each on its edge."""

from __future__ import annotations

import pytest

from tests.optimize.roster.verify.made import Line, fails, made, passes

LUNCH = {"breaks": [{"length": "1h", "after": "3h-5h"}]}
TWO = {"breaks": [{"length": "30min", "after": "2h-3h", "paid": True}, {"length": "1h", "after": "3h-5h"}]}
APART = TWO | {"break_gap": "1h"}
FAULT = "breaks outside their windows"


def test_a_break_may_begin_at_both_ends_of_its_window() -> None:
    """Three to five hours after 8:00: at 11 and at 13, and half an hour beyond either neither."""
    for clock in ("11:00-12:00", "13:00-14:00"):
        assert passes(made([Line("a", "mon 08:00", breaks=clock, unpaid_h=1)], contract=LUNCH))
    for clock in ("10:30-11:30", "13:30-14:30"):
        assert fails(made([Line("a", "mon 08:00", breaks=clock, unpaid_h=1)], contract=LUNCH), FAULT)


@pytest.mark.parametrize("clock", ["11:00-11:30", "11:00-12:30"])
def test_a_break_has_its_length_to_the_interval(clock: str) -> None:
    """An hour, not half an hour less or more."""
    assert fails(made([Line("a", "mon 08:00", breaks=clock, unpaid_h=1)], contract=LUNCH), FAULT)


@pytest.mark.parametrize("clocks", ["", "11:00-12:00;12:00-13:00", "11:00-12:00;13:00-14:00"])
def test_a_shift_has_as_many_breaks_as_its_contract(clocks: str) -> None:
    """One: none is too few, two are too many."""
    assert fails(made([Line("a", "mon 08:00", breaks=clocks, unpaid_h=1)], contract=LUNCH), FAULT)


def test_breaks_may_touch_where_no_gap_is_asked_for_and_never_overlap() -> None:
    """A paid one from 10:30 and lunch from 11; windows would let lunch begin while the first is still on."""
    overlapping = {"breaks": [{"length": "1h", "after": "2h-3h", "paid": True}, {"length": "1h", "after": "3h-5h"}]}
    touching = [Line("a", "mon 08:00", breaks="10:00-11:00;11:00-12:00", unpaid_h=1)]
    assert passes(made(touching, contract=overlapping))
    meeting = [Line("a", "mon 08:00", breaks="10:30-11:30;11:00-12:00", unpaid_h=1)]
    assert fails(made(meeting, contract=overlapping), FAULT)


def test_breaks_keep_the_gap_between_them() -> None:
    """An hour between the end of the first, 10:30, and the second: from 11:30, and not from 11:00."""
    assert passes(made([Line("a", "mon 08:00", breaks="10:00-10:30;11:30-12:30", unpaid_h=1)], contract=APART))
    assert fails(made([Line("a", "mon 08:00", breaks="10:00-10:30;11:00-12:00", unpaid_h=1)], contract=APART), FAULT)


def test_breaks_keep_the_gap_from_both_ends_of_the_shift() -> None:
    """An hour of eight is free of breaks at either end: from 9:00 and until 15:00, in windows that would allow more."""
    contract = {"breaks": [{"length": "1h", "after": "30min-7h"}], "break_gap": "1h"}
    for clock in ("09:00-10:00", "14:00-15:00"):
        assert passes(made([Line("a", "mon 08:00", breaks=clock, unpaid_h=1)], contract=contract))
    for clock in ("08:30-09:30", "14:30-15:30"):
        assert fails(made([Line("a", "mon 08:00", breaks=clock, unpaid_h=1)], contract=contract), FAULT)


def test_breaks_stand_in_their_order() -> None:
    """Half an hour, then an hour; the other way round each has the other's length."""
    assert passes(made([Line("a", "mon 08:00", breaks="11:00-11:30;11:30-12:30", unpaid_h=1)], contract=TWO))
    assert fails(made([Line("a", "mon 08:00", breaks="11:00-12:00;12:00-12:30", unpaid_h=1)], contract=TWO), FAULT)


def test_a_paid_break_is_paid_and_an_unpaid_one_is_not() -> None:
    """Eight hours less one unpaid are seven; the paid half hour is no loss of pay, and nobody works in it."""
    sound = made([Line("a", "mon 08:00", breaks="10:00-10:30;12:00-13:00", unpaid_h=1)], contract=TWO)
    assert passes(sound)
    assert sound.roster.table["paid_h"].tolist() == [7.0]
    assert sound.roster.coverage["staffed"].sum() == 13
    unpaid = made([Line("a", "mon 08:00", breaks="10:00-10:30;12:00-13:00", unpaid_h=1.5)], contract=TWO)
    assert fails(unpaid, "paid_h is 6.5; the recount says 7")


def test_a_break_may_end_with_the_shift_and_begin_with_it() -> None:
    """Windows of 0h and 7h of an eight-hour shift."""
    for window, clock in (("0h-1h", "08:00-09:00"), ("6h-7h", "15:00-16:00")):
        contract = {"breaks": [{"length": "1h", "after": window}]}
        assert passes(made([Line("a", "mon 08:00", breaks=clock, unpaid_h=1)], contract=contract))


def test_breaks_of_a_night_lie_after_midnight() -> None:
    """Three to five hours after 22:00 are 1:00 to 3:00."""
    for clock in ("01:00-02:00", "03:00-04:00"):
        assert passes(made([Line("a", "mon 22:00", breaks=clock, unpaid_h=1)], contract=LUNCH))
    for clock in ("00:30-01:30", "03:30-04:30"):
        assert fails(made([Line("a", "mon 22:00", breaks=clock, unpaid_h=1)], contract=LUNCH), FAULT)


@pytest.mark.parametrize("text", ["noon-13:00", "17:00-18:00", "07:00-08:00"])
def test_breaks_that_cannot_be_read_are_found(text: str) -> None:
    """No clock time, and times outside the shift."""
    sound = made([Line("a", "mon 08:00", breaks="11:00-12:00", unpaid_h=1)], contract=LUNCH)
    assert fails(sound.cell(0, breaks=text), FAULT, text)


def test_of_two_kinds_alike_the_paid_hours_tell_which_it_is() -> None:
    """Two kinds from 8 for eight hours with a break at the same time, paid in one of them."""
    kinds = [
        {"length": "8h", "start": "08:00", "breaks": [{"length": "1h", "after": "3h-5h", "paid": paid}]}
        for paid in (True, False)
    ]
    for unpaid in (0.0, 1.0):
        assert passes(made([Line("a", "mon 08:00", breaks="11:00-12:00", unpaid_h=unpaid)], contract={"shifts": kinds}))
    between = made([Line("a", "mon 08:00", breaks="11:00-12:00", unpaid_h=0.5)], contract={"shifts": kinds})
    assert fails(between, "paid_h is 7.5")


def test_breaks_are_those_of_the_kind_that_begins_then() -> None:
    """From 8 with a break, from 14 without; from 8 without one is neither, nor is four hours from 8 without."""
    kinds = [
        {"length": "8h", "start": "08:00", "breaks": [{"length": "1h", "after": "3h-5h"}]},
        {"length": "8h", "start": "14:00", "breaks": []},
        {"length": "4h", "start": "08:00", "breaks": []},
    ]
    assert passes(made([Line("a", "mon 08:00", breaks="11:00-12:00", unpaid_h=1)], contract={"shifts": kinds}))
    assert passes(made([Line("a", "mon 14:00")], contract={"shifts": kinds}))
    assert fails(made([Line("a", "mon 08:00")], contract={"shifts": kinds}), FAULT)
    late = made([Line("a", "mon 14:00", breaks="17:00-18:00", unpaid_h=1)], contract={"shifts": kinds})
    assert fails(late, FAULT)
