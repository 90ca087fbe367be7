"""Where a stage begins: from the stages before it, or from a file somebody else made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from configs.errors import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from configs.horizon import Horizon
    from configs.overrides import Override
    from configs.schema import Config
    from configs.tables import Table
    from staffcurve.cli.console import Console


@dataclass(frozen=True)
class Start:
    """A table to begin from, and the days it covers."""

    table: pd.DataFrame
    horizon: Horizon


def settings_from(
    config: str, changes: Sequence[str | Override], previous: Path | None = None, published: Path | None = None
) -> Config:
    """Load a config; ``--previous`` and ``--published`` become its settings, told from the config's folder."""
    import os

    from configs.loader import folder_of, load
    from configs.overrides import Override

    given = {"previous": previous, "published": published}
    named = [
        Override(f"roster.{key}", Path(os.path.relpath(path, folder_of(config))).as_posix(), f"--{key}")
        for key, path in given.items()
        if path is not None
    ]
    return load(config, [*changes, *named])


def forecast_from(config: Config, file: Path | None, console: Console) -> Start:
    """Return the forecast of a file, or make it."""
    from configs.tables import FORECAST
    from staffcurve import stages

    if file is not None:
        return _read(config, file, FORECAST)
    inputs = stages.check(config, console)
    return Start(stages.forecast(config, inputs, console).table, inputs.horizon)


def requirement_from(config: Config, file: Path | None, console: Console) -> Start:
    """Return the requirement of a file, or make it."""
    from configs.tables import REQUIREMENT
    from forecast.calendar.marks import read_calendar
    from staffcurve import stages

    if file is not None:
        start = _read(config, file, REQUIREMENT)
        _has_contacts(config, start.table, str(file))
        return replace(start, table=_with_load(config, start.table))
    start = forecast_from(config, None, console)
    made = stages.staff(config, start.table, start.horizon, read_calendar(config), agents_of(config), console)
    return Start(made.table, start.horizon)


def agents_of(config: Config) -> pd.DataFrame:
    """Read the people the config names: who knows which channels."""
    from optimize.roster.inputs.people import read_files

    return read_files(config).agents


def _read(config: Config, file: Path, contract: Table) -> Start:
    """Read a table and find out which week it covers."""
    from configs.files import read_table
    from staffcurve.planned_days import horizon_from

    frame = read_table(file, contract, zone=config.plan.timezone, label=str(file)).frame
    unknown = sorted(set(frame["channel"]) - set(config.channels))
    if unknown:
        from configs.errors import nearest

        raise DataError(
            [
                Fault(str(file), f'channel "{name}" is not in the config{nearest(name, list(config.channels))}')
                for name in unknown
            ]
        )
    first = config.plan.week or frame["start"].min().tz_convert(config.plan.zone).date()
    horizon = horizon_from(config, first)
    _on_the_grid(frame, horizon, str(file))
    inside = frame["start"].isin(horizon.starts)
    if not inside.any():
        begins = frame["start"].min().tz_convert(config.plan.zone)
        raise DataError(Fault(str(file), f"has no rows in the week of {first}; it begins at {begins.isoformat()}"))
    return Start(frame[inside].reset_index(drop=True), horizon)


def _has_contacts(config: Config, frame: pd.DataFrame, name: str) -> None:
    """Refuse a requirement without the contacts that a target over a day or a week counts."""
    from configs.schema import DeferrableChannel

    faults = []
    for channel, settings in config.channels.items():
        span = config.span_of(channel)
        if isinstance(settings, DeferrableChannel) or span == "interval":
            continue
        asked = frame[(frame["channel"] == channel) & (frame["agents"] > 0)] if "agents" in frame else frame[:0]
        for column, what in (("volume", "its contacts"), ("aht_s", "their handle time in seconds")):
            if len(asked) and (column not in asked or asked[column].isna().any()):
                words = f'channel "{channel}" has a target over the {span}, which needs {column} in every interval'
                remedy = f'add {what}, let "staffcurve staff" write the file, or set over = "interval"'
                faults.append(Fault(name, f"{words}; {remedy}"))
    if faults:
        raise DataError(faults)


def _with_load(config: Config, frame: pd.DataFrame) -> pd.DataFrame:
    """Add the load where another tool left it out and a target over a day or a week counts contacts."""
    if "load_erl" in frame or all(config.span_of(name) == "interval" for name in config.channels):
        return frame
    if not {"volume", "aht_s"} <= set(frame.columns):
        return frame
    return frame.assign(load_erl=frame["volume"] * frame["aht_s"] / config.plan.interval_s)


def _on_the_grid(frame: pd.DataFrame, horizon: Horizon, name: str) -> None:
    """Refuse a table of the week whose rows are finer or coarser than the plan's intervals, or lie between them."""
    week = frame[(frame["start"] >= horizon.begin) & (frame["start"] < horizon.end)]
    off = week[~week["start"].isin(horizon.starts)]
    plan = f"plan.interval is {horizon.interval_min}min"
    if len(off):
        row, start = off.index[0], off["start"].iloc[0].tz_convert(horizon.zone)
        words = f"start {start:%Y-%m-%d %H:%M:%S} lies between two intervals: {plan}; {len(off):,} rows like this"
        raise DataError(Fault(f"{name} row {row}", f"{words}; add finer rows up, or set plan.interval to theirs"))
    steps = week.groupby("channel")["start"].agg(lambda start: start.sort_values().diff().min())
    coarse = steps[steps > horizon.starts.freq].dropna() if len(week) else steps
    if len(coarse):
        minutes = coarse.iloc[0].total_seconds() / 60
        words = f'channel "{coarse.index[0]}" has a row every {minutes:g} min, but {plan}'
        raise DataError(Fault(name, f'{words}; set plan.interval = "{minutes:g}min", or give a row for every interval'))
