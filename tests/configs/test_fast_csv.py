"""Cutting plain CSV in one go gives what a CSV reader gives."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configs.reading.fast_csv import plain_columns

CELL = st.text(alphabet="ab1.:- \tü", max_size=4)


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1)))
def test_plain_columns_are_those_of_the_csv_reader(rows: list[list[str]]) -> None:
    """Whatever the cells, the answer is the reader's columns, or a refusal where a row may be blank."""
    text = "\n".join(",".join(row) for row in rows) + "\n"
    plain = plain_columns(text, ",")
    if plain is None:
        assert any(not row[0].strip() for row in rows)
    else:
        assert plain == [list(column) for column in zip(*csv.reader(io.StringIO(text, newline="")), strict=True)]


@pytest.mark.parametrize("text", ['a,b\n"1",2\n', "a,b\n1,2,3\n", "a,b\n\n1,2\n", "a,b\r1,2\r", "a,b\n1,2\n \n"])
def test_what_needs_patience_is_left_to_the_reader(text: str) -> None:
    """Quotes, rows of another width, blank rows and old line ends are not cut in one go."""
    assert plain_columns(text, ",") is None


def test_line_ends_of_windows_are_plain() -> None:
    """CR LF ends a row, with or without one at the end of the file."""
    assert plain_columns("a,b\r\n1,2\r\n", ",") == plain_columns("a,b\n1,2", ",") == [["a", "1"], ["b", "2"]]
