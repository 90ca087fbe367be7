"""Work whose share is one over a day or the week: the roster chooses which work is in time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import scipy.optimize as sopt

from configs.errors import VerificationError
from optimize.roster.inputs.carryover_backlog import closing_backlog
from optimize.roster.inputs.people import People, read_people
from optimize.roster.inputs.split import hours_at
from optimize.roster.planner import plan_week
from optimize.roster.verify import verify
from tests.optimize.roster import weeks
from tests.optimize.roster.test_work import monday, planned

LATE, SHORT = 10.0, 80.0
"""Prices of the weeks made here: an hour of work late for an hour, and an hour missing for a share."""


def in_time_h(roster, day: int | None = None) -> float:
    """Hours in time of what arrives on a day, or in the week, by the column ``on_time``."""
    cover = roster.coverage
    inside = np.ones(len(cover), dtype=bool) if day is None else np.arange(len(cover)) // 24 == day
    return float((cover["on_time"] * cover["work_h"])[inside].sum())


def test_a_day_makes_up_for_a_morning_that_cannot_be_in_time() -> None:
    """Four hours come at 6:00, due at 9:00 when somebody begins; four at 14:00, due at 17:00: three of these are done.

    Half of each in time: two of the first are late. Three eighths of the day: nothing is missing.
    """
    work = monday(h6=4.0, h14=4.0)
    target = {"share": 0.375, "rest_within": "40h"}
    _, _, by_interval = planned(work, 3, "3h", target=target)
    _, _, by_day = planned(work, 3, "3h", target=target | {"over": "day"})
    assert by_interval.cost.late > 0
    assert by_day.cost.late == pytest.approx(0, abs=1e-6)
    assert in_time_h(by_day, 0) >= 3.0 - 1e-3


def test_what_is_missing_for_the_day_has_the_price_of_an_hour_short() -> None:
    """Half of the eight hours are asked for and three can be in time: one is missing, and the rest has days."""
    target = {"share": 0.5, "rest_within": "40h", "over": "day"}
    _, _, roster = planned(monday(h6=4.0, h14=4.0), 3, "3h", target=target)
    assert in_time_h(roster, 0) == pytest.approx(3.0, abs=1e-3)
    assert roster.cost.late == pytest.approx(SHORT * 1.0, rel=1e-4)


def test_a_week_makes_up_for_a_day() -> None:
    """Four hours of Monday night cannot be in time, four of Tuesday noon can: half of the week is, half of Monday is not."""
    work = monday(h20=4.0, h35=4.0)
    target = {"share": 0.5, "rest_within": "90h"}
    _, _, by_day = planned(work, 5, "5h", target=target | {"over": "day"})
    _, _, by_week = planned(work, 5, "5h", target=target | {"over": "week"})
    assert by_day.cost.late == pytest.approx(SHORT * 2.0, rel=1e-4)
    assert by_week.cost.late == pytest.approx(0)
    assert in_time_h(by_week) == pytest.approx(4.0, abs=1e-3)


def test_days_are_those_of_the_channels_zone() -> None:
    """Work of Monday 20:00 UTC arrives on Tuesday in Tokyo, together with that of Tuesday noon UTC, which makes up for it."""
    work = monday(h20=4.0, h35=4.0)
    target = {"share": 0.5, "rest_within": "90h", "over": "day"}
    _, _, tokyo = planned(work, 5, "5h", target=target, timezone="Asia/Tokyo")
    assert tokyo.cost.late == pytest.approx(0)


def least_price(work: np.ndarray, waits: tuple[int, int], share: float, there: np.ndarray, spans: np.ndarray) -> float:
    """Price of the best plan by a transport of every hour's work to every later hour, in time or late or not at all.

    The columns are (hour it comes, hour it is done, in time or not); work undone that is due costs its hours late until
    the end of the week and an hour short at the end.
    """
    size, cost, rows, hours, chosen = len(work), [], [], [], []
    for s in np.flatnonzero(work).tolist():
        for h in range(s, size + 1):
            for prompt in (True, False):
                due = s + waits[0 if prompt else 1] - 1
                if prompt and h > due:
                    continue
                late = 0 if prompt else max(0, min(h, size) - due)
                cost.append(LATE * late + (SHORT if h == size and due < size else 0.0))
                rows.append(s)
                hours.append(h)
                chosen.append(prompt)
    cost_of, came, done, prompt_of = np.array(cost), np.array(rows), np.array(hours), np.array(chosen)
    judged = came + waits[0] - 1 < size
    names = [int(n) for n in np.unique(spans[work > 0])]
    everything = [came == s for s in np.flatnonzero(work)]
    room = [done == h for h in range(size)]
    promised = [-1.0 * (prompt_of & judged & (spans[came] == n)) for n in names]
    lots = work * (np.arange(size) + waits[0] - 1 < size)
    asked = [-share * lots[spans == n].sum() for n in names]
    missing = np.vstack([np.zeros((size, len(names))), -np.eye(len(names))])
    found = sopt.linprog(
        np.concatenate([cost_of, np.full(len(names), SHORT)]),
        A_ub=np.hstack([np.vstack([*room, *promised]).astype(float), missing]),
        b_ub=np.concatenate([there, asked]),
        A_eq=np.hstack([np.array(everything, dtype=float), np.zeros((len(everything), len(names)))]),
        b_eq=work[work > 0],
    )
    assert found.status == 0
    return float(found.fun)


@pytest.mark.parametrize("over", ["day", "week"])
@pytest.mark.parametrize("seed", range(4))
def test_no_plan_is_better_than_the_roster(seed: int, over: str) -> None:
    """Work of a week at random and people who are there: the price is that of a transport of every hour by itself."""
    rng = np.random.default_rng(seed)
    work = np.round(rng.random(168) * (rng.random(168) < 0.12) * 6.0, 2)
    work[-30:] = 0
    target = {"share": 0.8, "rest_within": "15h", "over": over}
    _, need, roster = planned(work, 6, "5h", at_end="due", target=target)
    there = roster.coverage["staffed"].to_numpy()
    rest = ((need["due"] - need["start"]).dt.total_seconds() / 3600 - 1) * 3 + 1
    spans = np.arange(168) // 24 if over == "day" else np.zeros(168, dtype=int)
    expected = least_price(work, (6, int(rest.dropna().iloc[0])), 0.8, there, spans)
    assert expected > 0
    assert roster.cost.late == pytest.approx(expected, rel=1e-4)


def test_a_share_of_the_week_needs_fewer_people_than_that_of_every_interval() -> None:
    """People may come at 9 or at 14; an hour's work at 22 every day is due by 2, two at noon by 16: the night is spared."""
    work = np.tile(monday(h12=2.0, h22=1.0)[:24], 7)
    contract = {
        "agents": 6, "days_per_week": 5, "cost_per_hour": 10, "guaranteed": False,
        "shifts": [{"length": "4h", "start": "12:00-22:00", "step": "10h"}],
    }  # fmt: skip
    cost = {}
    for over in ("interval", "day", "week"):
        target = {"share": 0.6, "within": "4h", "clock": "clock", "rest_within": "40h", "over": over}
        email = {"kind": "deferrable", "target": target}
        config = weeks.config_of(
            channels={"email": email}, contracts={"day": contract}, costs={"shortage_per_hour": 80}
        )
        horizon = weeks.horizon_of(config)
        need = weeks.requirement_of(horizon, email=(work, 4))
        roster = plan_week(config, horizon, need, read_people(config))
        assert roster.cost.late == pytest.approx(0, abs=1e-2)
        cost[over] = roster.cost.total
        if over != "interval":
            days = [in_time_h(roster, day) for day in range(7)]
            assert sum(days) >= 0.6 * 21 - 1e-2
            assert over == "week" or min(days) >= 0.6 * 3 - 1e-2
    assert cost["week"] <= cost["day"] < cost["interval"]


