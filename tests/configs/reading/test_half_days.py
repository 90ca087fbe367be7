"""Times of a twelve-hour clock without AM and PM are refused, however they are written; others are not."""

from __future__ import annotations

import pytest

from configs.errors import DataError
from configs.files import read_table
from configs.schema.inputs import History
from configs.tables import HISTORY
from tests.configs.reading.made import told

LOST = [*range(8, 13), *range(1, 6)]
WORDS = "times go from 12:00 to 01:00 on 2026-01-05, so AM and PM are missing; export them too, or times such as 13:00"


def text(hours: list[int], days: int = 3) -> str:
    return "start,volume\n" + "".join(
        f"2026-01-{5 + day:02d} {hour:02d}:00,1\n" for day in range(days) for hour in hours
    )


def test_an_afternoon_read_as_a_night_is_refused(tmp_path):
    """From noon the hours begin again with one."""
    assert f"history.csv: start: {WORDS}" in told(tmp_path, text(LOST))


def test_it_is_refused_where_a_file_is_read_at_once(tmp_path):
    """The reader of histories takes dates in ISO 8601 without looking at each."""
    path = tmp_path / "history.csv"
    path.write_text(text(LOST).replace("volume\n", "volume,channel\n").replace(",1\n", ",1,phone\n"), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_table(path, HISTORY, zone="Europe/London", shape=History(), duplicates="keep")
    assert WORDS in str(caught.value)


@pytest.mark.parametrize(
    "hours", [list(range(8, 18)), list(range(1, 13)), [*range(1, 13), *range(1, 13)], [9, 8, 12, 10, 11], [8, 12, 2]]
)  # fmt: skip
def test_other_orders_are_left_alone(tmp_path, hours):
    """A day of 24 hours, a night, two queues one after the other, rows in no order, a gap."""
    path = tmp_path / "history.csv"
    path.write_text(text(hours).replace("volume\n", "volume,channel\n").replace(",1\n", ",1,phone\n"), encoding="utf-8")
    assert len(read_table(path, HISTORY, zone="UTC", shape=History(), duplicates="keep").frame) == 3 * len(hours)


def test_contacts_need_a_time_of_day(tmp_path):
    """All of a day would come at midnight."""
    (line,) = told(tmp_path, "start,volume\n2026-01-05,1\n2026-01-05,2\n", rows="contacts")
    assert line == ("history.csv: start holds dates alone; contacts need the time they came, or add them up by day")
