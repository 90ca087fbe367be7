"""The command line: parses, calls, prints; each command is a file in ``commands/``."""

from __future__ import annotations

from typing import Annotated

import typer

from staffcurve.commands import (
    backtest,
    check,
    compare,
    demo,
    doctor,
    erlang,
    forecast,
    init,
    intraday,
    monitor,
    report,
    roster,
    run,
    simulate,
    staff,
)

app = typer.Typer(
    name="staffcurve",
    help="Forecast the contacts of every channel, turn them into people, roster them at least cost.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

WEEKLY = (run, demo, init, check, forecast, backtest, staff, roster, simulate, report)
AFTERWARDS = (compare, monitor, intraday, erlang, doctor)

for module in (*WEEKLY, *AFTERWARDS):
    name = module.__name__.rpartition(".")[2]
    app.command(name)(getattr(module, name))


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
    """Forecast the contacts of every channel, turn them into people, roster them at least cost."""
