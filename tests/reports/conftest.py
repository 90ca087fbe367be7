"""The weeks every test of the reports looks at."""

from __future__ import annotations

import pytest

from reports.metrics.week import week_of
from tests.reports.runs import large_run, small_run


@pytest.fixture(scope="session")
def run():
    """The small week."""
    return small_run()


@pytest.fixture(scope="session")
def week(run):
    """The small week, counted."""
    return week_of(run)


@pytest.fixture(scope="session")
def large():
    """The week of 144 people."""
    return large_run()
