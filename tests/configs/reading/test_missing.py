"""Cells without a value, columns that are added up, and columns found by name or number."""

from __future__ import annotations

import pytest

from configs.loader import build
from configs.notes import sentence_of
from configs.reading.convert import converted
from configs.reading.find import asked_for, found_parts
from configs.reading.raw import Cells
from configs.reading.source import Source
from configs.tables import AGENTS
from forecast.data.history import read_history
from tests.configs.reading.made import ONE_CHANNEL, notes, read, starts, told
from tests.configs.reading.test_other_tables import FULL


def volumes(*values: str) -> str:
    return "start;volume\n" + "".join(f"2026-01-05 {i:02d}:00;{value}\n" for i, value in enumerate(values))


@pytest.mark.parametrize(
    "mark",
    ["", "-", "–", "NA", "n/a", "NaN", "null", "None", "#N/A", "#DIV/0!", "\\N", "#NV", "#N/D", "#SAKNAS!", "#Н/Д"],
)
def test_a_row_without_a_volume_was_not_observed(tmp_path, mark):
    """The row is left out and counted; it is neither a fault nor a zero."""
    found = read(tmp_path, volumes("5", mark, "0"))
    assert starts(found) == ["2026-01-05 00:00", "2026-01-05 02:00"]
    assert found.frame.volume.tolist() == [5, 0]
    assert found.unobserved == 1
    assert notes(found) == ["1 rows have no volume and count as not observed, the first in row 3"]


def test_a_file_without_any_volume_is_refused(tmp_path):
    """Where nothing was observed there is nothing to forecast from."""
    assert told(tmp_path, volumes("-", "")) == ["history.csv: no row has a value in volume"]


def test_other_texts_are_faults_until_they_are_stated(tmp_path):
    """ "closed" is no number; the fault names the setting, which then takes it in any case."""
    (line,) = told(tmp_path, volumes("5", "closed"))
    assert line == (
        'history.csv row 3: volume is "closed" at 2026-01-05 01:00; it must be a number; '
        "if it marks a missing value, add it to history.empty"
    )
    assert read(tmp_path, volumes("5", "Closed"), empty=("closed",)).unobserved == 1


@pytest.mark.parametrize("mark", ["#REF!", "#NAME?", "#VALUE!"])
def test_broken_formulas_are_faults(tmp_path, mark):
    """An error of the formula itself is no missing value."""
    (line,) = told(tmp_path, volumes("5", mark))
    assert "it must be a number" in line


def test_unobserved_rows_are_in_the_account(tmp_path):
    """The account of the file has its rows, those without a volume, and the contacts of the others."""
    clock = [f"2026-01-{day:02d} {hour:02d}:00" for day in range(5, 19) for hour in range(24)]
    values = ["-" if i in {30, 31} else "6" for i in range(len(clock))]
    text = "start;volume\n" + "".join(f"{time};{value}\n" for time, value in zip(clock, values, strict=True))
    (tmp_path / "history.csv").write_text(text, encoding="utf-8")
    settings = {
        "plan": {"name": "t", "timezone": "UTC", "interval": "60min"},
        "history": {"path": "history.csv"},
        "channels": {"phone": {"kind": "synchronous"}},
        "contracts": {"full": FULL},
    }
    (account,) = read_history(build(settings, folder=tmp_path)).files
    assert (account.rows, account.used_rows, account.contacts) == (336, 334, 334 * 6)
    assert [(one.why, one.rows, one.contacts) for one in account.left_out] == [("unobserved", 2, 0.0)]
    assert "2 rows without a volume (0 contacts)" in sentence_of(account)


def test_columns_are_added_up(tmp_path):
    """Talk, hold and after-call time are one handle time; a blank part counts 0, all blank is blank."""
    text = (
        "start;volume;talk;hold;acw\n2026-01-05 09:00;5;200;10;30\n2026-01-05 10:00;5;200;;30\n2026-01-05 11:00;0;;;\n"
    )
    found = read(tmp_path, text, columns={"aht_s": ("talk", "hold", "acw")})
    assert found.frame.aht_s.tolist()[:2] == [240, 230]
    assert found.frame.aht_s.isna().tolist() == [False, False, True]
    assert notes(found) == [
        "talk + hold + acw: in 1 rows a part of the sum is blank and counts as 0, the first in row 3"
    ]


def test_a_sum_names_the_part_that_is_wrong_or_absent(tmp_path):
    """A fault of a sum is one of its columns, and a sum is refused without one of its parts."""
    text = "start;in;out\n2026-01-05 09:00;5;-1\n"
    assert told(tmp_path, text, columns={"volume": ("in", "out")}) == [
        "history.csv row 2: out is -1 at 2026-01-05 09:00; it must be 0 or more"
    ]
    assert told(tmp_path, text, columns={"volume": ("in", "outt")}) == [
        'history.csv: has no column "outt"; did you mean "out"?; columns found: start, in, out'
    ]


def test_a_sum_of_volumes_without_any_part_was_not_observed(tmp_path):
    """One of two blank volumes is a zero; both blank are not observed."""
    text = "start;in;out\n2026-01-05 09:00;5;\n2026-01-05 10:00;;\n"
    found = read(tmp_path, text, columns={"volume": ("in", "out")})
    assert found.frame.volume.tolist() == [5]
    assert found.unobserved == 1


def test_an_optional_column_that_is_absent_is_noted(tmp_path):
    """A name that the file lacks is told, with the nearest one it has."""
    found = read(tmp_path, "start;volume;Avg time\n2026-01-05 09:00;5;271\n", columns={"aht_s": "Avg tme"})
    assert notes(found)[0] == 'has no column "Avg tme" for aht_s; did you mean "Avg time"?'


def test_columns_by_number():
    """A file without a header calls its columns 1, 2, 3; one with a header counts them all the same."""
    columns = {"1": ["05.01.2026"], "2": ["09:00-09:30"], "3": ["36"]}
    for cells in (
        Cells(("1", "2", "3"), columns, [1]),
        Cells(("a", "b", "c"), dict(zip("abc", columns.values(), strict=True)), [2]),
    ):
        asked = asked_for(ONE_CHANNEL, {"date": 1, "time": 2, "volume": 3})
        source = Source("f.csv", cells, ONE_CHANNEL, found_parts(cells, ONE_CHANNEL, asked, "f.csv"), "UTC")
        found = converted(source)
        assert str(found["start"][0]) == "2026-01-05 09:00:00+00:00"
        assert found["volume"].tolist() == [36]


def test_a_number_of_no_column(tmp_path):
    """Three columns have no fourth."""
    assert told(tmp_path, volumes("5"), columns={"volume": 4}) == [
        "history.csv: has no column number 4; columns found: start, volume"
    ]


def test_ids_stay_text(tmp_path):
    """An id such as 007 is no number, in whatever column it stands."""
    text = "agent;name;contract;skills\n007;-;full;phone\n"
    found = read(tmp_path, text, table=AGENTS).frame
    assert found.agent.tolist() == ["007"]
    assert found.name.tolist() == ["-"]
