"""Order of day and month: what settles it, what does not, and how both readings are shown."""

from __future__ import annotations

import pytest

from configs.reading.day_order import common_order, day_order
from tests.configs.reading.made import notes, read, rows, starts, told


def test_one_day_above_twelve_settles_a_column(tmp_path):
    """13 cannot be a month, so 05/01 of the same column is the fifth of January; a note gives the range."""
    found = read(tmp_path, rows("05/01/2026", "13/01/2026"))
    assert starts(found) == ["2026-01-05 00:00", "2026-01-13 00:00"]
    assert notes(found) == ["start: dates are read day first: 2026-01-05 to 2026-01-13"]
    assert starts(read(tmp_path, rows("01/05/2026", "01/13/2026"))) == ["2026-01-05 00:00", "2026-01-13 00:00"]


def test_two_readings_are_shown_with_their_settings(tmp_path):
    """Where both orders fit, the fault has the first value, the range of the column and the setting of each."""
    text = rows("05/01/2026", "06/01/2026", "02/03/2026")
    assert told(tmp_path, text) == [
        (
            'history.csv rows 2, 3, 4: start is "05/01/2026"; the order of day and month is unclear: '
            'history.date_format = "dmy" reads it as 2026-01-05, the column as 2026-01-05 to 2026-03-02; '
            'history.date_format = "mdy" reads it as 2026-05-01, the column as 2026-02-03 to 2026-06-01'
        )
    ]
    assert starts(read(tmp_path, text, date_format="dmy"))[2] == "2026-03-02 00:00"
    assert starts(read(tmp_path, text, date_format="mdy"))[2] == "2026-02-03 00:00"


def test_both_orders_may_be_the_same_days(tmp_path):
    """The fifth of May is the fifth of May in both orders."""
    assert starts(read(tmp_path, rows("05/05/2026", "06/06/2026"))) == ["2026-05-05 00:00", "2026-06-06 00:00"]


@pytest.mark.parametrize("mark", ["/", "-"])
def test_slashes_and_dashes_settle_nothing(tmp_path, mark):
    """Both are written day first and month first."""
    (line,) = told(tmp_path, rows(f"05{mark}01{mark}2026"))
    assert "the order of day and month is unclear" in line


def test_dots_are_day_first_by_convention(tmp_path):
    """05.01.2026 is the fifth of January; the note says why, and how to read it the other way."""
    found = read(tmp_path, rows("05.01.2026", "06.01.2026"))
    assert starts(found) == ["2026-01-05 00:00", "2026-01-06 00:00"]
    assert notes(found) == [
        (
            "start: dates are read day first: 2026-01-05 to 2026-01-06 "
            '(as dates with dots are; history.date_format = "mdy" reads them the other way)'
        )
    ]
    assert starts(read(tmp_path, rows("05.13.2026")))[0] == "2026-05-13 00:00"


def test_both_orders_in_one_column_are_refused(tmp_path):
    """Rows that are no day in the order of the others are told, five of them at most."""
    text = rows(*(f"{day}/01/2026" for day in range(13, 25)), *(f"01/{day}/2026" for day in range(14, 21)))
    assert told(tmp_path, text) == [
        (
            'history.csv rows 14, 15, 16, 17, 18 and 2 more: start is "01/14/2026"; other dates of the column are '
            "written day first, and this does not exist that way; write all in one order"
        )
    ]


def test_other_spellings_in_one_column_are_refused(tmp_path):
    """A date with slashes among dates with dashes may have another order: it is told, not read."""
    text = rows("2026-01-05", "2026-01-06", "07/01/2026")
    assert told(tmp_path, text) == [
        (
            'history.csv row 4: start is "07/01/2026"; most dates of the column are written such as "2026-01-05"; '
            "write all in one form"
        )
    ]
    assert starts(read(tmp_path, text, date_format="dmy"))[2] == "2026-01-07 00:00"


def test_years_of_two_digits_in_front(tmp_path):
    """26/01/05 may be year first: shown where the days then lie closer together."""
    (line,) = told(tmp_path, rows("26/01/05", "26/01/06"))
    assert 'history.date_format = "ymd" reads it as 2026-01-05, the column as 2026-01-05 to 2026-01-06' in line
    assert 'history.date_format = "dmy" reads it as 2005-01-26, the column as 2005-01-26 to 2006-01-26' in line
    assert starts(read(tmp_path, rows("25/01/26", "26/01/26"))) == ["2026-01-25 00:00", "2026-01-26 00:00"]


def test_the_order_that_texts_settle():
    """The order is proven by a text that fits one only; dots and stated orders prove nothing."""
    assert day_order(["05/01/2026 9:00", "13/01/2026 9:00"]) == "dmy"
    assert day_order(["01/05/2026", "01/13/2026"]) == "mdy"
    assert day_order(["05/01/2026", "06/01/2026"]) is None
    assert day_order(["05.01.2026"]) is None
    assert day_order(["2026-01-05", "nothing"]) is None
    assert common_order(["dmy", None, "dmy"]) == "dmy"
    assert common_order(["dmy", "mdy"]) is None
    assert common_order([None]) is None


def test_a_format_that_is_none_is_refused():
    """dd/mm/yyyy is no pattern of ours; the fault lists what is."""
    from configs.schema.reading import TableShape

    with pytest.raises(ValueError, match='write "dmy", "mdy", "ymd", "epoch", "epoch-ms", "serial", or a pattern'):
        TableShape(date_format="dd/mm/yyyy")
