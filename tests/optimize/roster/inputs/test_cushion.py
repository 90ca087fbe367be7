"""The cushion of deferrable work: in the requirement table, and so in everything made from it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from configs.errors import DataError
from configs.tables import REQUIREMENT, check
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.cushion import with_cushion, without_cushion
from optimize.roster.inputs.people import read_people
from optimize.roster.planner import plan_week
from optimize.roster.verify import verify
from tests.optimize.roster import weeks

CONTRACT = {
    "agents": 2, "days_per_week": 5, "cost_per_hour": 10, "guaranteed": False,
    "shifts": [{"length": "8h", "start": "09:00"}],
}  # fmt: skip


def case(**target: object):
    """E-mail from 9 to 17, due within a day, in a week that repeats itself."""
    email = {"kind": "deferrable", "target": {"within": "24h", "clock": "clock", **target}, "at_end": "clear"}
    config = weeks.config_of(channels={"email": email}, contracts={"day": CONTRACT})
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, email=(0.4 * weeks.hours_between(horizon, 9, 17), 24))
    return config, horizon, need, read_people(config)


@pytest.mark.parametrize(
    "target", [{}, {"share": 0.8}, {"share": 0.8, "over": "day"}], ids=["all", "share", "share of the day"]
)
def test_a_cushion_multiplies_arrivals_floors_and_endings(target: dict[str, object]) -> None:
    """A tenth more work of every interval, due when it was: the recount agrees with a roster made from it."""
    config, horizon, need, people = case(**target)
    more = with_cushion(need, {"email": 1.1})
    check(more, REQUIREMENT)
    plain, cushioned = assemble(config, horizon, need, people), assemble(config, horizon, more, people)
    for k, work in plain.work.items():
        np.testing.assert_allclose(cushioned.work[k].arrivals, 1.1 * work.arrivals)
        np.testing.assert_allclose(cushioned.work[k].floor, 1.1 * work.floor, atol=1e-12)
        assert cushioned.work[k].ending.level == pytest.approx(1.1 * work.ending.level)
    for m, split in plain.splits.items():
        assert [span.required_h * 1.1 for span in split.spans] == pytest.approx(
            [span.required_h for span in cushioned.splits[m].spans]
        )
    roster = plan_week(config, horizon, more, people)
    verify(config, more, roster)
    assert roster.coverage["work_h"].sum() == pytest.approx(1.1 * need["work_h"].sum())


def test_the_table_says_how_much_of_the_work_is_cushion() -> None:
    """Of 1.25 times the work a fifth is cushion; another cushion replaces it, and none takes it away."""
    _, _, need, _ = case()
    more = with_cushion(need, {"email": 1.25})
    assert more["cushion_h"].sum() == pytest.approx(more["work_h"].sum() / 5)
    less = with_cushion(more, {"email": 1.1})
    assert less["cushion_h"].sum() == pytest.approx(0.1 * need["work_h"].sum())
    for none in (without_cushion(more), with_cushion(more, {}), with_cushion(more, {"email": 1.0})):
        assert "cushion_h" not in none
        pd.testing.assert_frame_equal(none, need)


@pytest.mark.parametrize(
    ("factors", "words"),
    [
        ({"phone": 1.1}, 'channel "phone" has no work_h; only deferrable work has a cushion'),
        ({"email": 0.9}, 'the cushion of "email" is 0.9; use a factor of 1 or more'),
        ({"email": float("nan")}, 'the cushion of "email" is nan; use a factor of 1 or more'),
    ],
)
def test_a_cushion_that_cannot_be_is_refused(factors: dict[str, float], words: str) -> None:
    """Channels without work, and factors that would take work away."""
    _, _, need, _ = case()
    with pytest.raises(DataError, match=words):
        with_cushion(need, factors)
