"""Whatever the text, the separator, the quotes, the titles and the footer: the cells come back as they were."""

from __future__ import annotations

import csv
import io

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from configs.reading.header import VALUE
from configs.reading.raw import read_cells
from configs.reading.sniff import sniffed
from configs.reading.totals import WORDS, normal
from configs.schema.reading import Reading

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELL = st.text(st.sampled_from("ab7é'\"=+-@,;|\t\n .:"), max_size=8).map(lambda text: text.strip())
NAMES = ("channel", "start", "volume")
LINES = st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8)
TITLES = st.lists(st.sampled_from(["Report", "Period: January", "", "a,b", "x;y", "1|2"]), max_size=4)
SEPARATORS = st.sampled_from([",", ";", "\t", "|"])


def written(rows: list[tuple[str, ...]], separator: str, quoting: int, end: str = "\n") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, quoting=quoting, lineterminator=end).writerows(rows)
    return stream.getvalue()


@QUICK
@given(
    lines=LINES,
    titles=TITLES,
    separator=SEPARATORS,
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_cells_come_back(tmp_path, lines, titles, separator, quoting, end, encoding):
    """With titles above and a stated footer below, rows that are not blank come back cell by cell, in their rows."""
    filled = [line for line in lines if any(line)]
    assume(filled)
    titles = [title for title in titles if separator not in title]
    text = written([(title,) for title in titles], separator, csv.QUOTE_MINIMAL, end)
    text += written([NAMES, *lines, ("the end",)], separator, quoting, end)
    path = tmp_path / "h.csv"
    path.write_bytes(text.encode(encoding))
    shape = Reading(totals=(), footer=1, encoding="cp1252" if encoding == "cp1252" else None)
    cells = read_cells(path, NAMES, "h.csv", shape=shape)
    assert [tuple(row) for row in zip(*(cells.columns[name] for name in NAMES), strict=True)] == filled
    first = len(titles) + 2
    assert cells.rows == [row for row, line in enumerate(lines, first) if any(line)]


@QUICK
@given(lines=LINES, separator=SEPARATORS, titles=TITLES)
def test_the_settings_found_read_the_same_cells(tmp_path, lines, separator, titles):
    """What `sniffed` finds, read with the known names, holds every row that is no sum and no remark."""
    rows = [(f"{cell[0]}x", "2026-01-05 09:00", "1") for cell in lines]
    assume(not any(normal(row[0]) in WORDS for row in rows))
    titles = [title for title in titles if separator not in title]
    text = written([(title,) for title in titles], separator, csv.QUOTE_MINIMAL)
    path = tmp_path / "h.csv"
    path.write_text(text + written([NAMES, *rows], separator, csv.QUOTE_ALL), encoding="utf-8", newline="")
    found = sniffed(path, "h.csv", NAMES)
    cells = read_cells(path, NAMES, "h.csv", shape=found.shape)
    assert found.columns == NAMES
    assert [tuple(row) for row in zip(*(cells.columns[name] for name in NAMES), strict=True)] == rows


@QUICK
@given(
    hours=st.lists(st.integers(0, 23), min_size=1, max_size=6, unique=True),
    days=st.lists(st.integers(1, 31), min_size=2, max_size=6, unique=True),
    data=st.data(),
    across=st.sampled_from(["days", "times"]),
)
def test_a_wide_table_holds_the_cells_of_the_long_one(tmp_path, hours, days, data, across):
    """Every filled cell is there once, with its day and its hour, whichever of the two is across."""
    cell = st.one_of(st.just(""), st.integers(0, 99).map(str))
    values = {(day, hour): data.draw(cell) for day in days for hour in hours}
    assume(any(values.values()))
    named = {day: f"2026-01-{day:02d}" for day in days}
    clock = {hour: f"{hour:02d}:00" for hour in hours}
    if across == "days":
        rows = [("Hour", *named.values()), *((clock[h], *(values[d, h] for d in days)) for h in hours)]
    else:
        rows = [("Day", *clock.values()), *((named[d], *(values[d, h] for h in hours)) for d in days)]
    path = tmp_path / "h.csv"
    path.write_text(written(rows, ";", csv.QUOTE_MINIMAL), encoding="utf-8", newline="")
    cells = read_cells(path, (), "h.csv", shape=Reading(wide={"across": across}, totals=()))
    found = zip(*(cells.columns[cells.roles[role]] for role in ("date", "time", "volume")), strict=True)
    assert sorted(found) == sorted((named[d], clock[h], text) for (d, h), text in values.items() if text)


@QUICK
@given(st.text(st.sampled_from('ab, 1:/"\n;-%'), min_size=1, max_size=6))
def test_a_name_with_a_letter_is_no_value(text):
    """Only AM and PM, T and Z are letters of values."""
    letters = [letter for letter in text if letter in "ab"]
    if VALUE.fullmatch(text):
        assert len(letters) <= 1
        assert any(letter.isdigit() for letter in text)
