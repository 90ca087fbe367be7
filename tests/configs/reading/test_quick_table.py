"""Large plain files: what the quick reader gives is what the careful one gives, or it gives nothing."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configs.errors import DataError
from configs.files import read_table
from configs.reading import quick, quick_table
from configs.reading.quick_table import quick_table as read_quickly
from configs.reading.stamps import stamps
from configs.reading.words import MARGIN, decimals, lines_of, texts, texts_at, whole_numbers
from configs.schema import NamedTable
from configs.tables import HISTORY

day = dt.datetime.fromisoformat
NAMES = {name: name for name in HISTORY.names}


def block(text: str) -> np.ndarray:
    """The bytes of some lines with a margin around them."""
    return np.frombuffer(b"\0" * MARGIN + text.encode() + b"\0" * MARGIN, np.uint8)


def both(path, zone="Europe/London"):
    """What the quick reader gives, and what the careful one gives or refuses."""
    quickly = read_quickly(path, HISTORY, NAMES, None, zone, "h.csv")
    most, quick_table.LEAST_BYTES = quick_table.LEAST_BYTES, 1 << 60
    try:
        carefully = read_table(path, HISTORY, zone=zone, label="h.csv", duplicates="keep")
    except DataError as error:
        carefully = error
    finally:
        quick_table.LEAST_BYTES = most
    return quickly, carefully


@pytest.fixture(autouse=True)
def every_size(monkeypatch):
    """Small files are read quickly too, in blocks of a few lines."""
    monkeypatch.setattr(quick_table, "LEAST_BYTES", 0)
    monkeypatch.setattr(quick, "BLOCK", 200)


CELLS = st.one_of(
    st.integers(0, 10**8 + 3).map(str),
    st.floats(0, 1e7, allow_nan=False).map(repr),
    st.decimals(0, 1e6, places=3).map(str),
    st.sampled_from(["", "-", "NA", "nan", "007", "5.", ".5", "+3", "1e3", " 12", "12 ", "1,5", "x", "-1", "1e400"]),
)
NAMED = st.sampled_from(["phone", "chat", "a name of more than sixteen letters", "Größe", "e\u0301", "x y", "'=1", ""])
MOMENTS = st.datetimes(day("2024-03-01"), day("2024-12-31")).map(lambda moment: moment.replace(second=0))


@st.composite
def files(draw):
    """Files that are mostly plain, with an odd cell here and there."""
    form = draw(st.sampled_from(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:00", "%Y-%m-%dT%H:%MZ", "%Y-%m-%dT%H:%M:00+01:00"]))
    width = draw(st.integers(1, 3))
    columns = ["volume", "aht_s", "handled"][:width]
    odd = draw(st.booleans())
    plain = st.integers(0, 99999).map(str)
    lines = [",".join(["channel", "start", *columns])]
    for _ in range(draw(st.integers(1, 12))):
        name = draw(NAMED) if odd else draw(st.sampled_from(["phone", "chat"]))
        cells = [draw(CELLS) if odd else draw(plain) for _ in columns]
        lines.append(",".join([name, draw(MOMENTS).strftime(form), *cells]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join(lines) + draw(st.sampled_from(["", end, end + end]))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(files())
def test_the_quick_reader_gives_what_the_careful_one_gives_or_nothing(tmp_path_factory, text):
    """Same columns, values to the bit, rows and notes; where the careful reader refuses, the quick one gives nothing."""
    path = tmp_path_factory.mktemp("quick") / "h.csv"
    path.write_bytes(text.encode())
    quickly, carefully = both(path)
    if quickly is None:
        return
    assert not isinstance(carefully, DataError), carefully
    left = quickly.frame.set_axis(pd.Index(quickly.frame.index.to_numpy(), name="row"))
    pd.testing.assert_frame_equal(left, carefully.frame, check_exact=True, check_freq=False)
    assert quickly.notes == carefully.notes


def test_plain_files_are_read_quickly(tmp_path):
    """Local times with the hour that comes twice, numbers with decimals, a line end of two bytes."""
    rows = ["phone,2026-10-25T00:30,5,271.5", "phone,2026-10-25T01:00,6,0.125", "chat,2026-10-25T01:00,7,",
            "phone,2026-10-25T01:00,8,1234567.875", "phone,2026-10-25T02:00,12345678,3"]  # fmt: skip
    path = tmp_path / "h.csv"
    path.write_bytes("\r\n".join(["channel,start,volume,aht_s", *rows]).encode())
    quickly, carefully = both(path)
    assert quickly is not None
    assert quickly.frame.start.dt.strftime("%d %H:%M").tolist() == [
        "24 23:30",
        "25 00:00",
        "25 00:00",
        "25 01:00",
        "25 02:00",
    ]
    assert quickly.frame.aht_s.tolist()[:2] == [271.5, 0.125]
    assert quickly.notes == carefully.notes
    assert any("row 4: this time occurs twice and the file has it once" in str(note) for note in quickly.notes)


@pytest.mark.parametrize(
    "odd",
    [
        'phone,2026-01-05T09:00,"5"', "phone,2026-01-05T09:00,5,6", "phone,2026-01-05T09:00", "", ",2026-01-05T09:00,5",
        "phone,2026-02-30T09:00,5", "phone,2026-01-05T24:00,5", "phone,05/01/2026,5", "phone,2026-01-05T09:00,-5",
        "phone,2026-01-05T09:00,", "phone,2026-01-05T09:00,inf", "phone,2026-03-29T01:30,5", "phone,2026-01-05T09:60,5",
        "phone,1969-12-31T09:00,5", "phone,2026-13-05T09:00,5", "phone,2026-01-05 9:000,5", "phone,2026-01-05T09:00Z,5",
        "=phone,2026-01-05T09:00,5", "phone,2026-01-05T09:00,1.234", "phone,2026-01-05T09:00,5\0",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_careful_reader(tmp_path, odd):
    """One such line among plain ones is enough."""
    path = tmp_path / "h.csv"
    path.write_text(f"channel,start,volume\nphone,2026-01-05T08:00,500\n{odd}\nphone,2026-01-05T10:00,5\n")
    assert read_quickly(path, HISTORY, NAMES, None, "Europe/London", "h.csv") is None


@pytest.mark.parametrize(
    "header", ["channel,start", "channel;start;volume", "a,b,c", "channel,start,volume,volume", '"start",volume']
)
def test_headers_that_are_not_ours_are_left_alone(tmp_path, header):
    """A column is missing, twice there or quoted; another separator is fine, but not with commas below."""
    path = tmp_path / "h.csv"
    path.write_text(f"{header}\nphone,2026-01-05T08:00,5\n")
    assert read_quickly(path, HISTORY, NAMES, None, "Europe/London", "h.csv") is None


def test_a_file_with_settings_is_left_alone(tmp_path):
    """A decimal comma stated is enough."""
    path = tmp_path / "h.csv"
    path.write_text("channel,start,volume\nphone,2026-01-05T08:00,5\n")
    assert read_quickly(path, HISTORY, NAMES, NamedTable(), "Europe/London", "h.csv") is not None
    assert read_quickly(path, HISTORY, NAMES, NamedTable(decimal=","), "Europe/London", "h.csv") is None


def test_text_is_read_again_where_it_is_asked_for(tmp_path):
    """Rows that repeat are compared cell by cell, also in a large file."""
    path = tmp_path / "h.csv"
    path.write_text("channel,start,volume\nphone,2026-01-05T08:00Z,5\n")
    read = read_table(path, HISTORY, zone="UTC", duplicates="keep")
    assert read.cells.columns["volume"] == ["5"]


@given(st.lists(st.integers(0, 10**8 - 1), min_size=1, max_size=30))
def test_whole_numbers_are_exact(numbers):
    """Up to eight digits, leading zeros or not."""
    lines = lines_of(block("".join(f"{number},{number:08d}\n" for number in numbers)), ",", 2)
    for column in (0, 1):
        value, known = whole_numbers(lines, column)
        assert known.all()
        assert value.tolist() == numbers


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 8)), min_size=1, max_size=30))
def test_decimals_are_the_nearest_floats(numbers):
    """As Python reads the same text."""
    written = [f"{number}.{str(number)[::-1][:places].rjust(places, '7')}" for number, places in numbers]
    lines = lines_of(block("".join(f"{text}\n" for text in written)), ",", 1)
    value, known = decimals(lines, 0, np.arange(len(written)))
    assert [read for read, is_known in zip(value.tolist(), known, strict=True) if is_known] == [
        float(text) for text, is_known in zip(written, known, strict=True) if is_known
    ]
    assert all(is_known for text, is_known in zip(written, known, strict=True) if len(text) <= 16)


@given(st.lists(st.text("abcdefghij kxyz", max_size=40), min_size=1, max_size=30))
def test_texts_come_back(words):
    """Any order, any length up to sixty-four bytes."""
    lines = lines_of(block("".join(f"{word};1\n" for word in words)), ";", 2)
    codes, distinct = texts(lines, 0)
    assert [distinct[code].decode() for code in codes] == words
    assert len(set(distinct)) == len(distinct)
    assert [text.decode() for text in texts_at(lines, 0, np.arange(len(words)))] == words


@given(
    st.lists(st.datetimes(day("1970-01-01"), day("2199-12-31")), min_size=1, max_size=20),
    st.integers(-840, 840),
)
def test_stamps_come_back(moments, offset):
    """Every form, every day of the calendar, every offset."""
    sign, minutes = "-" if offset < 0 else "+", abs(offset)
    zone = f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
    for form, seconds, end in (("T%H:%M", 0, ""), (" %H:%M:%S", 1, ""), ("T%H:%M", 0, "Z"), ("T%H:%M:%S", 1, zone)):
        written = [
            moment.strftime(f"%Y-%m-%d{form}").rjust(len("2026-01-05") + len(moment.strftime(form)), "0") + end
            for moment in moments
        ]
        found = stamps(lines_of(block("".join(f"x,{text}\n" for text in written)), ",", 2), 1)
        cut = [moment.replace(second=moment.second * seconds, microsecond=0) for moment in moments]
        assert found.clock_s.astype("datetime64[s]").tolist() == cut
        assert (found.ahead_s is None) == (end == "")
        if end == zone:
            assert set(found.ahead_s.tolist()) == {offset * 60}


def test_an_edge_of_a_block_changes_nothing(tmp_path, monkeypatch):
    """Blocks of any length give the same rows."""
    lines = [f"queue-{n % 3},2026-01-{1 + n // 24:02d}T{n % 24:02d}:00Z,{n * 37 % 1000}" for n in range(240)]
    path = tmp_path / "h.csv"
    path.write_text("\n".join(["channel,start,volume", *lines]))
    expected = [n * 37 % 1000 for n in range(240)]
    for size in (40, 41, 64, 1000, 1 << 20):
        monkeypatch.setattr(quick, "BLOCK", size)
        assert read_quickly(path, HISTORY, NAMES, None, "UTC", "h.csv").frame.volume.tolist() == expected
    monkeypatch.setattr(quick, "BLOCK", 8)
    assert read_quickly(path, HISTORY, NAMES, None, "UTC", "h.csv") is None
