"""Which row holds the column names, what stands above it, and files without one."""

from __future__ import annotations

import pytest

from tests.configs.reading.files import BODY, HEAD, noted, read, refused

TITLES = "Report: Queue summary\nPeriod: 2026-01-05 to 2026-01-06\n\n"
ABOVE = 'h.csv rows 1, 2: above the column names of row 4, not read: "Report: Queue summary" ...'


@pytest.mark.parametrize("shape", [{}, {"header": 4}])
@pytest.mark.parametrize("padding", ["", ",,"])
def test_titles_above_the_header_are_noted(tmp_path, shape, padding):
    """Lines above the row with the known names are told with their rows; so are those that a spreadsheet padded."""
    cells = read(tmp_path, TITLES.replace("\n", padding + "\n", 2) + HEAD + BODY, **shape)
    assert cells.header == ("channel", "start", "volume")
    assert cells.rows == [5, 6, 7, 8]
    assert noted(cells) == [ABOVE]


def test_a_title_with_a_known_name_is_not_the_header(tmp_path):
    """The row with the most known names is the header, and one name alone does not make a header of a narrow row."""
    assert read(tmp_path, "start,2026-01-05\n" + HEAD + BODY).rows == [3, 4, 5, 6]
    cells = read(tmp_path, "volume\n\nQueue,When,Calls\n" + BODY)
    assert cells.header == ("Queue", "When", "Calls")


def test_without_known_names_the_header_is_the_first_row_as_wide_as_the_table(tmp_path):
    """Titles are narrower than the table, and its header is text."""
    cells = read(tmp_path, TITLES + "Queue,When,Calls\n" + BODY)
    assert cells.header == ("Queue", "When", "Calls")
    assert noted(cells) == [ABOVE]


def test_a_header_may_hold_figures(tmp_path):
    """ "Answered in 20 s" and "24h volume" are names; 20 and 24:00 are values."""
    assert read(tmp_path, "Queue,24h volume,Answered in 20 s\n" + BODY).rows[0] == 2


@pytest.mark.parametrize("row", ["phone,2026-01-05 09:00,7", "phone,05.01.2026,x", "phone,9 AM,x", "x,y,1.5%"])
def test_values_where_the_header_should_be_are_told(tmp_path, row):
    """The message shows them, and both ways out."""
    shown = ", ".join(row.split(","))
    assert refused(tmp_path, f"{row}\n{BODY}") == [
        (
            f"h.csv row 1: looks headerless: it holds values ({shown}); put the column names in the first row, "
            'or state header = "none" and give the columns by number'
        )
    ]


def test_columns_of_a_file_without_header_are_numbered(tmp_path):
    """With ``header = "none"`` the first row is data, and columns are called 1, 2, 3."""
    cells = read(tmp_path, BODY, header="none")
    assert cells.header == ("1", "2", "3")
    assert cells.rows == [1, 2, 3, 4]
    assert [cells.name_of(n) for n in (1, 3, 4)] == ["1", "3", None]


def test_columns_given_by_number_say_that_there_is_no_header(tmp_path):
    """Numbers in the settings and values in the first row: the file has no header, and a note says so."""
    cells = read(tmp_path, BODY, known=("channel", 2, 3))
    assert cells.rows == [1, 2, 3, 4]
    assert noted(cells) == ["h.csv row 1: holds values, so the file has no header; its columns are numbered"]


def test_a_number_is_a_place_where_there_is_a_header(tmp_path):
    """The third column of a file with a header is found by number, and even without a name."""
    cells = read(tmp_path, "channel,start,\n" + BODY, known=("channel", "start", 3))
    assert cells.name_of(3) == "3"
    assert cells.columns["3"] == ["9", "10", "11", "12"]
    assert cells.name_of(2) == "start"
    unnumbered = read(tmp_path, "channel,start,\n" + BODY, known=("channel", "start"))
    assert unnumbered.name_of(3) is None
    assert unnumbered.nameless == (["9", "10", "11", "12"],)


