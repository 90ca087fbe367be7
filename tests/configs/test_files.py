"""Reading and writing tables: what is read, what is refused, and in which words."""

import gzip
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configs.errors import DataError
from configs.files import read_table, write_table
from configs.tables import AGENTS, EVENTS, FORECAST, HISTORY, LEAVE, REQUESTS, ROSTER

LONDON = "Europe/London"
HEAD = "channel,start,volume\n"


def put(folder: Path, text: str | bytes, name: str = "history.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def told(folder: Path, text: str | bytes, name: str = "history.csv", table=HISTORY, **more) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_table(put(folder, text, name), table, zone=LONDON, **more)
    return [str(fault) for fault in caught.value.faults]


def read(folder: Path, text: str | bytes, name: str = "history.csv", table=HISTORY, **more):
    return read_table(put(folder, text, name), table, zone=LONDON, **more)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_and_encodings_give_the_same_table(tmp_path, separator, encoding):
    """Four separators and three encodings say the same table."""
    text = (
        separator.join(["channel", "start", "volume"]) + "\n" + separator.join(["téléphone", "2026-11-30T09:00Z", "7"])
    )
    got = read(tmp_path, text.encode(encoding)).frame
    assert got.to_dict("records") == [
        {"channel": "téléphone", "start": pd.Timestamp("2026-11-30 09:00Z"), "volume": 7.0}
    ]
    assert list(got.index) == [2]


def test_types_of_columns(tmp_path):
    """Ids stay text, blanks of numbers are NaN, blanks of text are empty text, dates are naive midnights."""
    people = read(tmp_path, "agent,name,contract,skills,hours_min\n007,,full-time,phone,\n", table=AGENTS).frame
    assert people.agent.tolist() == ["007"]
    assert people.name.tolist() == [""]
    assert np.isnan(people.hours_min[2])
    events = read(tmp_path, "channel,start,end,name\n,2026-12-25,2026-12-26,Xmas\n", table=EVENTS).frame
    assert events.start.tolist() == [pd.Timestamp("2026-12-25")]


def test_times_without_offset_are_local_and_counted(tmp_path):
    """A naive summer time in London is one hour ahead of UTC, and one note counts all of them."""
    got = read(tmp_path, HEAD + "phone,2026-07-01 09:00,1\nphone,2026-07-01T09:15,2\nphone,2026-07-01T09:30+01:00,2\n")
    assert got.frame.start.dt.strftime("%H:%M").tolist() == ["08:00", "08:15", "08:30"]
    assert [str(note) for note in got.notes] == [
        "history.csv: start: 2 of 3 times have no offset and were read as local time in Europe/London"
    ]


def test_skipped_clock_times_are_faults(tmp_path):
    """The clock of London jumps from 01:00 to 02:00 on 29 March 2026."""
    rows = "".join(f"phone,2026-03-29 {clock},1\n" for clock in ("00:45", "01:15", "01:30"))
    (line,) = told(tmp_path, HEAD + rows)
    assert line == (
        'history.csv rows 3, 4: start is "2026-03-29 01:15" for channel "phone"; '
        "the clock skips this time in Europe/London; check the zone, or write times with an offset"
    )


def test_rows_of_a_skipped_hour_without_contacts_are_taken_silently(tmp_path):
    """Systems that write every hour write skipped ones too; a zero there means nothing, one contact is a fault."""
    head = HEAD.rstrip() + ",aht_s,abandoned\n"
    rows = [f"phone,2026-03-29 {clock},{volume},200,{left}\n" for clock, volume, left in (
        ("00:45", 1, 0), ("01:00", 0, 0), ("01:15", "0.0", ""), ("02:00", 2, 0),
    )]  # fmt: skip
    got = read(tmp_path, head + "".join(rows))
    assert got.frame.start.dt.strftime("%H:%M").tolist() == ["00:45", "01:00"]  # 02:00 of summer time is 01:00 UTC
    assert got.frame.volume.sum() == 3
    assert not [note for note in got.notes if "skip" in note.sentence]
    (line,) = told(tmp_path, head + "".join(rows) + "phone,2026-03-29 01:30,0,200,1\nphone,2026-03-29 01:45,3,200,0\n")
    assert line.startswith('history.csv rows 6, 7: start is "2026-03-29 01:30" for channel "phone"; the clock skips')


def test_double_hour_goes_by_order_of_appearance(tmp_path):
    """01:30 on 25 October 2026 comes twice in London: first in summer time, then in winter time."""
    got = read(tmp_path, HEAD + "phone,2026-10-25 01:30,1\nchat,2026-10-25 01:30,5\nphone,2026-10-25 01:30,2\n")
    assert got.frame.start.dt.strftime("%H:%M").tolist() == ["00:30", "00:30", "01:30"]
    assert "start row 3: this time occurs twice and the file has it once; it was read as the first" in str(got.notes)


def test_bare_dates_of_leave(tmp_path):
    """A leave from the 1st to the 2nd of July ends at the midnight after the 2nd, local time."""
    got = read(tmp_path, "agent,start,end\nA1,2026-07-01,2026-07-02\n", table=LEAVE).frame
    assert got.start[2] == pd.Timestamp("2026-06-30 23:00Z")
    assert got.end[2] == pd.Timestamp("2026-07-02 23:00Z")


def test_a_missing_file_and_a_folder(tmp_path):
    """A path that is no file is told as what it is."""
    with pytest.raises(DataError, match=r"^nowhere.csv: no such file$"):
        read_table(tmp_path / "nowhere.csv", HISTORY, zone=LONDON)
    with pytest.raises(DataError, match=r"^my history: is a folder; name a file in it$"):
        read_table(tmp_path, HISTORY, zone=LONDON, label="my history")


@pytest.mark.parametrize("blob", ["", " \n\n", "\ufeff"])
def test_an_empty_file(tmp_path, blob):
    """No bytes, or nothing but blanks, is an empty file."""
    assert told(tmp_path, blob) == ["history.csv: file is empty"]


def test_a_header_without_rows(tmp_path):
    """A header alone holds no data."""
    assert told(tmp_path, HEAD + "\n") == ["history.csv: no data rows after the header"]


def test_a_file_without_header(tmp_path):
    """Values in the first row are no column names."""
    (line,) = told(tmp_path, "phone,2026-11-30T09:00,7\n")
    assert line == (
        "history.csv row 1: looks headerless: it holds values (phone, 2026-11-30T09:00, 7); "
        'put the column names in the first row, or state header = "none" and give the columns by number'
    )


def test_a_misspelt_column(tmp_path):
    """The nearest name and the columns found are told; a renamed column is called by its name in the file."""
    assert told(tmp_path, "channel,start,volum\nphone,2026-11-30,1\n") == [
        'history.csv: has no column "volume"; did you mean "volum"?; columns found: channel, start, volum'
    ]
    lines = told(
        tmp_path,
        "Queue,Time,Offerred\na,2026-11-30,1\n",
        rename={"channel": "Queue", "start": "Time", "volume": "Offered"},
    )
    assert lines == [
        'history.csv: has no column "Offered"; did you mean "Offerred"?; columns found: Queue, Time, Offerred'
    ]


def test_a_misspelt_optional_column_is_a_note(tmp_path):
    """An unused column that resembles an optional one is pointed at."""
    got = read(tmp_path, "channel,start,volume,aht\nphone,2026-11-30,1,5\n")
    assert str(got.notes[0]) == 'history.csv: columns not used: aht; did you mean "aht_s"?'


def test_the_same_column_twice(tmp_path):
    """Two columns of one name cannot be told apart."""
    assert told(tmp_path, "channel,start,volume,volume\nphone,2026-11-30,1,2\n") == [
        "history.csv row 1: has the column volume more than once; keep one"
    ]


def test_rows_of_another_width(tmp_path):
    """A row with too few cells is told; separators at the end of a row do no harm."""
    assert told(tmp_path, HEAD + "phone,2026-11-30,1,,\nphone,2026-12-01\n") == [
        "history.csv row 3: has 2 cells where the header has 3"
    ]


def test_equal_rows_are_a_note_and_different_ones_a_fault(tmp_path):
    """A row given twice counts once; two volumes for one interval are refused, with both rows."""
    twice = HEAD + "phone,2026-11-30T09:00Z,1\nphone,2026-11-30T09:00Z,1\n"
    got = read(tmp_path, twice)
    assert len(got.frame) == 1
    assert (
        str(got.notes[0])
        == "history.csv: 1 rows repeat another row in every cell and were left out, the first in row 3"
    )
    assert told(tmp_path, twice + "phone,2026-11-30T09:00Z,2\n") == [
        'history.csv row 4: channel is "phone" at 2026-11-30T09:00Z; row 2 has the same channel and start; keep one'
    ]
    assert len(read(tmp_path, twice + "phone,2026-11-30T09:00Z,2\n", duplicates="keep").frame) == 3


def test_a_repeated_id(tmp_path):
    """Two agents with one id are refused."""
    assert told(
        tmp_path, "agent,name,contract,skills\nA1,x,full-time,phone\nA1,y,full-time,phone\n", "agents.csv", AGENTS
    ) == ['agents.csv row 3: agent is "A1"; row 2 has the same agent; keep one']


def test_numbers_that_are_none(tmp_path):
    """Negative, infinite, overflowing and worded volumes, and marks unlike the others, are told with their rows."""
    values = ["-3", "inf", "1e400", "#REF!", "2.5", "7", "1,5", "-4"]
    rows = "".join(f'phone,2026-11-30T0{i}:00Z,"{value}"\n' for i, value in enumerate(values))
    assert told(tmp_path, HEAD + rows) == [
        'history.csv rows 2, 9: volume is -3 for channel "phone" at 2026-11-30T00:00Z; it must be 0 or more',
        'history.csv rows 3, 4: volume is "inf" for channel "phone" at 2026-11-30T01:00Z; it must be a finite number',
        (
            'history.csv row 5: volume is "#REF!" for channel "phone" at 2026-11-30T03:00Z; it must be a number; '
            "if it marks a missing value, add it to history.empty"
        ),
        (
            'history.csv row 8: volume is "1,5" for channel "phone" at 2026-11-30T06:00Z; '
            "write it with a decimal point, without thousands separators, as the other numbers of the column"
        ),
    ]


def test_a_blank_volume_is_refused_outside_of_histories(tmp_path):
    """A forecast has a volume in every row; the blank cells are told with their rows."""
    rows = "".join(f"phone,2026-11-30T0{i}:00Z,{value}\n" for i, value in enumerate(["1", "", "NaN"]))
    assert told(tmp_path, HEAD + rows, table=FORECAST) == [
        'history.csv rows 3, 4: volume is empty for channel "phone" at 2026-11-30T01:00Z'
    ]


def volumes(values: list[str]) -> str:
    rows = [f"phone;2026-11-30T{i:02d}:00Z;{value}\n" for i, value in enumerate(values)]
    return HEAD.replace(",", ";") + "".join(rows)


def test_a_dot_that_may_mark_thousands(tmp_path):
    """1.234 next to 900 is refused with both readings, the rows, and how to write either."""
    assert told(tmp_path, volumes(["900", "1.234", "12", "2.000"])) == [
        (
            'history.csv rows 3, 5: volume is 1.234 for channel "phone" at 2026-11-30T01:00Z; there are whole numbers such '
            "as 900 too, so it may be 1234 with a thousands mark, or 1.234 with three decimals; "
            "write 1234 without a thousands mark, or 1.2340 if it is a fraction; "
            'or set history.thousands = "." or history.decimal = "."'
        )
    ]
    assert read(tmp_path, volumes(["900", "1234", "12", "2000"])).frame.volume.tolist() == [900, 1234, 12, 2000]
    assert read(tmp_path, volumes(["900", "1.2340", "12"])).frame.volume.tolist() == [900, 1.234, 12]


@pytest.mark.parametrize(
    "values",
    [
        ["99", "1.234"],
        ["900", "1.234", "2.5"],
        ["900.000", "1.234"],
        ["900", "0.234"],
        ["900", "1.23"],
        ["1.234"],
        ["099", "1.234"],
    ],
)
def test_fractions_that_mark_no_thousands(tmp_path, values):
    """Small whole numbers, varied or fixed decimals, fractions below one and other digits are read as they are."""
    assert read(tmp_path, volumes(values)).frame.volume.tolist() == [float(value) for value in values]


def test_a_hundred_next_to_thousandths_is_asked_in_volumes_of_counts_only(tmp_path):
    """The border is a hundred; a forecast holds means, and handle times are no counts."""
    assert len(told(tmp_path, volumes(["100", "1.234"]))) == 1
    assert len(read(tmp_path, volumes(["100", "1.234"]), table=FORECAST).frame) == 2
    text = HEAD.strip() + ",aht_s\nphone,2026-11-30T09:00Z,5,900\nphone,2026-11-30T10:00Z,5,1.234\n"
    assert len(read(tmp_path, text).frame) == 2


def test_five_rows_of_a_kind_are_told(tmp_path):
    """Of nine faulty rows five are named and four counted."""
    rows = "".join(f"phone,2026-11-30T0{i}:00Z,-1\n" for i in range(9))
    (line,) = told(tmp_path, HEAD + rows)
    assert line.startswith("history.csv rows 2, 3, 4, 5, 6 and 4 more: volume is -1")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "01/02/2026",
            (
                'the order of day and month is unclear: history.date_format = "dmy" reads it as 2026-02-01; '
                'history.date_format = "mdy" reads it as 2026-01-02'
            ),
        ),
        ("25/13/2026 09:00", "there is no such day"),
        (
            "45000",
            (
                "this is the day number of a spreadsheet; format the column as ISO 8601 dates before saving, "
                'or set history.date_format = "serial"'
            ),
        ),
        ("2026-02-30", "there is no such day"),
        ("2026-02-03T25:00", "there is no such time of day"),
        ("1900-01-01", "years run from 1970 to 2199"),
        ("yesterday", "write it such as 2026-11-30T09:30 or 2026-11-30T09:30+00:00"),
    ],
)
def test_times_that_are_none(tmp_path, text, words):
    """A time that is not ISO 8601 is told with the way to write it."""
    (line,) = told(tmp_path, HEAD + f"phone,{text},1\n")
    assert line.startswith("history.csv row 2: start is ")
    assert line.endswith(
        f'{text}" for channel "phone"; {words}' if text != "45000" else f'45000 for channel "phone"; {words}'
    )


