"""The weekly job as a row of stages. Each reads as one sentence; the rooms do the work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from threading import Event

    import pandas as pd

    from configs.horizon import Horizon
    from configs.notes import Note
    from configs.schema import Config
    from forecast.calendar import Calendar
    from forecast.history import History
    from forecast.parallel import Many
    from forecast.result import Forecast
    from optimize.roster.result import People, Roster
    from optimize.simulation.result import Replay
    from optimize.staffing.result import Requirement
    from reports.run import Run
    from staffcurve.talk import Talk


DEADLINE_DAYS = 21
"""Days after the planned ones on which closing still moves a deadline."""
SERVICE = ["service_level", "abandonment", "occupancy"]
"""What people at a channel give its customers; known when the roster is."""


@dataclass(frozen=True)
class Inputs:
    """Everything that is read before anything is computed."""

    history: History
    calendar: Calendar
    people: People
    horizon: Horizon


def read_inputs(config: Config) -> Inputs:
    """Read and check every file the config names, so that a fault is told before the long work."""
    from dataclasses import replace

    from forecast.calendar import calendar_notes, read_calendar
    from forecast.history import read_history
    from optimize.roster.inputs.people import read_people
    from optimize.roster.inputs.previous import check_previous

    history = read_history(config)
    calendar, days = read_calendar(config), horizon_of(config, history)
    begin = history.table["start"].min().tz_convert(config.plan.timezone).date()
    said = calendar_notes(calendar, begin, days.first, days.date(days.days - 1))
    calendar = replace(calendar, notes=(*calendar.notes, *said))
    inputs = Inputs(history, calendar, read_people(config), days)
    check_previous(inputs.people.previous, inputs.horizon)
    return inputs


def horizon_of(config: Config, history: History | None, days: int = 7) -> Horizon:
    """The planned week: the config's, or the first whole one after the history ends."""
    return horizon_from(config, config.plan.week or _after(config, history), days)


