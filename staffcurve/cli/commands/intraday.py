"""``staffcurve intraday``: today so far against the plan, and the rest of the day forecast again."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from staffcurve.cli.console import Console
from staffcurve.cli.options import Debug, Json, Out, Quiet, RunFolder

if TYPE_CHECKING:
    from configs.notes import Noticed
    from forecast.intraday.today import ChannelToday
    from reports.document.listing import Listing

Actuals = Annotated[Path, typer.Option("--actuals", metavar="FILE", help="Today so far: channel, start, volume.")]

Config = Annotated[
    str | None,
    typer.Option("--config", metavar="FILE", help="Config to use instead of the one the run was made with."),
]


def intraday(
    run: RunFolder,
    actuals: Actuals,
    config: Config = None,
    out: Out = Path(),
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Update the forecast for the rest of today from the contacts so far; writes intraday.csv.

    Example: staffcurve intraday out/demo-2026-11-30 --actuals today.csv
    """
    from configs.files import write_table
    from configs.loader import load
    from forecast.calendar.marks import read_calendar
    from forecast.data.history import read_history
    from forecast.intraday.today import INTRADAY, read_actuals, today
    from reports import formatting
    from staffcurve.run_folder.read import read_run
    from staffcurve.run_folder.whole import check_writable, whole_file

    console = Console(quiet, debug, as_json)
    with console.error_boundary("intraday"):
        made = read_run(run)
        check_writable(out)
        settings = load(config) if config is not None else made.config
        notes: list[Noticed] = []
        came = read_actuals(settings, actuals, notes)
        with console.stage("intraday") as step:
            again = today(settings, read_history(settings), read_calendar(settings), made.forecast.table, came)
            step.result = f"{formatting.count(len(again.channels), 'channel')} on {again.day}"
        with whole_file(out / "intraday.csv") as path:
            write_table(again.table, INTRADAY, path, made.config.plan.timezone)
        console.show(_listing(again.channels))
        for note in notes:
            console.info(f"  note: {note}")
        console.info(f"Written to {out / 'intraday.csv'}.")
        console.next(f"staffcurve intraday {run} --actuals {actuals}  # again, when more contacts have arrived")
        if as_json:
            channels = [asdict(channel) for channel in again.channels]
            file = str(out / "intraday.csv")
            console.print_object("intraday", ok=True, file=file, day=again.day.isoformat(), channels=channels)


def _listing(channels: tuple[ChannelToday, ...]) -> Listing:
    from reports.document.listing import listing

    rows = [
        [
            one.channel,
            one.until,
            f"{one.came:,.0f}",
            f"{one.said:,.0f}",
            f"x {one.factor:.2f}",
            f"{one.rest:,.0f}",
            _how(one),
        ]
        for one in channels
    ]
    heads = ["channel", "<until", "came", "forecast", "rest of the day", "still to come", "<how"]
    return listing("Today so far", heads, rows)


def _how(channel: ChannelToday) -> str:
    """Say how the rest of the day was changed."""
    return {
        "none": "unchanged: too little history to learn from",
        "ratio": f"last hour x {channel.ratio:.2f}, to the power of {channel.exponent:.2f}",
        "components": f"components of past errors (last hour x {channel.ratio:.2f})",
    }[channel.method]
