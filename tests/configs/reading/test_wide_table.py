"""Layout and values together: typed tables from wide files, from files without header, and all faults at once."""

from __future__ import annotations

import pytest

from configs.errors import DataError
from configs.files import read_table, unkeyed
from configs.schema.reading import Reading
from configs.tables import INTERVAL_ROWS

ZONE = "Europe/London"


def test_a_skipped_hour_leaves_out_its_own_cell_alone(tmp_path):
    """On 29 March 2026 01:00 does not exist in London: of the row of 01:00 the cells of the other days stay."""
    path = tmp_path / "h.csv"
    path.write_text("Hour,2026-03-28,2026-03-29,2026-03-30\n00:00,1,2,3\n01:00,4,0,5\n02:00,6,7,8\n")
    table, shape = unkeyed(INTERVAL_ROWS, "channel"), Reading(wide={"across": "days"})
    frame = read_table(path, table, zone=ZONE, shape=shape).frame
    assert frame.volume.tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert frame.index.tolist() == [2, 2, 2, 3, 3, 4, 4, 4]


def test_columns_by_number_need_no_word_of_the_header(tmp_path):
    """Numbers in the settings and values in the first row are enough to read a file without header."""
    path = tmp_path / "h.csv"
    path.write_text("phone,2026-01-05 09:00,7\nphone,2026-01-05 09:30,8\n")
    read = read_table(path, INTERVAL_ROWS, zone=ZONE, rename={"channel": 1, "start": 2, "volume": 3}, shape=Reading())
    assert read.frame.volume.tolist() == [7, 8]
    assert read.frame.index.tolist() == [1, 2]


def test_doubtful_rows_and_wrong_values_are_told_together(tmp_path):
    """A total, a short row and a wrong volume are three faults of one run, in the order they are found."""
    path = tmp_path / "h.csv"
    path.write_text("channel,start,volume\np,2026-01-05 09:00,-1\np,2026-01-05 10:00,2\nTotal,,1\np,2026-01-05\n")
    with pytest.raises(DataError) as caught:
        read_table(path, INTERVAL_ROWS, zone=ZONE, shape=Reading())
    assert [fault.where for fault in caught.value.faults] == ["h.csv row 4", "h.csv row 5", "h.csv row 2"]
