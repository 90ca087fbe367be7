"""People who can serve a channel of a team: the program counts them as the finished week does, and places them by it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimize.roster.account.tables import coverage_table
from optimize.roster.account.target_counts import present_by
from optimize.roster.inputs.week import Week
from optimize.roster.program import Program, build
from optimize.roster.program.present import present_in
from tests.optimize.roster.served import served_week, weighed
from tests.optimize.roster.solving import solve


@pytest.fixture(scope="module")
def week() -> Week:
    week = served_week()
    return replace(week, service=weighed(week.service))


@pytest.fixture(scope="module", params=[True, False], ids=["relaxed", "whole"])
def solved(request, week) -> tuple[Program, np.ndarray]:
    program = build(week)
    return program, solve(program.model, relaxed=request.param).values


def test_the_program_counts_what_the_people_bring(solved) -> None:
    """Its rows say what the model of the service says of the people placed: missed, spare and steps agree."""
    program, values = solved
    reached = program.week.service.reached(present_in(program, values))
    columns = program.layout.service
    for row, got, missed, spare in zip(program.week.service.rows, reached, columns.missed, columns.spare, strict=True):
        assert got - row.needed >= values[spare] - values[missed] - 1e-6
        assert max(row.needed - got, 0.0) == pytest.approx(values[missed], abs=1e-6)


def test_coverage_says_how_many_can_serve_the_channel(solved) -> None:
    """The table and the columns of the program give the same people."""
    program, values = solved
    table = coverage_table(program, values)
    assert table.loc[table["channel"] == "phone", "able"].isna().all()
    one, two = present_in(program, values), present_by(table, program.week.channels)
    assert two.able[1] == pytest.approx(one.able[1], abs=1e-4)
    for m in program.week.live:
        assert two.over[m] == pytest.approx(one.over[m], abs=1e-4)


def test_those_who_can_serve_video_work_where_it_needs_them(week) -> None:
    """Asked for more of video, the cheapest week has more of those at work who can serve it, and no more people."""
    easy, hard = (replace(week, service=asked(week.service, video)) for video in (1.0, 9.0))
    able, people = [], []
    for each in (easy, hard):
        program = build(each)
        values = solve(program.model).values
        able.append(present_in(program, values).able[1].sum())
        people.append(coverage_table(program, values)["staffed"].sum())
    assert able[1] > able[0]
    assert people[1] <= people[0] + 1


def asked(service, video: float):
    """The same, with so many contacts of video asked for."""
    *phone, last = service.rows
    return replace(service, rows=(*phone, replace(last, needed=video)))