def test_a_stated_header_that_is_blank_is_told(tmp_path):
    """The row that is filled is named."""
    assert refused(tmp_path, "\n" + HEAD + BODY, header=1) == [
        "h.csv: header = 1, but that row is blank; the first filled row is 2"
    ]
    assert refused(tmp_path, HEAD + BODY, header=40) == [
        "h.csv: header = 40, but that row is blank; the first filled row is 1"
    ]


def test_the_row_of_a_name_that_stands_twice_is_told(tmp_path):
    """Below titles the header is another row than the first."""
    assert refused(tmp_path, TITLES + "channel,start,volume,volume\n" + BODY) == [
        "h.csv row 4: has the column volume more than once; keep one"
    ]


@pytest.mark.parametrize("units", ["(text),hh:mm,calls", ",,sec", "-,Mon,Tue"])
def test_a_row_of_units_is_noted(tmp_path, units):
    """Units, formats and weekdays between the names and the figures are not data."""
    cells = read(tmp_path, HEAD + units + "\n" + BODY)
    assert cells.rows == [3, 4, 5, 6]
    shown = ", ".join(cell for cell in units.split(",") if cell.strip("-"))
    assert noted(cells) == [f"h.csv row 2: explains the column names ({shown}) and was left out"]


def test_a_second_row_of_names_is_refused(tmp_path):
    """Text over two columns of figures is no data; the message says how to read the file."""
    assert refused(tmp_path, HEAD + "Queue,Begin,Offered\n" + BODY) == [
        (
            "h.csv row 2: looks like a second row of column names (Queue, Begin, Offered); "
            "state header = 2 and name the columns as it does, or give one row of names"
        )
    ]
    assert read(tmp_path, HEAD + "Queue,Begin,Offered\n" + BODY, header=2).header == ("Queue", "Begin", "Offered")


def test_groups_of_columns_above_the_names_are_titles(tmp_path):
    """A row with a name over several columns stands above the header like any title."""
    cells = read(tmp_path, ",Time,Calls\n" + HEAD + BODY)
    assert noted(cells) == ['h.csv row 1: above the column names of row 2, not read: "Time"']


def test_rows_of_text_alone_are_data(tmp_path):
    """Agents without a figure in the first row are no second header: one column that has figures later is not enough."""
    text = "agent,name,contract\nann,Ann,full\na2,Bob,full\na3,Eve,full\n"
    assert len(read(tmp_path, text, known=("agent", "name", "contract")).rows) == 3


def test_a_last_column_that_is_mostly_blank_belongs_to_the_table(tmp_path):
    """The header is wider than the filled part of its rows, with and without known names."""
    text = "Queue,When,Calls,Remark\n" + BODY.replace("\n", ",\n")
    assert read(tmp_path, text).header == ("Queue", "When", "Calls", "Remark")
    unnumbered = read(tmp_path, BODY.replace("\n", ",\n"), header="none")
    assert unnumbered.header == ("1", "2", "3", "4")


def test_more_titles_than_rows_do_not_make_the_table(tmp_path):
    """Rows of one cell are titles as long as there are wider ones."""
    titles = "".join(f"Title {n}\n" for n in range(9))
    assert read(tmp_path, titles + "Queue,When,Calls\nphone,2026-01-05 09:00,1\n").rows == [11]
    assert read(tmp_path, "Calls\n7\n8\n", known=()).columns == {"Calls": ["7", "8"]}


def test_titles_above_data_without_a_header_are_noted(tmp_path):
    """The data begins with the first row as wide as the table."""
    cells = read(tmp_path, TITLES + BODY, header="none")
    assert cells.rows == [4, 5, 6, 7]
    assert noted(cells) == ['h.csv rows 1, 2: above the first data in row 4, not read: "Report: Queue summary" ...']


def test_a_header_far_down_can_be_stated(tmp_path):
    """Beyond the rows that are searched the row is taken as stated."""
    titles = "".join(f"Title {n}\n" for n in range(99))
    assert read(tmp_path, titles + HEAD + BODY, header=100).rows == [101, 102, 103, 104]