def test_a_foreign_encoding(tmp_path):
    """The byte that is not UTF-8 is told with its position and line."""
    assert told(tmp_path, HEAD.encode() + b"t\xe9l,2026-11-30,1\n") == [
        (
            "history.csv: is not UTF-8 text at byte 22 (0xE9, line 2); save it as CSV (UTF-8), "
            'or state its encoding: this word reads "tél" with encoding = "cp1252"'
        )
    ]
    (line,) = told(tmp_path, (HEAD + "phone,2026-11-30,1\n").encode("utf-16-le"))
    assert line == (
        "history.csv: holds a NUL at byte 1; it is binary or UTF-16 without its mark; save it as CSV (UTF-8)"
    )


@pytest.mark.parametrize(
    ("blob", "words"),
    [
        (
            b"PK\x03\x04....",
            "is a damaged zip archive (File is not a zip file); open it in a spreadsheet and save it again",
        ),
        (b"\xd0\xcf\x11\xe0....", "is an old Excel workbook (xls), not CSV; save the table as CSV (UTF-8)"),
        (b"\n<!DOCTYPE html><html>", "is an HTML or XML page, not CSV; save the table as CSV (UTF-8)"),
    ],
)
def test_what_is_not_csv_is_called_by_its_kind(tmp_path, blob, words):
    """The first bytes say what a file is, whatever its name; a zip archive is looked into."""
    assert told(tmp_path, blob) == [f"history.csv: {words}"]


