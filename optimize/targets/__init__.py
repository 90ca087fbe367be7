"""The closed loop: plans for targets over a day or a week, simulated, corrected and chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from configs.schema import DeferrableChannel

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    import pandas as pd

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.people import People
    from optimize.roster.result import Roster
    from optimize.targets.joint import JointWeeks


def has_spans(config: Config) -> bool:
    """Whether a live channel has a target over a day or a week."""
    return any(
        not isinstance(channel, DeferrableChannel) and config.span_of(name) != "interval"
        for name, channel in config.channels.items()
    )


def plan(
    config: Config,
    horizon: Horizon,
    requirement: pd.DataFrame,
    people: People,
    tell: Callable[[str, float | None], None] = lambda _word, _gap: None,
    end: Event | None = None,
    joint: JointWeeks | None = None,
) -> Roster:
    """Make the roster of a week: by the loop where a target is one over a day or a week, else at once.

    Where people have rules over weeks, or weeks are planned together, who works which shift is decided first: in
    `joint` already, or for this week alone. A roster that was published is changed as little as possible instead.
    """
    from optimize.roster.planner import plan_week
    from optimize.targets.joint import AWeek, decide
    from optimize.targets.loop import plan_for_targets

    if config.plans_jointly and people.published is None:
        joint = joint or decide(
            config, [AWeek(horizon, requirement)], people, spans=has_spans(config), tell=tell, end=end
        )
        people = replace(people, decided=joint.decided)
    if not has_spans(config):
        return plan_week(config, horizon, requirement, people, tell, end)
    learnt = None if joint is None else joint.learnt[horizon.first]
    return plan_for_targets(config, horizon, requirement, people, tell, end, learnt)
