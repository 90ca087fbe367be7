"""Read a run folder back: its tables, its manifest and the people it was made for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from configs.errors import DataError, Fault
from staffcurve.explanations import read_explanations

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from configs.horizon import Horizon
    from configs.schema import Config
    from configs.tables import Table
    from forecast.result import Forecast
    from optimize.roster.result import People, Roster, Shortfall
    from optimize.simulation.result import Replay
    from reports.run import Run

INPUTS = "inputs"


@dataclass(frozen=True)
class Kept:
    """A run folder with what its manifest tells and the config it was made with."""

    folder: Path
    told: dict[str, Any]
    config: Config

    def table(self, name: str, contract: Table) -> pd.DataFrame:
        """Return one of its tables; a header alone is a table without rows."""
        from configs.files import read_table

        path, zone = self.folder / name, self.config.plan.timezone
        return read_table(path, contract, zone=zone, told_as=str(path), empty="keep").frame.reset_index(drop=True)

    def if_there(self, name: str, contract: Table) -> pd.DataFrame | None:
        """Return a table that not every run has."""
        return self.table(name, contract) if (self.folder / name).is_file() else None


def read_run(folder: Path) -> Run:
    """Read a run folder back.

    Raises
    ------
    DataError
        The folder is none that `run` wrote.
    """
    from configs.horizon import Horizon
    from configs.loader import build
    from configs.notes import Note
    from configs.tables import HISTORY, REQUIREMENT
    from optimize.staffing.result import Requirement
    from reports.publication import read_entries
    from reports.run import Run
    from staffcurve import provenance

    told = read_manifest(folder)
    home = (folder / told.get("config_folder", ".")).resolve()
    kept = Kept(folder, told, build(told["config"], str(folder / "manifest.json"), home))
    plan = kept.config.plan
    requirement = Requirement(kept.table("requirement.csv", REQUIREMENT))
    days = requirement.table["start"].dt.tz_convert(plan.timezone).dt.date.nunique()
    horizon = Horizon(date.fromisoformat(told["week"]), days, plan.interval_s // 60, plan.timezone)
    return Run(
        kept.config,
        horizon,
        _forecast(kept),
        requirement,
        _roster(kept, horizon),
        told["staffcurve"],
        tuple(Note(**note) for note in told["notes"]),
        _replay(kept),
        kept.if_there(f"{INPUTS}/history.csv", HISTORY),
        provenance.read(told),
        read_entries(folder),
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what ``manifest.json`` of a run folder tells.

    Raises
    ------
    DataError
        The folder is none that `run` wrote.
    """
    path = folder / "manifest.json"
    if not path.is_file():
        raise DataError(
            Fault(str(folder), 'is not a run folder: it has no manifest.json; "staffcurve run CONFIG" writes one')
        )
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DataError(Fault(str(path), f"cannot be read ({error})")) from error
    if not isinstance(told, dict) or told.get("schema_version") != 1:
        raise DataError(Fault(str(path), "was written by another version of staffcurve"))
    return told


def _forecast(kept: Kept) -> Forecast:
    from configs.tables import FORECAST
    from forecast.result import Accuracy, Forecast

    accuracy = tuple(Accuracy(**record) for record in kept.told["accuracy"])
    return read_explanations(Forecast(kept.table("forecast.csv", FORECAST), accuracy), kept.folder)


def _people(kept: Kept, horizon: Horizon) -> People:
    from configs.tables import AGENTS, LEAVE, REQUESTS, WAITING
    from optimize.roster.inputs.previous import read_kept
    from optimize.roster.result import People

    agents, leave, requests = (kept.table(f"{INPUTS}/{each.name}.csv", each) for each in (AGENTS, LEAVE, REQUESTS))
    previous = read_kept(kept.folder, horizon.first, horizon.timezone)
    waiting = kept.if_there(f"{INPUTS}/waiting.csv", WAITING)
    return People(agents, leave, requests, previous=previous, waiting=waiting)


def _roster(kept: Kept, horizon: Horizon) -> Roster:
    from configs.tables import COVERAGE, ROSTER
    from optimize.roster.result import Advice, Changes, Cost, Roster

    proof = kept.told["roster"]
    return Roster(
        kept.table("roster.csv", ROSTER),
        kept.table("coverage.csv", COVERAGE),
        _people(kept, horizon),
        proof["status"],
        Cost(**{key: value for key, value in proof["cost"].items() if key != "total"}),
        proof["bound"],
        proof["gap"],
        0.0,
        interrupted=bool(kept.told.get("interrupted")),
        changes=Changes(**proof["changes"]) if proof.get("changes") else None,
        shortfalls=tuple(_shortfall(each, horizon) for each in kept.told.get("shortfalls", ())),
        advice=tuple(Advice(**each) for each in kept.told.get("advice", ())),
        left_out=int(proof.get("left_out", 0)),
        days_given_up=tuple(proof.get("days_given_up", ())),
        scope=str(proof.get("bound_for", "")).removeprefix("any roster"),
    )


def _shortfall(told: dict[str, Any], horizon: Horizon) -> Shortfall:
    from optimize.roster.result import Shortfall

    moments = {key: datetime.fromisoformat(told[key]).astimezone(horizon.zone) for key in ("start", "end")}
    return Shortfall(**dict[str, Any](told | moments))


def _replay(kept: Kept) -> Replay | None:
    """A replay as the manifest and its table tell it; ``promise.csv`` is for others to read."""
    from configs.tables import SIMULATION
    from optimize.simulation.result import ChannelService, Promise, Replay

    told, frame = kept.told.get("simulation"), kept.if_there("simulation.csv", SIMULATION)
    if not told or frame is None:  # runs before there was one have none
        return None
    channels = tuple(ChannelService(**_numbers(each)) for each in told["channels"])
    promises = tuple(Promise(**_numbers(each)) for each in told.get("promises", ()))
    return Replay(frame, channels, told["replications"], told["seed"], promises)


def _numbers(told: dict[str, Any]) -> dict[str, Any]:
    return {key: float("nan") if value is None else value for key, value in told.items()}