def test_a_parquet_file_is_called_so(tmp_path):
    """With pyarrow it is damaged, without it the message says what to install; it is never read as text."""
    (line,) = told(tmp_path, b"PAR1....")
    assert re.fullmatch(r"history\.csv: is a (damaged )?Parquet file.*", line)


def test_gzip_under_any_name(tmp_path):
    """Gzip is unpacked; a name that says otherwise is noted; a damaged one is refused."""
    packed = gzip.compress((HEAD + "phone,2026-11-30T09:00Z,1\n").encode())
    assert read(tmp_path, packed, "history.csv.gz").notes == ()
    assert str(read(tmp_path, packed).notes[0]) == "history.csv: is a gzip file without a .gz name; it was unpacked"
    (line,) = told(tmp_path, packed[:-9], "history.csv.gz")
    assert line.startswith("history.csv.gz: is a damaged gzip file")


def test_an_open_quote(tmp_path):
    """A quote that is never closed names the row where it begins."""
    (line,) = told(tmp_path, HEAD + 'phone,2026-11-30,1\n"phone,2026-12-01,1\n')
    assert line.startswith("history.csv row 3: is not CSV (unexpected end of data)")


def test_written_bytes_are_exact(tmp_path):
    """ISO 8601 with the offset of the zone, shortest numbers, harmless text, columns in order."""
    frame = pd.DataFrame(
        {
            "cost": [108.0, 0.1 + 0.2],
            "agent": ["=1+1", "-5"],
            "name": ["O'Neil, Ann", "a;b"],
            "contract": ["nights", "@x"],
            "date": pd.to_datetime(["2026-07-01", "2026-12-01"]),
            "start": pd.to_datetime(["2026-07-01 20:30Z", "2026-12-01 21:30Z"]),
            "end": pd.to_datetime(["2026-07-02 06:00Z", "2026-12-02 07:00Z"]),
            "breaks": ["", "12:00-12:30"],
            "paid_h": [8.0, 1 / 3],
        }
    )
    path = tmp_path / "roster.csv"
    write_table(frame, ROSTER, path, LONDON)
    assert path.read_bytes().decode() == (
        "agent,name,contract,date,start,end,breaks,paid_h,cost\n"
        "'=1+1,\"O'Neil, Ann\",nights,2026-07-01,2026-07-01T21:30:00+01:00,2026-07-02T07:00:00+01:00,,8,108\n"
        '-5,"a;b",\'@x,2026-12-01,2026-12-01T21:30:00+00:00,2026-12-02T07:00:00+00:00,12:00-12:30,0.333333,0.3\n'
    )


