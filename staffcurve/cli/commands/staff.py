"""``staffcurve staff``: forecast -> requirement.csv."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from staffcurve.cli.console import Console
from staffcurve.cli.options import ConfigFile, Debug, Json, Out, Quiet, Set

if TYPE_CHECKING:
    import pandas as pd

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.staffing.requirement.result import Requirement
    from staffcurve.stage_inputs import Start

RISKS = (0.5, 0.8, 0.9, 0.95)

ForecastFile = Annotated[
    Path | None,
    typer.Option(
        "--forecast",
        metavar="FILE",
        help="Forecast from an earlier run or another tool: channel, start, volume[, aht_s].",
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
    """Turn volume into agents, and work that can wait into hours with a deadline; writes requirement.csv.

    Example: staffcurve staff demo --forecast forecast.csv
    """
    from configs.loader import load
    from configs.tables import REQUIREMENT
    from forecast.calendar.marks import read_calendar
    from staffcurve import stages
    from staffcurve.run_folder.whole import check_writable
    from staffcurve.run_folder.write import write_alone
    from staffcurve.stage_inputs import agents_of, forecast_from

    console = Console(quiet, debug, as_json)
    with console.error_boundary("staff"):
        settings = load(config, changes or ())
        check_writable(out)
        begin, agents = forecast_from(settings, forecast, console), agents_of(settings)
        made = stages.staff(settings, begin.table, begin.horizon, read_calendar(settings), agents, console)
        file = write_alone(made.table, REQUIREMENT, out, settings.plan.timezone)
        _say_floors(settings, made, begin.horizon, console)
        _say_risk(settings, begin, agents, console)
        _say_slots(settings, made, console)
        for note in made.notes:
            console.info(f"  note: {note}")
        console.info(f"Written to {file}.")
        console.next(f"staffcurve roster {config} --requirement {file}")
        if as_json:
            by_channel = made.table.groupby("channel")[["agents", "work_h"]].sum()
            hours = by_channel["agents"] * begin.horizon.interval_h + by_channel["work_h"]
            at_risk = {f"{risk:g}": agent_hours(settings, begin, risk, agents) for risk in RISKS}
            data = {"agent_hours": hours.to_dict(), "agent_hours_at_risk": at_risk}
            console.print_object("staff", ok=True, file=str(file), **data)


def agent_hours(config: Config, begin: Start, risk: float, agents: pd.DataFrame) -> dict[str, float]:
    """Agent-hours of each channel when that share of weeks is to be covered."""
    from forecast.calendar.marks import read_calendar
    from staffcurve.stages import required

    staffing = config.staffing.model_copy(update={"risk": risk, "method": "sipp"})
    changed = config.model_copy(update={"staffing": staffing})
    made = required(changed, begin.table, begin.horizon, read_calendar(config), agents)
    by_channel = made.table.groupby("channel", sort=False)[["agents", "work_h"]].sum()
    hours = by_channel["agents"] * begin.horizon.interval_h + by_channel["work_h"]
    return {str(name): float(value) for name, value in hours.items()}


def _say_floors(config: Config, made: Requirement, horizon: Horizon, console: Console) -> None:
    """Floors of channels with a target over a day or a week, and what meeting it in every interval would take."""
    from configs.schema import DeferrableChannel

    for name, channel in config.channels.items():
        if isinstance(channel, DeferrableChannel) or config.span_of(name) == "interval":
            continue
        rows = made.table[made.table["channel"] == name]
        floor, alone = (float(rows[column].sum()) * horizon.interval_h for column in ("agents", "agents_interval"))
        console.info(
            f"  {name}: {floor:,.0f} agent-hours are floors; the roster adds people for its target over the "
            f"{config.span_of(name)}. The target met in every interval would take {alone:,.0f}."
        )


def _say_risk(config: Config, begin: Start, agents: pd.DataFrame, console: Console) -> None:
    """Agent-hours by share of weeks covered; nothing where the forecast has no quantiles."""
    if "q90" not in begin.table.columns or begin.table["q90"].isna().all():
        return
    from reports.document.listing import listing

    found = [agent_hours(config, begin, risk, agents) for risk in RISKS]
    rows = [[name, *(f"{hours.get(name, 0.0):,.0f}" for hours in found)] for name in config.channels]
    rows.append(["all", *(f"{sum(hours.values()):,.0f}" for hours in found)])
    heads = ["channel", *(f"{risk:.0%} of weeks" for risk in RISKS)]
    console.show(listing("Agent-hours that are enough in", heads, rows))


def _say_slots(config: Config, made: Requirement, console: Console) -> None:
    """Slots compared for the busiest interval of every channel whose agents hold several conversations."""
    from configs.schema import ConcurrentChannel
    from optimize.staffing import advise_slots
    from reports.document.listing import NOTHING, listing

    for name, channel in config.channels.items():
        if not isinstance(channel, ConcurrentChannel) or not channel.touch or not channel.think or not channel.touches:
            continue
        busiest = made.table.loc[made.table["channel"] == name, "volume"].max()
        target = channel.target
        advice = advise_slots(
            float(busiest),
            config.plan.interval_s,
            channel.touch.total_seconds(),
            channel.think.total_seconds(),
            channel.touches,
            switch=channel.switch,
            share=target.share,
            within_s=target.within.total_seconds(),
            patience_s=channel.patience.total_seconds() if channel.patience else float("inf"),
            response_s=target.response.total_seconds() if target.response else None,
            max_occupancy=channel.max_occupancy,
        )
        rows = []
        for each in advice.choices:
            marks = ["as set"] if each.slots == channel.slots else []
            marks += ["least agents"] if each.slots == advice.best else []
            agents = f"{each.agents:,.0f}" if each.agents < float("inf") else NOTHING
            rows.append([f"{each.slots}", agents, f"{each.per_hour:.1f}", f"{each.response_s:.0f} s", ", ".join(marks)])
        heads = [">slots", "agents", "closed per agent-hour", "reply", "<"]
        console.show(listing(f"{name}: slots in the busiest interval ({busiest:.0f} contacts)", heads, rows))
