"""What stands behind a forecast, kept in the run folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from configs.errors import DataError
from configs.notes import Note
from forecast.cleaning import Finding
from forecast.models.explain import Effect, Explanation, Member
from forecast.result import Forecast, Past
from staffcurve.run_folder.explanations import read_explanations, write_explanations
from staffcurve.run_folder.layout import EXPLANATIONS as NAME

TOLD = Forecast(
    pd.DataFrame(),
    explanations=(
        Explanation(
            "phone",
            "recipe",
            Note("channel phone", "because"),
            (Member("one", (0.7, 0.1, 1 / 3), (0.05, 0.06, float("nan"))),),
            (1.0,) * 7,
            (),
            (1.1,) * 31,
            (Effect("Easter", -0.4, 8),),
            0.1 + 0.2,
        ),
        Explanation("chat", "silent", Note("channel chat", "nothing came")),
    ),
    findings=(
        Finding("phone", "outage", date(2026, 3, 2), date(2026, 3, 4), -0.7, "drop"),
        Finding("phone", "named", date(2026, 4, 2), date(2026, 4, 2), float("nan"), "replace"),
    ),
    past=(Past("phone", 6, (100.0,), (10.1,), (20.0,), (15.0,)),),
)


def test_what_is_kept_is_read_back_as_it_was(tmp_path: Path) -> None:
    """To the last digit, an unknown error or size as unknown, and written again to the byte."""
    bare = Forecast(TOLD.table)
    before = write_explanations(TOLD, tmp_path).read_bytes()
    found = read_explanations(bare, tmp_path)
    assert repr((found.explanations, found.findings, found.past)) == repr((TOLD.explanations, TOLD.findings, TOLD.past))
    assert write_explanations(found, tmp_path).read_bytes() == before


def test_a_folder_from_before_tells_nothing(tmp_path: Path) -> None:
    """Runs of earlier versions are read as they are."""
    bare = replace(TOLD, explanations=(), findings=(), past=())
    assert read_explanations(bare, tmp_path) is bare


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"explanations": [{}], "findings": [], "past": []}'])
def test_a_file_that_was_spoilt_is_named(tmp_path: Path, text: str) -> None:
    """With what to do, never a traceback."""
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"explanations\.json: cannot be read .* delete it"):
        read_explanations(Forecast(TOLD.table), tmp_path)
