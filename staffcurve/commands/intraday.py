"""``staffcurve intraday``: today so far against the plan, and the rest of the day forecast again."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from staffcurve.options import Debug, Json, Out, Quiet, RunFolder
from staffcurve.talk import Talk

if TYPE_CHECKING:
    from forecast.today import ChannelToday

Actuals = Annotated[Path, typer.Option("--actuals", metavar="FILE", help="Today so far: channel, start, volume.")]

Config = Annotated[
    str | None,
    typer.Option("--config", metavar="FILE", help="Another config than the one the run was made with."),
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
    """Forecast the rest of today again from what came so far; writes intraday.csv.

    Example: staffcurve intraday out/demo-2026-11-30 --actuals today.csv
    """
    from configs.files import write_table
    from configs.loader import load
    from forecast.calendar import read_calendar
    from forecast.history import read_history
    from forecast.today import INTRADAY, read_actuals, today
    from staffcurve.publish import read_run
    from staffcurve.runfolder import check_writable, whole_file

    talk = Talk(quiet, debug, as_json)
    with talk.told("intraday"):
        made = read_run(run)
        check_writable(out)
        settings = load(config) if config is not None else made.config
        came = read_actuals(settings, actuals)
        with talk.stage("intraday") as step:
            again = today(settings, read_history(settings), read_calendar(settings), made.forecast.table, came)
            step.result = f"{len(again.channels)} channels on {again.day}"
        with whole_file(out / "intraday.csv") as path:
            write_table(again.table, INTRADAY, path, made.config.plan.timezone)
        for channel in again.channels:
            talk.say(_line(channel))
        talk.say(f"Written to {out / 'intraday.csv'}.")
        if as_json:
            channels = [asdict(channel) for channel in again.channels]
            file = str(out / "intraday.csv")
            talk.answer_object("intraday", ok=True, file=file, day=again.day.isoformat(), channels=channels)


def _line(channel: ChannelToday) -> str:
    how = {
        "none": "left as it was: too little history to learn from",
        "ratio": f"last hour x {channel.ratio:.2f}, to the power of {channel.exponent:.2f}",
        "components": f"components of past errors (last hour x {channel.ratio:.2f})",
    }[channel.method]
    return (
        f"  {channel.channel:<12} {channel.came:,.0f} came by {channel.until}, {channel.said:,.0f} were forecast; "
        f"the rest of the day x {channel.factor:.2f} ({how})"
    )
