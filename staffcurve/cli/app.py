"""The command line: parses, calls, prints; each command is a file in ``commands/``."""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import TYPE_CHECKING, Annotated

import typer

from staffcurve.cli.commands import (
    backtest,
    check,
    compare,
    demo,
    doctor,
    erlang,
    forecast,
    frontier,
    import_,
    init,
    intraday,
    monitor,
    report,
    roster,
    run,
    scenario,
    simulate,
    staff,
    weeks,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def _in_short(command: Callable[..., None]) -> str:
    """First words of a command's help: what fits next to its name."""
    first = " ".join(cleandoc(command.__doc__ or "").split("\n\n")[0].split())
    return re.split(r"[:;.]", first)[0] + "."


app = typer.Typer(
    name="staffcurve",
    help="Forecast the contacts of every channel, turn them into agents, roster them at the lowest cost.",
    epilog='Begin with "staffcurve demo"; "staffcurve COMMAND --help" explains each command.',
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

WEEKLY = (run, demo, init, import_, check, forecast, backtest, staff, roster, simulate, frontier, scenario, report)
AFTERWARDS = (weeks, compare, monitor, intraday, erlang, doctor)

for module in (*WEEKLY, *AFTERWARDS):
    name = module.__name__.rpartition(".")[2]
    command = getattr(module, name)
    app.command(name.rstrip("_"), short_help=_in_short(command))(command)


def _version(asked: bool) -> None:  # noqa: FBT001 - typer's callback
    if asked:
        from staffcurve import __version__

        typer.echo(f"staffcurve {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")]


@app.callback()
def staffcurve(
    version: Version = False,  # noqa: FBT002 - a command-line option
) -> None:
    """Forecast the contacts of every channel, turn them into agents, roster them at the lowest cost."""
