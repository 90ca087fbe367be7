"""Fair shares by hand: proportion to contract and open days, what came before, and the account of a finished roster."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from optimize.roster.fairness.account import ClosedDays, FewerDays, PersonShare, Ruled, Unmoved, person_shares
from optimize.roster.fairness.openings import CLOSED, wanted_by_live, wanted_of
from optimize.roster.fairness.sharing import sharing_of
from optimize.roster.inputs.people import People
from optimize.roster.inputs.previous import Previous
from optimize.roster.planner import plan_week
from tests.optimize.roster import weeks
from tests.optimize.roster.schedule.build import schedule_of, shift_of

SHIFTS = [{"length": "8h", "start": "06:00"}, {"length": "8h", "start": "22:00"}]
FULL = {"days_per_week": 5, "days_off": "any", "cost_per_hour": 10, "shifts": SHIFTS}
CONTRACTS = {"full": FULL, "part": FULL | {"days_per_week": 3}, "days": FULL | {"shifts": SHIFTS[:1]}}
NIGHTS = {"weight": 0, "nights": 1}


def config_of(fairness: object = NIGHTS, **tables):
    return weeks.config_of(contracts=CONTRACTS, roster={"agents": "x", "fairness": fairness}, **tables)


def sharing(people: People, fairness: object = NIGHTS, wanted: np.ndarray | None = None, **tables):
    config = config_of(fairness, **tables)
    horizon = weeks.horizon_of(config)
    everywhere = np.ones((len(config.channels), horizon.size), dtype=bool)
    return sharing_of(config, horizon, people, everywhere if wanted is None else wanted)


def people_of(*rows: tuple[str, str], leave: list = (), requests: list = (), **columns) -> People:
    people = weeks.people_of([(agent, contract, "phone") for agent, contract in rows], leave, requests)
    return replace(people, agents=people.agents.assign(**columns))


def test_shares_are_in_proportion_to_working_days_and_open_nights() -> None:
    """5 x 7, 3 x 7, none, 5 x 3 of the nights (Monday to Wednesday only), and 5 x 5 with Saturday and Sunday on leave."""
    people = people_of(
        ("a", "full"), ("b", "part"), ("c", "days"), ("d", "full"), ("e", "full"),
        leave=[("e", "2026-12-05 00:00", "2026-12-07 00:00")], available=["", "", "", "mon-wed", ""],
    )  # fmt: skip
    found = sharing(people)
    # the night of Friday ends on Saturday at 6:00, when the leave has begun
    chances = np.array([5 * 7, 3 * 7, 0, 5 * 3, 5 * 4])
    assert found.openings.chances(("nights",))[:, 0].tolist() == chances.tolist()
    assert found.part[:, 0] == pytest.approx(chances / chances.sum())
    taken = np.array([[4.0], [2.0], [0.0], [1.0], [2.0]])
    assert found.share(taken)[:, 0] == pytest.approx(9 * chances / chances.sum())


def test_hours_that_leave_room_for_fewer_days_make_a_smaller_share() -> None:
    """Sixteen hours are two shifts of eight: two days where others have five; forty hours change nothing."""
    people = people_of(("a", "full"), ("b", "full"), ("c", "full"), hours_max=[np.nan, 16.0, 40.0])
    assert sharing(people).openings.days_per_week.tolist() == [5.0, 2.0, 5.0]


def test_days_are_closed_for_the_first_reason() -> None:
    """No night in the contract; nobody wanted at night at the channel; not there on two days; leave."""
    people = people_of(
        ("a", "days"), ("b", "full"), ("c", "full"), ("d", "full"),
        leave=[("d", "2026-11-30 00:00", "2026-12-02 00:00")], available=["", "", "mon-fri", ""],
    )  # fmt: skip
    people.agents.loc[1, "skills"] = "chat"
    channels = {name: {"kind": "synchronous"} for name in ("phone", "chat")}
    horizon = weeks.horizon_of(config_of())
    wanted = np.ones((2, horizon.size), dtype=bool)
    wanted[1] = weeks.hours_between(horizon, 8, 18) > 0
    closed = sharing(people, wanted=wanted, channels=channels).openings.closed[:, :, 0]
    expected = {"a": ("contract", 7), "b": ("skills", 7), "c": ("availability", 2), "d": ("leave", 2)}
    for row, (reason, days) in zip(closed, expected.values(), strict=True):
        assert row.tolist() == [days if name == reason else 0 for name in CLOSED]


def test_work_that_may_wait_wants_people_whenever_a_live_channel_does() -> None:
    """The requirement says when phone wants somebody; without any live channel, work wants people at any time."""
    channels = {"phone": {"kind": "synchronous"}, "email": {"kind": "deferrable", "target": {"within": "24h"}}}
    config = config_of(channels=channels)
    horizon = weeks.horizon_of(config)
    need = weeks.hours_between(horizon, 8, 18)
    requirement = weeks.requirement_of(horizon, phone=need, email=(1.0, 24))
    assert np.array_equal(wanted_of(config, horizon, requirement), [need > 0, need > 0])
    assert wanted_by_live(config, {}, 3).all()


def test_columns_of_the_agents_file_and_the_week_before_are_shared_by_those_who_were_there() -> None:
    """Four nights by the file and two last week; c is new: a and b share all six, 3 each, and c owes nothing."""
    people = people_of(("a", "full"), ("b", "full"), ("c", "full"), nights=[4.0, 0.0, np.nan])
    before = schedule_of(*(shift_of("b", f"2026-11-2{day} 22:00") for day in (4, 5)), shift_of("b", "2026-11-26 08:00"))
    previous = Previous(before.table, people.agents.iloc[:2], weeks.MONDAY)
    found = sharing(replace(people, previous=previous))
    assert found.ledger.worked[:, 0].tolist() == [4.0, 2.0, 0.0]
    assert found.ledger.share[:, 0] == pytest.approx([3.0, 3.0, 0.0])
    assert found.balance[:, 0] == pytest.approx([1.0, -1.0, 0.0])


def test_the_ledger_of_the_week_before_knows_the_file_already() -> None:
    """a and b are in the ledger, whose counts are not counted again; d is not, and comes from the file."""
    people = people_of(("a", "full"), ("b", "full"), ("d", "full"), nights=[4.0, 0.0, 1.0])
    before = schedule_of(shift_of("a", "2026-11-24 22:00"))
    rows = [("a", "nights", 1.0, 4.0, 3.5), ("b", "nights", 2.0, 0.0, 3.5), ("gone", "nights", 9.0, 9.0, 9.0)]
    ledger = pd.DataFrame(rows, columns=["agent", "kind", "worked", "earlier", "share"])
    previous = Previous(before.table, people.agents.iloc[:2], weeks.MONDAY, ledger=ledger)
    found = sharing(replace(people, previous=previous))
    assert found.ledger.worked[:, 0].tolist() == [5.0, 2.0, 1.0]
    assert found.ledger.share[:, 0] == pytest.approx([3.5, 3.5, 1.0])


def account(people: People, fairness: object = NIGHTS, **tables) -> dict[tuple[str, str], PersonShare]:
    """The account of a planned week in which one person is wanted round the clock."""
    config = config_of(fairness, **tables)
    horizon = weeks.horizon_of(config)
    requirement = weeks.requirement_of(horizon, phone=1)
    roster = plan_week(config, horizon, requirement, people)
    return {(each.agent, each.kind): each for each in person_shares(config, horizon, requirement, roster)}


def test_the_account_says_what_keeps_somebody_from_the_same_number() -> None:
    """Seven nights of four people; who has fewer working days, no nights or leave is named with it."""
    people = people_of(
        ("a", "full"),
        ("b", "part"),
        ("c", "days"),
        ("d", "full"),
        leave=[("d", "2026-11-30 00:00", "2026-12-02 00:00")],
    )
    found = account(people)
    # the night of Sunday 29th is not of this week; d has nights on five days from Wednesday on
    chances = {"a": 5 * 7, "b": 3 * 7, "c": 0, "d": 5 * 5}
    total = sum(each.worked for each in found.values())
    assert total >= 6
    for agent, chance in chances.items():
        assert found[agent, "nights"].share == pytest.approx(total * chance / sum(chances.values()))
    assert found["a", "nights"].why == (() if found["a", "nights"].side == "even" else (Unmoved(),))
    assert found["b", "nights"].why[0] == FewerDays(3.0, 5.0)
    assert found["c", "nights"].why == (ClosedDays("contract", 7),)
    assert found["d", "nights"].why[0] == ClosedDays("leave", 2)


def test_sides_begin_at_a_whole_burden_and_rules_are_named_where_somebody_is_below() -> None:
    """1.0 above is above, 0.99 is even; a limit of weekends counts for weekends only."""
    from configs.schema.rules import Rules
    from optimize.roster.fairness.account import _limits

    assert PersonShare("a", "nights", 2.0, 0.0, 1.0, ()).side == "above"
    assert PersonShare("a", "nights", 1.99, 0.0, 1.0, ()).side == "even"
    assert PersonShare("a", "nights", 1.0, 0.0, 2.0, ()).side == "below"
    rules = Rules.model_validate(
        {
            "weekends": {"most": 2},
            "runs": {"n": {"of": "night", "most": 3}},
            "shifts": {"few": {"of": "night", "most": 4, "per": "4w"}, "least": {"of": "night", "least": 1}},
        }
    )
    assert _limits("weekends", rules) == ("weekends.most",)
    assert _limits("nights", rules) == ("shifts.few.most", "runs.n.most")
    assert _limits("early", rules) == ()
    assert Ruled(("weekends.most",)) == Ruled(("weekends.most",))


def test_refused_wishes_are_shared_by_the_wishes_people_have() -> None:
    """a has two wishes and b one, all for nights off in a week that grants none: 2 and 1 are their shares of three."""
    days = [weeks.MONDAY + timedelta(days=day) for day in range(3)]
    wish = {"shift": "22:00", "wish": "on", "weight": 0.0}
    requests = [wish | {"agent": agent, "date": pd.Timestamp(day)} for agent, day in zip("aab", days, strict=True)]
    people = people_of(("a", "days"), ("b", "days"), ("c", "days"), requests=requests)
    found = account(people, {"weight": 0, "wishes": 1})
    got = {agent: (found[agent, "wishes"].worked, found[agent, "wishes"].share) for agent in "abc"}
    assert got == {"a": (2.0, pytest.approx(2.0)), "b": (1.0, pytest.approx(1.0)), "c": (0.0, 0.0)}


def test_nothing_is_counted_where_nothing_is_shared() -> None:
    assert account(people_of(("a", "full")), 0.0) == {}
