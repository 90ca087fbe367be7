"""Several weeks in one search: what each wants of people by its relaxed program, then people and starts of all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from optimize.roster.planner import relaxed_week
from optimize.roster.together.decide import decided_weeks
from optimize.roster.together.demand import wanted_by
from optimize.targets.case import Case
from optimize.targets.loop import learn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from threading import Event

    import pandas as pd

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.decided import Decided
    from optimize.roster.inputs.people import People
    from optimize.targets.loop import Learnt

    Tell = Callable[[str, float | None], None]


@dataclass(frozen=True)
class AWeek:
    """A week with its ``requirement`` table."""

    horizon: Horizon
    requirement: pd.DataFrame


@dataclass(frozen=True)
class JointWeeks:
    """Weeks whose people and starts are decided, and by first day what simulations taught of each."""

    decided: Decided
    learnt: Mapping[date, Learnt]


def decide(
    config: Config,
    weeks: Sequence[AWeek],
    people: People,
    *,
    spans: bool,
    tell: Tell = lambda _word, _gap: None,
    end: Event | None = None,
) -> JointWeeks:
    """Decide who works which shift in all weeks.

    Parameters
    ----------
    config
        Contracts, rules, channels and prices.
    weeks
        Consecutive weeks, in order.
    people
        Agents, leave, wishes, rules; the week before the first.
    spans
        Whether a channel has a target over a day or a week.
    tell, end
        As of ``optimize.roster.planner.plan_week``.
    """
    wanted = []
    known: dict[date, Learnt] = {}
    alone = replace(people, previous=None, published=None)
    for number, week in enumerate(weeks, 1):
        tell(f"week {number} of {len(weeks)}, without whole people", None)
        service, requirement = None, week.requirement
        if spans:
            learnt = learn(Case.of(config, week.horizon, requirement, alone), end=end)
            known[week.horizon.first] = learnt
            service, requirement = learnt.case.service(learnt.corrections), learnt.case.requirement
        relaxed = relaxed_week(config, week.horizon, requirement, alone, service, end)
        wanted.append(wanted_by(config, *relaxed))
    first = weeks[0].horizon
    horizon = replace(first, days=first.days * len(weeks))
    tell("planning all weeks by name", None)
    return JointWeeks(decided_weeks(config, horizon, wanted, people, tell, end), known)
