"""CSV text to records: separators, the line for Excel, and quotes."""

from __future__ import annotations

import pytest

from tests.configs.reading.files import BODY, HEAD, noted, read, refused

SEP = 'h.csv: the line "sep={}" at the top states the separator and is not counted as a row'


@pytest.mark.parametrize("line", ["sep=;\n", "SEP=;\r\n", '"sep=;"\n', "\ufeffsep=;\n"])
def test_the_line_for_excel_states_the_separator(tmp_path, line):
    """``sep=;`` is not a row: the header below it is row 1, as a spreadsheet shows the file."""
    cells = read(tmp_path, line + (HEAD + BODY).replace(",", ";"))
    assert cells.header == ("channel", "start", "volume")
    assert cells.rows == [2, 3, 4, 5]
    assert noted(cells) == [SEP.format(";")]


def test_the_line_for_excel_settles_what_the_cells_leave_open(tmp_path):
    """Cells with more commas than semicolons are cut at the separator that the file states."""
    text = "sep=;\nchannel;start;volume\na,b,c;2026-01-05 09:00;1,5\na,b,c;2026-01-05 10:00;2,5\n"
    assert read(tmp_path, text).columns["channel"] == ["a,b,c", "a,b,c"]


def test_any_mark_may_be_stated(tmp_path):
    """A separator that is not among the usual four is taken from the line for Excel."""
    assert len(read(tmp_path, "sep=^\n" + (HEAD + BODY).replace(",", "^")).rows) == 4


def test_a_stated_separator_outweighs_the_line_for_excel(tmp_path):
    """The setting wins, and a note says so."""
    cells = read(tmp_path, "sep=,\n" + (HEAD + BODY).replace(",", ";"), separator=";")
    assert len(cells.rows) == 4
    assert noted(cells) == ['h.csv: the line "sep=," at the top was passed over: the settings state separator = ";"']


def test_nothing_but_the_line_for_excel_is_an_empty_file(tmp_path):
    """A separator without a table is no table."""
    assert refused(tmp_path, "sep=;\n\n") == ["h.csv: file is empty"]


def test_titles_do_not_settle_the_separator(tmp_path):
    """A title with three commas above a table with semicolons does not make it a table with commas."""
    text = "Report, queues, January, 2026\n\n" + (HEAD + BODY).replace(",", ";")
    assert read(tmp_path, text).header == ("channel", "start", "volume")
    foreign = "Report, queues, January, 2026\nKanal;Zeit;Anrufe\n" + BODY.replace(",", ";")
    assert read(tmp_path, foreign).header == ("Kanal", "Zeit", "Anrufe")


def test_a_decimal_comma_does_not_settle_the_separator(tmp_path):
    """In 40 rows with semicolons and one decimal comma each, the semicolon is in the header too."""
    text = "Kanal;Zeit;Dauer\n" + "phone;05.01.2026;261,5\n" * 40
    assert read(tmp_path, text).columns["Dauer"][0] == "261,5"


def test_a_quote_that_is_not_doubled_is_cut_at_the_outer_quotes(tmp_path):
    """Every cell is quoted and every line has the same width: then a quote inside is text, and a note says so."""
    text = '"channel","start","volume"\n"a "b" c","2026-01-05 09:00","3"\n"d ""e""","2026-01-05 10:00","4"\n'
    cells = read(tmp_path, text)
    assert cells.columns["channel"] == ['a "b" c', 'd "e"']
    assert noted(cells) == [
        "h.csv row 2: a quote inside a cell is not doubled; every line is quoted throughout and was cut at its outer quotes"
    ]


@pytest.mark.parametrize(
    "line",
    [
        '"a "b" c",2026-01-05 09:00,"3"',
        '"a "b" c","2026-01-05 09:00","3","4"',
        '"a "b" c","2026-01-05 09:00","3',
        '"a "b"","c","2026-01-05 09:00","3"',
    ],
)
def test_lines_that_cannot_be_cut_surely_are_refused(tmp_path, line):
    """A bare cell, another width, an open end, or a quote that reads as the end of a cell: the row is told."""
    (told,) = refused(tmp_path, f'"channel","start","volume"\n"x","2026-01-05 08:00","1"\n{line}\n')
    assert told.startswith("h.csv row 3: is not CSV (")
    assert told.endswith("; a quoted cell ends with one quote, a quote inside it is doubled")
