"""Rows that sum up others: left out when named, refused when they look like it, kept when they do not."""

from __future__ import annotations

import pytest

from configs.reading.raw import read_cells
from configs.reading.totals import is_sum
from tests.configs.reading.files import BODY, HEAD, KNOWN, noted, put, read, refused

LOOKS = 'looks like a sum of other rows ("{0}"); state totals = ["{0}"] to leave such rows out, or totals = [] if it is data'


@pytest.mark.parametrize(
    "text",
    ["Total", "TOTAL:", "Grand total", "Sum", "Average", "Summe", "Gesamt", "Totaal", "Total général", "Итого", "合計"],
)
def test_a_total_row_is_refused_with_its_row_and_the_setting(tmp_path, text):
    """Words for sums and means in many languages, in any case, that are a whole cell."""
    shown = LOOKS.format(text)
    assert refused(tmp_path, HEAD + BODY + f"{text},,42\n") == [f"h.csv row 6: {shown}"]
    assert refused(tmp_path, HEAD + BODY + f"{text},2026-01-05 13:00,42\n") == [f"h.csv row 6: {shown}"]


def test_stated_totals_are_left_out_and_counted(tmp_path):
    """Rows named by `totals` leave the table, subtotals too, and a note counts them with their rows."""
    text = HEAD + BODY + "Total,,42\n" + BODY.replace("05", "06") + "total:,,42\nGrand Total,,84\n"
    cells = read(tmp_path, text, totals=["Total", "Grand total"])
    assert sum(map(int, cells.columns["volume"])) == 84
    assert noted(cells) == ["h.csv: 3 total rows were left out (rows 6, 11, 12)"]


def test_stated_totals_do_not_hide_others(tmp_path):
    """An average is refused although totals are named."""
    assert refused(tmp_path, HEAD + BODY + "Total,,42\nAverage,,10\n", totals=["Total"]) == [
        f"h.csv row 7: {LOOKS.format('Average')}"
    ]


def test_subtotals_in_between_are_refused_together(tmp_path):
    """Every row is told in one message."""
    text = HEAD + BODY + "Total,,42\n" + BODY.replace("05", "06") + "Total,,42\n"
    assert refused(tmp_path, text) == [f"h.csv rows 6, 11: {LOOKS.format('Total')}"]


def test_a_queue_called_total_care_is_data(tmp_path):
    """Only a whole cell marks a sum where the column holds names."""
    cells = read(tmp_path, HEAD + BODY + "Total Care,2026-01-05 13:00,9\nSum Insured,2026-01-05 14:00,9\n")
    assert len(cells.rows) == 6


@pytest.mark.parametrize(
    ("text", "word"), [("Total 2026-01-05", "Total"), ("2026-01-05 Total", "Total"), ("Subtotal Monday", "Subtotal")]
)
def test_a_total_in_a_column_of_dates_may_have_more_words(tmp_path, text, word):
    """Where the cells are dates a word at either end is enough."""
    rows = "".join(f"2026-01-05 {hour:02d}:00,{hour}\n" for hour in range(9, 13))
    assert refused(tmp_path, f"start,volume\n{rows}{text},42\n") == [f"h.csv row 6: {LOOKS.format(word)}"]
    assert len(read(tmp_path, f"start,volume\n{rows}{text},42\n", totals=["Total", "Subtotal"]).rows) == 4


def test_a_total_in_a_known_column_is_found(tmp_path):
    """A sum over queues stands in the column of the channel, wherever that is; another text column is not looked at."""
    rows = "".join(f"2026-01-05 {hour:02d}:00,{name},7\n" for hour in (9, 10) for name in ("Sales", "Help", "Total"))
    assert refused(tmp_path, "start,channel,volume\n" + rows) == [f"h.csv rows 4, 7: {LOOKS.format('Total')}"]
    assert len(read(tmp_path, "start,remark,volume\n" + rows).rows) == 6


def test_the_only_channel_may_be_called_total(tmp_path):
    """What stands in more than half of the rows is the name of a channel."""
    assert len(read(tmp_path, HEAD + BODY.replace("phone", "total")).rows) == 4
    mixed = BODY.replace("phone", "total") + BODY.replace("phone", "chat")
    assert refused(tmp_path, HEAD + mixed) == [f"h.csv rows 2, 3, 4, 5: {LOOKS.format('total')}"]
    assert len(read(tmp_path, HEAD + mixed, totals=[]).rows) == 8


def test_an_empty_list_reads_rows_that_look_like_totals(tmp_path):
    """``totals = []`` says that every row is data."""
    assert len(read(tmp_path, HEAD + BODY + "Total,2026-01-05 13:00,42\n", totals=[]).rows) == 5


def test_sums_without_a_word_are_refused(tmp_path):
    """A last row with a blank cell and the sum of a column is a total, whatever else is in it."""
    words = "has the sums of the rows above it and no text; state footer = 1 to leave it out, or totals = [] to keep it"
    assert refused(tmp_path, HEAD + BODY + ",,42\n") == [f"h.csv row 6: {words}"]
    assert read(tmp_path, HEAD + BODY + ",,42\n", footer=1).rows == [2, 3, 4, 5]
    assert len(read(tmp_path, HEAD + BODY + ",,42\n", totals=[]).rows) == 5
    assert len(read(tmp_path, HEAD + BODY + ",,41\n").rows) == 5


@pytest.mark.parametrize(
    ("columns", "answer"),
    [
        ([["a", "b", ""], ["1", "2", "3"]], True),
        ([["a", "b", ""], ["1,5", "2,5", "4,0"]], True),
        ([["a", "b", ""], ["1.000", "2.000", "3.000"], ["x", "y", "250"]], True),
        ([["a", "b", ""], ["900,5", "1.200,5", "2.101,0"]], True),
        ([["a", "b", ""], ["1", "2", "4"]], False),
        ([["a", "b", "c"], ["1", "2", "3"]], False),
        ([["a", "", ""], ["1", "2", "3"]], False),
        ([["a", "b", ""], ["0", "0", "0"]], False),
        ([["a", ""], ["1", "1"]], False),
        ([["a", "b", ""], ["1", "2", "3"], ["x", "y", "z"]], False),
    ],
)
def test_what_a_row_of_sums_is(columns, answer):
    """A cell is blank that all others fill, every other one is a figure, and one of them is a sum other than zero."""
    assert is_sum(columns) is answer


def test_tables_of_ours_are_not_searched_for_totals(tmp_path):
    """A channel called total in a forecast that we wrote is read back."""
    mixed = BODY.replace("phone", "total") + BODY.replace("phone", "chat")
    assert len(read_cells(put(tmp_path, HEAD + mixed), KNOWN, "h.csv").rows) == 8


def test_quotes_do_not_change_what_is_a_total(tmp_path):
    """The reader of quoted files finds the same rows as that of plain ones."""
    quoted = "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in (HEAD + BODY).split("\n")[:-1])
    assert refused(tmp_path, quoted + '\n"Total","","42"\n') == [f"h.csv row 6: {LOOKS.format('Total')}"]
