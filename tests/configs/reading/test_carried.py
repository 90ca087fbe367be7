"""A date in the first row of each day only: the rows below it have it; a lost date is still refused."""

from __future__ import annotations

import pytest

from configs.errors import DataError
from tests.configs.reading.made import notes, read

SETTINGS = {"columns": {"date": "Date", "time": "Time", "volume": "Calls"}}


def test_rows_below_a_date_have_it(tmp_path):
    """With a note that says how many."""
    text = "Date,Time,Calls\n2026-01-05,09:00,1\n,09:30,2\n,10:00,3\n2026-01-06,09:00,4\n,09:30,5\n"
    made = read(tmp_path, text, **SETTINGS)
    assert [f"{start:%d %H:%M}" for start in made.frame.start] == [
        "05 09:00", "05 09:30", "05 10:00", "06 09:00", "06 09:30",
    ]  # fmt: skip
    assert any(
        "Date: 3 rows without a date have that of the row above; each date is written once" in n for n in notes(made)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Date,Time,Calls\n2026-01-05,09:00,1\n2026-01-05,09:30,2\n,10:00,3\n2026-01-06,09:00,4\n",
        "Date,Time,Calls\n,09:00,1\n2026-01-05,09:30,2\n,10:00,3\n2026-01-06,09:00,4\n,09:30,2\n",
        "Date,Time,Calls\n2026-01-05,09:00,1\n,09:30,2\n,10:00,3\n,09:00,4\n2026-01-05,09:30,2\n",
    ],
    ids=["every row has one", "the first has none", "a date again"],
)
def test_a_lost_date_is_refused(tmp_path, text):
    """Blanks that are not the layout of the file."""
    with pytest.raises(DataError, match="Date is empty"):
        read(tmp_path, text, **SETTINGS)
