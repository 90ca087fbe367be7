"""``staffcurve forecast``: history -> forecast.csv."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from staffcurve.commands.backtest import Backend, Jobs, checked_backend
from staffcurve.options import ConfigFile, Debug, Json, Out, Quiet, Set
from staffcurve.talk import Talk

if TYPE_CHECKING:
    from forecast.result import Accuracy
    from reports.sheet.listing import Listing

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
    from forecast.explain import plain, told
    from forecast.parallel import Many
    from reports.tables import write_ordered
    from staffcurve.pipeline import horizon_of, make_forecast, read_inputs
    from staffcurve.runfolder import check_writable, whole_file

    talk = Talk(quiet, debug, as_json)
    with talk.told("forecast"):
        settings = load(
            config, [*(changes or ()), *([f'history.path="{history.resolve().as_posix()}"'] if history else [])]
        )
        check_writable(out)
        inputs = read_inputs(settings)
        inputs = replace(inputs, horizon=horizon_of(settings, inputs.history, days))
        with talk.stage("forecast") as step:
            made = make_forecast(settings, inputs, Many(jobs, checked_backend(backend)))
            step.result = f"{made.table['volume'].sum():,.0f} contacts in {days} days"
        with whole_file(out / "forecast.csv") as path:
            write_ordered(made.table, FORECAST, path, settings.plan.timezone)
        if made.accuracy:
            talk.show(_listing(made.accuracy))
        for explanation in made.explanations if explain else ():
            for line in told(explanation):
                talk.say(line)
        for note in [*inputs.history.notes, *inputs.calendar.notes, *made.notes]:
            talk.say(f"  note: {note}")
        talk.say(f"Written to {out / 'forecast.csv'}.")
        talk.next(f"staffcurve staff {config} --forecast {out / 'forecast.csv'}")
        if as_json:
            volumes = made.table.groupby("channel")["volume"].sum().to_dict()
            records = [asdict(record) for record in made.accuracy]
            explained = [plain(explanation) for explanation in made.explanations] if explain else []
            file = str(out / "forecast.csv")
            talk.answer_object("forecast", ok=True, file=file, volume=volumes, accuracy=records, explanations=explained)


def _listing(records: tuple[Accuracy, ...]) -> Listing:
    from reports.sheet.listing import listing

    rows = [
        [each.channel, f"{each.wape:.1%}", f"{each.naive_wape:.1%}", f"{each.bias:+.1%}", f"{each.covered_80:.0%}"]
        for each in records
    ]
    note = (
        "Error: sum of absolute errors divided by contacts, next to that of repeating last week. "
        "Bias above 0: too high."
    )
    return listing("On past weeks", ["channel", "error", "last week", "bias", "in 80% band"], rows, note)
