"""What the people of a finished week give targets: contacts, their price, and what is missing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from optimize.roster.account.target_counts import missed_targets, target_counts
from optimize.roster.inputs.week import Week
from optimize.roster.program import build
from optimize.roster.program.solution import Solution
from tests.optimize.roster.served import served_week
from tests.optimize.roster.solving import solve


def coverage_of(week: Week, phone: np.ndarray, video: np.ndarray) -> pd.DataFrame:
    """People at both channels, and the floors they stand against; the rows in no order."""
    starts = week.horizon.starts
    rows = [
        pd.DataFrame({"channel": name, "start": starts, "staffed": staffed, "required": week.live[m]})
        for m, (name, staffed) in enumerate([("phone", phone), ("video", video)])
    ]
    return pd.concat(rows).sample(frac=1.0, random_state=1)


@pytest.fixture(scope="module")
def week() -> Week:
    return served_week()


@pytest.fixture
def coverage(week) -> pd.DataFrame:
    """Monday: two at the phone and one at video from 8 to 10; Tuesday: nobody at 8, one at the phone at 9."""
    phone, video = np.zeros(week.size), np.zeros(week.size)
    phone[8:10], video[8:10] = 2.0, 1.0
    phone[33] = 1.0
    return coverage_of(week, phone, video)


def relaxed_of(week: Week) -> Solution:
    return solve(build(week).model, relaxed=True)


def test_contacts_are_those_of_all_people_of_the_team(week, coverage) -> None:
    """By hand: two beyond the floor on Monday bring 6 + 2 x (4 + 2) of phone; one missing on Tuesday loses 4 of 6.

    Video over the week has 4 at the floors, gains 2 x (2 + 1) on Monday and loses 2 on Tuesday.
    """
    counts = target_counts(build(week), coverage, relaxed_of(week))
    assert [(count.target, count.day) for count in counts] == [("phone", 0), ("phone", 1), ("video", None)]
    assert [count.reached for count in counts] == pytest.approx([18.0, 2.0, 8.0])
    assert [count.needed for count in counts] == [11.0, 9.0, 8.0]
    assert [count.missed for count in counts] == pytest.approx([0.0, 7.0, 0.0])


def test_what_is_missing_has_its_price(week, coverage) -> None:
    """Seven contacts at 50; what another target has to spare pays nothing of it."""
    assert missed_targets(week, coverage) == pytest.approx(7 * 50.0)


def test_the_worth_of_a_contact_lies_between_what_one_less_saves_and_one_more_costs(week, coverage) -> None:
    """Asked for a hundredth of a contact less or more on Monday, the relaxed week costs that part of its worth."""
    relaxed = relaxed_of(week)
    worth = target_counts(build(week), coverage, relaxed)[0].worth
    assert week.service is not None
    first, *rest = week.service.rows

    def cost(more: float) -> float:
        rows = (replace(first, needed=first.needed + more), *rest)
        return relaxed_of(replace(week, service=replace(week.service, rows=rows))).bound

    saved, spent = (cost(0.0) - cost(-0.01)) / 0.01, (cost(0.01) - cost(0.0)) / 0.01
    assert spent > 0.5
    assert saved - 1e-3 <= worth <= spent + 1e-3


def test_a_week_without_targets_has_no_counts(week, coverage) -> None:
    """Nothing counted, nothing missed."""
    plain = replace(week, service=None)
    assert target_counts(build(plain), coverage, relaxed_of(plain)) == ()
    assert missed_targets(plain, coverage) == 0
