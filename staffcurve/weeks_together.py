"""Several weeks of one plan: everything up to the requirement of each, then who works which shift in all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from staffcurve.prepared import Prepared, Together

if TYPE_CHECKING:
    from datetime import date

    from configs.schema import Config
    from forecast.parallel import Parallelism
    from staffcurve.cli.console import Console


def planned_together(config: Config, console: Console, parallelism: Parallelism | None = None) -> Together | None:
    """Decide all weeks of a plan in one search; None where it is of one week, or one week after another."""
    from optimize.targets import has_spans
    from optimize.targets.joint import AWeek, decide
    from staffcurve import stages
    from staffcurve.planned_days import horizon_from

    if config.plan.weeks == 1 or not config.plans_jointly:
        return None
    inputs = stages.check(config, console)
    found: dict[date, Prepared] = {}
    weeks = []
    for number in range(config.plan.weeks):
        first = inputs.horizon.first + timedelta(days=7 * number)
        each = replace(inputs, horizon=horizon_from(config, first))
        predicted = stages.forecast(config, each, console, parallelism)
        agents = inputs.people.agents
        requirement = stages.staff(config, predicted.table, each.horizon, inputs.calendar, agents, console)
        found[first] = Prepared(predicted, requirement)
        weeks.append(AWeek(each.horizon, requirement.table))
    with console.stage("weeks together") as step, console.interruptible() as end:
        made = decide(config, weeks, inputs.people, spans=has_spans(config), tell=step.tell, end=end)
        step.result = f"{len(made.decided.table)} shifts of {len(weeks)} weeks"
    return Together(made, found)
