"""Deferrable work of many weeks: by hand, against one week at a time, and the cushion against the normal law."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from configs.errors import DataError
from optimize.simulation import Deadline, DeferrableWork, Draws, Grid, Returns, backlog_risk, simulate_backlog
from optimize.simulation.at_once.backlog import WorkWeeks, draw_work_weeks
from optimize.simulation.at_once.customers import Demand, draw_customers
from optimize.simulation.backlog import Drawn


def weeks_of(volume, people, due_s, work: DeferrableWork, weeks: int, service_cv: float = 1.0) -> WorkWeeks:
    """Weeks of hours, all as busy as forecast."""
    volume = np.asarray(volume, dtype=float)
    aht_s = np.broadcast_to(np.asarray(work.aht_s, dtype=float), volume.shape)
    demand = Demand(3600.0, volume, aht_s, np.zeros(volume.size, dtype=np.int64), np.zeros(1), np.inf, service_cv)
    drawn = draw_work_weeks(draw_customers(demand, Draws(1, "email"), weeks), work)
    present = np.repeat(np.asarray(people)[None, :], weeks, axis=0)
    return WorkWeeks(drawn, work.opening, present, np.asarray(due_s, dtype=float), 3600.0)


def by_hand() -> WorkWeeks:
    """One person from the second hour on; two contacts of the first hour, one of the second, half an hour each.

    One contact of an hour is open at the start. It is done by 2:00, the first contact by 2:30, the second by 3:00; the
    third would be done by 3:30, but the person leaves at 3:00.
    """
    drawn = Drawn(
        np.array([0.0, 600.0, 1200.0, 4000.0]),
        np.array([3600.0, 1800.0, 1800.0, 1800.0]),
        np.empty(0, dtype=np.int64),
        np.empty(0),
    )
    due_s = np.array([9000.0, 14_000.0, np.inf, np.inf])
    return WorkWeeks((drawn,), 1, np.array([[0, 1, 1, 0]]), due_s, 3600.0)


def test_a_day_by_hand() -> None:
    """Of three contacts one is in time, two are finished, and the person never rests."""
    seen = by_hand().seen()
    assert seen.good.tolist() == [[1, 0, 0, 0]]
    assert seen.counted.tolist() == [[2, 1, 0, 0]]
    assert seen.offered.tolist() == [[2, 0, 0, 0]]
    assert seen.wait_s.tolist() == [[(9000 - 600) + (10_800 - 1200), 0, 0, 0]]
    assert seen.busy_s.tolist() == [[0, 3600, 3600, 0]]
    assert seen.there_s.tolist() == [[0, 3600, 3600, 0]]


def test_the_cushion_by_hand() -> None:
    """The second contact needs 7200 s of work in 1.5 h of a person, 4/3 of it; all three 9000 s in two hours, 5/4."""
    week = by_hand()
    seen, whole = week.seen(), np.zeros(4, dtype=np.int64)
    risk = week.risk(seen, 1.0, whole)
    assert risk.probability.tolist() == [0.0]
    assert risk.on_time == pytest.approx(1 / 3)
    assert risk.judged == 3
    assert 4 / 3 <= risk.buffer <= 4 / 3 + 0.01
    assert week.risk(seen, 1 / 3, whole).buffer == 1.0
    third = week.risk(seen, 2 / 3, whole).buffer
    assert 5 / 4 <= third <= 5 / 4 + 0.01


def test_each_day_has_a_probability_of_its_own() -> None:
    """The first span has one of two in time, the second none; a third with nothing due has no probability."""
    week = by_hand()
    risk = week.risk(week.seen(), 0.5, np.array([0, 1, 2, 2]))
    assert risk.probability[:2].tolist() == [1.0, 0.0]
    assert np.isnan(risk.probability[2])
    assert 5 / 4 <= risk.buffer <= 5 / 4 + 0.01


def test_nobody_there_is_never_enough() -> None:
    """Four times nobody is nobody."""
    week = weeks_of([5.0, 0.0], [0, 0], [7200.0, np.inf], DeferrableWork(60.0), 5)
    risk = week.risk(week.seen(), 0.9, np.zeros(2, dtype=np.int64))
    assert risk.buffer == np.inf
    assert risk.probability.tolist() == [0.0]


def test_nothing_due_is_no_risk() -> None:
    """Without a deadline in the week there is nothing to judge."""
    week = weeks_of([5.0, 0.0], [0, 0], [np.inf, np.inf], DeferrableWork(60.0), 5)
    risk = week.risk(week.seen(), 0.9, np.zeros(2, dtype=np.int64))
    assert np.isnan(risk.probability).all()
    assert (risk.buffer, risk.on_time, risk.judged) == (1.0, 1.0, 0.0)


def test_a_certainty_is_refused() -> None:
    """Nothing is sure."""
    week = by_hand()
    with pytest.raises(DataError, match="sure: must be above 0 and below 1, got 1"):
        week.risk(week.seen(), 0.9, np.zeros(4, dtype=np.int64), sure=1.0)


@pytest.mark.parametrize(
    "work",
    [
        DeferrableWork(600.0),
        DeferrableWork(600.0, opening=30),
        DeferrableWork(600.0, opening=10, returns=Returns(0.3, 7200.0)),
        DeferrableWork(np.linspace(300.0, 900.0, 30), 5, 0.5, Returns(0.2, 3600.0)),
    ],
)
def test_agrees_with_one_week_at_a_time(work: DeferrableWork) -> None:
    """In time, finished, waits and work done are those of the simulation of one week, within three and a half errors."""
    volume = np.tile([12.0, 18.0, 12.0, 6.0, 0.0, 0.0], 5)
    people = np.tile([0, 2, 3, 3, 2, 0], 5)
    due_s = np.arange(30) * 3600.0 + 6 * 3600.0
    weeks = 300
    seen = weeks_of(volume, people, due_s, work, weeks, work.service_cv).seen()
    logs = [simulate_backlog(Grid(3600.0, volume, people), work, Draws(2, "email", number)) for number in range(weeks)]
    slow = {"good": [], "counted": [], "offered": [], "wait_s": [], "busy_s": []}
    for log in logs:
        at, wait, done = (each[work.opening :] for each in (log.arrival_s, log.wait_s, log.served))
        due = due_s[(at // 3600).astype(int)]
        judged = due <= 30 * 3600
        slow["good"].append((judged & (at + wait <= due)).sum())
        slow["counted"].append(judged.sum())
        slow["offered"].append(done.sum())
        slow["wait_s"].append(wait[done].sum())
        slow["busy_s"].append(log.busy_s.sum())
    for name, values in slow.items():
        mine = getattr(seen, name).sum(axis=1)
        error = np.hypot(np.std(mine), np.std(values)) / np.sqrt(weeks)
        assert abs(mine.mean() - np.mean(values)) <= 3.5 * error, name


def test_the_cushion_against_the_normal_law_and_the_one_week_engine() -> None:
    """Nine in ten: mean 300 and variance 600 of work in units of ten minutes, for people enough for 300."""
    volume, people = np.array([300.0, *[0.0] * 10]), np.array([0, *[5] * 10])
    due_s, whole = np.full(11, 39_600.0), np.zeros(11, dtype=np.int64)
    week = weeks_of(volume, people, due_s, DeferrableWork(600.0), 1000)
    risk = week.risk(week.seen(), 1.0, whole)
    slow = backlog_risk(Grid(3600.0, volume, people), DeferrableWork(600.0), Deadline(due_s, 1.0), replications=1000)
    assert risk.probability[0] == pytest.approx(0.5, abs=0.06)
    assert risk.probability[0] == pytest.approx(slow.probability, abs=0.08)
    assert risk.buffer == pytest.approx(1 + norm.ppf(0.9) * np.sqrt(600) / 300, abs=0.025)
    assert risk.buffer == pytest.approx(slow.buffer, abs=0.03)


def test_the_same_draws_give_the_same_bytes() -> None:
    """More people meet the same contacts, and the same people see the same."""
    work = DeferrableWork(600.0, 5, returns=Returns(0.3, 7200.0))
    volume, due_s = [20.0, 20.0, 0.0, 0.0, 0.0, 0.0], np.full(6, 18_000.0)
    few, again, more = (weeks_of(volume, [each] * 6, due_s, work, 20) for each in (2, 2, 3))
    assert few.seen().good.tobytes() == again.seen().good.tobytes()
    assert all(np.array_equal(one.work_s, other.work_s) for one, other in zip(few.drawn, more.drawn, strict=True))
    assert more.seen().good.sum() > few.seen().good.sum()
