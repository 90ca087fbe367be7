"""Wide tables as long ones: every filled cell once, with its row and its heading."""

from __future__ import annotations

import pytest

from configs.reading.marks import day_of, has_year, is_plainly_time, is_time, with_year
from tests.configs.reading.files import noted, read, refused

DAYS = "Hour,2026-01-05,2026-01-06\n09:00,1,2\n10:00,3,4\n"
TOTALS = "Queue,Hour,05/01/2026,06/01/2026,Total\nSales,9 AM,5,6,11\nSales,10 AM,7,8,15\nTotal,,12,14,26\n"


def wide(folder, text, across="days", value="volume", **more):
    return read(folder, text, wide={"across": across, "value": value}, **more)


def test_days_across(tmp_path):
    """Each cell becomes a row with its day and its hour, in the order of the file."""
    cells = wide(tmp_path, DAYS)
    assert cells.columns == {
        "Hour": ["09:00", "09:00", "10:00", "10:00"],
        "date": ["2026-01-05", "2026-01-06"] * 2,
        "volume": ["1", "2", "3", "4"],
    }
    assert cells.rows == [2, 2, 3, 3]
    assert cells.across == ("2026-01-05", "2026-01-06") * 2
    assert cells.roles == {"time": "Hour", "date": "date", "volume": "volume"}
    assert not cells.notes


def test_times_across(tmp_path):
    """Days down and hours across give the same rows, the other way round."""
    cells = wide(tmp_path, "Day;09:00-09:30;09:30-10:00\n05.01.2026;1;2\n06.01.2026;3;4\n", "times", "aht_s")
    assert cells.columns == {
        "Day": ["05.01.2026"] * 2 + ["06.01.2026"] * 2,
        "time": ["09:00-09:30", "09:30-10:00"] * 2,
        "aht_s": ["1", "2", "3", "4"],
    }
    assert cells.roles == {"date": "Day", "time": "time", "aht_s": "aht_s"}


@pytest.mark.parametrize(
    ("head", "row", "roles"),
    [
        ("start", "2026-01-05 09:00", {}),
        ("When", "2026-01-05 09:00", {"start": "When"}),
        ("Day,Time", "05.01.2026,09:00", {"date": "Day", "time": "Time"}),
        ("", "2026-01-05 09:00", {"start": "start"}),
    ],
)
def test_channels_across(tmp_path, head, row, roles):
    """The columns of days and times are beside, known by name or by what they hold; the others are channels."""
    cells = wide(tmp_path, f"{head},Sales,Help\n{row},1,2\n", "channels")
    assert cells.columns["channel"] == ["Sales", "Help"]
    assert cells.columns["volume"] == ["1", "2"]
    assert cells.roles == {**roles, "channel": "channel", "volume": "volume"}


def test_numbers_of_hours_are_times(tmp_path):
    """Columns headed 0, 1, 2 are hours where times are across; so are rows beside days."""
    cells = wide(tmp_path, "Date,0,1,2\n05.01.2026,1,2,3\n", "times")
    assert cells.columns["time"] == ["0", "1", "2"]
    assert wide(tmp_path, ",2026-01-05,2026-01-06\n0,1,2\n1,3,4\n").columns["time"] == ["0", "0", "1", "1"]


def test_blank_cells_were_not_observed(tmp_path):
    """A blank cell gives no row, a zero does, and a note counts the blanks."""
    cells = wide(tmp_path, DAYS.replace("2\n", " \n").replace(",3,", ",0,"))
    assert cells.columns["volume"] == ["1", "0", "4"]
    assert cells.rows == [2, 3, 3]
    assert noted(cells) == ["h.csv: 1 cells of the table are blank and count as not observed"]


def test_columns_beside_are_kept(tmp_path):
    """A column of queues left of the hours goes with every cell of its row."""
    cells = wide(tmp_path, TOTALS, totals=["Total"])
    assert cells.columns["Queue"] == ["Sales"] * 4
    assert cells.columns["volume"] == ["5", "6", "7", "8"]
    assert noted(cells) == [
        'h.csv: the column "Total" is a total and was left out',
        "h.csv: 1 total row was left out (row 4)",
    ]


def test_totals_of_rows_and_columns_are_refused_together(tmp_path):
    """Neither is guessed away: both are told in one run, with the setting."""
    lines = [
        'h.csv: the column "Total" looks like a sum of the others; state totals = ["Total"] to leave it out',
        (
            'h.csv row 4: looks like a sum of other rows ("Total"); state totals = ["Total"] to leave such rows out, '
            "or totals = [] if it is data"
        ),
    ]
    assert refused(tmp_path, TOTALS, wide={"across": "days"}) == lines
    (line,) = refused(tmp_path, "start,Sales,Help,Sum\n2026-01-05 09:00,1,2,3\n", wide={"across": "channels"})
    assert line == lines[0].replace("Total", "Sum")


def test_titles_name_the_year_of_days_without_one(tmp_path):
    """ "Mon 05/01" under "Report 2026" is 05/01/2026; without one year above it is refused."""
    text = "Hour,Mon 05/01,Tue 06/01\n09:00,1,2\n"
    cells = wide(tmp_path, "Report 2026\n" + text)
    assert cells.columns["date"] == ["05/01/2026", "06/01/2026"]
    assert noted(cells)[1:] == [
        'h.csv: the days across have no year ("05/01"); 2026 was taken from the rows above them'
    ]
    words = 'the days across have no year ("05/01"); write it into the headings'
    assert refused(tmp_path, text, wide={"across": "days"}) == [f"h.csv row 1: {words}"]
    assert refused(tmp_path, "2025 and 2026\n" + text, wide={"across": "days"}) == [f"h.csv row 2: {words}"]


