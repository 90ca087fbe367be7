"""``staffcurve staff``: forecast -> requirement.csv."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from staffcurve.options import ConfigFile, Debug, Json, Out, Quiet, Set
from staffcurve.talk import Talk

ForecastFile = Annotated[
    Path | None,
    typer.Option(
        "--forecast", metavar="FILE", help="Forecast made before, or by somebody else: channel, start, volume[, aht_s]."
    ),
]


def staff(
    config: ConfigFile,
    forecast: ForecastFile = None,
    changes: Set = None,
    out: Out = Path(),
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Turn volume into people, and deferrable work into hours with a due time; writes requirement.csv.

    Example: staffcurve staff demo --forecast forecast.csv
    """
    from configs.loader import load
    from configs.tables import REQUIREMENT
    from reports.tables import write_ordered
    from staffcurve.pipeline import hours_required
    from staffcurve.runfolder import check_writable, whole_file
    from staffcurve.starts import forecast_from, requirement_from_forecast

    talk = Talk(quiet, debug, as_json)
    with talk.told("staff"):
        settings = load(config, changes or ())
        check_writable(out)
        begin = forecast_from(settings, forecast, talk)
        with talk.stage("staff") as step:
            made = requirement_from_forecast(settings, begin)
            step.result = f"{hours_required(made, begin.horizon):,.0f} agent-hours"
        with whole_file(out / "requirement.csv") as path:
            write_ordered(made.table, REQUIREMENT, path, settings.plan.timezone)
        for note in made.notes:
            talk.say(f"  note: {note}")
        talk.say(
            f"Written to {out / 'requirement.csv'}. "
            f"Next: staffcurve roster {config} --requirement {out / 'requirement.csv'}"
        )
        if as_json:
            by_channel = made.table.groupby("channel")[["agents", "work_h"]].sum()
            hours = by_channel["agents"] * begin.horizon.interval_h + by_channel["work_h"]
            talk.answer_object("staff", ok=True, file=str(out / "requirement.csv"), agent_hours=hours.to_dict())
