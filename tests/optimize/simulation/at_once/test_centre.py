"""A centre prepared once and met by several staffings: what moves and what stays, and targets over days and together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from configs.loader import build
from configs.tables import PROMISE_DAYS, check
from optimize.simulation import replay
from optimize.simulation.at_once.centre import Centre
from optimize.simulation.at_once.rostered import staffing_of
from optimize.simulation.at_once.staffing import Staffing
from optimize.simulation.intervals import wilson
from optimize.simulation.totals import days_of, joint_targets
from tests.optimize.simulation.test_teams import HORIZON, RAW, shared_week

WEEKS = 20


def centre_of(raw=None, weeks: int = WEEKS) -> tuple[Centre, Staffing]:
    """Phone and video from eight to four; twelve people of whom four know both."""
    roster, forecast, requirement = shared_week(["phone"] * 6 + ["video"] * 2 + ["phone;video"] * 4, 4.0)
    config = build(raw or RAW)
    centre = Centre.of(config, forecast.table, requirement.table, HORIZON, replications=weeks, seed=1)
    return centre, staffing_of(roster, config, HORIZON)


def alone(phone: float, video: float) -> Staffing:
    """People who share nothing, all week."""
    ones = np.ones(HORIZON.size)
    return Staffing({}, {"phone": phone * ones, "video": video * ones})


def test_a_roster_is_split_by_what_its_people_serve() -> None:
    """Six, two and four people at work from eight to four, each in one group."""
    _, staffing = centre_of()
    assert {skills: float(people.max()) for skills, people in staffing.groups.items()} == {
        ("phone",): 6.0, ("video",): 2.0, ("phone", "video"): 4.0,
    }  # fmt: skip
    assert staffing.alone == {}


def test_another_staffing_of_one_channel_leaves_the_others_as_they_are() -> None:
    """Common random numbers: with two more at the phone, video is the same number for number, and no fewer are in time."""
    centre, _ = centre_of()
    few, more = centre.meet(alone(6.0, 4.0)), centre.meet(alone(8.0, 4.0))
    for name in ("good", "offered", "left", "wait_s", "busy_s"):
        assert np.array_equal(getattr(few["video"], name), getattr(more["video"], name))
    assert np.array_equal(few["phone"].offered, more["phone"].offered)
    assert (more["phone"].good.sum(axis=1) >= few["phone"].good.sum(axis=1)).mean() > 0.9


def test_the_same_seed_gives_the_same_numbers_and_another_gives_others() -> None:
    """Two centres of the same seed see the same in every interval."""
    (one, staffing), (again, _) = centre_of(), centre_of()
    first, second = one.meet(staffing), again.meet(staffing)
    other = replace(one, seed=2, _drawn={}).meet(staffing)
    assert np.array_equal(first["phone"].wait_s, second["phone"].wait_s)
    assert not np.array_equal(first["phone"].wait_s, other["phone"].wait_s)


def test_weeks_do_not_depend_on_how_many_are_simulated() -> None:
    """The first five of twenty weeks are the five weeks simulated alone, waits included."""
    (few, staffing), (many, _) = centre_of(weeks=5), centre_of(weeks=20)
    assert np.allclose(few.meet(staffing)["phone"].wait_s, many.meet(staffing)["phone"].wait_s[:5])


def test_channels_simulated_alone_see_what_they_see_among_others() -> None:
    """The phone by itself meets the same weeks, number for number, and nothing else is simulated."""
    centre, staffing = centre_of(weeks=5)
    alone_seen = centre.meet(staffing, only=["phone"])
    assert list(alone_seen) == ["phone"]
    everybody = centre.meet(staffing)
    assert len(everybody) > 1
    assert np.array_equal(alone_seen["phone"].wait_s, everybody["phone"].wait_s)


def test_half_a_person_is_worth_something_between_none_and_one() -> None:
    """A relaxed week: 6.5 people give a service level between those of 6 and of 7."""
    centre, _ = centre_of(weeks=60)
    six, half, seven = (centre.meet(alone(people, 4.0))["phone"] for people in (6.0, 6.5, 7.0))
    assert six.good.sum() + 50 < half.good.sum() < seven.good.sum() - 50
    assert half.there_s.sum() == pytest.approx((six.there_s.sum() + seven.there_s.sum()) / 2, rel=0.005)


def test_days_of_a_live_channel_have_their_own_probability() -> None:
    """Only the days on which contacts come are told, each with Wilson's interval of its replications."""
    week = shared_week(["phone;video"] * 11, 4.0)
    found = replay(*week, build(RAW), HORIZON, replications=40)
    check(found.day_table, PROMISE_DAYS)
    assert {(each.channel, each.date) for each in found.days} == {
        (name, HORIZON.date(0)) for name in ("phone", "video")
    }
    for each in found.days:
        assert (each.low, each.high) == wilson(round(40 * each.probability), 40)


