"""Rest between shifts, on its edge: as long as the contract asks passes, an interval less does not."""

from __future__ import annotations

import pytest

from tests.optimize.roster.verify.made import Line, fails, made, passes


def test_rest_of_eleven_hours_is_enough() -> None:
    """From 16:00 to 03:00 are eleven hours; the contract's shifts may begin then."""
    contract = {"shifts": [{"length": "8h", "start": "00:00-23:30"}]}
    assert passes(made([Line("a", "mon 08:00"), Line("a", "tue 03:00")], contract=contract))
    assert fails(made([Line("a", "mon 08:00"), Line("a", "tue 02:30")], contract=contract), "rests 10h30m")


@pytest.mark.parametrize("hours", [8, 12, 16])
def test_the_rest_is_that_of_the_contract(hours: int) -> None:
    """Until 14:00 on Monday, then `hours` of rest, and half an hour less."""
    contract = {"shifts": [{"length": "8h", "start": "00:00-23:30"}], "rest": f"{hours}h"}
    enough = f"mon {14 + hours:02d}:00" if 14 + hours < 24 else f"tue {hours - 10:02d}:00"
    less = f"mon {13 + hours:02d}:30" if 14 + hours <= 24 else f"tue {hours - 11:02d}:30"
    first = Line("a", "mon 06:00")
    if hours > 8:
        assert passes(made([first, Line("a", enough)], contract=contract))
    assert fails(made([first, Line("a", less)], contract=contract), "rests")


def test_the_week_is_a_circle_where_no_other_goes_before_it() -> None:
    """Sunday's shift ends at 22:00 and Monday's begins at 9:00; begun at 8:30 it has half an hour too little."""
    assert passes(made([Line("a", "mon 09:00"), Line("a", "sun 14:00")]))
    assert fails(made([Line("a", "mon 08:30"), Line("a", "sun 14:00")]), "rests 10h30m", "Sun 06 Dec 22:00")


def test_one_shift_of_a_week_rests_from_itself() -> None:
    """A rest of 144 hours and a shift of 24 fill the week; the next one begins a week later."""
    contract = {"shifts": [{"length": "24h", "start": "08:00"}], "rest": "144h", "days_per_week": 1}
    assert passes(made([Line("a", "wed 08:00", 24.0)], contract=contract))


def test_the_week_before_is_rested_from() -> None:
    """Ended on Sunday at 22:00, eleven hours of rest: from 9:00 on Monday, and not from 8:30."""
    last = [Line("a", "last sun 14:00")]
    assert passes(made([Line("a", "mon 09:00")], last_week=last))
    assert fails(made([Line("a", "mon 08:30")], last_week=last), "rests 10h30m", "Sun 29 Nov 22:00")
    other = [Line("z", "last sun 14:00")]
    assert passes(made([Line("a", "mon 08:30")], last_week=other))


def test_after_a_week_before_the_week_is_no_circle() -> None:
    """Sunday until 22:00 and Monday from 8:30 are thirteen days apart, not one night."""
    last = [Line("z", "last mon 08:00")]
    assert passes(made([Line("a", "mon 08:30"), Line("a", "sun 14:00")], last_week=last))


def test_only_the_last_shift_of_the_week_before_counts() -> None:
    """Saturday's shift ended a day earlier; Sunday's is the one that is rested from."""
    last = [Line("a", "last sat 08:00"), Line("a", "last sun 14:00")]
    assert fails(made([Line("a", "mon 08:30")], last_week=last), "rests 10h30m")
    assert passes(made([Line("a", "mon 09:00")], last_week=last))


def test_rest_within_the_week_before_is_its_own_matter() -> None:
    """Eight hours between its last two shifts: told when that week was recounted, not now."""
    last = [Line("a", "last sat 14:00"), Line("a", "last sun 06:00")]
    assert passes(made([Line("a", "mon 08:00")], last_week=last))


def test_shifts_that_overlap_rest_less_than_nothing() -> None:
    """The second begins two hours before the first ends; one that begins as it ends rests for none."""
    contract = {"shifts": [{"length": "8h", "start": "00:00-23:30"}], "rest": "1h"}
    assert fails(made([Line("a", "mon 18:00"), Line("a", "tue 00:00")], contract=contract), "rests -2h after")
    assert fails(made([Line("a", "mon 18:00"), Line("a", "tue 02:00")], contract=contract), "rests 0s after")
