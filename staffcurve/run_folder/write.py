"""Write a run folder, and parts of it again."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from configs.tables import AGENTS, HISTORY, LEAVE, REQUESTS, SIMULATION, TARGET_PROBABILITY, WAITING
from staffcurve.run_folder.earlier_runs import write_taken_over
from staffcurve.run_folder.explanations import write_explanations
from staffcurve.run_folder.layout import INPUTS, LOG, MANIFEST, input_file, table_file
from staffcurve.run_folder.manifest import manifest_of, read_manifest, replay_of
from staffcurve.run_folder.published import write_entries
from staffcurve.run_folder.whole import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from configs.tables import Table
    from optimize.simulation.result import Replay
    from reports.run import Run


def write_inputs(run: Run, folder: Path) -> None:
    """Write what the reports do not hold: the people, what other runs handed on, recent history, explanations."""
    from configs.files import write_table

    (folder / INPUTS).mkdir()
    people, zone = run.roster.people, run.config.plan.timezone
    frames = (
        (people.agents, AGENTS), (people.leave, LEAVE), (people.requests, REQUESTS),
        (run.recent, HISTORY), (people.waiting, WAITING),
    )  # fmt: skip
    for frame, table in frames:
        if frame is not None:
            write_table(frame, table, folder / input_file(table), zone)
    if people.previous is not None:
        write_taken_over(people.previous, folder, zone)
    write_explanations(run.forecast, folder)
    if run.given_out:  # kept even when this run writes no calendars; the next one may
        write_entries(run.given_out, folder)


def write_record(run: Run, seconds: dict[str, float], folder: Path) -> None:
    """Write the manifest and the log; `seconds` has the wall time of each stage."""
    manifest_of(run, seconds, folder).write(folder / MANIFEST)
    log = [*(f"{name}: {value:.3f} s" for name, value in seconds.items()), *(f"note: {note}" for note in run.notes)]
    (folder / LOG).write_text("\n".join(log) + "\n", encoding="utf-8", newline="\n")


def add_replay(replay: Replay, folder: Path, zone: str) -> Path:
    """Write a replay into a run folder: its tables, and what the manifest holds of it."""
    manifest = read_manifest(folder).model_copy(update={"simulation": replay_of(replay)})
    written = write_alone(replay.table, SIMULATION, folder, zone)
    write_alone(replay.target_table, TARGET_PROBABILITY, folder, zone)
    with whole_file(folder / MANIFEST) as path:
        manifest.write(path)
    return written


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yield an empty folder next to a run folder; each file in it takes its place in the run folder at the end."""
    aside = Path(mkdtemp(prefix=f".{folder.name}.", dir=folder.resolve().parent))
    try:
        yield aside
        for file in sorted(path for path in aside.rglob("*") if path.is_file()):
            place = folder / file.relative_to(aside)
            place.parent.mkdir(parents=True, exist_ok=True)
            file.replace(place)
    finally:
        shutil.rmtree(aside)


def write_alone(frame: pd.DataFrame, table: Table, home: Path, zone: str) -> Path:
    """Write one table, under the name it has in a run folder, into any folder."""
    from reports.tables import write_ordered

    place = home / table_file(table)
    with whole_file(place) as path:
        write_ordered(frame, table, path, zone)
    return place