@pytest.mark.parametrize("rule", ["as-found", "clear", "due"])
def test_a_week_that_repeats_itself_hands_on_work_of_both_lanes(rule: str) -> None:
    """Work of Sunday evening is due on Monday: it waits at the end, waits at the beginning, and counts on its own day."""
    contract = {
        "agents": 2, "days_per_week": 5, "cost_per_hour": 10, "shifts": [{"length": "8h", "start": "09:00"}],
        "guaranteed": False,
    }  # fmt: skip
    target = {"share": 0.7, "within": "24h", "clock": "clock", "over": "day"}
    email = {"kind": "deferrable", "open": "09:00-22:00", "target": target, "at_end": rule}
    config = weeks.config_of(channels={"email": email}, contracts={"day": contract})
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, email=(0.5 * weeks.hours_between(horizon, 9, 22), 24))
    roster = plan_week(config, horizon, need, read_people(config))
    cover = roster.coverage
    opening = cover["backlog_h"].iloc[0] + cover["done_h"].iloc[0] - cover["work_h"].iloc[0]
    assert cover["backlog_h"].iloc[-1] <= opening + 1e-3
    in_time = (cover["work_h"] - cover["rest_work_h"]).to_numpy().reshape(7, 24).sum(axis=1)
    assert (in_time >= 0.7 * 6.5 - 1e-3).all()
    assert not verify_faults(config, need, roster)


def test_a_backlog_counts_in_no_day_of_this_week() -> None:
    """Six hours wait on Monday at 0:00, all among the rest; of the four that come at 9, due at 15, three are in time."""
    target = {"share": 0.75, "rest_within": "90h", "over": "day"}
    config, need, roster = planned(monday(h9=4.0), 6, "5h", backlog=3, target=target)
    assert in_time_h(roster, 0) >= 3.0 - 1e-3
    assert roster.coverage[["backlog_h", "rest_backlog_h"]].iloc[0].tolist() == pytest.approx([6.0, 6.0], abs=1e-3)
    assert not verify_faults(config, need, roster)


