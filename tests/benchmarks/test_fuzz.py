"""The search with wrong files: it finds what it looks for, makes the same files again, and finds nothing today."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks import fuzz
from benchmarks.fuzzing.naive import contacts
from benchmarks.fuzzing.subjects import SUBJECTS, HistoryFiles, WrongTotalError, check_total
from configs.errors import StaffcurveError
from forecast.data.history import read_history

FILES = {"files": 150, "configs": 150, "documents": 150, "grids": 100, "workbooks": 40}


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", SUBJECTS)
def test_wrong_files_are_taken_or_refused_in_sentences(name: str) -> None:
    """A few of each kind; ``make fuzz`` reads very many more."""
    found = fuzz.search(name, FILES[name], seed=11, until=float("inf"))
    assert found.findings == {}
    assert found.answers["taken"] > 3
    assert found.answers["refused"] > 20


def test_a_seed_makes_the_same_files() -> None:
    """So that a finding can be made again from its number."""
    one, other = (
        [SUBJECTS[name]().wrong(random.Random("7")) for name in ("files", "configs", "documents")] for _ in range(2)
    )
    assert one == other


def test_a_total_that_differs_without_a_word_is_a_finding(tmp_path: Path) -> None:
    """A file of which a row was taken away after it was read; and another exception than those of staffcurve."""
    subject = HistoryFiles()
    rows = subject._seeds[0]
    file = tmp_path / "file.csv"
    file.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    made = read_history(subject._config, str(file))
    check_total(made, file)
    file.write_text("\n".join(map(",".join, rows[:-1])), encoding="utf-8")
    with pytest.raises(WrongTotalError, match="naive sum"):
        check_total(made, file)

    class Broken:
        suffix = ".csv"

        def read(self, file: Path) -> bool:
            raise KeyError(file.name)

    found = fuzz.Found()
    fuzz.judge(Broken(), b"longer", file, found)
    fuzz.judge(Broken(), b"short", file, found)
    assert found.answers["findings"] == 2
    assert list(found.findings.values()) == [b"short"]


def test_the_plain_sum_is_by_hand() -> None:
    """Rows of 3, 4.5 and 12e1, with a mark, semicolons and a title that is no table."""
    assert contacts("\ufeffvolume;x\n3;a\n4.5;b\n12e1;b\nmany;c\n".encode()) == 127.5
    assert contacts(b"channel,start\nphone,2026-11-02T09:00\n") is None


def test_a_history_of_any_bytes_is_a_sentence_or_a_table(tmp_path: Path) -> None:
    """Bytes that were never a table."""
    subject = HistoryFiles()
    file = tmp_path / "file.csv"
    for number in range(100):
        file.write_bytes(random.Random(number).randbytes(number * 3))
        with pytest.raises(StaffcurveError, match=r"file\.csv"):
            subject.read(file)
