"""Deferrable work in the loop: how surely it is in time, and the cushion where that is less than asked.

Work that waits lives on hours that live channels leave over. A plan at least cost leaves few, so a busy week is late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.schema import DeferrableChannel
from optimize.roster.rounds import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from configs.schema import Config
    from optimize.simulation.at_once.backlog import WorkRisk
    from optimize.simulation.at_once.centre import Centre
    from optimize.targets.plans import Plan

LARGEST = 1.15
"""Most hours of a channel's work over those expected; where more is needed, its people are not the cure."""


def work_risks(centre: Centre, plan: Plan) -> dict[str, WorkRisk]:
    """How surely the work of each deferrable channel is in time with the people of a plan, whole or relaxed."""
    found = {name: centre.work_risk(name, plan.staffing.alone[name], hours) for name, hours in plan.opening_h.items()}
    return {name: risk for name, risk in found.items() if risk.judged}


def cushions(config: Config, risks: Mapping[str, WorkRisk], before: Mapping[str, float]) -> dict[str, float]:
    """Factors on the hours of work for the next plan: larger where a target is kept less surely than asked."""
    found = dict(before)
    for name, risk in risks.items():
        if float(np.nanmin(risk.probability)) < config.sure_of(name):
            more = risk.buffer if np.isfinite(risk.buffer) else LARGEST
            found[name] = min(found.get(name, 1.0) * more, LARGEST)
    return found


def kept_work(config: Config, risks: Mapping[str, WorkRisk]) -> Iterator[Kept]:
    """Deferrable channels as the rounds tell of them: the least sure of their days, or the week."""
    for name, risk in risks.items():
        channel = config.channels[name]
        if isinstance(channel, DeferrableChannel):
            least = float(np.nanmin(risk.probability))
            yield Kept(name, "share", None, channel.target.share, risk.on_time, risk.on_time, least, 0.0)
