"""Numbers with decimal commas and thousands marks, shares, and what remains open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.reading.numbers import NumberRules, Style, numbers
from configs.tables import ACTUALS
from tests.configs.reading.made import notes, read, told


def volumes(*values: str) -> str:
    return "start;volume\n" + "".join(f'2026-01-05 {i:02d}:00;"{value}"\n' for i, value in enumerate(values))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["271,5", "12"], [271.5, 12]),
        (["1.234,5", "900"], [1234.5, 900]),
        (["1,234.5", "900"], [1234.5, 900]),
        (["1,234,567", "1,234"], [1234567, 1234]),
        (["1.234.567", "1.234"], [1234567, 1234]),
        (["1 234", "900"], [1234, 900]),
        (["1\u00a0234,5", "900"], [1234.5, 900]),
        (["1\u202f234", "900"], [1234, 900]),
        (["1'234.5", "900"], [1234.5, 900]),
        (["1’234", "900"], [1234, 900]),
        (["0,234", "12"], [0.234, 12]),
        (["+5", "7"], [5, 7]),
        (["'5", "7"], [5, 7]),
        (["1e3", "7"], [1000, 7]),
        ([".5", "7."], [0.5, 7]),
        ([",5", "7,25"], [0.5, 7.25]),
    ],
)
def test_marks_that_the_column_settles(tmp_path, values, expected):
    """One reading fits the whole column, worked out by hand."""
    assert read(tmp_path, volumes(*values)).frame.volume.tolist() == expected


def test_the_reading_of_marks_is_noted(tmp_path):
    """A note gives one value as the file has it and as it is read."""
    assert notes(read(tmp_path, volumes("1.234,5", "900"))) == ['volume: "1.234,5" is read as 1234.5']


def test_two_readings_are_shown_with_their_settings(tmp_path):
    """1,234 is a thousand or a fraction; rows that are the same either way are not told."""
    text = volumes("1,234", "900", "2,500")
    assert told(tmp_path, text) == [
        (
            'history.csv rows 2, 4: volume is "1,234" at 2026-01-05 00:00; it may be 1.234 (history.decimal = ",") '
            'or 1234 (history.thousands = ","); set the one that is right'
        )
    ]
    assert read(tmp_path, text, decimal=",").frame.volume.tolist() == [1.234, 900, 2.5]
    assert read(tmp_path, text, thousands=",").frame.volume.tolist() == [1234, 900, 2500]
    assert read(tmp_path, text, decimal=".").frame.volume.tolist() == [1234, 900, 2500]


def test_the_other_columns_settle_the_decimal_mark(tmp_path):
    """271,5 in one column shows that 1.234 in another has a thousands mark, and 271.5 the reverse."""
    text = "start;volume;aht_s\n2026-01-05 09:00;1.234;271,5\n2026-01-05 10:00;900;280\n"
    assert read(tmp_path, text).frame.volume.tolist() == [1234, 900]
    text = 'start;volume;aht_s\n2026-01-05 09:00;"1,234";271.5\n2026-01-05 10:00;900;280\n'
    assert read(tmp_path, text).frame.volume.tolist() == [1234, 900]


def test_columns_that_disagree_settle_nothing(tmp_path):
    """A decimal comma here and a decimal point there leave 1,234 open."""
    text = 'start;volume;aht_s;wait_s\n2026-01-05 09:00;"1,234";271.5;1,5\n2026-01-05 10:00;900;280;2,5\n'
    (line,) = told(tmp_path, text)
    assert "it may be 1.234" in line


def test_marks_unlike_the_others_are_refused(tmp_path):
    """1,5 among 2.5 and 3.25 is told with the way the others are written."""
    assert told(tmp_path, volumes("2.5", "3.25", "1,5")) == [
        (
            'history.csv row 4: volume is "1,5" at 2026-01-05 02:00; write it with a decimal point, '
            "without thousands separators, as the other numbers of the column"
        )
    ]


@pytest.mark.parametrize("text", ["1,23,4", "12,34.5.6", "£5", "5 calls", "1_000", "0x10", "(5)", "five"])
def test_texts_that_are_no_numbers(tmp_path, text):
    """Currency, words and odd groups are faults, never a guess."""
    (line,) = told(tmp_path, volumes("7", text))
    assert line.startswith(f'history.csv row 3: volume is "{text}" at 2026-01-05 01:00; ')


@pytest.mark.parametrize(
    ("text", "words"), [("-5", "0 or more"), ("−5", "0 or more"), ("inf", "finite"), ("1e999", "finite")]
)
def test_numbers_out_of_range(tmp_path, text, words):
    """Negative and infinite numbers are faults in any spelling."""
    (line,) = told(tmp_path, volumes("7", text))
    assert words in line


def test_shares_may_be_per_cent(tmp_path):
    """93.1% is 0.931 in a column of shares; 93.1 alone is refused there, and a % elsewhere."""
    head = "channel;start;volume;service_level\nphone;2026-01-05 09:00;5;"
    assert read(tmp_path, head + "93.1%\n", table=ACTUALS).frame.service_level.tolist() == [pytest.approx(0.931)]
    assert read(tmp_path, head + "93,1 %\n", table=ACTUALS).frame.service_level.tolist() == [pytest.approx(0.931)]
    (line,) = told(tmp_path, head + "93.1\n", table=ACTUALS)
    assert line.endswith("it must be at most 1")
    (line,) = told(tmp_path, volumes("5%"))
    assert "it must be a number" in line


@given(
    values=st.lists(st.integers(0, 10**7).map(lambda n: n / 100), min_size=1, max_size=6),
    style=st.sampled_from([Style(d, t) for d in ".," for t in ("", ".", ",", " ", "'") if d != t]),
)
def test_what_is_written_is_read_back(values, style):
    """Writing numbers with two decimals in any style and reading them with nothing stated gives the numbers."""
    marks = str.maketrans({",": style.thousands, ".": style.decimal})
    texts = [f"{value:,.2f}".translate(marks) for value in values]
    assert numbers(texts, NumberRules()).read == values
