"""Staircases written by hand, and the target rows they become."""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from configs.horizon import Horizon
from configs.schema import Config
from optimize.roster.inputs.service import TargetRow
from optimize.roster.inputs.service_model import (
    A_SECOND,
    ATTAINABLE,
    CHANCE,
    MISSED_HOURS,
    NOTHING_LEARNT,
    Corrections,
    asked_of,
    service_model,
    spans,
)
from optimize.staffing.requirement.staircase import Staircase
from tests.optimize.targets import centres

SHARE = np.array([0.0, 0.4, 0.7, 0.9, 0.95, 0.97])
"""Share in time with nobody, one, two, ... people; concave."""
BUSY = 0.9 * SHARE
ASA = np.array([-60.0, -40.0, -20.0, -10.0, -5.0, -2.0])


def stair(name: str, horizon: Horizon, team: tuple[str, ...] | None = None, calls: float = 10.0, first=9) -> Staircase:
    """Contacts in two hours of Monday and of Tuesday."""
    hour, day = horizon.time_of_day, horizon.day
    volume = calls * ((hour >= first) & (hour < first + 2) & (day < 2))
    every = np.ones((horizon.size, 1))
    average = {"share": every * SHARE, "asa": every * ASA}
    busy = {"share": every * BUSY, "asa": every * ASA}
    return Staircase(name, team or (name,), volume.astype(float), average, busy)


def config_of(targets=None, timezone: str | None = None, **target) -> Config:
    usual = centres.TARGET if targets is None else centres.IN_JOINT
    phone = centres.PHONE | {"target": usual | target} | ({"timezone": timezone} if timezone else {})
    tables = {} if targets is None else {"targets": targets}
    return centres.config_of({"phone": phone, "video": phone}, 3, **tables)


def rows_of(
    config: Config, *stairs: Staircase, floor: float = 1.0, corrections=NOTHING_LEARNT
) -> tuple[TargetRow, ...]:
    horizon = centres.horizon_of(config)
    floors = {name: np.full(horizon.size, floor) for name in config.channels}
    model = service_model(config, horizon, floors, stairs, corrections)
    assert model is not None
    return model.rows


@pytest.fixture(scope="module")
def horizon() -> Horizon:
    return centres.horizon_of(config_of())


def beyond(horizon: Horizon, people: float) -> dict[int, np.ndarray]:
    return {0: np.full(horizon.size, people)}


def test_no_staircase_is_no_model(horizon) -> None:
    """A week in which every interval is planned by itself has no rows."""
    assert service_model(config_of(), horizon, {}, ()) is None


def test_a_row_over_a_day_counts_its_contacts_on_a_busy_day(horizon) -> None:
    """Twenty contacts a day; one at the floor and two more are three people, with whom 0.9 x 0.9 are in time."""
    rows = rows_of(config_of(sure=0.8), stair("phone", horizon))
    assert [(row.key, row.volume) for row in rows] == [(("phone", "share", day), 20.0) for day in (0, 1)]
    assert rows[0].at_floor == pytest.approx(20 * BUSY[1])
    assert rows[0].reached(beyond(horizon, 2.0)) == pytest.approx(20 * BUSY[3])
    assert rows[0].attainable == pytest.approx(20 * BUSY[-1])
    assert rows[0].price == MISSED_HOURS * 100


def test_a_row_over_a_week_counts_the_average_day(horizon) -> None:
    """One row for all forty contacts, by the mean staircase."""
    (row,) = rows_of(config_of(over="week"), stair("phone", horizon))
    assert row.key == ("phone", "share", None)
    assert row.volume == 40.0
    assert row.reached(beyond(horizon, 1.0)) == pytest.approx(40 * SHARE[2])


def test_the_margin_against_chance_by_hand(horizon) -> None:
    """Of 2000 contacts asked for 80 %, eight times in ten: 0.8416 times 1.3 standard deviations of a share."""
    row = rows_of(config_of(sure=0.8), stair("phone", horizon, calls=1000.0))[0]
    margin = CHANCE * NormalDist().inv_cdf(0.8) * np.sqrt(0.8 * 0.2 / 2000)
    assert row.needed == pytest.approx((0.8 + margin) * 2000)


def test_a_learnt_margin_takes_the_place_of_the_one_against_chance(horizon) -> None:
    """Minus two points on Monday, Tuesday as before."""
    learnt = Corrections(margin={("phone", "share", 0): -0.02})
    monday, tuesday = rows_of(config_of(), stair("phone", horizon, calls=1000.0), corrections=learnt)
    plain = rows_of(config_of(), stair("phone", horizon, calls=1000.0))
    assert monday.needed == pytest.approx(0.78 * 2000)
    assert tuesday.needed == plain[1].needed


def test_nothing_is_asked_that_everybody_together_cannot_give(horizon) -> None:
    """Ninety-five of a hundred is beyond the busy staircase: the row asks for 99.5 % of what is left above the floor."""
    row = rows_of(config_of(share=0.95), stair("phone", horizon))[0]
    assert row.needed == pytest.approx(row.at_floor + ATTAINABLE * (row.attainable - row.at_floor))


