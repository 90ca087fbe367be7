"""Published weeks made by hand: who works which hour of which day, priced and judged, then repaired."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from configs.schema import Config
from optimize.roster.edited import Edit, apply_edits, judge
from optimize.roster.inputs.people import People
from optimize.roster.planner import plan_week
from optimize.roster.repair import Absence, Question, Repair, repair_week
from optimize.roster.result import Roster
from optimize.roster.verify import recount
from tests.optimize.roster import weeks

HOURS = 8
"""Length of every shift."""
Worked = dict[int, int]
"""Hour at which somebody begins, by day of the week."""
CONTRACT: dict[str, Any] = {
    "days_per_week": 5, "min_days": 1, "days_off": "any", "cost_per_hour": 10,
    "shifts": [{"length": "8h", "start": "08:00-16:00", "step": "8h"}],
}  # fmt: skip
HORIZON = weeks.horizon_of(weeks.config_of())


def config_of(contract: dict[str, Any] | None = None, **tables: Any) -> Config:
    """Everybody on one contract, None for a rule it does not have; a change costs 1, an hour of understaffing 100."""
    rules = {key: value for key, value in (CONTRACT | (contract or {})).items() if value is not None}
    given = {"contracts": {"d": rules}, "roster": {"agents": "x", "gap": 0.0, "change_cost": 1}}
    return weeks.config_of(**(given | tables))


def people_of(*agents: str, skills: str = "phone", **columns: Any) -> People:
    """People of that contract; further columns of the agents table by name, one value for each person."""
    people = weeks.people_of([(agent, "d", skills) for agent in agents])
    for name, values in columns.items():
        people.agents[name] = list(values)
    return people


def need_at(*hours: tuple[int, int]) -> np.ndarray:
    """One person over eight hours from each (day, hour)."""
    need = np.zeros(HORIZON.size)
    for day, hour in hours:
        need[day * 24 + hour : day * 24 + hour + HOURS] += 1
    return need


def published_of(
    config: Config, requirement: pd.DataFrame, people: People, worked: dict[str, Worked], given_up: int = 0
) -> Roster:
    """Publish the shifts as given: planned first, then every person edited to what they work; no rule is broken."""
    planned = plan_week(config, HORIZON, requirement, people)
    edits = []
    for agent, days in worked.items():
        for day in range(HORIZON.days):
            start = HORIZON.moment(day, 0) + pd.Timedelta(hours=days.get(day, 0))
            spans = ((start, start + pd.Timedelta(hours=HOURS)),) if day in days else ()
            edits.append(Edit(agent, day, spans))
    schedule = apply_edits(config, HORIZON, planned, tuple(edits))
    judged = judge(config, HORIZON, requirement, planned, schedule, people)
    roster = replace(judged.roster, left_out=given_up)
    broken = recount(config, requirement, roster).broken
    assert not broken, broken
    return roster


def absent(agent: str, first_day: int, last_day: int | None = None) -> Question:
    """Somebody is absent from a day up to and including another."""
    until = (first_day if last_day is None else last_day) + 1
    return Question((Absence(agent, HORIZON.moment(first_day, 0), HORIZON.moment(until, 0)),))


def repaired(config: Config, requirement: pd.DataFrame, roster: Roster, question: Question) -> Repair:
    """Repair, with the recount as oracle: nothing is left out, no rule is broken, no number is wrong."""
    repair = repair_week(config, HORIZON, requirement, roster, question)
    assert not repair.left_out
    for each in repair.alternatives:
        found = recount(config, requirement, each.roster)
        assert not found.broken, (each.kind, found.broken)
        assert not found.wrong, (each.kind, found.wrong)
    return repair


def days_of(roster: Roster, agent: str) -> list[int]:
    """Days on which somebody begins a shift."""
    dates = roster.table.loc[roster.table["agent"] == agent, "start"]
    return sorted((start.date() - HORIZON.first).days for start in dates)
