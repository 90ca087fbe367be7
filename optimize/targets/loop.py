"""Plan, simulate, correct: rosters that keep targets over a day or a week with the probability asked for.

Rounds of correction plan without whole people, which takes seconds and teaches nearly as much as a roster. Then a
roster is made. Where it misses a target in the learning weeks, a second is made from what it taught, and the cheaper of
those that keep their targets becomes that of the week. Time decides nothing, so that equal inputs give equal bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.facts import Lack, TargetsNotKept
from optimize.roster.inputs.cushion import with_cushion
from optimize.roster.inputs.service_model import NOTHING_LEARNT, ServicePlan, date_of
from optimize.roster.planner import plan_week, relaxed_week
from optimize.roster.rounds import Kept, Round
from optimize.targets.case import Case
from optimize.targets.correction import corrected
from optimize.targets.deferrable_work import cushions, kept_work, work_risks
from optimize.targets.plans import Plan, relaxed_plan, told_by, whole_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from threading import Event

    import pandas as pd

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.service import TargetRow
    from optimize.roster.inputs.service_model import Corrections
    from optimize.roster.result import Roster
    from optimize.simulation.at_once.backlog import WorkRisk
    from optimize.simulation.at_once.seen import Seen

    Tell = Callable[[str, float | None], None]

ROSTERS = 2
"""Rosters made at most: one, and another where it misses a target."""
SHORT = 0.025
"""Shortfall of the probability of one row that is within chance: one standard error and a half of 300 weeks."""


def plan_for_targets(
    config: Config,
    horizon: Horizon,
    requirement: pd.DataFrame,
    people: People,
    tell: Tell = lambda _word, _gap: None,
    end: Event | None = None,
    learnt: Learnt | None = None,
) -> Roster:
    """Make the roster of a week whose targets, or some of them, are over a day or a week.

    Parameters
    ----------
    config, horizon, requirement, people, tell, end
        As in ``optimize.roster.planner.plan_week``; the requirement of channels with such targets is a floor, and needs
        `volume`, `aht_s` and `rate_cv`.
    learnt
        What rounds without whole people taught, where they were made already.

    Returns
    -------
    Roster
        With what every round planned and saw, and a notice where none kept its targets while learning.
    """
    learnt = learnt or learn(Case.of(config, horizon, requirement, people), tell, end)
    case, corrections, cushion, rounds = learnt.case, learnt.corrections, learnt.cushion, list(learnt.rounds)
    made: dict[int, Roster] = {}
    relaxed = len(rounds)
    rosters = ROSTERS if people.decided is None else 1  # people who are decided would work the same shifts again
    for number in range(relaxed + 1, relaxed + rosters + 1):
        service = case.service(corrections)
        roster = plan_week(config, horizon, case.requirement, people, tell, end, service)
        made[number] = replace(roster, cushion=dict(cushion))
        plan = whole_plan(case, roster)
        seen, risks = _met(case, number, plan, service, tell, rounds)
        if made[number].interrupted or relaxed == 0 or _passes(config, rounds[-1]):
            break
        corrections = corrected(case, plan, corrections, seen, number)
        cushion = cushions(config, risks, cushion)
        case = replace(case, requirement=with_cushion(requirement, cushion))
    tell("planning every interval separately, to compare", None)
    return replace(_chosen(case, rounds, made), interval_bound=_interval_bound(case, end))


@dataclass(frozen=True)
class Learnt:
    """What rounds without whole people taught: the case with its cushions, corrections, and the rounds."""

    case: Case
    corrections: Corrections = NOTHING_LEARNT
    cushion: Mapping[str, float] = field(default_factory=dict)
    rounds: tuple[Round, ...] = ()


def learn(
    case: Case, tell: Tell = lambda _word, _gap: None, end: Event | None = None, before: Corrections | None = None
) -> Learnt:
    """Plan without whole people, simulate and correct, as many rounds as the config says.

    After `before`, what a week that differs little taught, one round is enough.
    """
    config, requirement = case.config, case.requirement
    corrections, rounds = before or NOTHING_LEARNT, list[Round]()
    cushion: Mapping[str, float] = {}
    for number in range(1, (config.staffing.loop.rounds if before is None else 1) + 1):
        tell(f"round {number}, without whole people", None)
        service = case.service(corrections)
        plan = relaxed_plan(case, service, end)
        seen, risks = _met(case, number, plan, service, tell, rounds)
        corrections = corrected(case, plan, corrections, seen, number)
        cushion = cushions(config, risks, cushion)
        case = replace(case, requirement=with_cushion(requirement, cushion))
    return Learnt(case, corrections, cushion, tuple(rounds))


def _met(
    case: Case, number: int, plan: Plan, service: ServicePlan | None, tell: Tell, rounds: list[Round]
) -> tuple[Mapping[str, Seen], Mapping[str, WorkRisk]]:
    """What a plan gives in the learning weeks; the round is added to those before."""
    tell(f"round {number}, {case.config.staffing.loop.replications} simulated weeks", None)
    seen = case.centre.meet(plan.staffing, only=case.stairs)
    risks = work_risks(case.centre, plan)
    rounds.append(_round(case, number, plan, service, seen, risks))
    return seen, risks


def _interval_bound(case: Case, end: Event | None) -> float | None:
    """Least cost of a roster that keeps every interval by itself; None where the requirement does not say it."""
    if "agents_interval" not in case.requirement or (end is not None and end.is_set()):
        return None
    agents = case.requirement["agents_interval"].fillna(case.requirement["agents"])
    by_interval = case.requirement.assign(agents=agents)
    return relaxed_week(case.config, case.horizon, by_interval, case.people, None, end)[1].bound


def _round(
    case: Case,
    number: int,
    plan: Plan,
    service: ServicePlan | None,
    seen: Mapping[str, Seen],
    risks: Mapping[str, WorkRisk],
) -> Round:
    rows = () if service is None else service.model.rows
    told = {} if service is None else told_by(service, plan)
    kept = (*(_kept(case, row, told[row.key], seen) for row in rows), *kept_work(case.config, risks))
    return Round(number, "whole" if plan.whole else "relaxed", plan.cost, plan.bound, kept)


def _kept(case: Case, row: TargetRow, told: float, seen: Mapping[str, Seen]) -> Kept:
    values, asked = case.values(row, seen), case.asked(row)
    known = values[np.isfinite(values)]
    reached = float((known >= asked - 1e-9).mean()) if known.size else 1.0
    margin = row.needed / row.volume - asked
    return Kept(*row.key, asked, told, float(known.mean()) if known.size else told, reached, margin)


def _chosen(case: Case, rounds: list[Round], made: Mapping[int, Roster]) -> Roster:
    """The cheapest roster that kept its targets while learning; else that whose least probability is highest."""
    config = case.config
    judged = [each for each in rounds if each.number in made]
    kept = [each for each in judged if _passes(config, each)]
    best = min(kept, key=lambda each: each.cost) if kept else max(judged, key=lambda each: each.least)
    marked = tuple(replace(each, chosen=each is best) for each in rounds)
    roster, rest = made[best.number], _lacking(config, best)
    lacking = () if kept else (TargetsNotKept("roster", tuple(_lack(case, each) for each in rest)),)
    return replace(roster, rounds=marked, notes=(*roster.notes, *lacking))


def _lack(case: Case, kept: Kept) -> Lack:
    day = None if kept.day is None else date_of(case.config, case.horizon, kept.target, kept.day)
    return Lack(kept.target, day, kept.probability, _asked_sure(case.config, kept))


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