def test_a_second_table_is_refused_with_the_footer(tmp_path):
    """The same hours in another zone below a blank line are not added to the first; `footer` reads the first alone."""
    text = DAYS + "\n\nHour,2026-01-04,2026-01-05\n09:00,1,2\n10:00,3,4\nThis table is in UTC.\n"
    assert refused(tmp_path, text, wide={"across": "days"}) == [
        (
            "h.csv row 6: begins a second table; state footer = 4 to read the first alone, "
            "or put the tables into files of their own"
        )
    ]
    assert wide(tmp_path, text, footer=4).columns["volume"] == ["1", "2", "3", "4"]


def test_a_row_that_is_there_twice_is_refused(tmp_path):
    """Two rows of one hour are refused; the hour that one day has twice is not, as the clock goes back on that day."""
    again = DAYS + "10:00,3,4\n"
    assert refused(tmp_path, again, wide={"across": "days"}) == [
        'h.csv rows 3, 4: have the same labels ("10:00"); keep one'
    ]
    assert len(wide(tmp_path, DAYS + "10:00,3,\n").rows) == 5


@pytest.mark.parametrize(
    ("text", "across", "words"),
    [
        ("a,b\nx,1\n", "days", 'h.csv: no row has a day in its cells, which wide.across = "days" asks for'),
        ("2026-01-05,2026-01-06\n1,2\n", "days", "h.csv row 1: has nothing left of the first column headed by a day"),
        ("Hour,2026-01-05,32/01-26\n9:00,1,2\n", "days", 'h.csv: the heading "32/01-26" is not a day'),
        ("Hour,2026-01-05,\n9:00,1,2\n", "days", "h.csv: column 3 has cells but no heading; head it or clear it"),
        ("Queue,2026-01-05\nSales,1\n", "days", 'h.csv: the column "Queue" next to the values has no times ("Sales")'),
        ("a,b\nx,1\n", "channels", 'h.csv: has no column of days or times, which wide.across = "channels" asks for'),
        ("start\n2026-01-05 09:00\n", "channels", "h.csv: has no column of a channel"),
        ("Hour,2026-01-05,2026-01-05\n9:00,1,2\n", "days", "h.csv row 1: has the column 2026-01-05 more than once"),
    ],
)
def test_what_is_not_such_a_table_is_told(tmp_path, text, across, words):
    """The message names the heading or the column, and what the setting asks for."""
    assert refused(tmp_path, text, wide={"across": across})[0].startswith(words)


def test_a_column_of_words_among_the_days_is_noted(tmp_path):
    """Remarks are not values; a heading with figures may be a day misspelt and is refused above."""
    cells = wide(tmp_path, "Hour,2026-01-05,Remarks\n09:00,1,busy\n")
    assert cells.columns["volume"] == ["1"]
    assert noted(cells) == ["h.csv: columns not used: Remarks"]


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("2026-01-05", "2026-01-05"),
        ("2026-01-05 00:00:00", "2026-01-05 00:00:00"),
        ("20260105", "20260105"),
        ("Mon 05/01", "05/01"),
        ("Mo., 05.01.", "05.01."),
        ("lundi 05/01/2026", "05/01/2026"),
        ("05/01/26 (Mon)", "05/01/26"),
        ("Mon\n5-Jan-26", "5-Jan-26"),
        ("Monday, January 5, 2026", "January 5, 2026"),
        ("5 de enero de 2026", "5 de enero de 2026"),
        ("1.5", "1.5"),
        ("Monday", None),
        ("Total", None),
        ("12", None),
        ("20261305", None),
        ("Week 2", None),
        ("Marketing 1", None),
    ],
)
def test_days_in_headings(heading, day):
    """A day is found beside a weekday, in seven languages; numbers of weeks and teams are none."""
    assert day_of(heading) == day


@pytest.mark.parametrize(
    ("day", "dated"),
    [("05/01", "05/01/2026"), ("05.01.", "05.01.2026"), ("5 Jan", "5 Jan 2026"), ("January 5", "January 5 2026")],
)
def test_years_are_written_behind_days(day, dated):
    """In the spelling of the day."""
    assert not has_year(day)
    assert with_year(day, "2026") == dated
    assert has_year(dated)


def test_times_of_day():
    """Clock times, spans and numbers of hours; only those with a mark are plainly times."""
    for text in ("00:00", "9 AM", "9:30 p.m.", "09:00-09:30", "09:00 – 09:30", "9h", "09h30", "24:00", "9:00 Uhr"):
        assert is_time(text)
        assert is_plainly_time(text)
    for text in ("0", "930", "2330"):
        assert is_time(text)
        assert not is_plainly_time(text)
    for text in ("", "Sales", "2401", "05/01/2026", "x9:00"):
        assert not is_time(text)


@pytest.mark.parametrize(
    ("row", "across", "shown"),
    [
        ("Hour,Mon 05/01,Tue 06/01,Wed 07/01,Thu 08/01", "days", "Mon 05/01, Tue 06/01"),
        ("Date,9 AM,10 AM,11 AM,12 PM", "times", "9 AM, 10 AM"),
    ],
)
def test_a_wide_table_read_as_a_long_one_is_told_the_setting(tmp_path, row, across, shown):
    """Without the setting no column is ours; the message says what the table is."""
    assert refused(tmp_path, f"Report\n{row}\nx,1,2,3,4\n") == [
        f'h.csv row 2: has {across} across ({shown}, ...); state wide = {{ across = "{across}" }}'
    ]
