"""Write a run folder, and parts of it again; `staffcurve.readback` reads one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reports.publication import write_entries
from staffcurve.explanations import write_explanations
from staffcurve.given_out import given_out
from staffcurve.manifest import write_manifest
from staffcurve.readback import INPUTS, read_manifest
from staffcurve.runfolder import whole_folder

if TYPE_CHECKING:
    from optimize.simulation.result import Replay
    from reports.run import Run
    from staffcurve.talk import Talk


def publish(run: Run, out: Path, talk: Talk) -> Path:
    """Write everything of a run; the folder is there whole, or the one before it still is."""
    import reports

    final = out / run.name
    run = replace(run, given_out=given_out(run, final))
    with whole_folder(final) as folder:
        with talk.stage("report") as step:
            _write_inputs(run, folder)
            write_explanations(run.forecast, folder)
            if run.given_out:  # kept even when this run writes no calendars; the next one may
                write_entries(run.given_out, folder)
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
    from optimize.roster.inputs.previous import keep

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


def add_replay(replay: Replay, folder: Path, zone: str) -> Path:
    """Write a replay into a run folder: its table, and what the manifest holds of it."""
    from configs.tables import PROMISE, SIMULATION
    from reports.tables import write_ordered
    from staffcurve.manifest import replayed
    from staffcurve.runfolder import whole_file

    told = read_manifest(folder) | {"simulation": replayed(replay)}
    with whole_file(folder / "simulation.csv") as path:
        write_ordered(replay.table, SIMULATION, path, zone)
    with whole_file(folder / "promise.csv") as path:
        write_ordered(replay.promise_table, PROMISE, path, zone)
    with whole_file(folder / "manifest.json") as path:
        text = json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return folder / "simulation.csv"


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
