"""What a file is found to be, and that the settings found make it readable."""

from __future__ import annotations

import gzip

import pytest

from configs.errors import DataError
from configs.reading.raw import read_cells
from configs.reading.sniff import sniffed
from configs.schema.reading import Reading
from tests.configs.reading.files import BODY, HEAD, put


def settings(folder, text) -> dict:
    return sniffed(put(folder, text), "h.csv").shape.model_dump(exclude_unset=True)


def test_a_plain_file_needs_no_settings(tmp_path):
    """Everything is said, and nothing is set."""
    found = sniffed(put(tmp_path, HEAD + BODY * 4), "h.csv")
    assert (found.kind, found.encoding, found.separator, found.header) == ("text", "utf-8", ",", 1)
    assert found.columns == ("channel", "start", "volume")
    assert found.records[0] == ("phone", "2026-01-05 09:00", "9")
    assert len(found.records) == 10
    assert (found.titles, found.totals, found.footers, found.wide) == ((), (), (), None)
    assert found.shape.model_dump(exclude_unset=True) == {}


def test_all_that_is_odd_is_found_at_once(tmp_path):
    """Encoding, separator, titles, totals and footer of a report as a switch may print it."""
    text = (
        "Bericht Köln\nZeitraum: Januar\n\nWarteschlange;Beginn;Anrufe\n"
        + BODY.replace(",", ";")
        + "Zwischensumme;;42\n"
        + BODY.replace(",", ";").replace("05", "06")
        + "Zwischensumme;;42\nGesamt;;84\nErstellt am 07.01.2026\n"
    )
    found = sniffed(put(tmp_path, text.encode("cp1252")), "h.csv")
    assert (found.encoding, found.separator, found.header) == ("cp1252", ";", 4)
    assert found.titles == (1, 2)
    assert found.totals == (9, 14, 15)
    assert found.footers == (16,)
    assert found.shape.model_dump(exclude_unset=True) == {
        "encoding": "cp1252",
        "totals": ("Gesamt", "Zwischensumme"),
    }
    cells = read_cells(tmp_path / "h.csv", ("Anrufe",), "h.csv", shape=found.shape)
    assert sum(map(int, cells.columns["Anrufe"])) == 84


REPORTS = {
    "headerless": (BODY, {"header": "none"}),
    "titles and a remark": ("Report\n" + HEAD + BODY + "Printed at 9:00\n", {}),
    "sums without a word": (HEAD + BODY + ",,42\n", {"footer": 1}),
    "sums above a remark": (HEAD + BODY + ",,42\nPrinted at 9:00\n", {"footer": 2}),
    "a short last row": (HEAD + BODY + "End\n", {"footer": 1}),
    "sep": ("sep=;\n" + (HEAD + BODY).replace(",", ";"), {}),
    "utf-16 without its mark": ((HEAD + BODY).encode("utf-16-le"), {"encoding": "utf-16-le"}),
    "japanese": ((HEAD + BODY).replace("phone", "電話受付").encode("shift_jis"), {"encoding": "shift_jis"}),
    "cyrillic": ((HEAD + BODY).replace("phone", "Звонки").encode("cp1251"), {"encoding": "cp1251"}),
    "marked": ((HEAD + BODY).encode("utf-16"), {}),
    "gzip": (gzip.compress((HEAD + BODY).encode()), {}),
    "quotes": ('"channel","start","volume"\n"a "b" c","2026-01-05 09:00","3"\n', {}),
}


@pytest.mark.parametrize("name", REPORTS)
def test_the_settings_found_read_the_file(tmp_path, name):
    """The settings are those expected, and with them the file reads without a fault."""
    text, expected = REPORTS[name]
    assert settings(tmp_path, text) == expected
    known = (1, 2, 3) if expected.get("header") else ("channel", "start", "volume")
    cells = read_cells(tmp_path / "h.csv", known, "h.csv", shape=Reading(**expected))
    assert len(cells.rows) == (1 if name == "quotes" else 4)


@pytest.mark.parametrize(
    ("text", "across", "expected"),
    [
        ("Start of the hour,2026-01-05,2026-01-06\n00:00,1,2\n01:00,3,\n", "days", {}),
        (",Mon 05/01/26,Tue 06/01/26,Total\n0,1,2,3\n1,3,4,7\nTotal,4,6,10\n", "days", {"totals": ("Total",)}),
        ("Queue,Hour,5 Jan 2026,6 Jan 2026\nA,9 AM,1,2\nA,10 AM,3,4\n", "days", {}),
        ("Day;09:00;09:30\n05.01.2026;1;2\n06.01.2026;3;4\n", "times", {}),
        ("Day," + ",".join(map(str, range(24))) + "\n2026-01-05" + ",1" * 24 + "\n", "times", {}),
        (
            "Hour,2026-01-05,2026-01-06\n0:00,1,2\n1:00,3,4\n\n,2026-01-05,2026-01-06\n0:00,1,2\n1:00,3,4\nin UTC\n",
            "days",
            {"footer": 4},
        ),
    ],
)
def test_wide_tables_are_found(tmp_path, text, across, expected):
    """Days or times in one row, over figures, with the other of the two beside them; the settings read the table."""
    found = sniffed(put(tmp_path, text), "h.csv")
    assert found.wide is not None
    assert found.wide.across == across
    assert found.shape.model_dump(exclude_unset=True) == expected
    shape = Reading(**expected, wide={"across": across})
    assert read_cells(tmp_path / "h.csv", (), "h.csv", shape=shape).rows


@pytest.mark.parametrize(
    "text",
    [
        "agent,start,end\nA1,2026-07-01,2026-07-02\nA2,2026-07-01,2026-07-02\n",
        "A1,2026-07-01,2026-07-02\nA2,2026-07-01,2026-07-02\n",
        "When,Sales,Help\n2026-01-05 09:00,1,2\n2026-01-05 09:30,1,2\n",
        "0,15,30,45\n1,2,3,4\n",
        "Time,Agent 1,Agent 2\n9:00,1,2\n9:30,1,2\n",
    ],
)
def test_long_tables_are_not_taken_for_wide_ones(tmp_path, text):
    """Two dates in a row, or numbers across, do not make a table wide."""
    assert sniffed(put(tmp_path, text), "h.csv").wide is None


@pytest.mark.parametrize("blob", [b"", b"\n \n", b"PK\x05\x06", b"%PDF-1.4", b"a,a\n1,2\n"])
def test_what_no_setting_reads_is_refused(tmp_path, blob):
    """An empty file, another kind of file, and a name that stands twice stay faults."""
    with pytest.raises(DataError):
        sniffed(put(tmp_path, blob), "h.csv")


@pytest.mark.parametrize("end", ["phone", "pho", "2026-01-0"])
def test_a_row_that_was_cut_off_is_no_footer(tmp_path, end):
    """No setting is found that would leave out contacts; reading the file tells the row."""
    found = sniffed(put(tmp_path, HEAD + BODY + end), "h.csv")
    assert found.shape.footer == 0
    with pytest.raises(DataError, match="row 6: has 1 cells"):
        read_cells(tmp_path / "h.csv", (), "h.csv", shape=found.shape)
