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
    from collections.abc import Callable, Sequence
    from threading import Event

    import pandas as pd

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.decided import Decided
    from optimize.roster.inputs.people import People
    from optimize.roster.program import Program
    from optimize.roster.program.solution import Solution

    Tell = Callable[[str, float | None], None]


@dataclass(frozen=True)
class AWeek:
    """A week with its ``requirement`` table."""

    horizon: Horizon
    requirement: pd.DataFrame


def decide(
    config: Config,
    weeks: Sequence[AWeek],
    people: People,
    *,
    spans: bool,
    tell: Tell = lambda _word, _gap: None,
    end: Event | None = None,
) -> Decided:
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
    for number, week in enumerate(weeks, 1):
        tell(f"week {number} of {len(weeks)}, without whole people", None)
        wanted.append(wanted_by(config, *_relaxed(config, week, people, end, spans=spans)))
    first = weeks[0].horizon
    horizon = replace(first, days=first.days * len(weeks))
    tell("planning all weeks by name", None)
    return decided_weeks(config, horizon, wanted, people, tell, end)


def _relaxed(
    config: Config, week: AWeek, people: People, end: Event | None, *, spans: bool
) -> tuple[Program, Solution]:
    """Plan a week without whole people, by what simulations taught where targets are over a day or a week."""
    alone = replace(people, previous=None, published=None)
    if not spans:
        return relaxed_week(config, week.horizon, week.requirement, alone, None, end)
    learnt = learn(Case.of(config, week.horizon, week.requirement, alone), end=end)
    case = learnt.case
    return relaxed_week(config, week.horizon, case.requirement, alone, case.service(learnt.corrections), end)
