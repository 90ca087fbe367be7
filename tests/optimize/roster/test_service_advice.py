"""Advice on a week with targets over a day: its prices are those of the target rows, and its changed weeks have them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from optimize.roster.advice import advise
from optimize.roster.advice.shadow_prices import prices_of
from optimize.roster.advice.what_if import Context, questions
from optimize.roster.inputs.assemble import assemble
from optimize.roster.inputs.people import People
from optimize.roster.inputs.service_plan import service_plan
from optimize.roster.program import build
from optimize.roster.result import Roster
from tests.optimize.roster import service_weeks, weeks

CONFIG = service_weeks.config_of()
HORIZON = weeks.horizon_of(CONFIG)


def planned(who: People) -> tuple[pd.DataFrame, Roster]:
    """The centre with these people, by the formulas alone."""
    requirement = service_weeks.requirement_of(CONFIG, HORIZON, who)
    return requirement, service_weeks.planned(CONFIG, HORIZON, requirement, who)


def test_one_more_person_is_worth_what_planning_with_them_saves() -> None:
    """Five people are too few; a sixth saves what the relaxed week saves, to the gaps of the two rosters."""
    who = service_weeks.people()
    requirement, roster = planned(who)
    told = {each.kind: each for each in advise(CONFIG, HORIZON, requirement, roster)}
    assert told["person"].subject == "half"
    more = pd.concat([who.agents, who.agents[who.agents["agent"] == "A2"].assign(agent="A6")], ignore_index=True)
    _, with_them = planned(replace(who, agents=more))
    assert told["person"].saving == pytest.approx(roster.bound - with_them.bound, rel=1e-6)
    saved = roster.cost.total - with_them.cost.total
    cents = 0.01
    assert saved <= told["person"].saving + (roster.cost.total - roster.bound) + cents
    assert saved >= told["person"].saving - (with_them.cost.total - with_them.bound) - cents
    assert saved >= 0.7 * told["person"].saving


def test_people_beyond_a_floor_have_a_price() -> None:
    """Every hour open is worth more than an agent-hour costs: people gain contacts there, whatever the floor asks."""
    requirement, roster = planned(service_weeks.people())
    hours = [each for each in advise(CONFIG, HORIZON, requirement, roster) if each.kind == "hour"]
    assert len(hours) == 5
    assert min(each.saving for each in hours) > 10.0


def context(who: People) -> Context:
    """What advice asks its questions from."""
    requirement, roster = planned(who)
    assert roster.service is not None
    assert roster.relaxed is not None
    week = replace(assemble(CONFIG, HORIZON, requirement, who), service=roster.service.model)
    program = build(week)
    prices = prices_of(program, roster.relaxed)
    return Context(CONFIG, HORIZON, requirement, who, program, roster.relaxed.values, prices, roster.service)


def test_every_changed_week_keeps_the_target_rows() -> None:
    """Starts, breaks, skills and people change; the five days of both channels are asked for in each."""
    now = context(service_weeks.people())
    asked = questions(now)
    assert {each.kind for each in asked} >= {"start", "skill", "person"}
    for each in asked:
        service = each.week().service
        assert service is not None
        assert [row.key for row in service.rows] == [row.key for row in now.service.model.rows]


def test_training_that_joins_two_teams_makes_them_one_queue() -> None:
    """Specialists only are two teams; teaching service to those in sales makes one, counted by its own staircases."""
    apart = weeks.people_of([(f"A{n}", "half", "sales" if n < 3 else "service") for n in range(1, 6)])
    now = context(apart)
    assert len(now.program.week.service.ladders) == 2
    taught = next(each for each in questions(now) if each.kind == "skill" and each.subject == "half: sales")
    changed = taught.week()
    assert {ladder.team for ladder in changed.service.ladders} == {(0, 1)}
    both = apart.agents.assign(skills=[f"{s};service" if s == "sales" else s for s in apart.agents["skills"]])
    expected = service_plan(CONFIG, HORIZON, now.requirement, both)
    assert [row.at_floor for row in changed.service.rows] == pytest.approx(
        [row.at_floor for row in expected.model.rows]
    )
