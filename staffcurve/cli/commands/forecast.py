"""``staffcurve forecast``: history -> forecast.csv."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from staffcurve.cli.commands.backtest import Backend, Jobs, checked_backend
from staffcurve.cli.console import Console
from staffcurve.cli.options import ConfigFile, Debug, Json, Out, Quiet, Set

if TYPE_CHECKING:
    from forecast.models.explain import Explanation
    from forecast.result import Accuracy, Forecast
    from reports.document.listing import Listing

HistoryFile = Annotated[
    Path | None, typer.Option("--history", metavar="FILE", help="History to use instead of the config's.")
]
Explain = Annotated[bool, typer.Option("--explain", help="Explain the forecast of each channel.")]
Days = Annotated[
    int, typer.Option("--days", min=1, max=400, help="Number of days to forecast, from the Monday of the week.")
]


def forecast(
    config: ConfigFile,
    history: HistoryFile = None,
    days: Days = 7,
    explain: Explain = False,
    jobs: Jobs = 1,
    backend: Backend = "loky",
    changes: Set = None,
    out: Out = Path(),
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Forecast volume and handle time of every channel and interval; writes forecast.csv.

    Example: staffcurve forecast demo --days 28
    """
    from configs.loader import load
    from configs.tables import FORECAST
    from forecast.parallel import Parallelism
    from staffcurve import stages
    from staffcurve.planned_days import horizon_of
    from staffcurve.run_folder.whole import check_writable
    from staffcurve.run_folder.write import write_alone

    console = Console(quiet, debug, as_json)
    with console.error_boundary("forecast"):
        settings = load(
            config, [*(changes or ()), *([f'history.path="{history.resolve().as_posix()}"'] if history else [])]
        )
        check_writable(out)
        inputs = stages.check(settings, console)
        inputs = replace(inputs, horizon=horizon_of(settings, inputs.history, days))
        made = stages.forecast(settings, inputs, console, Parallelism(jobs, checked_backend(backend)))
        file = write_alone(made.table, FORECAST, out, settings.plan.timezone)
        explained = made.explanations if explain else ()
        _say(made, explained, console)
        for note in [*inputs.history.notes, *inputs.calendar.notes, *made.notes]:
            console.info(f"  note: {note}")
        console.info(f"Written to {file}.")
        console.next(f"staffcurve staff {config} --forecast {file}")
        if as_json:
            console.print_object("forecast", ok=True, file=str(file), **_plain(made, explained))


def _say(made: Forecast, explained: tuple[Explanation, ...], console: Console) -> None:
    """Show how the forecast did on past weeks, and what it is based on."""
    from reports.english.explanation import lines

    if made.accuracy:
        console.show(_listing(made.accuracy))
    for explanation in explained:
        for line in lines(explanation):
            console.info(line)


def _plain(made: Forecast, explained: tuple[Explanation, ...]) -> dict[str, Any]:
    """The same as plain values."""
    from forecast.models.explain import plain

    return {
        "volume": made.table.groupby("channel")["volume"].sum().to_dict(),
        "accuracy": [asdict(record) for record in made.accuracy],
        "explanations": [plain(explanation) for explanation in explained],
    }


def _listing(records: tuple[Accuracy, ...]) -> Listing:
    from reports.document.listing import listing

    rows = [
        [each.channel, f"{each.wape:.1%}", f"{each.naive_wape:.1%}", f"{each.bias:+.1%}", f"{each.covered_80:.0%}"]
        for each in records
    ]
    note = (
        "Error: sum of absolute errors divided by contacts, next to that of repeating last week. "
        "Bias above 0: too high."
    )
    return listing("On past weeks", ["channel", "error", "last week", "bias", "in 80% band"], rows, note)
