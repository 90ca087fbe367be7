"""The recount of targets over a day or a week: a sound roster passes, every changed number is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from configs.errors import Fault
from optimize.roster.inputs.service_model import Corrections, ServicePlan, service_model
from optimize.roster.planner import plan_week
from optimize.roster.result import Roster
from optimize.roster.verify import recount
from optimize.roster.verify.service import _above, target_faults
from optimize.staffing.requirement.concave import concave
from optimize.staffing.requirement.staircase import staircases
from optimize.staffing.requirement.teams import sharing_of
from optimize.targets import plan
from tests.optimize.targets import centres

JOINT = {"voice": {"channels": ["phone", "video"], "share": 0.8, "over": "day", "sure": 0.8, "weights": {"video": 2}}}


def case_of(kind: str) -> centres.Case:
    """One channel over a day or a week, or two of one team together, whose mean waits are asked for too.

    Abroad, the customers live in New York: their first day begins on Sunday.
    """
    if kind == "abroad":
        return centres.case_of({"phone": centres.PHONE | {"timezone": "America/New_York"}}, {"phone": 60.0}, 9)
    if kind == "few":
        return few()
    if kind != "joint":
        return centres.one_channel(over=kind)
    phone = centres.PHONE | {"target": centres.IN_JOINT | {"asa": "40s"}}
    calls = {"phone": 40.0, "video": 15.0}
    return centres.case_of({"phone": phone, "video": phone}, calls, 10, targets=JOINT)


def few() -> centres.Case:
    """Three in ten know video as well as the phone."""
    day = {"days_per_week": 5, "cost_per_hour": 10, "shifts": [centres.SHIFT], "breaks": [centres.LUNCH]}
    contracts = {
        "phone": day | {"agents": 7, "skills": ["phone"]},
        "both": day | {"agents": 3, "skills": ["phone", "video"]},
    }
    return centres.case_of(
        {"phone": centres.PHONE, "video": centres.PHONE}, {"phone": 40.0, "video": 12.0}, 0, contracts=contracts
    )


@pytest.fixture(scope="module", params=["day", "week", "joint", "abroad", "few"])
def made(request) -> tuple[centres.Case, Roster]:
    """A roster whose staircases are moved by up to a person either way."""
    case = case_of(request.param)
    config, horizon, need, people = case.all
    stairs = staircases(config, need, horizon, sharing_of(config, people.agents))
    rows = need.set_index(["channel", "start"])["agents"]
    floors = {name: rows.loc[name].to_numpy(dtype=float) for name in config.channels}
    rng = np.random.default_rng(7)
    learnt = Corrections({stair.channel: rng.uniform(-1, 1, horizon.size) for stair in stairs})
    model = service_model(config, horizon, floors, stairs, learnt)
    assert model is not None
    return case, plan_week(*case.all, service=ServicePlan(stairs, learnt, model))


def faults(case: centres.Case, roster: Roster) -> list[Fault]:
    return list(target_faults(case.config, case.requirement, roster))


def test_a_sound_roster_has_no_faults(made) -> None:
    """Its targets are counted, and the slow recount agrees with each."""
    case, roster = made
    assert roster.targets
    assert faults(case, roster) == []


def test_a_changed_count_is_told(made) -> None:
    """Each target alone, by its name and the day: one contact more than the recount finds."""
    case, roster = made
    for number, count in enumerate(roster.targets):
        counts = list(roster.targets)
        counts[number] = replace(count, reached=count.reached + 1.0)
        (fault, *rest) = faults(case, replace(roster, targets=tuple(counts)))
        assert fault.where == f"targets {count.target}"
        assert ("the week" if count.day is None else f"day {count.day + 1};") in fault.sentence
        assert f"the recount says {count.reached:.3f}" in fault.sentence
        assert {each.where for each in rest} <= {"cost"}


def test_changed_staff_is_told(made) -> None:
    """Two people fewer than the counts were made with, in the busiest interval of one day."""
    case, roster = made
    table = roster.coverage.copy()
    row = table.loc[table["channel"] == "phone", "staffed"].idxmax()
    table.loc[row, "staffed"] -= 2
    told = faults(case, replace(roster, coverage=table))
    assert told
    assert {fault.where for fault in told} <= {f"targets {count.target}" for count in roster.targets}


@pytest.mark.parametrize("by", [-4.0, 4.0])
def test_more_or_fewer_who_can_serve_a_channel_than_there_are_is_told(by: float) -> None:
    """Three know video: no more can be counted than are at work, nor fewer than are at video."""
    case = few()
    roster = plan(*case.all)
    assert recount(case.config, case.requirement, roster).wrong == ()
    table = roster.coverage.copy()
    table.loc[(table["channel"] == "video") & (table["required"] > 0), "able"] += by
    told = recount(case.config, case.requirement, replace(roster, coverage=table)).wrong
    assert any(fault.where == "coverage video" and fault.sentence.startswith("able is") for fault in told)


def test_a_changed_cost_is_told(made) -> None:
    """Money for targets that the counts do not explain."""
    case, roster = made
    cost = replace(roster.cost, targets=roster.cost.targets + 1.0)
    (fault,) = faults(case, replace(roster, cost=cost))
    assert fault.where == "cost"
    assert f"targets is {cost.targets:.2f}; the recount says {roster.cost.targets:.2f}" in fault.sentence


def test_a_roster_by_interval_has_nothing_to_recount() -> None:
    """There is no service plan."""
    case = centres.one_channel(over="interval", sure=None, floor=None)
    assert faults(case, plan(*case.all)) == []


def test_the_highest_chord_is_the_concave_curve() -> None:
    """Two ways to the same least concave majorant, at whole people and between them, from any floor on."""
    rng = np.random.default_rng(1)
    for _ in range(30):
        curve, low = np.cumsum(rng.random(9)) - 2.0, int(rng.integers(0, 6))
        other = concave(curve[None, :], np.array([low]))[0]
        for n in np.linspace(low, 8, 15):
            assert _above(curve, low, n) == pytest.approx(np.interp(n, np.arange(9), other))