def horizon_from(config: Config, first: date, days: int = 7) -> Horizon:
    """`days` local days from `first` on, in the intervals of the plan."""
    from configs.horizon import Horizon

    return Horizon(first, days, config.plan.interval_s // 60, config.plan.timezone)


def _after(config: Config, history: History | None) -> date:
    from configs.errors import ConfigError, Fault
    from forecast import default_week

    if history is None:
        raise ConfigError(Fault("plan.week", "is missing; it is required when there is no history"))
    return default_week(history, config)


def make_forecast(config: Config, inputs: Inputs, many: Many | None = None) -> Forecast:
    """History -> volume and handle time of every interval, with quantiles."""
    from forecast import forecast_week
    from forecast.parallel import Many

    many = many or Many()
    days = inputs.horizon
    return forecast_week(config, inputs.history, inputs.calendar, days, jobs=many.jobs, backend=many.backend)


def make_requirement(config: Config, forecast: pd.DataFrame, horizon: Horizon, calendar: Calendar) -> Requirement:
    """Volume -> people or work."""
    from optimize.staffing import staff

    return staff(config, forecast, horizon, closed_days=closed_days(config, calendar, horizon))


def closed_days(config: Config, calendar: Calendar, horizon: Horizon) -> dict[str, list[date]]:
    """Days of its own zone on which each channel is closed; deadlines look beyond the horizon."""
    first = {name: horizon.seen_in(channel.timezone).first for name, channel in config.channels.items()}
    days = horizon.days + DEADLINE_DAYS
    marks = {
        name: calendar.closed(name, first[name], days, on_holidays=channel.closed_on_holidays)
        for name, channel in config.channels.items()
    }
    return {
        name: [first[name] + timedelta(days=day) for day, closed in enumerate(mark) if closed]
        for name, mark in marks.items()
    }


def make_roster(
    config: Config,
    requirement: Requirement,
    people: People,
    horizon: Horizon,
    tell: Callable[[str, float | None], None],
    end: Event | None = None,
) -> Roster:
    """People required -> shifts, breaks and names, with the service they give."""
    from dataclasses import replace

    from configs.tables import settled
    from optimize.roster import plan_week
    from optimize.staffing import serve

    roster = plan_week(config, horizon, requirement.table, people, tell, end)
    served = serve(config, requirement.table, roster.coverage[["channel", "start", "staffed"]])
    coverage = roster.coverage.drop(columns=SERVICE).merge(served, on=["channel", "start"], how="left")
    return replace(roster, coverage=settled(coverage[list(roster.coverage.columns)]))


def ended(roster: Roster) -> str:
    """Tell how the search for a roster ended, in one line."""
    from optimize.roster.result import KEPT

    cost = f"cost {roster.cost.total:,.0f}, at least {roster.bound:,.0f}"
    if roster.gap is None:
        cost += f" for any roster{KEPT}"
    return f"{len(roster.table)} shifts, {roster.status}, {cost}, gap {roster.gap_told}"


def with_advice(config: Config, roster: Roster, requirement: pd.DataFrame, horizon: Horizon, talk: Talk) -> Roster:
    """The roster with what would help, unless the config asks for none; Ctrl-C leaves the advice out and says so."""
    from dataclasses import replace

    from optimize.roster import advise

    if not config.roster.advice or roster.interrupted:
        return roster
    with talk.stage("advice") as step, talk.interruptible() as end:
        advice = advise(config, horizon, requirement, roster, step.tell, end)
        saving = max((each.saving for each in advice if each.kind != "hour"), default=0.0)
        step.result = f"a change would save about {saving:,.0f} a week" if saving else "no worthwhile change found"
        if end.is_set():
            step.result = "left out"
    return replace(roster, advice=advice, interrupted=end.is_set())


def make_replay(
    config: Config,
    roster: Roster,
    forecast: Forecast,
    requirement: Requirement,
    horizon: Horizon,
    replications: int | None = None,
    seed: int | None = None,
) -> Replay:
    """Roster -> the service its people give to customers who come by chance."""
    from optimize.simulation import replay

    return replay(roster, forecast, requirement, config, horizon, replications=replications, seed=seed)


def run_week(config: Config, talk: Talk, many: Many | None = None) -> Run:
    """The whole weekly job up to the reports."""
    from forecast.recent import recent_weeks
    from reports.run import Run
    from staffcurve import __version__
    from staffcurve.provenance import provenance

    with talk.stage("check") as step:
        inputs = read_inputs(config)
        step.result = f"{len(inputs.history.table):,} rows of history, {len(inputs.people.agents)} people"
    with talk.stage("forecast") as step:
        forecast = make_forecast(config, inputs, many)
        step.result = f"{forecast.table['volume'].sum():,.0f} contacts"
    with talk.stage("staff") as step:
        requirement = make_requirement(config, forecast.table, inputs.horizon, inputs.calendar)
        step.result = f"{hours_required(requirement, inputs.horizon):,.0f} agent-hours"
    with talk.stage("roster") as step, talk.interruptible() as end:
        roster = make_roster(config, requirement, inputs.people, inputs.horizon, step.tell, end)
        step.result = ended(roster)
    roster = with_advice(config, roster, requirement.table, inputs.horizon, talk)
    replayed = None
    if config.simulation.replications:
        with talk.stage("simulate") as step:
            replayed = make_replay(config, roster, forecast, requirement, inputs.horizon)
            step.result = f"{replayed.replications} replications"
    notes = all_notes(inputs, forecast, requirement, roster) + (replayed.notes if replayed else ())
    seen = recent_weeks(inputs.history, inputs.horizon)
    made = provenance(config)
    return Run(config, inputs.horizon, forecast, requirement, roster, __version__, notes, replayed, seen, made)


def hours_required(requirement: Requirement, horizon: Horizon) -> float:
    """Agent-hours to roster, live and deferrable."""
    table = requirement.table
    return float(table["agents"].sum() * horizon.interval_h + table["work_h"].sum())


def all_notes(inputs: Inputs, forecast: Forecast, requirement: Requirement, roster: Roster) -> tuple[Note, ...]:
    """What every stage noticed, once each, in order of the stages."""
    found = [*inputs.history.notes, *inputs.calendar.notes, *forecast.notes, *requirement.notes, *roster.notes]
    return tuple(dict.fromkeys(found))
