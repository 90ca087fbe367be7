"""``staffcurve simulate``: the roster of a run folder replayed, contact by contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from staffcurve.cli.console import Console
from staffcurve.cli.options import Debug, Json, Quiet, RunFolder

if TYPE_CHECKING:
    from optimize.simulation.result import Replay
    from reports.run import Run

Replications = Annotated[int, typer.Option("--replications", min=2, help="Number of times the week is simulated.")]
Seed = Annotated[int | None, typer.Option("--seed", min=0, help="Random seed, instead of that of the plan.")]


def simulate(
    folder: RunFolder,
    replications: Replications = 300,
    seed: Seed = None,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Simulate a finished roster: the service of each channel and interval, with its spread.

    Writes simulation.csv, promise.csv and promise_days.csv into the run folder; "staffcurve report" then includes them.

    Example: staffcurve simulate out/demo-2026-11-30 --replications 1000
    """
    from staffcurve import stages
    from staffcurve.run_folder.manifest import replay_of
    from staffcurve.run_folder.read import read_run
    from staffcurve.run_folder.write import add_replay

    console = Console(quiet, debug, as_json)
    with console.error_boundary("simulate"):
        run = read_run(folder)
        made = stages.simulate(run, console, replications, seed)
        path = add_replay(made, folder, run.config.plan.timezone)
        _say(made, run, console)
        console.info(f"\nWritten to {path}.")
        console.next(f"staffcurve report {folder}")
        if as_json:
            console.print_object("simulate", ok=True, file=str(path), simulation=replay_of(made).plain())


def _say(made: Replay, run: Run, console: Console) -> None:
    """One line for each channel, and one for each service target."""
    from reports.document.listing import listing
    from reports.english.span_targets import line
    from reports.findings import likely
    from reports.metrics.channels import promised
    from reports.metrics.targets import span_targets

    config = run.config

    rows = [
        [
            each.channel,
            f"{each.contacts:,.0f}",
            f"{each.service_level:.1%}",
            f"{each.sl_low:.1%} - {each.sl_high:.1%}",
            f"{each.abandonment:.1%}",
            f"{each.occupancy:.1%}",
        ]
        for each in made.channels
    ]
    heads = ["channel", "contacts", "in time", "95% interval", "give up", "busy"]
    console.show(listing(f"The week simulated {made.replications} times", heads, rows))
    for target in made.service_targets:
        if target.channel in config.channels and config.span_of(target.channel) == "interval":
            console.info(f"  {likely(target, promised(config.channels[target.channel]))}")
    for span in span_targets(run.rostered, made):
        console.info(f"  {line(span, config.plan.currency)}.")
    for note in made.notes:
        console.info(f"  note: {note}")
