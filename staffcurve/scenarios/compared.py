"""The baseline and every scenario asked for -> what each costs and gives.

The baseline is planned first; each scenario begins from what its simulations taught. History and forecast are shared by
plans whose settings for them are equal, and a plan that was made before is read again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from configs.scenarios import Asked
    from configs.schema import Config
    from forecast.result import Forecast
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.service_model import Corrections
    from optimize.scenarios.comparison import Compared
    from optimize.scenarios.plan import Planned
    from staffcurve.cli.console import Console
    from staffcurve.stages import Inputs

    Tell = Callable[[str, float | None], None]

OF_PEOPLE = frozenset({"target", "minimum", "max_occupancy", "patience", "slots", "touch", "think", "touches"})
"""Settings of a channel that no forecast depends on."""


@dataclass(frozen=True)
class Prepared:
    """What is read and forecast, for all plans with equal settings of both."""

    inputs: Inputs
    forecast: Forecast


def compared(config: Config, names: Sequence[str], kept: Path, console: Console, jobs: int = 1) -> Compared:
    """Plan the baseline and the scenarios of these names, all of them where there is none.

    Parameters
    ----------
    config
        With its scenarios.
    names
        Scenarios to plan.
    kept
        Folder in which plans are kept between runs.
    console
        Says what is done.
    jobs
        Plans made at the same time, each in a process of its own, -1 for every core; the result is the same.

    Raises
    ------
    ConfigError
        There is no such scenario, or one is wrong.
    """
    from joblib import Parallel, delayed

    from configs.scenarios import asked_plans
    from forecast.parallel import checked_jobs
    from optimize.scenarios.comparison import Compared, Row
    from staffcurve import __version__, stages
    from staffcurve.run_folder.provenance import provenance
    from staffcurve.scenarios import kept as store

    checked_jobs(jobs)
    plans = asked_plans(config, names)
    base = plans[0]
    inputs = stages.check(base.config, console)
    for each in plans[1:]:  # a fault in the people of a scenario is told before the long work
        _people(each)
    shelf = {_shared(base.config): Prepared(inputs, stages.forecast(base.config, inputs, console))}
    keys = [store.key_of(base, provenance(base.config, inputs.history.digests), __version__)]
    keys += [
        store.key_of(each, provenance(each.config, inputs.history.digests), __version__, keys[0]) for each in plans[1:]
    ]
    found = {key: plan for key in keys if (plan := store.read(kept, key)) is not None}
    known = len(found)
    with console.stage("scenarios") as step:
        if keys[0] not in found:
            step.tell(base.name, None)
            found[keys[0]] = made(base, shelf[_shared(base.config)])
            store.write(kept, keys[0], found[keys[0]])
        missing = [(each, key) for each, key in zip(plans, keys, strict=True) if key not in found]
        work = Parallel(n_jobs=jobs if len(missing) > 1 else 1, return_as="generator")(
            delayed(made)(each, _prepared(each, shelf), found[keys[0]].corrections) for each, _ in missing
        )
        for (each, key), planned in zip(missing, work, strict=True):
            step.tell(each.name, None)
            store.write(kept, key, planned)
            found[key] = planned
        step.result = f"{len(plans)} plans, {known} of them known"
    rows = tuple(Row(each, found[key].outcome) for each, key in zip(plans, keys, strict=True))
    return Compared(inputs.horizon, rows)


def made(asked: Asked, prepared: Prepared, before: Corrections | None = None) -> Planned:
    """Plan one scenario, or the baseline: contacts, people, requirement, plan, simulation."""
    from optimize.scenarios.contacts import changed_contacts
    from optimize.scenarios.plan import planned
    from staffcurve import stages
    from staffcurve.planned_days import closed_days

    inputs, config = prepared.inputs, asked.config
    closed = closed_days(config, inputs.calendar, inputs.horizon)
    changed = changed_contacts(config, inputs.horizon, prepared.forecast.table, asked.scenario, closed)
    people = _people(asked)
    required = stages.required(config, changed.table, inputs.horizon, inputs.calendar, people.agents)
    return planned(config, inputs.horizon, required.table, people, outsourced=changed.outsourced, before=before)


def _people(asked: Asked) -> People:
    from optimize.scenarios.people import changed_people
    from staffcurve import stages

    return changed_people(stages.read_people(asked.config), asked.scenario, f"scenarios.{asked.sweep or asked.name}")


def _prepared(asked: Asked, shelf: dict[str, Prepared]) -> Prepared:
    """What a plan shares with others; read and forecast once for each different setting."""
    from forecast import forecast_week
    from staffcurve import stages
    from staffcurve.cli.console import Console

    key = _shared(asked.config)
    if key not in shelf:
        inputs = stages.check(asked.config, Console(quiet=True))
        table = forecast_week(asked.config, inputs.history, inputs.calendar, inputs.horizon)
        shelf[key] = Prepared(inputs, table)
    return shelf[key]


def _shared(config: Config) -> str:
    """Settings on which history and forecast depend, as text."""
    channels = {
        name: channel.model_dump(mode="json", by_alias=True, exclude=set(OF_PEOPLE))
        for name, channel in config.channels.items()
    }
    parts = config.model_dump(
        mode="json", by_alias=True, include={"plan", "history", "reading", "calendar", "forecast"}
    )
    return json.dumps([channels, parts], sort_keys=True, default=str)
