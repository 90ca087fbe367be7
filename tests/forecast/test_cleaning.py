"""What looks odd is found and told; nothing changes unless the config says so."""

from datetime import date, timedelta

import numpy as np
import pytest

from configs.errors import ConfigError
from configs.schema import Cleaning
from forecast.calendar.marks import Marks
from forecast.cleaning import cleaned
from forecast.data.grid import Grid
from tests.forecast.test_parts import MONDAY
from tests.forecast.test_week import BASE, config_of

DAYS, SLOTS = 200, 12
NO_EVENTS = Marks((), np.zeros((DAYS, 0)))


def history(seed: int = 1) -> np.ndarray:
    week = np.array([1.3, 1.1, 1.0, 1.0, 1.0, 0.6, 0.5])
    mean = 60 * week[np.arange(DAYS) % 7, None] * (1 + 0.5 * np.sin(np.arange(SLOTS) / 2))
    return np.random.default_rng(seed).poisson(mean).astype(float)


def grid_of(values: np.ndarray) -> Grid:
    return Grid(MONDAY, np.arange(SLOTS) * 60, values)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


@pytest.mark.parametrize("seed", range(5))
def test_a_quiet_history_has_nothing_odd(seed):
    """Poisson counts around a weekly shape raise no finding."""
    assert cleaned("phone", grid_of(history(seed)), NO_EVENTS)[1] == ()


def test_an_outlier_an_outage_and_a_shift_are_dated():
    """A doubled day, a morning of zeros and a lasting rise by half are told with their dates, and kept."""
    values = history()
    values[50] *= 2
    values[90, 2:8] = 0
    values[140:] *= 1.5
    grid, found = cleaned("phone", grid_of(values), NO_EVENTS)
    assert [(one.kind, one.first) for one in found[:2]] == [("outlier", day(50)), ("outage", day(90))]
    assert [one.kind for one in found] == ["outlier", "outage", "shift"]
    assert abs((found[2].first - day(140)).days) <= 3
    assert found[0].size == pytest.approx(1.0, abs=0.25)
    assert found[2].size == pytest.approx(0.5, abs=0.1)
    assert {one.action for one in found} == {"keep"}
    np.testing.assert_array_equal(grid.values, values)


def test_an_explained_day_is_not_odd():
    """A doubled day with an event on it is no finding."""
    values = history()
    values[50] *= 2
    mark = np.zeros((DAYS, 1))
    mark[50] = 1
    assert cleaned("phone", grid_of(values), Marks(("campaign",), mark))[1] == ()


def test_a_day_is_dropped_or_replaced_as_the_config_says():
    """Dropped it is not observed; replaced it is near what its neighbours bring; other days are untouched."""
    values = history()
    values[50] *= 2
    for action in ("drop", "replace"):
        rule = Cleaning(first=day(50), last=day(50), action=action)
        grid, found = cleaned("phone", grid_of(values), NO_EVENTS, (rule,))
        assert [one.action for one in found] == [action]
        np.testing.assert_array_equal(np.delete(grid.values, 50, axis=0), np.delete(values, 50, axis=0))
        if action == "drop":
            assert np.isnan(grid.values[50]).all()
        else:
            assert grid.values[50].sum() == pytest.approx(values[50].sum() / 2, rel=0.15)
    other = Cleaning(channel="chat", first=day(50), last=day(50), action="drop")
    np.testing.assert_array_equal(cleaned("phone", grid_of(values), NO_EVENTS, (other,))[0].values, values)


def test_a_span_the_config_names_is_told_even_when_nothing_looks_odd():
    """Dropping two plain days is said with both dates."""
    rule = Cleaning(first=day(20), last=day(21), action="drop")
    found = cleaned("phone", grid_of(history()), NO_EVENTS, (rule,))[1]
    assert [(one.kind, one.first, one.last) for one in found] == [("named", day(20), day(21))]
    assert "counts as not observed" in str(found[0])


def test_a_span_that_runs_backwards_is_refused(tmp_path):
    """The config says which entry is wrong."""
    entry = {"first": date(2026, 3, 2), "last": date(2026, 3, 1), "action": "drop"}
    with pytest.raises(ConfigError, match="is before first"):
        config_of(tmp_path, history={**BASE["history"], "cleaning": [entry]})
