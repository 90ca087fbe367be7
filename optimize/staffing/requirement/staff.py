"""From a forecast to the requirement of every channel and interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.schema import ConcurrentChannel, DeferrableChannel
from configs.tables import FORECAST, REQUIREMENT, check, settled
from optimize.staffing.facts import (
    ChannelsNotPlanned,
    ForecastOutsideHours,
    HandleTimeDiffers,
    MinimumNotUsed,
    NoQuantiles,
    RiskNotUsed,
)
from optimize.staffing.requirement.deferrable import due_times, open_mask, work_hours
from optimize.staffing.requirement.forecast_rows import rows_of
from optimize.staffing.requirement.idle import with_idle_time
from optimize.staffing.requirement.live_rows import LiveForecast, live_rows
from optimize.staffing.requirement.one_queue import Contacts
from optimize.staffing.requirement.result import Requirement
from optimize.staffing.requirement.returning import with_returns
from optimize.staffing.requirement.risk import rate_cv, volume_at_risk
from optimize.staffing.requirement.spans import span_target
from optimize.staffing.requirement.teams import sharing_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, timedelta

    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.notes import Noticed
    from configs.schema import Channel, Config, SynchronousChannel

    Array = NDArray[np.float64]
    LiveKinds = SynchronousChannel | ConcurrentChannel

_STRANGE_HANDLE_TIME = 1.25
"""Ratio from which a measured handle time and touch x touches count as different."""


def staff(
    config: Config,
    forecast_table: pd.DataFrame,
    horizon: Horizon,
    *,
    closed_days: Mapping[str, Collection[date]] | None = None,
    agents: pd.DataFrame | None = None,
) -> Requirement:
    """Turn a forecast into agents to roster (live channels) and hours of work with a due time (deferrable ones).

    Parameters
    ----------
    config
        The channels, their service targets, absence and risk.
    forecast_table
        ``forecast`` table: every interval of the horizon for every channel; needs `channel, start, volume, aht_s`.
    horizon
        The planned days.
    closed_days
        Days on which a channel is closed despite its opening hours, by channel; local days of its zone.
    agents
        ``agents`` table: synchronous channels that people share are staffed as one queue. Default: the people the
        contracts count; nobody shares where the config names a file of agents instead.

    Returns
    -------
    Requirement
        A row for every channel, in the order of the config, and interval. Where agents hold several conversations
        `aht_s` is the agent time of one with all slots in use, so that `load_erl` is the volume times it here too.
        Where the target of a channel is one over a day or a week, its `agents` are the floor of the interval, and
        `agents_interval` those that a target for every interval would take.

    Raises
    ------
    DataError
        An interval of a channel is missing, or contacts have no handle time.
    ConfigError
        A service target that no number of agents can meet.
    """
    forecast_table = check(forecast_table, FORECAST)
    forecasts, frames = dict[str, LiveForecast](), dict[str, pd.DataFrame]()
    notes: dict[str, list[Noticed]] = {}
    for name, channel in config.channels.items():
        rows, notes[name] = _expected(config, name, forecast_table, horizon)
        days = frozenset((closed_days or {}).get(name, ()))
        if isinstance(channel, DeferrableChannel):
            frames[name], more = _deferrable(config, name, channel, rows, horizon, days)
        else:
            forecasts[name] = _live_forecast(channel, rows, horizon, days)
            more = _live_notes(name, channel, forecasts[name])
        notes[name] += more
    live, noted, teams = live_rows(config, horizon, forecasts, sharing_of(config, agents))
    nothing = pd.Series(pd.NaT, range(horizon.size), dtype=horizon.starts.dtype)
    frames |= {name: frame.assign(work_h=np.nan, due=nothing) for name, frame in live.items()}
    table, idle = with_idle_time(config, pd.concat([frames[name] for name in config.channels], ignore_index=True))
    by_channel = [note for name in config.channels for note in [*notes[name], *noted.get(name, [])]]
    found = [*_unnamed(config, forecast_table), *_risk_not_used(config), *by_channel, *teams, *idle]
    return Requirement(settled(check(table, REQUIREMENT)), tuple(found))


def _expected(
    config: Config, name: str, forecast_table: pd.DataFrame, horizon: Horizon
) -> tuple[pd.DataFrame, list[Noticed]]:
    """Rows of a channel with the volume to staff for and the spread of its rate."""
    rows, notes = rows_of(name, config.channels[name], forecast_table, horizon)
    risk = config.staffing.risk if span_target(config, name) is None else "mean"
    volume, unknown = volume_at_risk(rows, risk)
    if unknown:
        notes.append(NoQuantiles(f"channels.{name}", unknown))
    return rows.assign(volume=volume, rate_cv=rate_cv(rows)), notes


def _live_forecast(channel: LiveKinds, rows: pd.DataFrame, horizon: Horizon, days: Collection[date]) -> LiveForecast:
    """What a live channel expects, and serves while it is open."""
    is_open = open_mask(horizon, channel.open, days, channel.timezone)
    volume, aht = rows["volume"].to_numpy(), rows["aht_s"].to_numpy()
    served = np.where(is_open, volume, 0.0)
    return LiveForecast(volume, Contacts(served, aht, rows["rate_cv"].to_numpy()), is_open)


def _live_notes(name: str, channel: LiveKinds, forecast: LiveForecast) -> list[Noticed]:
    notes = _unserved(name, forecast.volume, forecast.is_open)
    if isinstance(channel, ConcurrentChannel):
        notes += _handle_time_differs(name, channel, forecast.volume, forecast.contacts.aht_s)
    return notes


def _deferrable(
    config: Config, name: str, channel: DeferrableChannel, rows: pd.DataFrame, horizon: Horizon, days: Collection[date]
) -> tuple[pd.DataFrame, list[Noticed]]:
    """Rows of a deferrable channel."""
    aht, step = rows["aht_s"].to_numpy(), config.plan.interval_s
    volume = with_returns(rows["volume"].to_numpy(), channel.returns, channel.returns_after.total_seconds(), step)
    aht = np.where((volume > 0) & (aht <= 0), np.median(aht[aht > 0]) if (aht > 0).any() else 0.0, aht)
    target = channel.target
    where, there = f"channels.{name}.open", pd.Series(volume > 0)

    def by(within: timedelta) -> pd.Series:
        due = due_times(
            horizon, channel.open, within, target.clock, timezone=channel.timezone, closed_days=days, where=where
        )
        return pd.Series(due).where(there)

    nothing = dict.fromkeys(("service_level", "asa_s", "abandonment", "occupancy"), np.nan)
    frame = _frame(name, channel, horizon, volume, aht, volume * aht / config.plan.interval_s).assign(
        agents=0.0,
        agents_present=0.0,
        **nothing,
        work_h=work_hours(volume, aht, channel.max_occupancy, config.staffing.absence),
        due=by(target.within),
    )
    if target.share < 1:
        frame = frame.assign(rest_due=by(target.longest))
    return frame, [MinimumNotUsed(f"channels.{name}.minimum")] if channel.minimum else []


def _frame(name: str, channel: Channel, horizon: Horizon, volume: Array, aht_s: Array, load_erl: Array) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "channel": name,
            "start": horizon.starts,
            "kind": channel.kind,
            "volume": volume,
            "aht_s": aht_s,
            "load_erl": load_erl,
        }
    )


def _risk_not_used(config: Config) -> list[Noticed]:
    """A share of weeks is set, but channels with a target over a day or a week have `sure` for that."""
    spans = tuple(name for name in config.channels if span_target(config, name) is not None)
    risk = config.staffing.risk
    return [] if isinstance(risk, str) or not spans else [RiskNotUsed("staffing.risk", risk, spans)]


def _unnamed(config: Config, table: pd.DataFrame) -> list[Noticed]:
    others = sorted({str(name) for name in table["channel"].unique()} - set(config.channels))
    return [ChannelsNotPlanned("forecast table", tuple(others))] if others else []


def _unserved(name: str, volume: Array, is_open: NDArray[np.bool_]) -> list[Noticed]:
    outside = float(volume[~is_open].sum())
    return [ForecastOutsideHours(f"channels.{name}", outside)] if outside > 0 else []


def _handle_time_differs(name: str, channel: ConcurrentChannel, volume: Array, aht: Array) -> list[Noticed]:
    """The curve replaces the handle time of the history, whose concurrency is not known."""
    if channel.touch is None or channel.touches is None or volume.sum() <= 0:
        return []
    work = channel.touch.total_seconds() * channel.touches
    seen = float((volume * aht).sum() / volume.sum())
    if work / _STRANGE_HANDLE_TIME <= seen <= work * _STRANGE_HANDLE_TIME:
        return []
    return [HandleTimeDiffers(f"channels.{name}", seen, work)]
