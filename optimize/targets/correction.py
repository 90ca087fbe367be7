"""One correction: staircases move to what the simulated weeks saw, then margins to what the rows as moved say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from optimize.targets.learning import moved_margin, moved_people
from optimize.targets.plans import told_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from optimize.roster.inputs.service_model import Corrections
    from optimize.simulation.at_once.seen import Seen
    from optimize.targets.case import Case
    from optimize.targets.plans import Plan

AIM = 0.005
"""Added to the probability asked for: the best of several rounds is kinder on the weeks it was chosen by."""
SUREST = 0.999
"""Largest probability that a plan aims at."""
WEIGHTS = (1.0, 0.7, 0.5)
"""Part of the way staircases and margins go after each round, the last from then on; the rest is chance."""


def corrected(case: Case, plan: Plan, before: Corrections, seen: Mapping[str, Seen], number: int) -> Corrections:
    """Move the staircases to what round `number` saw, then the margins to what the rows as moved say at its plan."""
    weight = WEIGHTS[min(number, len(WEIGHTS)) - 1]
    nothing = np.zeros(case.horizon.size)
    people = {}
    for name, stair in case.stairs.items():
        there = case.counted(stair, plan.present)
        was = before.people.get(name, nothing)
        people[name] = moved_people(stair, seen[name], there, was, case.horizon.interval_h, weight)
    moved = replace(before, people=people)
    service = case.service(moved)
    if service is None:
        return moved
    told, margin = told_by(service, plan), {}
    for row in service.model.rows:
        so_far = row.needed / row.volume - case.asked(row)
        sure = aimed(case.sure(row.target))
        margin[row.key] = moved_margin(told[row.key], case.values(row, seen), sure, so_far, weight, case.asked(row))
    return replace(moved, margin=margin)


def aimed(sure: float) -> float:
    """Probability a plan aims at so that it keeps the one asked for."""
    return min(sure + AIM, SUREST)
