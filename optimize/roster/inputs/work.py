"""Deferrable work of the week: arrivals, deadlines, and the backlog at its beginning and end.

A channel's work is one class, or two where its service target covers only a share of it: the part with the target, and
the rest, which may take longer. Within a class work is done in order of arrival; deadlines come in the same order, so
two cumulative bounds for each class say exactly which plans meet them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from optimize.roster.inputs.carryover_backlog import due_of_waiting, found_waiting
from optimize.roster.inputs.week import Blending, Ending, Work

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config, DeferrableChannel

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.int64]


def classes_of(
    config: Config,
    number: int,
    rows: pd.DataFrame,
    horizon: Horizon,
    worked: Mask,
    waiting: pd.DataFrame | None = None,
) -> dict[int, Work]:
    """Classes of work of one deferrable channel, by their number.

    The part with the target has the number of its channel; the rest, where there is one, that plus the number of
    channels.

    Parameters
    ----------
    config
        The channels.
    number
        Place of the channel in the config.
    rows
        Its rows of the ``requirement`` table, one for each interval of the horizon: `work_h`, `due`, perhaps
        `rest_due` and `volume`.
    horizon
        The week.
    worked
        Whether its work may be done, for each interval.
    waiting
        ``waiting`` table of the previous week, where there is one.
    """
    channel = list(config.channels)[number]
    settings = config.channels[channel]
    if settings.kind != "deferrable":
        raise TypeError(f"{channel} is not deferrable")
    arrivals, share = rows["work_h"].to_numpy(dtype=float), settings.target.share
    backlog = None if settings.backlog is None else settings.backlog * hours_per_contact(channel, rows, settings)
    due_by = due_intervals(rows["due"], horizon)
    parts = [(number, share, due_by)]
    if share < 1:
        rest = due_intervals(rest_due(rows, settings, horizon), horizon)
        parts.append((len(config.channels) + number, 1 - share, np.maximum(rest, due_by)))
    made, closing = {}, closing_interval(settings, horizon, worked)
    for k, part, due in parts:
        found = None if backlog is None else part * backlog
        floor, opening = _floor(part * arrivals, due, found, settings, horizon, _Close(closing, worked))
        left = found_waiting(waiting, config, channel)
        if left is not None:
            floor, opening = _after(left[k != number], part * arrivals, due, horizon)
        ending = _ending(settings, part * arrivals, floor, closing)
        made[k] = Work(number, part * arrivals, due_by, floor, opening, ending, worked)
    return made


def rest_due(rows: pd.DataFrame, settings: DeferrableChannel, horizon: Horizon) -> pd.Series:
    """Latest time for the part of the work outside the service target.

    Staffing writes it, counted in the same hours as the deadline. Where a requirement does not have it, the time from
    the end of the interval to the deadline is scaled by ``rest_within / within``.
    """
    ends = pd.Series(horizon.starts + pd.Timedelta(minutes=horizon.interval_min), index=rows.index)
    stretched = ends + (rows["due"] - ends) * (settings.target.longest / settings.target.within)
    return rows["rest_due"].fillna(stretched) if "rest_due" in rows else stretched


def _floor(
    arrivals: Array, due: Numbers, backlog: float | None, settings: DeferrableChannel, horizon: Horizon, close: _Close
) -> tuple[Array, tuple[float, float]]:
    """Least work done by the end of each interval, and the least and greatest opening backlog.

    A known backlog is due evenly over the first deadline. Without one the week is a circle: work due after its end
    stands for last week's work due in this one. The backlog may also include work that arrives after the last hour
    worked. Nothing is due before the interval it arrives in has ended.
    """
    size = horizon.size
    inside = due < size
    floor = np.cumsum(np.bincount(due[inside], weights=arrivals[inside], minlength=size)).astype(np.float64)
    if backlog is not None:
        return floor - backlog * (1 - share_due(settings, horizon, arrivals, due)), (backlog, backlog)
    handed_on = np.bincount((due[~inside] - size).clip(0, size), weights=arrivals[~inside], minlength=size + 1)
    total = float(handed_on.sum())
    circle = np.asarray(floor - total + np.cumsum(handed_on)[:size], dtype=np.float64)
    if settings.at_end == "due":
        return circle, (total, total)
    most = total + float(arrivals[close.stranded & inside].sum())
    after = np.arange(size) > close.interval if settings.at_end == "clear" else close.stranded
    return circle, (min(most, float(arrivals[after].sum())), most)


@dataclass(frozen=True)
class _Close:
    """How a channel's week ends: its last interval, and in which intervals its work may be done."""

    interval: int
    worked: Mask

    @property
    def stranded(self) -> Mask:
        """Intervals after the last hour worked; their work is done next week under any roster."""
        hours = np.flatnonzero(self.worked)
        return np.asarray(np.arange(len(self.worked)) > (hours[-1] if hours.size else -1))


