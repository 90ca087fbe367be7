"""Volumes that jump a hundredfold are asked about; what begins, grows, has a season or comes in batches is not."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from configs.errors import DataError
from forecast import read_history
from forecast.data.grid import Grid
from forecast.data.jumps import USUAL_DAY, Jump, jumps

from .test_week import config_of

DAYS = 140
DAY = np.arange(DAYS)
WEEKDAY = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.4, 0.2])[DAY % 7]
SHAPE = 1 - 0.8 * np.cos(np.arange(20) / 20 * 2 * np.pi)


def grid_of(per=8.0, seed=1, level=1.0, cv=0.0, batches=0.0, size=130) -> Grid:
    """Half hours of ten hours, Poisson around a weekly shape and a `level` for each day.

    `cv` is the coefficient of variation of days; `batches` the share of days that hold one, of so many contacts.
    """
    rng = np.random.default_rng(seed)
    each_day = rng.gamma(1 / cv**2, cv**2, DAYS) if cv else np.ones(DAYS)
    values = rng.poisson(per * (WEEKDAY * level * each_day)[:, None] * SHAPE).astype(float)
    for day in np.flatnonzero(rng.random(DAYS) < batches):
        values[day, rng.integers(20)] += rng.poisson(size)
    return Grid(date(2026, 1, 5), np.arange(20, dtype=np.int64) * 30 + 480, values)


def found(grid: Grid, marked=None) -> list[Jump]:
    return jumps(grid, np.zeros(grid.days, dtype=bool) if marked is None else marked)


def times(grid: Grid, rows, factor: float, columns=slice(None)) -> Grid:
    values = grid.values.copy()
    values[rows, columns] *= factor
    return replace(grid, values=values)


@pytest.mark.parametrize("per", [1.0, 8.0, 60.0])
@pytest.mark.parametrize(
    ("first", "end"), [(70, 71), (70, 77), (70, 82), (70, 84), (133, 140), (110, 140), (0, 50), (0, 3), (70, 140)]
)
def test_a_span_in_another_unit_is_found_where_it_begins_and_ends(per, first, end):
    """One day, a week, twelve days or half of the history times a hundred: its first day is among the days named."""
    one = date(2026, 1, 5).toordinal()
    for seed in range(3):
        named = found(times(grid_of(per, seed), slice(first, end), 100))
        assert named
        days = {jump.first.toordinal() - one for jump in named} | {jump.last.toordinal() - one + 1 for jump in named}
        assert days & ({first, end} if first else {end})


@pytest.mark.parametrize("seed", range(4))
def test_a_single_value_is_found_with_its_size(seed):
    """One busy half hour times a hundred, on a day that is a Monday."""
    grid = grid_of(seed=seed)
    (jump,) = found(times(grid, 70, 100, 10))
    assert (jump.first, jump.last) == (date(2026, 3, 16), date(2026, 3, 16))
    assert jump.came == 100 * grid.values[70, 10]
    assert jump.usual == np.median(grid.values[::7, 10])


@pytest.mark.parametrize(
    "honest",
    [
        {},
        {"per": 0.05},
        {"cv": 1.0},
        {"cv": 2.0},
        {"cv": 2.0, "per": 0.5},
        {"level": np.clip((DAY - 20) / 60, 0, None)},
        {"level": 1 / (1 + np.exp(-(DAY - 70) / 7)), "per": 20},
        {"level": 1000 ** (DAY / DAYS) / 100},
        {"level": 0.01 + 3 * np.exp(-(((DAY - 70) / 12) ** 2)), "per": 10},
        {"level": np.where((DAY > 60) & (DAY < 90), 1.0, 0.0)},
        {"level": np.where(DAY > 100, 0.0, 1.0)},
        {"level": np.where(DAY > 70, 20.0, 1.0)},
        {"level": np.where(DAY == 70, 20.0, 1.0)},
        {"per": 0.5, "batches": 0.3},
        {"per": 0.5, "batches": 0.12},
        {"per": 0.01, "batches": 0.3},
    ],
)
def test_honest_histories_do_not_jump(honest):
    """Few, irregular, growing from nothing, by the power of ten, seasonal, begun, ended, twentyfold, in batches."""
    for seed in range(5):
        assert found(grid_of(seed=seed, **honest)) == []


@pytest.mark.parametrize("per", [2.5, 8.0, 60.0])
@pytest.mark.parametrize("factor", [100, 1000])
@pytest.mark.parametrize("share", [0.01, 0.03])
def test_lost_decimal_marks_here_and_there_are_found(per, factor, share):
    """Values times a hundred or a thousand on many days of a regular channel are not how the channel is."""
    for seed in range(4):
        grid, rng = grid_of(per, seed), np.random.default_rng(seed)
        lost = rng.random(grid.values.shape) < share
        assert len(np.flatnonzero((lost & (grid.values > 0)).any(axis=1))) > 7
        named = found(replace(grid, values=np.where(lost, factor * grid.values, grid.values)))
        days = {jump.first.toordinal() + i for jump in named for i in range((jump.last - jump.first).days + 1)}
        large = lost & (grid.values >= 0.5 * per * WEEKDAY[:, None] * SHAPE) & (per * WEEKDAY[:, None] * SHAPE > 4)
        assert named
        assert {date(2026, 1, 5).toordinal() + int(day) for day in np.flatnonzero(large.any(axis=1))} <= days


@pytest.mark.parametrize("honest", [{"per": 1.0}, {"cv": 1.0}, {"per": 0.5}])
def test_batches_on_many_days_are_how_an_irregular_channel_is(honest):
    """Batches of a thousand on one day in nine, in a channel of few contacts or of days that differ widely."""
    for seed in range(4):
        assert found(grid_of(seed=seed, batches=0.11, size=1000, **honest)) == []


def test_batches_of_one_size_are_no_unit():
    """A regular channel with a batch of 800 on one day in seven, whatever is usual in the slot."""
    for seed in range(4):
        assert found(grid_of(seed=seed, batches=0.15, size=800)) == []


@pytest.mark.parametrize("factor", [60, 100])
def test_whole_days_that_come_again_have_a_reason(factor):
    """The bill on every eighth Tuesday or so: a hundred times as many all day long is no lost decimal mark."""
    for seed in range(4):
        assert found(times(grid_of(60, seed), slice(3, None, 13), factor)) == []


@pytest.mark.parametrize(("factor", "is_asked"), [(61, False), (65, True), (155, True), (165, False), (1000, True)])
def test_a_lost_decimal_mark_is_a_hundred_or_a_thousand(factor, is_asked):
    """A flat channel, one value on every thirteenth day: factors within 1.6 of a hundred or a thousand are asked."""
    flat = Grid(date(2026, 1, 5), np.arange(20, dtype=np.int64) * 30 + 480, np.full((DAYS, 20), 4.0))
    assert bool(found(times(flat, slice(3, None, 13), factor, 7))) == is_asked


def test_the_factor_is_tested_at_its_edge():
    """A flat channel: 51 times as many from one day on is asked about, 49 times is not; on one day likewise."""
    flat = Grid(date(2026, 1, 5), np.arange(20, dtype=np.int64) * 30 + 480, np.full((DAYS, 20), 4.0))
    for rows in (slice(70, None), slice(70, 71)):
        assert found(times(flat, rows, 49)) == []
        assert len(found(times(flat, rows, 51))) == 1
    least = replace(flat, values=np.full((DAYS, 20), 1.01 * USUAL_DAY / 20))
    assert len(found(times(least, slice(70, None), 100))) == 1
    assert found(times(replace(least, values=least.values * 0.98), slice(70, None), 100)) == []


def test_days_with_an_event_are_explained():
    """A day that the calendar marks may hold anything."""
    marked = np.arange(DAYS) == 70
    assert found(times(grid_of(), 70, 100), marked) == []


def history(folder, values, **settings):
    start = pd.date_range("2026-03-02", periods=len(values), freq="h")
    is_open = (start.hour >= 8) & (start.hour < 18)
    rows = "".join(f"phone,{t:%Y-%m-%dT%H:%M},{v:g}\n" for t, v in zip(start[is_open], values[is_open], strict=True))
    config = config_of(folder, "channel,start,volume\n" + rows, history={"path": "history.csv"} | settings)
    return read_history(config)


def test_the_planner_is_asked_and_can_answer(tmp_path):
    """Dates, both readings and the setting are in the sentence; each action of it lets the history through."""
    values = np.full(56 * 24, 9.0)
    values[30 * 24 : 31 * 24] = 900
    with pytest.raises(DataError) as caught:
        history(tmp_path, values)
    assert str(caught.value) == (
        'history.csv: channel "phone": volumes jump a hundredfold: 9,000 contacts on 2026-04-01 in intervals where 90 '
        "are usual, 100 times as many; a hundredth of them is 90; correct the file, or state "
        'history.cleaning = [ { first = 2026-04-01, action = "keep" } ] if it is right, "drop" or "replace" if it is not'
    )
    for action in ("keep", "drop", "replace"):
        rule = {"first": date(2026, 4, 1), "action": action}
        assert history(tmp_path, values, cleaning=[rule]).table.volume.max() == 900
    with pytest.raises(DataError, match="hundredfold"):
        history(tmp_path, values, cleaning=[{"first": date(2026, 4, 2), "action": "keep"}])


def test_a_new_level_is_told_with_both_sizes(tmp_path):
    """From one day on a hundred times as many: the day, both levels and a hundredth are named."""
    values = np.full(56 * 24, 9.0)
    values[30 * 24 :] = 900
    with pytest.raises(DataError) as caught:
        history(tmp_path, values)
    assert "a day has 9,000 contacts from 2026-04-01 on, 90 before; a hundredth of the larger is 90" in str(
        caught.value
    )
    history(tmp_path, values, cleaning=[{"first": date(2026, 4, 1), "action": "keep"}])


def test_all_that_is_odd_is_told_at_once(tmp_path):
    """Handle times in milliseconds and a hundredfold day are two faults of one answer."""
    text = "channel,start,volume,aht_s\n" + "".join(
        f"phone,{t:%Y-%m-%dT%H:%M},{900 if t.day == 15 and t.month == 4 else 9},250000\n"
        for t in pd.date_range("2026-03-02", periods=56 * 24, freq="h")
        if 8 <= t.hour < 18
    )
    with pytest.raises(DataError) as caught:
        read_history(config_of(tmp_path, text))
    words = [fault.sentence for fault in caught.value.faults]
    assert len(words) == 2
    assert "handle times" in words[0]
    assert "volumes jump" in words[1]
