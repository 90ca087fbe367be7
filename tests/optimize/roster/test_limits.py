"""Limits of single people, clocks that change, and rows that cannot be read: each was once wrong."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from configs.errors import DataError, InfeasibleError
from optimize.roster.inputs.people import check_people
from optimize.roster.planner import plan_week
from tests.optimize.roster import weeks

TWO_KINDS = {
    "days_per_week": 5, "cost_per_hour": 10,
    "shifts": [{"length": "8h", "start": "08:00"}, {"length": "4h", "start": "08:00"}],
}  # fmt: skip


def one_person(contract: dict, need: float | np.ndarray = 0, **cells: object):
    """Roster of one person on one contract, with cells of the agents table as given."""
    config = weeks.config_of(contracts={"d": contract}, roster={"agents": "x", "gap": 0.0})
    people = weeks.people_of([("a", "d", "phone")])
    for column, value in cells.items():
        people.agents[column] = value
    return plan_week(
        config, weeks.horizon_of(config), weeks.requirement_of(weeks.horizon_of(config), phone=need), people
    )


def test_hours_min_is_a_number_of_hours() -> None:
    """Forty hours are five shifts of eight, not five of four, though nobody is needed."""
    assert one_person(TWO_KINDS, hours_min=40.0).table["paid_h"].sum() == 40


def test_hours_max_leaves_the_kinds_that_fit() -> None:
    """Twenty hours are best used by five shifts of four, not by two of eight."""
    config = weeks.config_of()
    need = weeks.hours_between(weeks.horizon_of(config), 8, 12)
    roster = one_person(TWO_KINDS, need, hours_max=20.0)
    assert roster.table["paid_h"].tolist() == [4.0] * 5
    assert one_person(TWO_KINDS, need, hours_max=7.0).table["paid_h"].tolist() == [4.0]


def test_somebody_available_twice_a_day_may_work_either_time() -> None:
    """Two spans of one day both count."""
    contract = {
        "days_per_week": 5,
        "cost_per_hour": 10,
        "shifts": [{"length": "4h", "start": "08:00-16:00", "step": "8h"}],
    }
    horizon = weeks.horizon_of(weeks.config_of())
    spans = "mon-fri 08:00-12:00; mon-fri 16:00-20:00"
    for first in (8, 16):
        roster = one_person(contract, weeks.hours_between(horizon, first, first + 4), available=spans)
        assert set(roster.table["start"].dt.hour) == {first}


def test_guaranteed_days_that_availability_forbids_name_the_person() -> None:
    """Five guaranteed days on two possible ones."""
    contract = TWO_KINDS | {"guaranteed": True}
    with pytest.raises(InfeasibleError, match="agent a cannot work 5 days this week, as guaranteed"):
        one_person(contract, available="sat-sun")


def test_people_who_work_every_day_rest_over_the_edge_of_the_week() -> None:
    """Seven days of early and late shifts: Sunday's end and the next Monday's start keep the rest too."""
    kinds = [("4h", "12:00"), ("4h", "22:00"), ("5h", "06:00"), ("10h", "08:00"), ("10h", "14:00")]
    contract = {
        "agents": 2, "days_per_week": 7, "max_consecutive_days": 7, "rest": "12h", "cost_per_hour": 10,
        "shifts": [{"length": length, "start": start} for length, start in kinds],
    }  # fmt: skip
    config = weeks.config_of(contracts={"d": contract})
    horizon = weeks.horizon_of(config)
    need = np.random.default_rng(4).integers(0, 3, horizon.size)
    from optimize.roster.inputs.people import read_people

    roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), read_people(config))
    for _, rows in roster.table.sort_values("start").groupby("agent"):
        edge = rows["start"].iloc[0] + pd.Timedelta(days=7) - rows["end"].iloc[-1]
        assert edge >= pd.Timedelta(hours=12)


def test_two_kinds_alike_but_for_their_breaks_are_told_apart() -> None:
    """Same length and start, one break after two hours or after four."""
    kinds = [{"length": "8h", "start": "08:00", "breaks": [{"length": "1h", "after": f"{k}h"}]} for k in (2, 4)]
    horizon = weeks.horizon_of(weeks.config_of())
    roster = one_person({"days_per_week": 5, "cost_per_hour": 10, "shifts": kinds}, weeks.hours_between(horizon, 8, 12))
    assert set(roster.table["breaks"]) == {"12:00-13:00"}


def test_a_break_in_the_hour_that_comes_twice_is_marked() -> None:
    """On 25 October 2026 London shows 01:00 twice; the second time has a star, and the recount finds it."""
    contract = {
        "agents": 1, "days_per_week": 7, "max_consecutive_days": 7, "cost_per_hour": 10,
        "shifts": [{"length": "9h", "start": "22:00"}], "breaks": [{"length": "30min", "after": "3h-5h"}],
    }  # fmt: skip
    plan = {"name": "tiny", "timezone": "Europe/London", "interval": "30min"}
    config = weeks.config_of(plan=plan, contracts={"d": contract})
    horizon = weeks.horizon_of(config, date(2026, 10, 19))
    need = np.ones(horizon.size)
    second = (horizon.day == 6) & (horizon.time_of_day == 2) & (np.arange(horizon.size) % 2 == 0)
    need[second.nonzero()[0][-1:]] = 0
    from optimize.roster.inputs.people import read_people

    roster = plan_week(config, horizon, weeks.requirement_of(horizon, phone=need), read_people(config))
    saturday = roster.table[roster.table["date"] == pd.Timestamp("2026-10-24")].iloc[0]
    assert saturday["breaks"] in {"01:00*-01:30*", "01:00-01:30", "01:30-01:00*", "01:30*-02:00"}


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"due": pd.NaT}, 'channel "email" has no due at'),
        ({"work_h": np.nan}, 'channel "email" has no work_h at'),
    ],
)
def test_a_requirement_that_cannot_be_read_is_a_sentence(columns: dict, words: str) -> None:
    """Work needs hours and a due time."""
    channels = {"email": {"kind": "deferrable", "target": {"within": "8h"}}}
    config = weeks.config_of(channels=channels)
    horizon = weeks.horizon_of(config)
    need = weeks.requirement_of(horizon, email=(0.5, 8))
    for column, value in columns.items():
        need.loc[3, column] = value
    from optimize.roster.inputs.people import read_people

    with pytest.raises(DataError, match=words):
        plan_week(config, horizon, need, read_people(config))


def test_a_backlog_in_contacts_needs_their_handle_time() -> None:
    """A hundred contacts are not a hundred hours."""
    channels = {"email": {"kind": "deferrable", "target": {"within": "8h"}, "backlog": 100}}
    config = weeks.config_of(channels=channels)
    horizon = weeks.horizon_of(config)
    from optimize.roster.inputs.people import read_people

    with pytest.raises(DataError, match=r"give the requirement a volume column, or set channels\.email\.aht"):
        plan_week(config, horizon, weeks.requirement_of(horizon, email=(0.1, 8)), read_people(config))


def test_wishes_and_skills_that_cannot_be_read_are_sentences() -> None:
    """A wish for the shift "early", and somebody without a skill."""
    config = weeks.config_of(contracts={"d": TWO_KINDS}, roster={"agents": "agents.csv", "requests": "requests.csv"})
    wish = [{"agent": "a", "date": "2026-12-01", "shift": "early", "wish": "on", "weight": 1.0}]
    people = weeks.people_of([("a", "d", "phone"), ("b", "d", ";")], requests=wish)
    with pytest.raises(DataError) as caught:
        check_people(config, people)
    assert 'requests.csv: wish of agent a, shift: "early" is not a time of day' in str(caught.value)
    assert "agents.csv: agent b has no skill; name channels such as phone" in str(caught.value)


def test_two_kinds_alike_but_for_the_pay_of_their_break_are_told_apart() -> None:
    """A break at 10:00 fits both kinds; the cheaper one does not pay it, and the recount reads it so."""
    kinds = [
        {"length": "8h", "start": "08:00", "breaks": [{"length": "1h", "after": after, "paid": paid}]}
        for after, paid in (("2h", True), ("1h-2h", False))
    ]
    horizon = weeks.horizon_of(weeks.config_of())
    need = weeks.hours_between(horizon, 8, 10) + weeks.hours_between(horizon, 11, 16)
    roster = one_person({"days_per_week": 5, "cost_per_hour": 10, "shifts": kinds}, need)
    assert set(roster.table["breaks"]) == {"10:00-11:00"}
    assert set(roster.table["paid_h"]) == {7.0}
