"""A week of a scenario at least cost without whole people, and what its customers get in simulated weeks.

Rounds of correction are those of the loop for targets over a day or a week; a scenario begins from what those of the
baseline taught. All plans meet customers drawn with the same random numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from configs.schema import ConcurrentChannel, DeferrableChannel
from optimize.scenarios.outcome import ChannelOutcome, Outcome
from optimize.simulation.at_once.centre import Centre
from optimize.targets.case import Case
from optimize.targets.deferrable_work import work_risks
from optimize.targets.loop import learn
from optimize.targets.plans import relaxed_plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Event

    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.service_model import Corrections
    from optimize.simulation.at_once.seen import Seen
    from optimize.targets.plans import Plan

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Planned:
    """What a plan costs and gives, and what its rounds taught."""

    outcome: Outcome
    corrections: Corrections


def planned(
    config: Config,
    horizon: Horizon,
    requirement: pd.DataFrame,
    people: People,
    *,
    outsourced: float = 0.0,
    before: Corrections | None = None,
    end: Event | None = None,
) -> Planned:
    """Plan a week and simulate it.

    Parameters
    ----------
    config, horizon, requirement, people
        As in ``optimize.targets.loop.plan_for_targets``.
    outsourced
        What a partner is paid, in the currency of the plan.
    before
        What the rounds of a week that differs little taught.
    end
        Set by the caller to end early.
    """
    learnt = learn(Case.of(config, horizon, requirement, people), end=end, before=before)
    case = learnt.case
    plan = relaxed_plan(case, case.service(learnt.corrections), end)
    weeks = config.simulation.replications or config.staffing.loop.replications
    centre = Centre.of(config, requirement, requirement, horizon, replications=weeks, seed=config.plan.seed)
    channels = tuple(_channels(config, horizon, centre, plan))
    hours = sum(float(each.sum()) for each in (*plan.staffing.groups.values(), *plan.staffing.alone.values()))
    outcome = Outcome(
        cost=plan.cost + outsourced,
        outsourced=outsourced,
        agent_h=hours * horizon.interval_h,
        people=len(people.agents),
        short_h=plan.short_h,
        backlog_h=sum(plan.opening_h.values()),
        channels=channels,
    )
    return Planned(outcome, learnt.corrections)


def _channels(config: Config, horizon: Horizon, centre: Centre, plan: Plan) -> Iterator[ChannelOutcome]:
    seen, risks = centre.meet(plan.staffing, plan.opening_h), work_risks(centre, plan)
    for name, channel in config.channels.items():
        met = seen[name]
        contacts, work_h = float(centre.demands[name].volume.sum()), _work_h(config, centre, name, met)
        if isinstance(channel, DeferrableChannel):
            risk = risks.get(name)
            share = 1.0 if risk is None else risk.on_time
            sure = 1.0 if risk is None else float(np.nanmean(risk.probability))
            yield ChannelOutcome(name, contacts, work_h, share, channel.target.share, sure)
            continue
        share = _part(met.good.sum(), met.counted.sum())
        wait = _part(met.wait_s.sum(), met.offered.sum())
        response = None
        if met.response_s is not None and met.messages is not None:
            response = _part(met.response_s.sum(), met.messages.sum())
        sure = _sure(met, channel.target.share, horizon.day if config.span_of(name) == "day" else None)
        yield ChannelOutcome(name, contacts, work_h, share, channel.target.share, sure, wait, response)


def _work_h(config: Config, centre: Centre, name: str, met: Seen) -> float:
    """Agent time of a channel's contacts; an agent with several conversations counts once."""
    if isinstance(config.channels[name], ConcurrentChannel):
        return float(met.busy_s.sum(axis=1).mean()) / 3600.0
    demand = centre.demands[name]
    return float((demand.volume * np.nan_to_num(demand.aht_s)).sum()) / 3600.0


def _part(top: float, of: float) -> float:
    return float(top / of) if of else 1.0 if top == of else 0.0


def _sure(met: Seen, asked: float, day: NDArray[np.int64] | None) -> float:
    """Share of weeks in which a target is met; of days where they are given, and their mean."""
    groups = np.zeros(met.good.shape[1], dtype=int) if day is None else day
    found = []
    for each in np.unique(groups):
        good, counted = met.good[:, groups == each].sum(axis=1), met.counted[:, groups == each].sum(axis=1)
        if counted.any():
            found.append(float((good >= asked * counted - 1e-9).mean()))
    return float(np.mean(found)) if found else 1.0
