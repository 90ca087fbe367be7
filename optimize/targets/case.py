"""A week to plan for targets over a day or a week: its staircases, its floors and the weeks it is simulated in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from optimize.roster.inputs.service_model import Corrections, ServicePlan, asked_of, service_model
from optimize.roster.inputs.service_plan import floors_of
from optimize.simulation.at_once.centre import Centre
from optimize.staffing.requirement.staircase import staircases
from optimize.staffing.requirement.teams import sharing_of
from optimize.targets.observed import value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.service import Present, TargetRow
    from optimize.simulation.at_once.seen import Seen
    from optimize.staffing.requirement.staircase import Staircase

    Array = NDArray[np.float64]

LEARNING_SEED = 1_000_003
"""Added to the seed of the plan for the weeks the loop learns from; the weeks that judge it are others."""


@dataclass(frozen=True)
class Case:
    """A week with its staircases, floors and learning weeks."""

    config: Config
    horizon: Horizon
    requirement: pd.DataFrame
    people: People
    stairs: Mapping[str, Staircase]
    floors: Mapping[str, Array]
    centre: Centre

    @classmethod
    def of(cls, config: Config, horizon: Horizon, requirement: pd.DataFrame, people: People) -> Case:
        """Draw the learning weeks, and compute the staircases."""
        sharing = sharing_of(config, people.agents)
        stairs = {each.channel: each for each in staircases(config, requirement, horizon, sharing)}
        floors = floors_of(config, horizon, requirement)
        loop, seed = config.staffing.loop, config.plan.seed + LEARNING_SEED
        centre = Centre.of(config, requirement, requirement, horizon, replications=loop.replications, seed=seed)
        return cls(config, horizon, requirement, people, stairs, floors, centre)

    def service(self, corrections: Corrections) -> ServicePlan | None:
        """The target rows of the week as corrected so far."""
        stairs = tuple(self.stairs.values())
        model = service_model(self.config, self.horizon, self.floors, stairs, corrections)
        return None if model is None else ServicePlan(stairs, corrections, model)

    def counted(self, stair: Staircase, present: Present) -> Array:
        """People of a team as a staircase counts them; shape (T,)."""
        number = {name: m for m, name in enumerate(self.config.channels)}
        there = np.sum([present.over[number[each]] + self.floors[each] for each in stair.team], axis=0)
        if stair.counts_alike:
            return np.asarray(there, dtype=float)
        return stair.counted(there, present.able[number[stair.channel]])

    def asked(self, row: TargetRow) -> float:
        """What a target asks of a contact on average."""
        joint = (self.config.targets or {}).get(row.target)
        return joint.share if joint is not None else asked_of(self.config, row.target)[row.measure]

    def sure(self, target: str) -> float:
        """Probability asked for, of a channel or of a target over several."""
        joint = (self.config.targets or {}).get(target)
        return joint.probability if joint is not None else self.config.sure_of(target)

    def values(self, row: TargetRow, seen: Mapping[str, Seen]) -> Array:
        """Mean gain of the contacts of a row in every simulated week; shape (weeks,), NaN without contacts."""
        return value_of(self.config, self.horizon, row, self.stairs, seen)
