"""``staffcurve import``: how a file of another system is read, found out, shown and written into the config."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from staffcurve.cli.console import Console
from staffcurve.cli.options import Debug, Json, Quiet, Set

if TYPE_CHECKING:
    from collections.abc import Callable

    from staffcurve.importing.proposal import Choice, Question
    from staffcurve.importing.session import Imported

CONFIG_NAME = "staffcurve.toml"
OPEN = 1
"""Exit code when questions are open."""
Source = Annotated[
    str, typer.Argument(metavar="FILE", help="File of past contacts, a folder of them, or the URL of a database.")
]
Query = Annotated[
    str | None, typer.Option("--query", metavar="SQL", help="Query whose rows are the contacts, for a database.")
]
Target = Annotated[
    Path, typer.Argument(metavar="[CONFIG]", help="Config that names the file; a new one if there is none.")
]
Write = Annotated[bool, typer.Option("--write", help="Write the reading block into the config.")]


def import_(
    file: Source,
    config: Target = Path(CONFIG_NAME),
    write: Write = False,
    query: Query = None,
    changes: Set = None,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Find out how a file of another system is read: its columns, dates and units. Asks only what it does not say.

    Shows the first rows as they are read and the totals by day and hour; with --write the config names the file.

    Example: staffcurve import calls.csv site.toml --write
    """
    from configs.redaction import redacted
    from staffcurve.importing.session import Session, imported, no_shipped
    from staffcurve.importing.write import write_config

    console = Console(quiet, debug, as_json)
    with console.error_boundary("import"):
        no_shipped(config)
        session = Session.of(file, config, write=write, query=query)
        made = imported(session, changes or (), _answers(silent=as_json or quiet))
        written = write and made.text is not None and not made.questions
        if written and made.text is not None:
            write_config(config, made.text)
        _answer(made, str(config) if written else None, console)
        if written:
            new = "a new config. Decide what its comments ask."
            changed = f"{', '.join(['history', *made.others])}. All else in it is as before."
            console.info(f"Written to {config}: {new if session.before is None else changed}")
            console.next(f"staffcurve check {config}")
        elif not made.questions:
            console.next(f"staffcurve import {redacted(file)} {config} --write")
    if made.questions:
        raise SystemExit(OPEN)


def _answers(*, silent: bool) -> Callable[[Question], Choice | None]:
    """Who answers questions: the person at the terminal, or nobody."""
    from staffcurve.cli.ask import ask, can_ask

    return ask if can_ask() and not silent else lambda _question: None


def _answer(made: Imported, written: str | None, console: Console) -> None:
    """Print what was found, and what is open."""
    from staffcurve.cli import print_import

    if console.as_json:
        console.print_object("import", ok=not made.questions, **print_import.as_json(made, written))
        return
    if not console.quiet:
        print_import.print_import(made, console)
    for note in made.trial.notes if made.trial else ():
        console.info(f"note: {note}")
    for fault in made.later:
        console.info(f"check will still report: {fault}")
    if made.questions:
        console.say(
            "Nothing was written: the file does not say the following. Repeat the command with an answer to each."
        )
        print_import.print_questions(made.questions, console)
