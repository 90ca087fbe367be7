"""Write a run folder, and parts of it again."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from configs.tables import AGENTS, HISTORY, LEAVE, REQUESTS, RULES, SIMULATION, WAITING
from staffcurve.run_folder.earlier_runs import write_taken_over
from staffcurve.run_folder.explanations import write_explanations
from staffcurve.run_folder.layout import INPUTS, LOG, MANIFEST, input_file, table_file
from staffcurve.run_folder.manifest import manifest_of, read_manifest, replay_of
from staffcurve.run_folder.published import write_entries
from staffcurve.run_folder.whole import amended_folder, whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

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
        (people.agents, AGENTS), (people.leave, LEAVE), (people.requests, REQUESTS), (people.rules, RULES),
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
    from reports.tables import replay_tables, write_ordered

    with amended_folder(folder) as copy:
        read_manifest(copy, str(folder)).model_copy(update={"simulation": replay_of(replay)}).write(copy / MANIFEST)
        for frame, table in replay_tables(replay):
            write_ordered(frame, table, copy / table_file(table), zone)
    return folder / table_file(SIMULATION)


def write_alone(frame: pd.DataFrame, table: Table, home: Path, zone: str) -> Path:
    """Write one table, under the name it has in a run folder, into any folder."""
    return write_together([(frame, table)], home, zone)[0]


def write_together(tables: Iterable[tuple[pd.DataFrame, Table]], home: Path, zone: str) -> list[Path]:
    """Write tables of one result into any folder; none takes its place before all are written."""
    from reports.tables import write_ordered

    written = []
    with ExitStack() as stack:
        for frame, table in tables:
            place = home / table_file(table)
            write_ordered(frame, table, stack.enter_context(whole_file(place)), zone)
            written.append(place)
    return written
