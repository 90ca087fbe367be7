"""Plan, simulate, correct: rosters that keep targets over a day or a week with the probability asked for.

The first rounds plan without whole people, which takes seconds and teaches nearly as much as a roster. The last make
rosters; the cheapest of them that keeps its targets in the learning weeks becomes that of the week. Rounds are fixed in
number, so that equal inputs give equal bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.facts import Lack, TargetsNotKept
from optimize.roster.inputs.cushion import with_cushion
from optimize.roster.inputs.service_model import NOTHING_LEARNT, Corrections, ServicePlan, asked_of, service_model
from optimize.roster.planner import plan_week, relaxed_week
from optimize.roster.rounds import Kept, Round
from optimize.simulation.at_once.centre import Centre
from optimize.simulation.at_once.rostered import staffing_of
from optimize.simulation.teams import priority_order
from optimize.staffing.requirement.staircase import staircases
from optimize.staffing.requirement.teams import sharing_of
from optimize.targets.deferrable_work import cushions, kept_work, work_risks
from optimize.targets.learning import moved_margin, moved_people
from optimize.targets.observed import value_of
from optimize.targets.planned_staffing import beyond_floors, planned_staffing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from threading import Event

    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.service import TargetRow
    from optimize.roster.inputs.service_model import RowKey
    from optimize.roster.result import Roster
    from optimize.simulation.at_once.backlog import WorkRisk
    from optimize.simulation.at_once.seen import Seen
    from optimize.simulation.at_once.staffing import Staffing
    from optimize.staffing.requirement.staircase import Staircase

    Array = NDArray[np.float64]
    Tell = Callable[[str, float | None], None]

LEARNING_SEED = 1_000_003
"""Added to the seed of the plan for the weeks the loop learns from; the weeks that judge it are others."""
AIM = 0.015
"""Added to the probability asked for: the best of several rounds is kinder on the weeks it was chosen by."""
SHORT = 0.025
"""Shortfall of the probability of one row that is within chance: one standard error and a half of 300 weeks."""
MOVED_WEIGHT = 0.7
"""Part of the way staircases go from the second round on."""
MARGIN_WEIGHT = 0.7
"""Part of the way a margin goes in a round; the rest is chance."""


@dataclass(frozen=True)
class _Case:
    """A week with its staircases, floors and learning weeks."""

    config: Config
    horizon: Horizon
    requirement: pd.DataFrame
    people: People
    stairs: Mapping[str, Staircase]
    floors: Mapping[str, Array]
    centre: Centre

    @classmethod
    def of(cls, config: Config, horizon: Horizon, requirement: pd.DataFrame, people: People) -> _Case:
        """Draw the learning weeks, and compute the staircases."""
        sharing = sharing_of(config, people.agents)
        stairs = {each.channel: each for each in staircases(config, requirement, horizon, sharing)}
        rows = requirement.set_index(["channel", "start"])["agents"]
        floors = {name: rows.loc[name].reindex(horizon.starts).to_numpy(dtype=float) for name in config.channels}
        loop, seed = config.staffing.loop, config.plan.seed + LEARNING_SEED
        centre = Centre.of(config, requirement, requirement, horizon, replications=loop.replications, seed=seed)
        return cls(config, horizon, requirement, people, stairs, floors, centre)

    def service(self, corrections: Corrections) -> ServicePlan | None:
        """The target rows of the week as corrected so far."""
        stairs = tuple(self.stairs.values())
        model = service_model(self.config, self.horizon, self.floors, stairs, corrections)
        return None if model is None else ServicePlan(stairs, corrections, model)


def plan_for_targets(
    config: Config,
    horizon: Horizon,
    requirement: pd.DataFrame,
    people: People,
    tell: Tell = lambda _word, _gap: None,
    end: Event | None = None,
) -> Roster:
    """Make the roster of a week whose targets, or some of them, are over a day or a week.

    Parameters
    ----------
    config, horizon, requirement, people, tell, end
        As in ``optimize.roster.planner.plan_week``; the requirement of channels with such targets is a floor, and needs
        `volume`, `aht_s` and `rate_cv`.

    Returns
    -------
    Roster
        With what every round planned and saw, and a notice where none kept its targets while learning.
    """
    case = _Case.of(config, horizon, requirement, people)
    corrections, rounds = NOTHING_LEARNT, list[Round]()
    made: dict[int, Roster] = {}
    cushion: Mapping[str, float] = {}
    corrected = config.staffing.loop.rounds
    for number in range(1, corrected + 2):
        service = case.service(corrections)
        if number < corrected:
            tell(f"round {number}, without whole people", None)
            plan = _relaxed_plan(case, service, end)
        else:
            roster = plan_week(config, horizon, case.requirement, people, tell, end, service)
            made[number] = replace(roster, cushion=dict(cushion))
            plan = _plan_of(case, roster)
        tell(f"round {number}, {config.staffing.loop.replications} simulated weeks", None)
        seen = case.centre.meet(plan.staffing)
        risks = work_risks(case.centre, plan.staffing, made[number]) if number in made else {}
        rounds.append(_round(case, number, plan, service, seen, risks))
        if number in made and made[number].interrupted:
            break
        corrections = _corrected(case, plan, corrections, seen, first=number == 1)
        cushion = cushions(config, risks, cushion)
        case = replace(case, requirement=with_cushion(requirement, cushion))
    tell("planning every interval by itself, to compare", None)
    return replace(_chosen(config, rounds, made), interval_bound=_interval_bound(case, end))


def _interval_bound(case: _Case, end: Event | None) -> float | None:
    """Least cost of a roster that keeps every interval by itself; None where the requirement does not say it."""
    if "agents_interval" not in case.requirement or (end is not None and end.is_set()):
        return None
    agents = case.requirement["agents_interval"].fillna(case.requirement["agents"])
    by_interval = case.requirement.assign(agents=agents)
    return relaxed_week(case.config, case.horizon, by_interval, case.people, None, end)[1].bound


@dataclass(frozen=True)
class _Plan:
    """A plan of one round: who is where, people beyond the floors by channel number, cost and bound."""

    staffing: Staffing
    over: Mapping[int, Array]
    cost: float
    bound: float
    whole: bool


def _relaxed_plan(case: _Case, service: ServicePlan | None, end: Event | None) -> _Plan:
    program, relaxed = relaxed_week(case.config, case.horizon, case.requirement, case.people, service, end)
    staffing = planned_staffing(case.config, program, relaxed.values, tuple(priority_order(case.config)))
    over = beyond_floors(program, relaxed.values)
    return _Plan(staffing, over, relaxed.bound, relaxed.bound, whole=False)


def _plan_of(case: _Case, roster: Roster) -> _Plan:
    rows = roster.coverage.set_index(["channel", "start"])
    over = {
        m: (rows.loc[name]["staffed"] - rows.loc[name]["required"]).reindex(case.horizon.starts).to_numpy(dtype=float)
        for m, name in enumerate(case.config.channels)
    }
    staffing = staffing_of(roster, case.config, case.horizon)
    return _Plan(staffing, over, roster.cost.total, roster.bound, whole=True)


def _round(
    case: _Case,
    number: int,
    plan: _Plan,
    service: ServicePlan | None,
    seen: Mapping[str, Seen],
    risks: Mapping[str, WorkRisk],
) -> Round:
    rows = () if service is None else service.model.rows
    told = {} if service is None else _told(service, plan)
    kept = (*(_kept(case, row, told[row.key], seen) for row in rows), *kept_work(case.config, risks))
    return Round(number, "whole" if plan.whole else "relaxed", plan.cost, plan.bound, kept)


def _told(service: ServicePlan, plan: _Plan) -> dict[RowKey, float]:
    """Mean gain of a contact of each row at a plan, by the staircases."""
    beyond = service.model.beyond(plan.over)
    return {row.key: row.reached(beyond) / row.volume for row in service.model.rows}


def _kept(case: _Case, row: TargetRow, told: float, seen: Mapping[str, Seen]) -> Kept:
    values, asked = _values(case, row, seen), _asked(case.config, row)
    known = values[np.isfinite(values)]
    reached = float((known >= asked - 1e-9).mean()) if known.size else 1.0
    margin = row.needed / row.volume - asked
    return Kept(*row.key, asked, told, float(known.mean()) if known.size else told, reached, margin)


def _values(case: _Case, row: TargetRow, seen: Mapping[str, Seen]) -> Array:
    return value_of(case.config, case.horizon, row, case.stairs, seen)


def _asked(config: Config, row: TargetRow) -> float:
    """What a target asks of a contact on average."""
    joint = (config.targets or {}).get(row.target)
    return joint.share if joint is not None else asked_of(config, row.target)[row.measure]


def _corrected(case: _Case, plan: _Plan, before: Corrections, seen: Mapping[str, Seen], *, first: bool) -> Corrections:
    """Move the staircases to what was seen, then the margins to what the rows as moved say at this plan."""
    weight = 1.0 if first else MOVED_WEIGHT
    nothing = np.zeros(case.horizon.size)
    number = {name: m for m, name in enumerate(case.config.channels)}
    people = {}
    for name, stair in case.stairs.items():
        there = np.sum([plan.over[number[each]] + case.floors[each] for each in stair.team], axis=0)
        was = before.people.get(name, nothing)
        people[name] = moved_people(stair, seen[name], there, was, case.horizon.interval_h, weight)
    moved = replace(before, people=people)
    service = case.service(moved)
    if service is None:
        return moved
    told, margin = _told(service, plan), {}
    for row in service.model.rows:
        so_far = row.needed / row.volume - _asked(case.config, row)
        sure = min(_sure(case.config, row) + AIM, 0.999)
        margin[row.key] = moved_margin(told[row.key], _values(case, row, seen), sure, so_far, MARGIN_WEIGHT)
    return replace(moved, margin=margin)


def _sure(config: Config, row: TargetRow) -> float:
    joint = (config.targets or {}).get(row.target)
    return joint.probability if joint is not None else config.sure_of(row.target)


def _chosen(config: Config, rounds: list[Round], made: Mapping[int, Roster]) -> Roster:
    """The cheapest roster that kept its targets while learning; else that whose least probability is highest."""
    judged = [each for each in rounds if each.number in made]
    kept = [each for each in judged if _passes(config, each)]
    best = min(kept, key=lambda each: each.cost) if kept else max(judged, key=lambda each: each.least)
    marked = tuple(replace(each, chosen=each is best) for each in rounds)
    roster, rest = made[best.number], _lacking(config, best)
    lacking = () if kept else (TargetsNotKept("roster", tuple(_lack(config, each) for each in rest)),)
    return replace(roster, rounds=marked, notes=(*roster.notes, *lacking))


def _lack(config: Config, kept: Kept) -> Lack:
    return Lack(kept.target, kept.day, kept.probability, _asked_sure(config, kept))


def _lacking(config: Config, one: Round) -> list[Kept]:
    """Rows kept less surely than asked: those beyond chance; where there are none, all that lack a little."""
    lacking = [each for each in one.kept if each.probability < _asked_sure(config, each)]
    return [each for each in lacking if not _kept_enough(config, each)] or lacking


def _kept_enough(config: Config, kept: Kept) -> bool:
    return kept.probability >= _asked_sure(config, kept) - SHORT


def _passes(config: Config, one: Round) -> bool:
    """Whether every row is kept within chance of what is asked, and all of them together on average."""
    lacks = [_asked_sure(config, each) - each.probability for each in one.kept]
    return not lacks or (max(lacks) <= SHORT and sum(lacks) <= 0.0)


def _asked_sure(config: Config, kept: Kept) -> float:
    joint = (config.targets or {}).get(kept.target)
    return joint.probability if joint is not None else config.sure_of(kept.target)
