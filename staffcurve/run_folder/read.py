"""Read a run folder back: its tables, its manifest and the people it was made for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from configs.tables import (
    AGENTS,
    COVERAGE,
    FORECAST,
    HISTORY,
    LEAVE,
    PROMISE_DAYS,
    REQUESTS,
    REQUIREMENT,
    ROSTER,
    RULES,
    SIMULATION,
    WAITING,
)
from staffcurve.run_folder import first_version
from staffcurve.run_folder.document import into, null_is_nan
from staffcurve.run_folder.earlier_runs import read_taken_over
from staffcurve.run_folder.explanations import read_explanations
from staffcurve.run_folder.layout import MANIFEST, input_file, table_file
from staffcurve.run_folder.manifest import read_manifest
from staffcurve.run_folder.published import read_entries
from staffcurve.run_folder.tables import read_any
from staffcurve.run_folder.targets import with_targets
from staffcurve.run_folder.wishes import with_wishes

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from configs.horizon import Horizon
    from configs.schema import Config
    from configs.tables import Table
    from forecast.result import Forecast
    from optimize.roster.facts import Assumption, DayGivenUp
    from optimize.roster.inputs.people import People
    from optimize.roster.result import Advice, Roster, Shortfall
    from optimize.simulation.result import DayProbability, Replay
    from reports.run import Provenance, Run
    from staffcurve.run_folder.manifest import Manifest
    from staffcurve.run_folder.records import AdviceRecord, ProofRecord, ShortfallRecord


@dataclass(frozen=True)
class _Folder:
    """A run folder with its manifest and the config it was made with."""

    path: Path
    manifest: Manifest
    config: Config

    def table(self, table: Table) -> pd.DataFrame:
        """Return a computed table."""
        return read_any(self.path / table_file(table), table, self.config.plan.timezone)

    def table_if_there(self, table: Table) -> pd.DataFrame | None:
        """Return a computed table that not every run has."""
        return self.table(table) if (self.path / table_file(table)).is_file() else None

    def input(self, table: Table) -> pd.DataFrame:
        """Return a table that was read and not computed."""
        return read_any(self.path / input_file(table), table, self.config.plan.timezone)

    def input_if_there(self, table: Table) -> pd.DataFrame | None:
        """Return a table that not every run has."""
        return self.input(table) if (self.path / input_file(table)).is_file() else None


def read_run(folder: Path) -> Run:
    """Read a run folder back.

    Raises
    ------
    DataError
        `run` did not write the folder, or something in it is damaged or of a newer version.
    """
    from configs.horizon import Horizon
    from configs.loader import build
    from configs.notes import Note
    from optimize.staffing.requirement.result import Requirement
    from reports.run import Run

    manifest = read_manifest(folder)
    home = (folder / manifest.config_folder).resolve()
    kept = _Folder(folder, manifest, build(manifest.config, str(folder / MANIFEST), home))
    plan = kept.config.plan
    requirement = Requirement(kept.table(REQUIREMENT))
    days = requirement.table["start"].dt.tz_convert(plan.timezone).dt.date.nunique()
    horizon = Horizon(date.fromisoformat(manifest.week), days, plan.interval_s // 60, plan.timezone)
    return Run(
        config=kept.config,
        horizon=horizon,
        forecast=_forecast(kept),
        requirement=requirement,
        roster=_roster(kept, horizon),
        version=manifest.staffcurve,
        notes=tuple(into(Note, note) for note in manifest.notes),
        replay=_replay(kept),
        recent=kept.input_if_there(HISTORY),
        provenance=_provenance(manifest),
        given_out=read_entries(folder),
    )


def _provenance(manifest: Manifest) -> Provenance | None:
    """Where the plan came from; None where an older manifest does not say it."""
    from configs.zones import ZoneRules
    from reports.run import Provenance

    if manifest.python is None or manifest.libraries is None or manifest.inputs is None:
        return None
    inputs = tuple((one.path, one.sha256) for one in manifest.inputs)
    zones = None if manifest.time_zones is None else into(ZoneRules, manifest.time_zones)
    return Provenance(inputs, tuple(manifest.libraries.items()), manifest.python, zones)


def _forecast(kept: _Folder) -> Forecast:
    from forecast.result import Accuracy, Forecast

    accuracy = tuple(into(Accuracy, record) for record in kept.manifest.accuracy)
    return read_explanations(Forecast(kept.table(FORECAST), accuracy), kept.path)


def _people(kept: _Folder, horizon: Horizon) -> People:
    from optimize.roster.inputs.people import People

    return People(
        kept.input(AGENTS),
        kept.input(LEAVE),
        kept.input(REQUESTS),
        previous=read_taken_over(kept.path, horizon.first, horizon.timezone),
        waiting=kept.input_if_there(WAITING),
        rules=kept.input_if_there(RULES),
    )


def _roster(kept: _Folder, horizon: Horizon) -> Roster:
    from optimize.roster.result import Changes, Cost, LimitHit, Roster

    manifest, proof = kept.manifest, kept.manifest.roster
    roster = Roster(
        table=kept.table(ROSTER),
        coverage=kept.table(COVERAGE),
        people=_people(kept, horizon),
        status=proof.status,
        cost=into(Cost, proof.cost),
        bound=proof.bound,
        gap=proof.gap,
        seconds=0.0,
        left_out=proof.left_out,
        days_given_up=tuple(_day_given_up(each, horizon) for each in proof.days_given_up),
        changes=None if proof.changes is None else into(Changes, proof.changes),
        advice=tuple(_advice(each) for each in manifest.advice),
        shortfalls=tuple(_shortfall(each, horizon) for each in manifest.shortfalls),
        interrupted=manifest.interrupted,
        assumes=_assumes(proof),
        limits_hit=tuple(into(LimitHit, each) for each in proof.limits_hit),
        zone=horizon.zone,
        interval_bound=proof.interval_bound,
    )
    roster = with_wishes(roster, kept.table_if_there)
    return with_targets(roster, kept.config, horizon, kept.table_if_there)


def _shortfall(record: ShortfallRecord, horizon: Horizon) -> Shortfall:
    from optimize.roster.result import Shortfall

    moments = {key: datetime.fromisoformat(getattr(record, key)).astimezone(horizon.zone) for key in ("start", "end")}
    code = record.code or first_version.REASONS.get(record.reason, record.reason)
    return into(Shortfall, record, **moments, code=code)


def _advice(record: AdviceRecord) -> Advice:
    """Advice with the sentence it had; the numbers of the change are not kept."""
    from configs.notes import Note
    from optimize.roster.result import Advice

    return into(Advice, record, change=Note("", record.sentence, record.code))


def _day_given_up(text: str, horizon: Horizon) -> DayGivenUp:
    """Contract and day of a text such as ``contract full-time on Wed 02 Dec``; the week has the year."""
    from optimize.roster.facts import DayGivenUp

    contract = text.removeprefix("contract ").rpartition(" on ")[0]
    days = [DayGivenUp(f"contracts.{contract}", contract, horizon.date(day)) for day in range(horizon.days)]
    return next(each for each in days if str(each) == text)


def _assumes(proof: ProofRecord) -> tuple[Assumption, ...]:
    """What the bound takes as given; runs of the first version say it in words only."""
    in_words = [code for code, words in first_version.ASSUMPTIONS.items() if words in proof.bound_for]
    found = in_words if proof.assumes is None else proof.assumes
    return tuple(code for code in first_version.ASSUMPTIONS if code in found)


def _replay(kept: _Folder) -> Replay | None:
    """A replay as the manifest and its table have it; the table of probabilities is for others to read."""
    from optimize.simulation.result import Busier, ChannelService, Replay, TargetProbability

    record = kept.manifest.simulation
    if record is None or not (kept.path / table_file(SIMULATION)).is_file():  # older runs have none
        return None
    channels = tuple(into(ChannelService, null_is_nan(each)) for each in record.channels)
    promises = tuple(into(TargetProbability, null_is_nan(each)) for each in record.promises)
    busier = tuple(into(Busier, null_is_nan(each)) for each in record.busier)
    told = (record.replications, record.seed, promises)
    return Replay(kept.table(SIMULATION), channels, *told, days=_days(kept), busier=busier)


def _days(kept: _Folder) -> tuple[DayProbability, ...]:
    """Probability of the targets by day; runs made before it was told have none."""
    from optimize.simulation.result import DayProbability

    if not (kept.path / table_file(PROMISE_DAYS)).is_file():
        return ()
    rows = kept.table(PROMISE_DAYS)
    numbers = (rows[name] for name in ("service_level", "probability", "low", "high"))
    return tuple(
        DayProbability(channel, day.date(), *map(float, told))
        for channel, day, *told in zip(rows["channel"], rows["date"], *numbers, strict=True)
    )