def test_the_week_after_begins_with_what_both_lanes_left() -> None:
    """What waits on Sunday night is due when it was: the chosen work sooner, the rest later, and all of it recounted."""
    target = {"share": 0.5, "rest_within": "40h", "over": "day"}
    config, need, roster = planned(monday(h158=4.0, h162=4.0), 20, "20h", at_end="due", target=target)
    waiting = closing_backlog(config, need, roster.coverage)
    left = roster.coverage[["backlog_h", "rest_backlog_h"]].iloc[-1]
    assert waiting["work_h"].sum() == pytest.approx(left["backlog_h"], abs=1e-3)
    assert waiting.loc[waiting["part"] == "rest", "work_h"].sum() == pytest.approx(left["rest_backlog_h"], abs=1e-3)

    nothing, later, _ = planned(np.zeros(168), 20, "20h", backlog=None, target=target)
    shifted = waiting.assign(due=waiting["due"] - np.timedelta64(7, "D"))
    people: People = replace(read_people(nothing), waiting=shifted)
    after = plan_week(nothing, weeks.horizon_of(nothing), later, people)
    assert after.coverage["rest_done_h"].sum() == pytest.approx(left["backlog_h"], abs=1e-3)
    assert not verify_faults(nothing, later, after)


def verify_faults(config, need, roster) -> list[str]:
    """Differences the recount finds."""
    try:
        verify(config, need, roster)
    except VerificationError as error:
        return [str(fault) for fault in error.faults]
    return []


@pytest.fixture(scope="module")
def half_a_day() -> tuple[Any, Any, Any]:
    """Half of Monday's eight hours asked for: one is missing, see above."""
    target = {"share": 0.5, "rest_within": "40h", "over": "day"}
    return planned(monday(h6=4.0, h14=4.0), 3, "3h", target=target)


@pytest.mark.parametrize(
    ("column", "interval", "more", "words"),
    [
        ("rest_work_h", 6, -1.0, "backlog_h of work in time is"),
        ("rest_work_h", 14, 4.0, "rest_work_h is 5 at 2026-11-30 14:00:00+00:00; 4 hours arrive"),
        ("on_time", 14, -0.25, "on_time is 0.5 at 2026-11-30 14:00:00+00:00; the recount says 0.75"),
    ],
)
def test_the_recount_finds_a_wrong_lane(half_a_day, column: str, interval: int, more: float, words: str) -> None:
    """Work moved between the lanes, more of the rest than comes, another share: told, and not before."""
    config, need, roster = half_a_day
    assert not verify_faults(config, need, roster)
    cover = roster.coverage.copy()
    cover.loc[interval, column] += more
    assert any(words in fault for fault in verify_faults(config, need, replace(roster, coverage=cover)))


def test_the_recount_finds_work_said_to_be_in_time_that_is_not(half_a_day) -> None:
    """The four hours of 6:00 counted as in time, with backlogs that agree: they are due at 9:00 and not done."""
    config, need, roster = half_a_day
    cover = roster.coverage.copy()
    cover.loc[6, "rest_work_h"] = 0.0
    cover.loc[cover.index[6:], "rest_backlog_h"] -= 4.0 - (cover["rest_done_h"].cumsum() - 0.0).clip(upper=4.0)[6:]
    cover["rest_done_h"] = np.where(np.arange(168) < 14, 0.0, cover["rest_done_h"])
    faults = verify_faults(config, need, replace(roster, coverage=cover))
    assert any("4 hours counted as in time are not done by 2026-11-30 09:00:00+00:00" in fault for fault in faults)


def test_the_recount_finds_a_share_that_is_missing_and_not_paid(half_a_day) -> None:
    """The hour missing for Monday costs 80; a roster that leaves it out of its cost is told."""
    config, need, roster = half_a_day
    cheaper = replace(roster, cost=replace(roster.cost, late=0.0))
    assert any("late is 0.00; the recount says 80.00" in fault for fault in verify_faults(config, need, cheaper))


@pytest.mark.parametrize("seed", range(3))
def test_hours_at_a_place_are_counted_from_the_beginning_of_the_week(seed: int) -> None:
    """By a plain loop over two equal weeks: what comes between the beginning of this week and the place, or before it."""
    arrivals = np.random.default_rng(seed).random(5)
    twice = [*arrivals, *arrivals]
    for place in range(-6, 5):
        expected = sum(twice[5 : place + 6]) if place >= -1 else -sum(twice[place + 6 : 5])
        assert hours_at(arrivals, np.array([place]))[0] == pytest.approx(expected)
