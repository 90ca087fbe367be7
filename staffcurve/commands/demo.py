"""``staffcurve demo``: the whole job on built-in data."""

from __future__ import annotations

from pathlib import Path

from staffcurve.commands.run import run_and_publish
from staffcurve.options import Debug, Json, Out, Quiet, Set
from staffcurve.talk import Talk


def demo(
    changes: Set = None,
    out: Out = Path("out"),
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Plan a week of a made-up contact centre: five channels, 140 people.

    Example: staffcurve demo
    """
    from configs.loader import load_shipped

    talk = Talk(quiet, debug, as_json)
    with talk.told("demo"):
        run_and_publish(load_shipped("demo", changes or ()), out, talk, command="demo")
        talk.say('To plan your own: "staffcurve init DIR" writes a commented config and example files.')
