"""Late work where the target is one over each day: how many days miss it, and how much backlog is not late."""

from __future__ import annotations

import numpy as np
import pytest

from reports.findings import late
from reports.metrics.lateness import lateness
from reports.metrics.work import work_of
from reports.run import Rostered
from tests.optimize.roster import weeks
from tests.optimize.roster.test_work import monday, planned


def made(share: float) -> Rostered:
    """Eight hours of Monday, of which three can be in time; an hour of Tuesday that can; the rest within two days."""
    target = {"share": share, "rest_within": "40h", "over": "day"}
    config, need, roster = planned(monday(h6=4.0, h14=4.0, h33=1.0), 3, "3h", target=target)
    later = need.assign(rest_due=need["due"] + np.timedelta64(37, "h"))
    return Rostered(config, weeks.horizon_of(config), later, roster)


@pytest.mark.parametrize(
    ("share", "words"), [(0.375, "over each day is met."), (0.5, "over each day is missed on 1 day.")]
)
def test_the_target_of_a_day_is_judged_by_the_days(share: float, words: str) -> None:
    """Three of eight hours are in time on Monday; of Tuesday's hour at least the share is."""
    (found,) = lateness(made(share))
    assert 5.0 - 1e-2 <= found.late_h <= 5.0 + (1 - share) + 1e-2
    assert found.met == (share == 0.375)
    assert words in late(found)


def test_the_rest_may_wait_until_its_own_deadline() -> None:
    """At 10:00 on Monday the four hours of the morning are due on Tuesday at 22:00 only: all that waits may wait."""
    one = made(0.375)
    work = work_of(one, "email")
    assert work.room[10] == pytest.approx(4.0, abs=1e-2)
    assert (work.backlog <= work.room + 1e-3).all()
