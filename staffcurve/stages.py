"""The weekly job, one function a stage: ``run`` and the command of each stage call the same ones.

Each stage takes what the stages before it made, or what was read from a file, and prints on `console` what it made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from configs.horizon import Horizon
    from configs.notes import Noticed
    from configs.schema import Config
    from forecast.calendar.marks import Calendar
    from forecast.data.history import History
    from forecast.parallel import Parallelism
    from forecast.result import Forecast
    from optimize.roster.inputs.people import People
    from optimize.roster.result import Roster
    from optimize.simulation.result import Replay
    from optimize.staffing.requirement.result import Requirement
    from optimize.targets.frontier_points import Frontier
    from optimize.targets.joint import JointWeeks
    from reports.run import Run
    from staffcurve.cli.console import Console
    from staffcurve.prepared import Together

SERVICE = ["service_level", "abandonment", "occupancy"]
"""Columns of the coverage that say what people at a channel give its customers."""
WEEK_DAYS = 7


@dataclass(frozen=True)
class Inputs:
    """Everything that is read before anything is computed."""

    history: History
    calendar: Calendar
    people: People
    horizon: Horizon


def check(config: Config, console: Console) -> Inputs:
    """Read and check every file the config names, so that a fault is reported before the long work."""
    from configs.errors import every
    from forecast.adjustments import read_adjustments
    from forecast.calendar.marks import calendar_notes, read_calendar
    from forecast.data.history import read_history
    from optimize.roster.inputs.previous import check_previous
    from staffcurve.planned_days import horizon_of

    history: History
    calendar: Calendar
    people: People
    readers = (read_history, read_calendar, read_people, read_adjustments)
    with console.stage("check") as step:
        history, calendar, people, _ = every(*(partial(read, config) for read in readers))
        days = horizon_of(config, history)
        begin = history.begin(config.plan.timezone) or days.first
        noticed = calendar_notes(calendar, begin, days.first, days.date(days.days - 1))
        calendar = replace(calendar, notes=(*calendar.notes, *noticed))
        inputs = Inputs(history, calendar, people, days)
        check_previous(inputs.people.previous, inputs.horizon)
        step.result = f"{len(history.table):,} rows of history, {len(inputs.people.agents):,} people"
    return inputs


def read_people(config: Config) -> People:
    """Read everybody the config names, with what the previous run and the published one hand on."""
    from configs.errors import every
    from optimize.roster.inputs.people import read_files
    from staffcurve.run_folder.earlier_runs import read_previous, read_published, read_waiting

    people: People
    readers = (read_files, read_previous, read_published, read_waiting)
    people, *earlier = every(*(partial(read, config) for read in readers))
    return people.following(*earlier)


def forecast(config: Config, inputs: Inputs, console: Console, parallelism: Parallelism | None = None) -> Forecast:
    """History -> volume and handle time of every interval, with quantiles."""
    from forecast import forecast_week
    from forecast.parallel import Parallelism

    parallelism, days = parallelism or Parallelism(), inputs.horizon
    with console.stage("forecast") as step:
        made = forecast_week(
            config, inputs.history, inputs.calendar, days, jobs=parallelism.jobs, backend=parallelism.backend
        )
        longer = "" if days.days == WEEK_DAYS else f" in {days.days} days"
        step.result = f"{made.table['volume'].sum():,.0f} contacts{longer}"
    return made


def staff(
    config: Config, volumes: pd.DataFrame, horizon: Horizon, calendar: Calendar, agents: pd.DataFrame, console: Console
) -> Requirement:
    """``forecast`` table -> people or work required; `agents` say which channels share people."""
    with console.stage("staff") as step:
        made = required(config, volumes, horizon, calendar, agents)
        step.result = f"{hours_required(made, horizon):,.0f} agent-hours"
    return made


def required(
    config: Config, volumes: pd.DataFrame, horizon: Horizon, calendar: Calendar, agents: pd.DataFrame
) -> Requirement:
    """People or work required, without a word; for a stage and for its what-ifs."""
    from optimize.staffing import staff
    from staffcurve.planned_days import closed_days

    days = closed_days(config, calendar, horizon)
    return staff(config, volumes, horizon, closed_days=days, agents=agents)


def hours_required(requirement: Requirement, horizon: Horizon) -> float:
    """Agent-hours to roster, live and deferrable."""
    table = requirement.table
    return float(table["agents"].sum() * horizon.interval_h + table["work_h"].sum())


def roster(
    config: Config,
    requirement: pd.DataFrame,
    people: People,
    horizon: Horizon,
    console: Console,
    joint: JointWeeks | None = None,
) -> Roster:
    """``requirement`` table -> shifts, breaks and names, with the service they give and what would help.

    `joint` where who works which shift is decided.
    """
    from optimize.targets import plan

    with console.stage("roster") as step, console.interruptible() as end:
        made = with_service(config, requirement, plan(config, horizon, requirement, people, step.tell, end, joint))
        step.result = ended(made)
    return with_advice(config, made, requirement, horizon, console)


def cushioned(requirement: pd.DataFrame, roster: Roster) -> pd.DataFrame:
    """The ``requirement`` table a roster was made for: deferrable work with the cushion the loop gave it."""
    from optimize.roster.inputs.cushion import with_cushion

    return with_cushion(requirement, roster.cushion) if roster.cushion else requirement


def with_service(config: Config, requirement: pd.DataFrame, roster: Roster) -> Roster:
    """Return the roster with the service its people give: the columns `SERVICE` of its coverage."""
    from configs.tables import settled
    from optimize.staffing import serve

    bare, columns = roster.coverage.drop(columns=SERVICE, errors="ignore"), list(roster.coverage.columns)
    served = serve(config, requirement, bare[["channel", "start", "staffed"]], roster.people.agents)
    joined = bare.merge(served, on=["channel", "start"], how="left")
    return replace(roster, coverage=settled(joined[columns]))


def ended(roster: Roster) -> str:
    """Tell how the search for a roster ended, in one line."""
    from configs.notes import sentence_of
    from optimize.roster.facts import BoundScope

    cost = f"cost {roster.cost.total:,.0f}, at least {roster.bound:,.0f}"
    if roster.gap is None:
        cost += f" for any roster{sentence_of(BoundScope('roster', ('kept',)))}"
    return f"{len(roster.table)} shifts, {roster.status}, {cost}, gap {roster.gap_text}"


def with_advice(
    config: Config, roster: Roster, requirement: pd.DataFrame, horizon: Horizon, console: Console
) -> Roster:
    """The roster with what would help, unless the config asks for none; Ctrl-C leaves the advice out and says so."""
    from optimize.roster import advise

    if not config.roster.advice or roster.interrupted:
        return roster
    with console.stage("advice") as step, console.interruptible() as end:
        advice = advise(config, horizon, requirement, roster, step.tell, end)
        saving = max((each.saving for each in advice if each.kind not in {"hour", "rule"}), default=0.0)
        step.result = f"a change would save about {saving:,.0f} a week" if saving else "no worthwhile change found"
        if end.is_set():
            step.result = "left out"
    return replace(roster, advice=advice, interrupted=end.is_set())


def simulate(run: Run, console: Console, replications: int | None = None, seed: int | None = None) -> Replay:
    """Roster -> the service its people give to customers who come by chance."""
    from optimize.simulation import replay
    from optimize.simulation.busier import busier_weeks
    from optimize.simulation.routing_order import order_worth_changing
    from optimize.targets import has_spans

    with console.stage("simulate") as step:
        inputs = (run.roster, run.forecast, run.requirement, run.config, run.horizon)
        made = replay(*inputs, replications=replications, seed=seed)
        if has_spans(run.config):
            noticed = order_worth_changing(run.config, run.roster, made)
            busier = busier_weeks(*inputs, made.replications)
            made = replace(made, busier=busier, notes=(*made.notes, *noticed))
        step.result = f"{made.replications} replications"
    return made


def report(run: Run, folder: Path, formats: Sequence[str], console: Console) -> tuple[Path, ...]:
    """Write the reports of a run into a folder; return the files."""
    from staffcurve.run_folder.formats import write_reports

    with console.stage("report") as step:
        written = write_reports(run, folder, formats)
        step.result = f"{len(written)} files"
    return written


def report_again(run: Run, folder: Path, formats: Sequence[str], console: Console) -> list[Path]:
    """Write the reports into the folder the run was read from; they take their place when all are made."""
    from staffcurve.run_folder.whole import amended_folder

    with amended_folder(folder) as copy:
        return [folder / path.relative_to(copy) for path in report(run, copy, formats, console)]


def publish(run: Run, out: Path, console: Console) -> Path:
    """Write everything of a run into its folder; it is there whole, or the one before it still is."""
    from staffcurve.run_folder.published import entries_before
    from staffcurve.run_folder.whole import whole_folder
    from staffcurve.run_folder.write import write_inputs, write_record

    final = out / run.name
    run = replace(run, given_out=entries_before(run, final))
    with whole_folder(final) as folder:
        write_inputs(run, folder)
        # The tables are written in any case: the folder is read back from them.
        report(run, folder, ("csv", *run.config.reports.formats), console)
        write_record(run, console.seconds, folder)
    return final


def run_week(
    config: Config,
    console: Console,
    parallelism: Parallelism | None = None,
    inputs: Inputs | None = None,
    together: Together | None = None,
) -> Run:
    """The stages one after the other, up to the reports.

    `inputs` where they are checked already; `together` where the people of several weeks are decided.
    """
    from forecast.data.recent import recent_weeks
    from reports.run import Run
    from staffcurve import __version__
    from staffcurve.run_folder.provenance import provenance

    inputs = inputs or check(config, console)
    if together is None:
        predicted = forecast(config, inputs, console, parallelism)
        requirement = staff(config, predicted.table, inputs.horizon, inputs.calendar, inputs.people.agents, console)
    else:
        prepared = together.weeks[inputs.horizon.first]
        predicted, requirement = prepared.forecast, prepared.requirement
    joint = None if together is None else together.joint
    made = roster(config, requirement.table, inputs.people, inputs.horizon, console, joint)
    requirement = replace(requirement, table=cushioned(requirement.table, made))
    run = Run(
        config=config,
        horizon=inputs.horizon,
        forecast=predicted,
        requirement=requirement,
        roster=made,
        version=__version__,
        notes=_notes(inputs, predicted, requirement, made),
        recent=recent_weeks(inputs.history, inputs.horizon),
        provenance=provenance(config, inputs.history.digests),
    )
    if not config.simulation.replications:
        return run
    replayed = simulate(run, console)
    return replace(run, replay=replayed, notes=(*run.notes, *replayed.notes))


def _notes(inputs: Inputs, predicted: Forecast, requirement: Requirement, made: Roster) -> tuple[Noticed, ...]:
    """What every stage noticed, once each, in order of the stages."""
    found = [*inputs.history.notes, *inputs.calendar.notes, *predicted.notes, *requirement.notes, *made.notes]
    return tuple(dict.fromkeys(found))


def frontier(
    config: Config, inputs: Inputs, made: Forecast, targets: Sequence[str], console: Console
) -> tuple[Frontier, ...]:
    """``forecast`` -> plans that meet each target more or less surely, with cost and probability."""
    from optimize.targets.frontier import frontier as planned

    requirement = staff(config, made.table, inputs.horizon, inputs.calendar, inputs.people.agents, console)
    with console.stage("frontier") as step:
        found = planned(config, inputs.horizon, requirement.table, inputs.people, targets, step.tell)
        step.result = f"{sum(len(each.points) for each in found)} plans"
    return found