def test_people_a_staircase_is_moved_by_work_beside_those_rostered(horizon) -> None:
    """It serves as if it had half a person more: one at the floor reads the curve at 1.5."""
    learnt = Corrections(people={"phone": np.full(horizon.size, 0.5)})
    (row,) = rows_of(config_of(over="week"), stair("phone", horizon), corrections=learnt)
    assert row.at_floor == pytest.approx(40 * (SHARE[1] + SHARE[2]) / 2)


def test_a_mean_wait_is_a_row_of_its_own_in_negative_seconds(horizon) -> None:
    """At most 20 s on average over the twenty contacts of a day; a second is worth a hundredth of a contact."""
    rows = rows_of(config_of(asa="20s", abandonment=None), stair("phone", horizon))
    wait = next(row for row in rows if row.key == ("phone", "asa", 0))
    assert wait.needed == pytest.approx(-20 * 20.0)
    assert wait.reached(beyond(horizon, 1.0)) == pytest.approx(-20 * 20.0)
    assert wait.price == pytest.approx(A_SECOND * MISSED_HOURS * 100)


def test_every_measure_a_target_names_is_asked_for() -> None:
    """Share, those who stay, and the mean wait; under a joint target the own share is not asked for."""
    assert asked_of(config_of(asa="30s", abandonment=0.1), "phone") == {"share": 0.8, "kept": 0.9, "asa": -30.0}
    joint = {"voice": {"channels": ["phone", "video"], "share": 0.7}}
    assert asked_of(config_of(joint, abandonment=0.1), "phone") == {"kept": 0.9}


def test_a_joint_row_adds_channels_of_one_team_by_their_weights(horizon) -> None:
    """Video counts three times; both are one team, and its people are counted once for all of them."""
    joint = {"voice": {"channels": ["phone", "video"], "share": 0.7, "weights": {"video": 3.0}, "over": "week"}}
    team = ("phone", "video")
    both = [stair("phone", horizon, team), stair("video", horizon, team, calls=5.0)]
    (row,) = rows_of(config_of(joint, floor=0.1), *both, floor=0.5)
    assert row.key == ("voice", "share", None)
    assert row.volume == 40.0 + 3 * 20.0
    assert set(row.gain) == {0}
    assert row.reached(beyond(horizon, 1.0)) == pytest.approx((40.0 + 60.0) * SHARE[2])


def test_a_joint_row_keeps_teams_apart_that_share_nobody(horizon) -> None:
    """One more at the phone helps the phone alone."""
    joint = {"voice": {"channels": ["phone", "video"], "share": 0.7, "over": "week"}}
    (row,) = rows_of(config_of(joint, floor=0.1), stair("phone", horizon), stair("video", horizon, first=14))
    people = {0: np.full(horizon.size, 1.0), 1: np.zeros(horizon.size)}
    assert row.reached(people) == pytest.approx(40 * SHARE[2] + 40 * SHARE[1])


def test_days_are_those_of_the_customers(horizon) -> None:
    """Contacts from 22 to 24 in London on Monday and Tuesday belong to Tuesday and Wednesday in Athens."""
    abroad = config_of(timezone="Europe/Athens")
    late = stair("phone", horizon, first=22)
    assert [row.day for row in rows_of(config_of(), late)] == [0, 1]
    assert [row.day for row in rows_of(abroad, late)] == [1, 2]
    (day, inside), _ = spans(abroad, horizon, "phone", late.volume)
    assert (day, np.flatnonzero(inside).tolist()) == (1, [22, 23])


def test_steps_end_where_a_further_person_gains_nothing(horizon) -> None:
    """From one at the floor four steps remain of six columns; where nobody calls there are none."""
    config = config_of()
    floors = {name: np.ones(horizon.size) for name in config.channels}
    model = service_model(config, horizon, floors, (stair("phone", horizon),))
    assert model is not None
    (ladder,) = model.ladders
    assert ladder.team == (0,)
    assert ladder.floor.tolist() == [1.0] * horizon.size
    assert sorted(set(ladder.steps.tolist())) == [0, 4]
    assert np.flatnonzero(ladder.steps).tolist() == [9, 10, 33, 34]


def test_a_channel_that_only_some_can_serve_has_a_ladder_of_its_own(horizon) -> None:
    """Phone counts everybody of the team alike, video those who can serve it for more: two ladders over one team."""
    team = ("phone", "video")
    few = np.full(horizon.size, 4.0)
    video = replace(stair("video", horizon, team), others=0.8, own=1.6, most=few)
    floors = {name: np.ones(horizon.size) for name in team}
    model = service_model(config_of(), horizon, floors, (stair("phone", horizon, team), video))
    assert model is not None
    plain, weighed = model.ladders
    assert (plain.team, plain.channel, plain.others, plain.own, plain.most) == ((0, 1), None, 1.0, 1.0, None)
    assert (weighed.team, weighed.channel, weighed.others, weighed.own) == ((0, 1), 1, 0.8, 1.6)
    assert weighed.most is few
    assert {row.target: set(row.gain) for row in model.rows} == {"phone": {0}, "video": {1}}
