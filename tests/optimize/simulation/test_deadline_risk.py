"""The risk of a backlog."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import gamma, norm, poisson

from configs.errors import DataError
from optimize.simulation import Deadline, DeferrableWork, Grid, backlog_risk


def plan(people: int) -> Grid:
    """Work of one hour that may be done in the next nine."""
    return Grid(3600.0, np.array([300.0, *[0.0] * 9]), np.array([0, *[people] * 9]))


WORK = DeferrableWork(600.0)
DUE = Deadline(np.full(10, 36_000.0))


def test_the_probability_is_that_of_the_work_drawn() -> None:
    """About 300 contacts of ten minutes in 54 person-hours: the chance that a compound Poisson sum fits."""
    found = backlog_risk(plan(6), WORK, DUE, replications=3000)
    counts = np.arange(1, 500)
    exact = float((poisson.pmf(counts, 300) * gamma.cdf(54 * 6, counts)).sum())
    assert found.probability == pytest.approx(exact, abs=0.03)
    assert found.on_time > found.probability


def test_the_cushion_against_the_normal_law() -> None:
    """Nine in ten: mean 300 and variance 600 of work in units of ten minutes, for people enough for 300."""
    grid = Grid(3600.0, np.array([300.0, *[0.0] * 10]), np.array([0, *[5] * 10]))
    found = backlog_risk(grid, WORK, Deadline(np.full(11, 39_600.0), sure=0.9), replications=1000)
    assert found.probability == pytest.approx(0.5, abs=0.06)
    assert found.buffer == pytest.approx(1 + norm.ppf(0.9) * np.sqrt(600) / 300, abs=0.025)


def test_an_uncertain_forecast_takes_a_larger_cushion() -> None:
    """And an opening backlog too; nobody there is never enough."""
    alone = backlog_risk(plan(6), WORK, DUE)
    assert backlog_risk(plan(6), WORK, DUE, rate_cv=0.2).buffer > alone.buffer + 0.1
    assert backlog_risk(plan(6), DeferrableWork(600.0, opening=60), DUE).buffer > alone.buffer + 0.1
    assert backlog_risk(plan(0), WORK, DUE, replications=20).buffer == float("inf")


def test_a_certainty_is_refused() -> None:
    """Nothing is sure."""
    with pytest.raises(DataError, match="sure: must be above 0 and below 1, got 1"):
        backlog_risk(plan(6), WORK, Deadline(DUE.due_s, sure=1.0))