# Cells are trimmed when read, so blanks at either end do not come back.
TEXTS = st.text(st.sampled_from("ab7é'\"=+-@,;|\t\r\n ."), min_size=1, max_size=12).map(
    lambda text: text.lstrip(" \n").rstrip() or "x"
)
ROWS = st.lists(
    st.tuples(
        TEXTS,
        TEXTS,
        st.integers(86_400, 2**31).map(lambda second: pd.Timestamp(second, unit="s", tz="UTC").as_unit("us")),
        st.integers(0, 80_000).map(lambda day: pd.Timestamp(day, unit="D").as_unit("us")),
        st.one_of(st.none(), st.integers(0, 10**12).map(lambda n: n / 10**6)),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda row: (row[0], row[2]),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, zone=st.sampled_from([LONDON, "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe"]))
def test_what_is_written_is_read_back(tmp_path, rows, zone):
    """Reading a written table gives the table, whatever its text, in any zone."""
    path = tmp_path / "table.csv"
    roster = pd.DataFrame(
        {
            "agent": pd.Series([row[0] for row in rows], dtype="str"),
            "name": pd.Series([row[1] for row in rows], dtype="str"),
            "contract": pd.Series(["c"] * len(rows), dtype="str"),
            "date": pd.Series([row[3] for row in rows]),
            "start": pd.Series([row[2] for row in rows]),
            "end": pd.Series([row[2] + pd.Timedelta(hours=8) for row in rows]),
            "breaks": pd.Series([""] * len(rows), dtype="str"),
            "paid_h": pd.Series([8.0] * len(rows)),
            "cost": pd.Series([0.0 if row[4] is None else row[4] for row in rows]),
        }
    )
    write_table(roster, ROSTER, path, zone)
    before = path.read_bytes()
    back = read_table(path, ROSTER, zone=LONDON).frame.reset_index(drop=True)
    pd.testing.assert_frame_equal(back, roster, check_freq=False)
    write_table(back, ROSTER, path, zone)
    assert path.read_bytes() == before


def test_optional_numbers_survive_the_round_trip(tmp_path):
    """A blank weight and an empty shift come back as NaN and empty text."""
    wishes = pd.DataFrame(
        {"agent": ["007"], "date": pd.to_datetime(["2026-12-01"]), "shift": [""], "wish": ["off"], "weight": [np.nan]}
    )
    write_table(wishes, REQUESTS, tmp_path / "wishes.csv", LONDON)
    back = read_table(tmp_path / "wishes.csv", REQUESTS, zone=LONDON).frame.reset_index(drop=True)
    pd.testing.assert_frame_equal(back, wishes)


def test_an_empty_table_can_be_kept(tmp_path):
    """A table without rows is written as its header, and read back where the caller allows it."""
    none = pd.DataFrame(
        {
            "agent": pd.Series(dtype="str"),
            "start": pd.Series(dtype="datetime64[us, UTC]"),
            "end": pd.Series(dtype="datetime64[us, UTC]"),
        }
    )
    write_table(none, LEAVE, tmp_path / "leave.csv", LONDON)
    assert (tmp_path / "leave.csv").read_text() == "agent,start,end\n"
    back = read_table(tmp_path / "leave.csv", LEAVE, zone=LONDON, empty="keep").frame
    assert back.empty
    assert [str(kind) for kind in back.dtypes] == ["str", "datetime64[us, UTC]", "datetime64[us, UTC]"]
