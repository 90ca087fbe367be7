"""Work that may wait: shares promised in time, what the week begins with, what it must end with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from configs.errors import ConfigError, VerificationError
from optimize.roster.inputs.carryover_backlog import closing_backlog
from optimize.roster.inputs.work import closing_interval, share_due
from optimize.roster.planner import plan_week
from optimize.roster.verify import verify
from tests.optimize.roster import weeks

DAILY = {
    "agents": 1, "days_per_week": 7, "max_consecutive_days": 7, "guaranteed": True, "cost_per_hour": 10,
    "shifts": [{"length": "8h", "start": "09:00"}],
}  # fmt: skip


def planned(work: np.ndarray, due_h: float, within: str, agents: int = 1, **settings):
    """Roster of people there from 9 to 17 every day, who do nothing but this e-mail."""
    target = {"within": within, "clock": "clock", **settings.pop("target", {})}
    email = {"kind": "deferrable", "target": target, "backlog": 0, "aht": "1h", "max_occupancy": 0.5, **settings}
    config = weeks.config_of(
        channels={"email": email}, contracts={"day": DAILY | {"agents": agents}}, costs={"shortage_per_hour": 80}
    )
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, email=(work, due_h))
    from optimize.roster.inputs.people import read_people

    return config, need, plan_week(config, horizon, need, read_people(config))


def monday(**hours: float) -> np.ndarray:
    """Work that arrives in hours of Monday, ``h8=4.0``."""
    work = np.zeros(168)
    for hour, value in hours.items():
        work[int(hour[1:])] = value
    return work


def test_a_share_promised_in_time_leaves_the_rest_longer() -> None:
    """Four hours that come from 8 to 9, due at 12, one person from 9: three fit; 75 % promised is kept, all is not."""
    _, _, all_of_it = planned(monday(h8=4.0), 4, "3h")
    _, _, most = planned(monday(h8=4.0), 4, "3h", target={"share": 0.75})
    assert all_of_it.cost.late == pytest.approx(1.0 * 80 / 8)
    assert most.cost.late == 0
    assert most.coverage["on_time"].dropna().tolist() == pytest.approx([0.75])
    assert most.coverage["rest_done_h"].sum() == pytest.approx(1.0)


def test_the_rest_has_its_own_deadline() -> None:
    """Eight hours, a quarter promised within three: the rest within seven is late by one hour, within six by three.

    By 12 three are done, so none of the promised two is late. By 15 six of eight are done, by 16 seven, by 17 eight:
    due at 15 are two hours late until 16 and one until 17.
    """
    for within, hours in (("7h", 1.0), ("6h", 2.0 + 1.0)):
        _, _, roster = planned(monday(h8=8.0), 4, "3h", target={"share": 0.25, "rest_within": within})
        assert roster.cost.late == pytest.approx(hours * 80 / 8)


def earliest_due_first(work: np.ndarray, shares: list[tuple[float, int]], there: np.ndarray) -> float:
    """Hours late in sum: each hour the people take the work that is due first; what is left counts a day of 8 h more."""
    lots: list[list[float]] = []
    late = 0.0
    for t in range(len(work)):
        lots += [[t + wait - 1, share * work[t]] for share, wait in shares if work[t] > 0]
        room = there[t]
        for lot in sorted(lots, key=lambda lot: lot[0]):
            taken = min(room, lot[1])
            lot[1] -= taken
            room -= taken
        late += sum(lot[1] for lot in lots if lot[0] <= t)
    return late + 8 * sum(lot[1] for lot in lots if lot[0] < len(work))


@pytest.mark.parametrize("seed", range(5))
def test_lateness_is_that_of_earliest_due_first(seed: int) -> None:
    """Work of a week at random, 60 % promised within 5 hours, the rest within 12: no plan has fewer hours late."""
    rng = np.random.default_rng(seed)
    work = np.round(rng.random(168) * (rng.random(168) < 0.2) * 3.5, 2)
    work[-24:] = 0
    _, _, roster = planned(work, 6, "5h", at_end="due", target={"share": 0.6, "rest_within": "12h"})
    there = roster.coverage["staffed"].to_numpy()
    expected = earliest_due_first(work, [(0.6, 6), (0.4, 13)], there)
    assert expected > 0
    assert roster.cost.late == pytest.approx(expected * 80 / 8, rel=1e-4)


def test_a_stated_backlog_is_due_evenly_until_the_first_work_is() -> None:
    """Twelve hours wait on Monday at 0:00; the first work is due at 12:00: by 9:00 nine are due, nobody was there.

    One hour more falls due each hour until 12, and one is done each hour from 9: 1 + 2 + ... + 9 hours are late by 9,
    then nine for three hours, and one less each hour until 17.
    """
    _, _, roster = planned(monday(h8=0.001), 4, "3h", backlog=6)
    late = sum(range(1, 10)) + 3 * 9 + sum(range(8, 3, -1))
    later = sum(range(4, 0, -1)) - 4 + 4 * 16  # four are left from 17 until Tuesday at 9, then one less each hour
    assert roster.coverage["backlog_h"].iloc[16] == pytest.approx(4, abs=0.01)
    assert roster.cost.late == pytest.approx((late + later) * 80 / 8, rel=0.01)


def test_a_backlog_with_open_hours_is_not_due_while_the_channel_is_closed() -> None:
    """Open from 9: of eight hours that wait, two fall due with each open hour until 13, so that four are late at most."""
    target = {"clock": "open"}
    _, _, roster = planned(monday(h9=0.001), 4, "3h", backlog=4, open="09:00-17:00", target=target)
    owed = np.array([2.0, 4, 6, 8, 8, 8, 8, 8])
    late = np.maximum(owed - np.arange(1, 9), 0).sum()
    assert roster.cost.late == pytest.approx(late * 80 / 8, rel=0.01)


@pytest.mark.parametrize(("rule", "left", "undone"), [("as-found", 1.0, 1.0), ("clear", 1.0, 0.0), ("due", 2.0, 0.0)])
def test_the_end_of_the_week_follows_its_rule(rule: str, left: float, undone: float) -> None:
    """Sunday's two hours of work, one person until 17, deadline next week: due none, clear all of it, as found all.

    One hour comes by 16 and can be done; one comes at 20, while the channel is closed.
    """
    work = np.zeros(168)
    work[[144 + 15, 144 + 20]] = 1.0
    contract = DAILY | {"guaranteed": False, "shifts": [{"length": "8h", "start": "09:00"}]}
    email = {"kind": "deferrable", "open": "09:00-17:00", "target": {"within": "90h", "clock": "clock"},
             "backlog": 0, "aht": "1h", "at_end": rule}  # fmt: skip
    config = weeks.config_of(channels={"email": email}, contracts={"day": contract}, costs={"shortage_per_hour": 2000})
    horizon = weeks.horizon_of(config)
    from optimize.roster.inputs.people import read_people

    roster = plan_week(config, horizon, weeks.requirement_of(horizon, email=(work, 96)), read_people(config))
    assert roster.coverage["backlog_h"].iloc[-1] == pytest.approx(left, abs=1e-3)
    assert roster.cost.late == pytest.approx(2000 * undone, abs=1)
    assert roster.cost.wages == (0 if rule == "due" else 560)


@pytest.mark.parametrize("rule", ["as-found", "clear", "due"])
def test_a_week_that_repeats_itself_hands_on_what_it_begins_with(rule: str) -> None:
    """Without a stated backlog the work at the end of a week is that at its beginning, whatever the rule."""
    contract = DAILY | {"agents": 2, "days_per_week": 5, "guaranteed": False}
    email = {"kind": "deferrable", "open": "09:00-17:00", "target": {"within": "24h", "clock": "clock"}, "at_end": rule}
    config = weeks.config_of(channels={"email": email}, contracts={"day": contract})
    horizon = weeks.horizon_of(config)
    from optimize.roster.inputs.people import read_people

    need = weeks.requirement_of(horizon, email=(0.5 * weeks.hours_between(horizon, 9, 22), 24))
    roster = plan_week(config, horizon, need, read_people(config))
    cover = roster.coverage
    opening = cover["backlog_h"].iloc[0] + cover["done_h"].iloc[0] - cover["work_h"].iloc[0]
    assert cover["backlog_h"].iloc[-1] <= opening + 1e-3
    assert cover["done_h"].sum() >= cover["work_h"].sum() - 1e-3
    if rule == "due":
        assert opening > 1
    if rule == "clear":
        last = cover["backlog_h"].iloc[144 + 16]
        assert last == pytest.approx(0, abs=1e-3)


def test_the_recount_finds_a_share_that_is_not_kept() -> None:
    """A changed share in time, and work of the rest that vanishes, are told."""
    config, need, roster = planned(monday(h8=4.0), 4, "3h", target={"share": 0.75})
    cover = roster.coverage.copy()
    cover.loc[8, "on_time"] = 1.0
    with pytest.raises(VerificationError, match=r"on_time is 1 at .* the recount says 0.75"):
        verify(config, need, replace(roster, coverage=cover))
    cover = roster.coverage.copy()
    cover.loc[10, "rest_done_h"] += 1.0
    with pytest.raises(VerificationError, match="backlog_h of work with a target"):
        verify(config, need, replace(roster, coverage=cover))


def test_the_rest_may_not_be_promised_sooner() -> None:
    """rest_within is longer than within."""
    email = {"kind": "deferrable", "target": {"within": "24h", "rest_within": "12h"}}
    with pytest.raises(ConfigError, match=r"rest_within \(12h\) is shorter than within \(24h\)"):
        weeks.config_of(channels={"email": email})


def test_staffing_dates_the_rest_in_the_hours_of_the_promise() -> None:
    """24 open hours of a channel open ten hours a day are due on the third day, 48 on the fifth."""
    from optimize.staffing import staff

    email = {"kind": "deferrable", "open": "08:00-18:00", "target": {"share": 0.9, "within": "24h"}}
    config = weeks.config_of(channels={"email": email})
    horizon = weeks.horizon_of(config)
    forecast = pd.DataFrame({"channel": "email", "start": horizon.starts, "volume": 1.0, "aht_s": 600.0})
    row = staff(config, forecast, horizon).table.set_index("start").loc[pd.Timestamp("2026-11-30 08:00", tz="UTC")]
    assert row["due"] == pd.Timestamp("2026-12-02 13:00", tz="UTC")
    assert row["rest_due"] == pd.Timestamp("2026-12-04 17:00", tz="UTC")


def test_what_the_week_before_left_is_due_when_it_was() -> None:
    """Two of Sunday's three hours wait, due Monday at 11:00 and 12:00, and one older: nobody before 9, one by each hour.

    The old one is late for nine hours and done by 10; the second is done by 11, the third by 12.
    """
    config, need, _ = planned(np.zeros(168), 4, "3h", backlog=None)
    horizon = weeks.horizon_of(config)
    need["work_h"] = 0.0
    need.loc[[164, 165, 166], "work_h"] = 1.0
    need["due"] = horizon.end + pd.to_timedelta(np.arange(168) - 155, unit="h")
    left = pd.DataFrame({"channel": "email", "start": horizon.starts, "backlog_h": 3.0})
    waiting = closing_backlog(config, need, left.assign(backlog_h=2.0))
    assert waiting["work_h"].tolist() == [1.0, 1.0]
    assert waiting["due"].tolist() == [horizon.end + pd.Timedelta(hours=h) for h in (10, 11)]
    left = left.assign(backlog_h=4.0)
    waiting = closing_backlog(config, need, left)
    assert waiting["due"].iloc[0] == horizon.end
    from optimize.roster.inputs.people import read_people

    shifted = waiting.assign(due=waiting["due"] - pd.Timedelta(days=7))
    need["work_h"], need["due"] = 0.0, pd.NaT
    need["due"] = pd.to_datetime(need["due"], utc=True)
    roster = plan_week(config, horizon, need, replace(read_people(config), waiting=shifted))
    cover = roster.coverage
    assert cover["backlog_h"].iloc[8] == pytest.approx(4.0)
    assert cover["backlog_h"].iloc[12] == pytest.approx(0.0, abs=1e-6)
    # one hour due at once waits through nine intervals, one due at 9, at 10 and at 11 each, one done an hour from 9 on
    owed = np.array([1.0] * 8 + [2.0, 3.0, 4.0, 4.0, 4.0])
    done = np.array([0.0] * 9 + [1.0, 2.0, 3.0, 4.0])
    assert roster.cost.late == pytest.approx(np.maximum(owed - done, 0).sum() * 80 / 8)


def test_a_week_closes_by_the_clock_of_the_customers() -> None:
    """Open from nine to five in Los Angeles, the last open hour of London's week is Sunday's last, not that to 17:00."""
    email = {"kind": "deferrable", "aht": "1h", "target": {"within": "8h"}, "open": "09:00-17:00"}
    for zone, last in ((None, 160), ("America/Los_Angeles", 167), ("Asia/Tokyo", 151)):
        config = weeks.config_of(
            channels={"email": email | ({"timezone": zone} if zone else {})}, contracts={"day": DAILY}
        )
        assert closing_interval(config.channels["email"], weeks.horizon_of(config), np.ones(168, dtype=bool)) == last


def test_what_waited_falls_due_by_the_clock_of_the_customers() -> None:
    """Four hours wait on Monday; work of ten o'clock in London is due in open hours there. The recount agrees."""
    due_at = {}
    for zone in ("Europe/London", "America/Los_Angeles"):
        config, need, roster = planned(
            monday(h10=2.0), 12, "4h", open="09:00-17:00", timezone=zone, backlog=8, target={"clock": "open"}
        )
        verify(config, need, roster)
        owed = share_due(config.channels["email"], weeks.horizon_of(config), monday(h10=2.0), np.full(168, 21))
        due_at[zone] = np.flatnonzero(np.diff(owed, prepend=0)).tolist()
    assert due_at["Europe/London"] == list(range(9, 17))
    assert due_at["America/Los_Angeles"] == [0, 17, 18, 19, 20, 21]  # Sunday's last hour there, then from nine
