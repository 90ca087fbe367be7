"""Weeks in a row made of one week by hand: each is the week before, seven days later, and knows it as its previous."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from optimize.roster.inputs.previous import Previous
from tests.reports.runs import small_run

if TYPE_CHECKING:
    from reports.run import Run


@cache
def small_weeks(weeks: int) -> tuple[Run, ...]:
    """The small week and copies of it in a row, made once."""
    return tuple(in_a_row(small_run(), weeks))


def in_a_row(run: Run, weeks: int) -> list[Run]:
    """The week of a run and copies of it, each planned after the one before; the clock of the zone may not change."""
    runs = [run]
    for _ in range(weeks - 1):
        runs.append(after(runs[-1], a_week_later(runs[-1])))
    return runs


def after(before: Run, run: Run) -> Run:
    """A run as planned after the one before it."""
    people, earlier = before.roster.people, before.roster.people.previous
    running = {} if earlier is None else earlier.days_running()
    so_far = None if earlier is None else earlier.so_far
    previous = Previous(before.roster.table, people.agents, run.horizon.first, running, earlier=so_far)
    return replace(run, roster=replace(run.roster, people=replace(run.roster.people, previous=previous)))


def a_week_later(run: Run) -> Run:
    """The same week seven days later."""
    people = run.roster.people
    moved = replace(people, leave=_moved(people.leave), requests=_moved(people.requests))
    roster = replace(
        run.roster, table=_moved(run.roster.table), coverage=_moved(run.roster.coverage), people=moved, planned=None
    )
    return replace(
        run,
        horizon=replace(run.horizon, first=run.horizon.first + timedelta(days=7)),
        forecast=replace(run.forecast, table=_moved(run.forecast.table)),
        requirement=replace(run.requirement, table=_moved(run.requirement.table)),
        roster=roster,
    )


def _moved(frame: pd.DataFrame) -> pd.DataFrame:
    """A table with its days and moments seven days later."""
    week = {"date": timedelta(days=7)} | dict.fromkeys(("start", "end", "due", "rest_due"), pd.Timedelta(days=7))
    return frame.assign(**{name: frame[name] + step for name, step in week.items() if name in frame})