def blending_of(config: Config, requirement: pd.DataFrame, live: dict[int, Array], horizon: Horizon) -> Blending:
    """Idle time the requirement offers, and the deferrable channels that may use it."""
    absence = config.staffing.absence
    worth = {
        number: 1 / (channel.max_occupancy * (1 - absence))
        for number, channel in enumerate(config.channels.values())
        if channel.kind == "deferrable" and channel.blend
    }
    if not worth or "idle_h" not in requirement:
        return Blending()
    idle = {}
    for number, name in enumerate(config.channels):
        if number in live:
            rows = requirement[requirement["channel"] == name].set_index("start").reindex(horizon.starts)
            hours = rows["idle_h"].fillna(0.0).to_numpy(dtype=float)
            idle[number] = np.where(live[number] > 0, hours / horizon.interval_h, 0.0)
    return Blending({number: agents for number, agents in idle.items() if agents.any()}, worth)


def _after(mine: pd.DataFrame, arrivals: Array, due: Numbers, horizon: Horizon) -> tuple[Array, tuple[float, float]]:
    """Least work done, and the backlog, of a week that begins with the backlog carried over."""
    inside, backlog = due < horizon.size, float(mine["work_h"].sum())
    own = np.cumsum(np.bincount(due[inside], weights=arrivals[inside], minlength=horizon.size))
    return np.asarray(own - backlog + due_of_waiting(mine, horizon)), (backlog, backlog)


def _ending(settings: DeferrableChannel, arrivals: Array, floor: Array, closing: int) -> Ending:
    if settings.at_end == "due":
        return Ending(len(arrivals) - 1, float(floor[-1]), as_found=False)
    if settings.at_end == "clear":
        return Ending(closing, float(arrivals[: closing + 1].sum()), as_found=False)
    return Ending(len(arrivals) - 1, float(np.cumsum(arrivals)[-1]), as_found=True)


def closing_interval(settings: DeferrableChannel, horizon: Horizon, worked: Mask) -> int:
    """Last interval of the week in which the channel is open and worked; where there is none, open; else the last."""
    is_open = _hours_open(settings, horizon)
    both = np.flatnonzero(is_open & worked if (is_open & worked).any() else is_open)
    return int(both[-1]) if both.size else horizon.size - 1


def _hours_open(settings: DeferrableChannel, horizon: Horizon) -> NDArray[np.bool_]:
    """Whether the channel is open in each interval, by its opening hours in its own zone."""
    return horizon.seen_in(settings.timezone).is_open(settings.open)


def share_due(settings: DeferrableChannel, horizon: Horizon, arrivals: Array, due: Numbers) -> Array:
    """Share of a stated backlog that is due by the end of each interval.

    Ages of the backlog are assumed uniform up to the deadline, so it falls due evenly, over the hours the deadline
    counts, until the first work of the week is due.
    """
    last = int(due[arrivals > 0].min()) if (arrivals > 0).any() else 0
    round_the_clock = settings.target.clock == "clock"
    counts = np.ones(horizon.size) if round_the_clock else _hours_open(settings, horizon).astype(float)
    passed = np.cumsum(counts)
    whole = np.arange(horizon.size) >= last
    if last >= horizon.size:  # the hours beyond the week are assumed to be like those in it
        return np.asarray(passed * horizon.size / max((last + 1) * passed[-1], 1.0))
    return np.where(whole, 1.0, passed / max(passed[last], 1.0))


def due_intervals(due: pd.Series, horizon: Horizon) -> Numbers:
    """Interval by whose end the work of each interval is due; from `size` on after the horizon."""
    step = pd.Timedelta(minutes=horizon.interval_min)
    ends = np.asarray((due - horizon.begin) // step, dtype=float) - 1
    own = np.arange(horizon.size)
    return np.where(np.isnan(ends), own, np.maximum(np.nan_to_num(ends), own)).astype(np.int64)


def hours_per_contact(channel: str, rows: pd.DataFrame, settings: DeferrableChannel) -> float:
    """Rostered hours of one contact: those of the week's own contacts, else the handle time of the config."""
    work = float(rows["work_h"].sum())
    volume = float(rows["volume"].sum()) if "volume" in rows else 0.0
    if work > 0 and volume > 0:
        return work / volume
    if settings.aht is None and settings.backlog:
        where, words = f"channels.{channel}.backlog", "cannot be turned into hours"
        raise DataError(Fault(where, f"{words}; give the requirement a volume column, or set channels.{channel}.aht"))
    return 0.0 if settings.aht is None else settings.aht.total_seconds() / 3600 / settings.max_occupancy
