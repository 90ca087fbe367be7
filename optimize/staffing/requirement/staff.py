"""From a forecast to the requirement of every channel and interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import ConfigError, Fault
from configs.schema import ConcurrentChannel, DeferrableChannel
from configs.tables import FORECAST, REQUIREMENT, check, settled
from configs.units import format_duration
from optimize.staffing.facts import (
    ChannelsNotPlanned,
    ForecastOutsideHours,
    HandleTimeDiffers,
    MinimumNotUsed,
    NoQuantiles,
)
from optimize.staffing.requirement.absence import staff_for_attendance, to_roster
from optimize.staffing.requirement.channel_queues import live_queues, service_targets
from optimize.staffing.requirement.deferrable import due_times, open_mask, work_hours
from optimize.staffing.requirement.forecast_rows import rows_of
from optimize.staffing.requirement.idle import with_idle_time
from optimize.staffing.requirement.interval_method import agents_by_method, method_warnings
from optimize.staffing.requirement.result import Requirement
from optimize.staffing.requirement.returning import with_returns
from optimize.staffing.requirement.risk import rate_cv, volume_at_risk
from optimize.staffing.requirement.single_agents import single_agent_notes

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

    Returns
    -------
    Requirement
        A row for every channel, in the order of the config, and interval. Where agents hold several conversations
        `aht_s` is the agent time of one with all slots in use, so that `load_erl` is the volume times it here too.

    Raises
    ------
    DataError
        An interval of a channel is missing, or contacts have no handle time.
    ConfigError
        A service target that no number of agents can meet.
    """
    forecast_table = check(forecast_table, FORECAST)
    frames, notes = [], _unnamed(config, forecast_table)
    for name, channel in config.channels.items():
        rows, message = rows_of(name, channel, forecast_table, horizon)
        days = frozenset((closed_days or {}).get(name, ()))
        volume, unknown = volume_at_risk(rows, config.staffing.risk)
        if unknown:
            message.append(NoQuantiles(f"channels.{name}", unknown))
        rows = rows.assign(volume=volume, rate_cv=rate_cv(rows))
        if isinstance(channel, DeferrableChannel):
            frame, more = _deferrable(config, name, channel, rows, horizon, days)
        else:
            frame, more = _live(config, name, channel, rows, horizon, days)
        frames.append(frame)
        notes += [*message, *more]
    table, idle = with_idle_time(config, pd.concat(frames, ignore_index=True))
    table, notes = settled(check(table, REQUIREMENT)), [*notes, *idle]
    return Requirement(table, tuple(notes))


def _live(
    config: Config, name: str, channel: LiveKinds, rows: pd.DataFrame, horizon: Horizon, days: Collection[date]
) -> tuple[pd.DataFrame, list[Noticed]]:
    """Rows of a live channel."""
    is_open = open_mask(horizon, channel.open, days, channel.timezone)
    volume, aht = rows["volume"].to_numpy(), rows["aht_s"].to_numpy()
    notes = _unserved(name, volume, is_open)
    if isinstance(channel, ConcurrentChannel):
        notes += _handle_time_differs(name, channel, volume, aht)
    queues = live_queues(
        channel, config.service_definition_of(name), np.where(is_open, volume, 0.0), aht, config.plan.interval_s
    )
    targets = service_targets(channel, queues.size)
    present, work, message = agents_by_method(config, name, channel, queues, targets, rows["rate_cv"].to_numpy())
    _refuse_unreachable(name, channel, present)
    notes += [*message, *method_warnings(config, name, channel, queues, present, horizon)]
    service = work.serve(present)
    busy = queues.load_erl > 0
    agents = np.where(is_open, np.maximum(_rostered(config, present), channel.minimum), 0.0)
    seen = {
        measure: np.where(busy, getattr(service, measure), np.nan)
        for measure in ("service_level", "asa_s", "abandonment", "occupancy")
    }
    frame = _frame(name, channel, horizon, volume, queues.aht_s, queues.load_erl)
    frame = frame.assign(
        agents=agents,
        agents_present=present,
        **seen,
        work_h=np.nan,
        due=pd.Series(pd.NaT, frame.index, dtype=frame["start"].dtype),
    )
    return frame, [*notes, *single_agent_notes(config, name, frame, horizon)]


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


def _rostered(config: Config, present: Array) -> Array:
    """People to roster, so that enough come on average, or with the probability of the config."""
    sure, absence = config.staffing.enough_with, config.staffing.absence
    return to_roster(present, absence) if sure is None else staff_for_attendance(present, absence, sure)


def _refuse_unreachable(name: str, channel: LiveKinds, present: Array) -> None:
    if np.isfinite(present).all():
        return
    target = channel.target
    words = [f"share = {target.share:g}"]
    words += [] if target.asa is None else [f'asa = "{format_duration(target.asa)}"']
    words += [] if target.abandonment is None else [f"abandonment = {target.abandonment:g}"]
    response = channel.target.response if isinstance(channel, ConcurrentChannel) else None
    if isinstance(channel, ConcurrentChannel) and channel.touch is not None and response is not None:
        words.append(
            f'response = "{format_duration(response)}", and one reply alone takes {format_duration(channel.touch)}'
        )
    message = f"no number of agents meets it ({', '.join(words)}); relax the target"
    raise ConfigError(Fault(f"channels.{name}.target", message))


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
