"""Plans of one week that meet a target more or less surely, from which the frontier of each target is read.

Every plan is a week without whole people at least cost. Two rounds at the config correct the staircases once for all;
then the margins of one target at a time are moved by what its simulated days or weeks say, and all other targets stay.
All plans meet the same customers and the same absences, so that a difference between two of them is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.service_model import NOTHING_LEARNT
from optimize.simulation.intervals import wilson
from optimize.targets.case import Case
from optimize.targets.correction import aimed, corrected
from optimize.targets.frontier_points import Frontier, Point
from optimize.targets.plans import relaxed_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    import pandas as pd

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.service import TargetRow
    from optimize.roster.inputs.service_model import Corrections, RowKey, ServicePlan
    from optimize.simulation.at_once.seen import Seen
    from optimize.targets.plans import Plan

    Tell = Callable[[str, float | None], None]

MISSES = (3.0, 2.0, 1.0, 0.5)
"""Chance to miss the target, over that of the config: 0.9 asked gives plans for 0.7, 0.8, 0.9 and 0.95."""
SAME = 1e-4
"""Part of a cost within which two plans cost the same: the relaxed week is solved to about that."""
COST_DECIMALS = 2
"""Decimals of a cost; those beyond are noise of an interior point."""
LEAST_SURE = 0.05
"""Probability below which no plan is made."""
ROUNDS = 2
"""Rounds of correction at the config, before the plans are made."""


@dataclass(frozen=True)
class _Made:
    """A plan without whole people: its rows, its least cost, and the weeks it was simulated in."""

    service: ServicePlan
    cost: float
    seen: Mapping[str, Seen]


def frontier(
    config: Config, horizon: Horizon, requirement: pd.DataFrame, people: People, targets: Sequence[str], tell: Tell
) -> tuple[Frontier, ...]:
    """Plan the week at several probabilities of each target, one target at a time.

    Parameters
    ----------
    config, horizon, requirement, people
        As in ``optimize.targets.loop.plan_for_targets``.
    targets
        Live channels with a target of their own over a day or a week, and targets over several channels.
    tell
        Called with the name of each plan.

    Returns
    -------
    tuple of Frontier
        In the order of `targets`; points as they were simulated, cheapest first. The plan of the config is in each.
    """
    case = Case.of(config, horizon, requirement, people)
    corrections = _learnt(case, tell)
    tell("the plan of the config", None)
    chosen = _made(case, corrections, case.stairs)
    return tuple(_frontier(case, corrections, chosen, target, tell) for target in targets)


def probabilities(sure: float) -> tuple[float, ...]:
    """Probabilities that plans are made for, least first; that of the config is one of them."""
    return tuple(level for level in (1.0 - miss * (1.0 - sure) for miss in MISSES) if level >= min(LEAST_SURE, sure))


def _learnt(case: Case, tell: Tell) -> Corrections:
    """Correct staircases and margins at the config, without whole people."""
    corrections = NOTHING_LEARNT
    for number in range(1, ROUNDS + 1):
        tell(f"round {number}, without whole people", None)
        plan = relaxed_plan(case, case.service(corrections))
        corrections = corrected(case, plan, corrections, _seen(case, plan, case.stairs), number)
    return corrections


def _made(case: Case, corrections: Corrections, channels: Collection[str]) -> _Made:
    service = case.service(corrections)
    if service is None:
        raise ValueError("no channel has a target over a day or a week")
    plan = relaxed_plan(case, service)
    return _Made(service, round(plan.cost, COST_DECIMALS), _seen(case, plan, channels))


def _seen(case: Case, plan: Plan, channels: Collection[str]) -> dict[str, Seen]:
    return case.centre.meet(plan.staffing, only=channels)


def _frontier(case: Case, corrections: Corrections, chosen: _Made, target: str, tell: Tell) -> Frontier:
    """Make the plans of one target; rows that would ask for nothing else make no plan of their own."""
    joint = (case.config.targets or {}).get(target)
    channels = (target,) if joint is None else joint.channels
    points, known = [_point(case, chosen, target, chosen=True)], {_needed(chosen.service, target)}
    for level in probabilities(case.sure(target)):
        margin = dict(_margins(case, chosen, target, level))
        asked = replace(corrections, margin={**corrections.margin, **margin})
        service = case.service(asked)
        if service is None or _needed(service, target) in known:
            continue
        known.add(_needed(service, target))
        tell(f"{target}, a plan for {level:.0%}", None)
        points.append(_point(case, _made(case, asked, channels), target, chosen=False))
    return Frontier(target, without_equals(points))


def without_equals(points: Sequence[Point]) -> tuple[Point, ...]:
    """Cheapest first; of plans that cost the same, that which asks for most, and that of the config.

    Where the rest of the week keeps a target anyway, asking for less of it saves nothing: it is the same plan.
    """
    found: list[Point] = []
    for point in sorted(points, key=lambda each: each.share):
        if found and not found[-1].chosen and point.cost <= found[-1].cost * (1.0 + SAME):
            found.pop()
        found.append(point)
    return tuple(sorted(found, key=lambda each: each.cost))


def _margins(case: Case, chosen: _Made, target: str, level: float) -> Iterator[tuple[RowKey, float]]:
    """Margins of a target's rows at another probability: moved by the quantiles of the simulated weeks."""
    for row in _rows(chosen.service, target):
        values = case.values(row, chosen.seen)
        known = values[np.isfinite(values)]
        so_far = chosen.service.corrections.margin[row.key]
        if known.size:
            before, after = np.quantile(known, [1.0 - aimed(case.sure(target)), 1.0 - aimed(level)]).tolist()
            so_far += before - after
        yield row.key, so_far


def _rows(service: ServicePlan, target: str) -> list[TargetRow]:
    return [row for row in service.model.rows if row.target == target]


def _needed(service: ServicePlan, target: str) -> tuple[float, ...]:
    """What the rows of a target ask for beyond the floors."""
    return tuple(max(row.needed, row.at_floor) for row in _rows(service, target))


def _point(case: Case, made: _Made, target: str, *, chosen: bool) -> Point:
    shares = [row for row in _rows(made.service, target) if row.measure == "share"]
    asked = sum(max(row.needed, row.at_floor) for row in shares) / sum(row.volume for row in shares)
    kept, tried = kept_spans(case, _rows(made.service, target), made.seen)
    return Point(asked, made.cost, kept / tried, *wilson(kept, tried), chosen=chosen)


def kept_spans(case: Case, rows: Sequence[TargetRow], seen: Mapping[str, Seen]) -> tuple[int, int]:
    """Simulated days, or weeks, in which every row of a target is kept, and those with contacts."""
    missed: dict[int | None, np.ndarray] = {}
    known: dict[int | None, np.ndarray] = {}
    for row in rows:
        values = case.values(row, seen)
        nothing = np.zeros(values.size, dtype=bool)
        missed[row.day] = missed.get(row.day, nothing) | (values < case.asked(row) - 1e-9)
        known[row.day] = known.get(row.day, nothing) | np.isfinite(values)
    tried = sum(int(each.sum()) for each in known.values())
    return tried - sum(int(each.sum()) for each in missed.values()), tried
