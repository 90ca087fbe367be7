"""The contacts of a scenario: the forecast with what moves, is answered by others, or does not come again.

A contact that moves takes the uncertainty of its channel with it: on a busy day more of them move. One that arrives
where its channel is closed waits until it opens; after the last opening of the week that is its first, as in a week
that repeats itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from configs.tables import settled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config, Deflection, Move, Scenario
    from configs.units import OpeningHours

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

COUNTS = ("volume", "q025", "q10", "q50", "q90", "q975", "model_volume")
"""Columns of the ``forecast`` table that count contacts."""


@dataclass(frozen=True)
class Contacts:
    """Contacts of a channel by interval.

    Parameters
    ----------
    counts
        Columns of `COUNTS` the table has; shape (T,) each.
    aht_s
        Handle time in seconds; shape (T,), NaN where the channel has none.
    accepts
        Whether a contact may arrive; shape (T,).
    """

    counts: Mapping[str, Array]
    aht_s: Array
    accepts: Mask

    def times(self, factor: Array | float) -> Contacts:
        """Return so many times the contacts."""
        return replace(self, counts={name: values * factor for name, values in self.counts.items()})

    def plus(self, more: Mapping[str, Array], aht_s: Array) -> Contacts:
        """Return these and more contacts of that handle time; those come when the channel accepts them."""
        arrived = {name: arrivals(values, self.accepts) for name, values in more.items()}
        volume, new = self.counts["volume"], arrived["volume"]
        weighed = arrivals(more["volume"] * np.nan_to_num(aht_s), self.accepts)
        with np.errstate(invalid="ignore", divide="ignore"):
            mixed = (volume * np.nan_to_num(self.aht_s) + weighed) / (volume + new)
        aht = np.where(new > 0, mixed, self.aht_s)
        return replace(self, counts={name: values + arrived[name] for name, values in self.counts.items()}, aht_s=aht)


@dataclass(frozen=True)
class Changed:
    """The ``forecast`` table of a scenario, and what contacts answered by a partner cost."""

    table: pd.DataFrame
    outsourced: float = 0.0


def changed_contacts(
    config: Config,
    horizon: Horizon,
    table: pd.DataFrame,
    scenario: Scenario | None,
    closed: Mapping[str, Sequence[date]],
) -> Changed:
    """Return the forecast as the scenario has it.

    Parameters
    ----------
    config
        The channels of the scenario.
    horizon
        The planned days.
    table
        A ``forecast`` table of all its channels and intervals.
    scenario
        What differs; None for nothing.
    closed
        Days of its own zone on which each channel is closed.
    """
    if scenario is None:
        return Changed(table)
    contacts = {name: _contacts_of(config, horizon, table, name, closed.get(name, ())) for name in config.channels}
    for name, scale in (scenario.scale or {}).items():
        scaled = contacts[name].times(scale.volume)
        contacts[name] = replace(scaled, aht_s=scaled.aht_s * scale.aht)
    for better in scenario.resolve:
        first = [first_contacts(share, better.again) for share in (better.now, better.then)]
        contacts[better.channel] = contacts[better.channel].times(first[0] / first[1])
    for bot in scenario.deflect:
        part = bot.share * _inside(config, horizon, bot.channel, bot.hours)
        contacts[bot.channel] = _deflected(contacts[bot.channel], bot, part, horizon.interval_min)
    for move in scenario.move:
        part = move.share * _inside(config, horizon, move.from_, move.hours)
        contacts |= _moved(contacts[move.from_], contacts[move.to], move, part)
    cost = 0.0
    for partner in scenario.outsource:
        part = partner.share * _inside(config, horizon, partner.channel, partner.hours)
        before = contacts[partner.channel]
        cost += partner.price * float((before.counts["volume"] * part).sum())
        contacts[partner.channel] = before.times(1.0 - part)
    return Changed(_written(table, contacts), cost)


def _deflected(before: Contacts, bot: Deflection, part: Array, interval_min: int) -> Contacts:
    """Contacts without that part of each interval; of those some come back later."""
    steps = round(bot.after.total_seconds() / 60 / interval_min)
    back = {name: np.roll(values, steps) for name, values in before.times(part * bot.fails).counts.items()}
    return before.times(1.0 - part).plus(back, np.roll(before.aht_s, steps))


def _moved(before: Contacts, there: Contacts, move: Move, part: Array) -> dict[str, Contacts]:
    """Both channels when that part of each interval has moved."""
    aht_s = there.aht_s if move.aht is None else np.full(part.size, move.aht.total_seconds())
    arrived = there.plus(before.times(part * move.contacts).counts, aht_s)
    return {move.from_: before.times(1.0 - part), move.to: arrived}


def first_contacts(settled_share: float, come_again: float) -> float:
    """Share of first contacts in all contacts, where a share is settled at once and a share of the others come again.

    With `s` settled and `c` of the others coming again, a customer makes ``1 + (1 - s) c + ...`` contacts, a geometric
    series.
    """
    return 1.0 - (1.0 - settled_share) * come_again


def arrivals(values: Array, accepts: Mask) -> Array:
    """Contacts when their channel accepts them: at once, else when it opens next; lost where it never does."""
    opens = np.flatnonzero(accepts)
    if not opens.size:
        return np.zeros_like(values)
    place = opens[np.searchsorted(opens, np.arange(values.size)) % opens.size]
    return np.bincount(place, weights=values, minlength=values.size).astype(float)


def _inside(config: Config, horizon: Horizon, channel: str, hours: OpeningHours | None) -> Array:
    if hours is None:
        return np.ones(horizon.size)
    return horizon.seen_in(config.timezone_of(channel)).is_open(hours).astype(float)


def _contacts_of(config: Config, horizon: Horizon, table: pd.DataFrame, name: str, closed: Sequence[date]) -> Contacts:
    rows = table[table["channel"] == name].sort_values("start")
    local = horizon.seen_in(config.timezone_of(name))
    shut = np.array([local.date(day) in closed for day in range(local.days)])
    accepts = local.is_open(config.channels[name].open) & ~shut[local.day]
    counts = {column: rows[column].to_numpy(dtype=float) for column in COUNTS if column in rows}
    return Contacts(counts, rows["aht_s"].to_numpy(dtype=float), accepts)


def _written(table: pd.DataFrame, contacts: Mapping[str, Contacts]) -> pd.DataFrame:
    changed = table.sort_values(["channel", "start"]).copy()
    for name, each in contacts.items():
        rows = changed["channel"] == name
        for column, values in each.counts.items():
            changed.loc[rows, column] = values
        changed.loc[rows, "aht_s"] = each.aht_s
    return settled(changed.loc[table.index])
