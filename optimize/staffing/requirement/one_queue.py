"""The channels of a team as one queue: everybody waits for the same people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from configs.errors import DataError, Fault
from configs.schema import DeferrableChannel
from optimize.staffing.queueing.queues import Queues
from optimize.staffing.requirement.channel_queues import live_queues

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Contacts:
    """What comes to a channel in each interval; arrays of shape (T,).

    Parameters
    ----------
    volume
        Contacts to serve; 0 while the channel is closed.
    aht_s
        Mean handle time in seconds.
    rate_cv
        Coefficient of variation of the rate.
    """

    volume: Array
    aht_s: Array
    rate_cv: Array


def contacts_of(requirement_table: pd.DataFrame, name: str, horizon: Horizon) -> Contacts:
    """Read the contacts of a channel from a ``requirement`` table, in the order of the horizon.

    Raises
    ------
    DataError
        The table has no volume or no handle time.
    """
    rows = requirement_table.loc[requirement_table["channel"] == name].set_index("start").reindex(horizon.starts)
    lacking = [column for column in ("volume", "aht_s") if column not in rows.columns]
    if lacking:
        words = f'has no column "{lacking[0]}", which a target over a day or a week needs'
        raise DataError(Fault("requirement table", f"{words}; add it, or let staffcurve staff write the table"))
    values = {
        column: np.nan_to_num(rows[column].to_numpy(dtype=float, na_value=np.nan)) if column in rows.columns else None
        for column in ("volume", "aht_s", "rate_cv", "load_erl")
    }
    volume, load = np.asarray(values["volume"]), values["load_erl"]
    served = volume if load is None else np.where(load > 0, volume, 0.0)
    spread = values["rate_cv"]
    return Contacts(served, np.asarray(values["aht_s"]), np.zeros(volume.size) if spread is None else spread)


def rate_cv_of(team: Collection[Contacts]) -> Array:
    """Coefficient of variation of the rate of all contacts of a team: its channels are busy on the same days."""
    if len(team) == 1:
        return next(iter(team)).rate_cv
    volume = np.array([contacts.volume for contacts in team])
    return _mean([contacts.rate_cv for contacts in team], _weights(volume))


def volume_of(team: Collection[Contacts]) -> Array:
    """Contacts of all channels of a team."""
    return np.asarray(np.sum([contacts.volume for contacts in team], axis=0))


def queues_of(config: Config, team: Mapping[str, Contacts], judged: str) -> Queues:
    """All contacts of a team as one queue in each interval, judged as one channel of it asks.

    Parameters
    ----------
    config
        The channels.
    team
        Contacts of each channel of the team; a channel alone is the queue it always was.
    judged
        Channel of the team whose time and definition of the service level count.

    Returns
    -------
    Queues
        Load and volume are sums. Handle time, rate of giving up (one over patience) and redials are means weighted by
        contacts; the spread of handle times is that of the mixture, over all intervals.
    """
    definition, step = config.service_definition_of(judged), config.plan.interval_s
    parts = []
    for name, contacts in team.items():
        channel = config.channels[name]
        if isinstance(channel, DeferrableChannel):
            raise TypeError(name)
        parts.append(live_queues(channel, definition, contacts.volume, contacts.aht_s, step))
    if len(parts) == 1:
        return parts[0]
    weights = _weights(np.array([contacts.volume for contacts in team.values()]))
    aht = _mean([part.aht_s for part in parts], weights)
    leaving = _mean([1.0 / part.patience_s for part in parts], weights)
    with np.errstate(divide="ignore"):
        patience = 1.0 / leaving
    again = _mean([_or_zero(part.redial_share, aht.size) for part in parts], weights)
    within = parts[list(team).index(judged)].within_s
    load = np.sum([part.load_erl for part in parts], axis=0)
    spread = _mixture_cv(parts, list(team.values()))
    return Queues(load, aht, patience, within, definition, again if again.any() else None, None, spread)


def occupancy_cap(config: Config, team: Mapping[str, Contacts]) -> Array:
    """Largest share of the time of a team's people that may be in use, in each interval; shape (T,).

    The team has the people that its channels' loads take at their own caps: a mean of the caps, weighted by load.
    """
    caps = np.array([[config.channels[name].max_occupancy] for name in team])
    load = np.array([contacts.volume * contacts.aht_s for contacts in team.values()])
    whole, people = load.sum(axis=0), (load / caps).sum(axis=0)
    return np.asarray(np.divide(whole, people, out=np.full(whole.size, float(caps.min())), where=whole > 0))


def _weights(volume: Array) -> Array:
    """Share of each channel in the contacts of each interval; equal where none come."""
    total = volume.sum(axis=0)
    return np.where(total > 0, volume / np.where(total > 0, total, 1.0), 1.0 / len(volume))


def _mean(values: list[Array], weights: Array) -> Array:
    return np.asarray((np.array(values) * weights).sum(axis=0))


def _or_zero(values: Array | None, size: int) -> Array:
    return np.zeros(size) if values is None else values


def _mixture_cv(parts: list[Queues], contacts: list[Contacts]) -> float:
    """Coefficient of variation of the handle time of all contacts together; the one of the parts where all agree."""
    if len({part.service_cv for part in parts}) == 1 and all(
        np.array_equal(part.aht_s, parts[0].aht_s) for part in parts
    ):
        return parts[0].service_cv
    volume = np.concatenate([each.volume for each in contacts])
    if volume.sum() <= 0:
        return parts[0].service_cv
    first = np.concatenate([part.aht_s for part in parts])
    second = np.concatenate([(1.0 + part.service_cv**2) * part.aht_s**2 for part in parts])
    mean, square = np.average(first, weights=volume), np.average(second, weights=volume)
    return float(np.sqrt(max(square / mean**2 - 1.0, 0.0)))
