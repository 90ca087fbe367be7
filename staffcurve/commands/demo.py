"""``staffcurve demo``: the whole job on built-in data."""

from __future__ import annotations

from pathlib import Path

from staffcurve.commands.run import run_and_publish
from staffcurve.options import Debug, Json, Out, Quiet, Set, Verbose
from staffcurve.talk import Talk

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

    talk = Talk(quiet, debug, as_json, brief=not verbose)
    with talk.told("demo"):
        run_and_publish(load_shipped("demo", changes or ()), out, talk, command="demo", after=AFTER_DEMO)
