"""A step of the level, days on which nobody worked, and holidays seen a few times: none of them bends the days after."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecast import predict
from forecast.calendar.marks import Calendar, no_events
from forecast.channel import forecast_channel
from forecast.data.grid import Grid
from forecast.models.retransform import catching_up


def history(first: str, totals: np.ndarray, seed: int = 3) -> pd.DataFrame:
    """Ten hours a day that share the total evenly, each a Poisson number; a total of 0 is recorded as zeros."""
    rng = np.random.default_rng(seed)
    days = pd.date_range(first, periods=len(totals), freq="D")
    hours = np.repeat(np.arange(8, 18)[None], len(days), axis=0)
    start = np.repeat(days.to_numpy(), 10) + hours.ravel().astype("timedelta64[h]")
    return pd.DataFrame({"start": start, "volume": rng.poisson(np.repeat(totals / 10, 10))})


def mean_of_days(rows: pd.DataFrame, *, fast: bool, days: int = 14) -> float:
    said = predict(rows, days=days, fast=fast)
    return float(said.volume.sum() / days)


@pytest.mark.parametrize("fast", [False, True])
@pytest.mark.parametrize(("before", "after", "since"), [(10, 400, 84), (3, 400, 364), (40, 400, 84), (400, 40, 84)])
def test_a_step_of_the_level_is_not_taken_for_irregular_days(
    before: float, after: float, since: int, fast: bool
) -> None:
    """Eight weeks at one level, then another: the forecast is the new level, within what a backtest over the step allows."""
    rows = history("2025-01-06", np.repeat([before, after], [56, since]).astype(float))
    assert mean_of_days(rows, fast=fast) == pytest.approx(after, rel=0.1)


@pytest.mark.parametrize("fast", [False, True])
@pytest.mark.parametrize("days_after", [3, 9, 20])
def test_closed_days_recorded_as_zeros_do_not_pull_the_days_after_down(days_after: int, fast: bool) -> None:
    """Closed on 25 and 26 December and 1 January, with zeros or without rows: the same forecast, that of ordinary days."""
    days = pd.date_range("2024-01-01", pd.Timestamp("2026-01-01") + pd.Timedelta(days=days_after))
    closed = np.array([(day.month, day.day) in {(12, 25), (12, 26), (1, 1)} for day in days])
    zeros = history("2024-01-01", np.where(closed, 0.0, 200.0))
    absent = zeros[~zeros.start.dt.normalize().isin(days[closed])]
    assert mean_of_days(zeros, fast=fast) == pytest.approx(200, rel=0.05)
    assert mean_of_days(zeros, fast=fast) == pytest.approx(mean_of_days(absent, fast=fast), rel=0.03)


@pytest.mark.parametrize("seen", [1, 2, 3])
def test_a_holiday_of_regular_days_is_learned_from_the_times_it_was_seen(seen: int) -> None:
    """Epiphany in Colombia at a fifth of the other days: told nearly whole, since the days are regular."""
    ahead, last = 14, date(2027, 1, 3)
    first = date(2027 - seen, 1, 2)
    count = (last - first).days + 1
    marks = Calendar(no_events(), "CO").effects("phone", first, count + ahead)
    names = {name: marks.columns[:, i] for i, name in enumerate(marks.names)}
    holiday = names["Epiphany"] > 0
    rng = np.random.default_rng(7)
    mean = np.where(marks.columns.any(axis=1), 80.0, 400.0)
    grid = Grid(first, np.array([540]), rng.poisson(mean[:count]).astype(float)[:, None])
    said = forecast_channel("phone", grid, ahead, marks, np.ones((7, 1), dtype=bool))
    on_the_day = said.mean[holiday[count:], 0]
    assert on_the_day.size == 1
    assert on_the_day[0] == pytest.approx(80, rel=0.15)


def test_two_holidays_of_a_day_have_half_a_mark_each() -> None:
    """In 2025 Sacred Heart and Saint Peter and Saint Paul fall on 30 June in Colombia; the marks of the day sum to 1."""
    marks = Calendar(no_events(), "CO").effects("phone", date(2025, 6, 30), 1)
    named = [value for value, shared in zip(marks.columns[0], marks.shared, strict=True) if not shared]
    assert named == [0.5, 0.5]
    assert marks.columns[0][list(marks.shared)] == pytest.approx([1.0])


def test_a_run_of_odd_days_to_one_side_is_a_step() -> None:
    """Three in a row are, two are not, nor are three that change sides."""
    assert catching_up(np.array([5.0, 5.0, 0.0, -5.0, -5.0, -5.0]), 1.0).tolist() == [False] * 3 + [True] * 3
    assert not catching_up(np.array([5.0, -5.0, 5.0]), 1.0).any()
