"""Write a run folder, and read one back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from configs.errors import DataError, Fault
from staffcurve.explanations import read_explanations, write_explanations
from staffcurve.manifest import write_manifest
from staffcurve.runfolder import folder_name, whole_folder

if TYPE_CHECKING:
    import pandas as pd

    from configs.tables import Table
    from optimize.roster.result import Shortfall
    from optimize.simulation.result import Replay
    from reports.run import Run
    from staffcurve.talk import Talk

INPUTS = "inputs"


def publish(run: Run, out: Path, talk: Talk) -> Path:
    """Write everything of a run; the folder is there whole, or the one before it still is."""
    import reports

    final = out / folder_name(run.config.plan.name, run.horizon.first)
    with whole_folder(final) as folder:
        with talk.stage("report") as step:
            _write_inputs(run, folder)
            write_explanations(run.forecast, folder)
            written = reports.write(run, folder, _formats(run))
            step.result = f"{len(written)} files"
        write_manifest(run, talk.seconds, folder)
        log = [f"{name}: {value:.3f} s" for name, value in talk.seconds.items()] + [
            f"note: {note}" for note in run.notes
        ]
        (folder / "run.log").write_text("\n".join(log) + "\n", encoding="utf-8", newline="\n")
    return final


def _formats(run: Run) -> tuple[str, ...]:
    """Formats asked for, and the tables in any case: `report` reads them back."""
    return tuple(dict.fromkeys(("csv", *run.config.reports.formats)))


def _write_inputs(run: Run, folder: Path) -> None:
    """Write what the tables alone do not tell: the people, what the week before handed on, the weeks before it."""
    from configs.files import write_table
    from configs.tables import AGENTS, HISTORY, LEAVE, REQUESTS, WAITING
    from optimize.roster.previous import keep

    (folder / INPUTS).mkdir()
    people = run.roster.people
    for frame, table in ((people.agents, AGENTS), (people.leave, LEAVE), (people.requests, REQUESTS)):
        write_table(frame, table, folder / INPUTS / f"{table.name}.csv", run.config.plan.timezone)
    if run.recent is not None:
        write_table(run.recent, HISTORY, folder / INPUTS / "history.csv", run.config.plan.timezone)
    if people.previous is not None:
        keep(people.previous, folder, run.config.plan.timezone)
    if people.waiting is not None:
        write_table(people.waiting, WAITING, folder / INPUTS / "waiting.csv", run.config.plan.timezone)


def read_run(folder: Path) -> Run:
    """Read a run folder back.

    Raises
    ------
    DataError
        The folder is none that `run` wrote.
    """
    from configs.files import read_table
    from configs.horizon import Horizon
    from configs.loader import build
    from configs.notes import Note
    from configs.tables import (
        AGENTS,
        COVERAGE,
        FORECAST,
        HISTORY,
        LEAVE,
        REQUESTS,
        REQUIREMENT,
        ROSTER,
        SIMULATION,
        WAITING,
    )
    from forecast.result import Accuracy, Forecast
    from optimize.roster.previous import read_kept
    from optimize.roster.result import Advice, Changes, Cost, People, Roster
    from optimize.staffing.result import Requirement
    from reports.run import Run
    from staffcurve import provenance

    told = _read_manifest(folder)
    home = (folder / told.get("config_folder", ".")).resolve()
    config = build(told["config"], str(folder / "manifest.json"), home)
    zone = config.plan.timezone

    def table(name: str, contract: Table) -> pd.DataFrame:
        return read_table(
            folder / name, contract, zone=zone, told_as=str(folder / name), empty="keep"
        ).frame.reset_index(drop=True)

    requirement = Requirement(table("requirement.csv", REQUIREMENT))
    days = requirement.table["start"].dt.tz_convert(zone).dt.date.nunique()
    horizon = Horizon(date.fromisoformat(told["week"]), days, config.plan.interval_s // 60, zone)
    agents, leave, requests = (table(f"{INPUTS}/{each.name}.csv", each) for each in (AGENTS, LEAVE, REQUESTS))
    previous = read_kept(folder, horizon.first, zone)
    waiting = folder / INPUTS / "waiting.csv"
    left = table(f"{INPUTS}/{waiting.name}", WAITING) if waiting.is_file() else None
    people = People(agents, leave, requests, previous=previous, waiting=left)
    proof = told["roster"]
    cost = Cost(**{key: value for key, value in proof["cost"].items() if key != "total"})
    roster = Roster(
        table("roster.csv", ROSTER),
        table("coverage.csv", COVERAGE),
        people,
        proof["status"],
        cost,
        proof["bound"],
        proof["gap"],
        0.0,
        changes=Changes(**proof["changes"]) if proof.get("changes") else None,
        shortfalls=tuple(_shortfall(each) for each in told.get("shortfalls", ())),
        advice=tuple(Advice(**each) for each in told.get("advice", ())),
    )
    accuracy = tuple(Accuracy(**record) for record in told["accuracy"])
    forecast = read_explanations(Forecast(table("forecast.csv", FORECAST), accuracy), folder)
    notes = tuple(Note(**note) for note in told["notes"])
    replay = None
    if told.get("simulation") and (folder / "simulation.csv").is_file():  # runs before there was one have none
        replay = _replay(table("simulation.csv", SIMULATION), told["simulation"])
    recent = table(f"{INPUTS}/history.csv", HISTORY) if (folder / INPUTS / "history.csv").is_file() else None
    return Run(
        config, horizon, forecast, requirement, roster, told["staffcurve"], notes, replay, recent, provenance.read(told)
    )


def _shortfall(told: dict[str, Any]) -> Shortfall:
    from datetime import datetime

    from optimize.roster.result import Shortfall

    moments = {key: datetime.fromisoformat(told[key]) for key in ("start", "end")}
    return Shortfall(**dict[str, Any](told | moments))


def _replay(frame: pd.DataFrame, told: dict[str, Any]) -> Replay:
    """A replay as the manifest and its table tell it; ``promise.csv`` is for others to read."""
    from optimize.simulation.result import ChannelService, Promise, Replay

    channels = tuple(ChannelService(**_numbers(each)) for each in told["channels"])
    promises = tuple(Promise(**_numbers(each)) for each in told.get("promises", ()))
    return Replay(frame, channels, told["replications"], told["seed"], promises)


def _numbers(told: dict[str, Any]) -> dict[str, Any]:
    return {key: float("nan") if value is None else value for key, value in told.items()}


def add_replay(replay: Replay, folder: Path, zone: str) -> Path:
    """Write a replay into a run folder: its table, and what the manifest holds of it."""
    from configs.tables import PROMISE, SIMULATION
    from reports.tables import write_ordered
    from staffcurve.manifest import replayed
    from staffcurve.runfolder import whole_file

    told = _read_manifest(folder) | {"simulation": replayed(replay)}
    with whole_file(folder / "simulation.csv") as path:
        write_ordered(replay.table, SIMULATION, path, zone)
    with whole_file(folder / "promise.csv") as path:
        write_ordered(replay.promise_table, PROMISE, path, zone)
    with whole_file(folder / "manifest.json") as path:
        text = json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return folder / "simulation.csv"


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    if not path.is_file():
        raise DataError(
            Fault(str(folder), 'is no run folder: it has no manifest.json; "staffcurve run CONFIG" writes one')
        )
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DataError(Fault(str(path), f"cannot be read ({error})")) from error
    if not isinstance(told, dict) or told.get("schema_version") != 1:
        raise DataError(Fault(str(path), "was written by another version of staffcurve"))
    return told


def refresh(run: Run, folder: Path, formats: tuple[str, ...]) -> list[Path]:
    """Make the reports again beside the folder and move each file into its place."""
    import shutil
    from tempfile import mkdtemp

    import reports

    aside = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.resolve().parent))
    try:
        made = [path.relative_to(aside) for path in reports.write(run, aside, formats)]
        for name in made:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (aside / name).replace(folder / name)
    finally:
        shutil.rmtree(aside)
    return [folder / name for name in made]
