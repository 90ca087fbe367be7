"""``staffcurve demo``: the whole job on built-in data."""

from __future__ import annotations

from pathlib import Path

from staffcurve.cli.commands.run import run_and_publish
from staffcurve.cli.console import Console
from staffcurve.cli.options import Debug, Json, Out, Quiet, Set, Verbose

AFTER_DEMO = 'Next: open the report, or plan your own centre: "staffcurve init DIR" begins one'


def demo(
    changes: Set = None,
    out: Out = Path("out"),
    verbose: Verbose = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Plan a week of a fictional contact centre: five channels, 140 people.

    Example: staffcurve demo
    """
    from configs.loader import load_shipped

    console = Console(quiet, debug, as_json, brief=not verbose)
    with console.error_boundary("demo"):
        run_and_publish(load_shipped("demo", changes or ()), out, console, command="demo", after=AFTER_DEMO)