def target_over(span: str) -> dict:
    """The usual channels with targets over a day or a week, and one over both together."""
    target = {"share": 0.8, "within": "20s", "over": span, "floor": 0.3}
    channels = {name: channel | {"target": target} for name, channel in RAW["channels"].items()}
    joint = {"voice": {"channels": ["phone", "video"], "share": 0.8, "over": span}}
    return RAW | {"channels": channels, "targets": joint}


@pytest.mark.parametrize(("span", "words"), [("day", "each day"), ("week", "each week")])
def test_a_target_says_what_it_is_kept_over(span, words) -> None:
    """The text names the span; of days the least probable counts, and the channels together have a row of their own."""
    week = shared_week(["phone;video"] * 11, 4.0)
    found = replay(*week, build(target_over(span)), HORIZON, replications=40)
    told = {each.channel: each for each in found.service_targets}
    assert told["phone"].promise == f"80% in 20s, {words}"
    assert told["voice"].promise == f"80% of phone and video in time, {words}"
    assert {each.over for each in told.values()} == {span}
    least = min(each.probability for each in found.days if each.channel == "phone")
    assert told["phone"].probability == least  # one open day: the day is the week
    both = sorted(told[name].probability for name in ("phone", "video"))
    assert both[0] <= told["voice"].probability <= both[1]


def test_days_are_those_of_the_customers_own_zone() -> None:
    """Open from 8 to 16 UTC: in Auckland midnight is at 11, so six half-hours are one day and ten are the next."""
    raw = target_over("day")
    raw["channels"]["phone"]["timezone"] = "Pacific/Auckland"
    config = build(raw)
    centre, staffing = centre_of(raw, weeks=40)
    seen = centre.meet(staffing)
    phone = seen["phone"]
    days = days_of("phone", config.channels["phone"], phone, HORIZON)
    assert [each.date for each in days] == [HORIZON.date(0), HORIZON.date(1)]
    for each, half_hours in zip(days, (slice(0, 22), slice(22, 48)), strict=True):
        good, counted = phone.good[:, half_hours].sum(axis=1), phone.counted[:, half_hours].sum(axis=1)
        assert each.service_level == pytest.approx(good.sum() / counted.sum())
        assert each.probability == (good >= 0.8 * counted - 1e-6).mean()
    video = seen["video"]
    both = [
        phone.good[:, :22].sum(axis=1) + video.good.sum(axis=1)
        >= 0.8 * (phone.counted[:, :22].sum(axis=1) + video.counted.sum(axis=1)) - 1e-6,
        phone.good[:, 22:].sum(axis=1) >= 0.8 * phone.counted[:, 22:].sum(axis=1) - 1e-6,
    ]
    told = joint_targets(config, seen, HORIZON)[0]
    assert told.probability == min(float(each.mean()) for each in both)


def test_deferrable_channels_can_be_left_out() -> None:
    """Live channels see the same number for number; e-mail is not simulated, so nobody need be there for it."""
    centre, _ = centre_of()
    email = {"kind": "deferrable", "target": {"share": 0.9, "within": "1d"}}
    config = build(RAW | {"channels": RAW["channels"] | {"email": email}})
    found = replace(centre, config=config).meet(alone(6.0, 4.0), only=("phone", "video"))
    usual = centre.meet(alone(6.0, 4.0))
    assert list(found) == ["phone", "video"]
    assert all(np.array_equal(found[name].good, usual[name].good) for name in found)
