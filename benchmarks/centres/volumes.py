"""The contacts of a made centre: as many as its people can serve, over the week and past weeks with their noise."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from benchmarks.centres.channels import Channel
    from benchmarks.centres.people import Contract, Person
    from benchmarks.centres.sizes import Size

    Array = NDArray[np.float64]

PLANNED = date(2026, 3, 9)
"""The planned week, a Monday; the clock of the centres does not change near it."""
PAST_WEEKS = 10
INTERVAL_MIN = 15
USED = 0.68
"""Share of everybody's working time that the plan by interval is meant to take: shifts do not fit the day exactly."""
SLOTS_A_DAY = 24 * 60 // INTERVAL_MIN


def shape_of(size: Size, channel: Channel, place: int) -> Array:
    """Weights of the intervals of a week that add up to 1, shape (7 * 96,); 0 while closed."""
    rng = size.rng(10 + place)
    hour = (np.arange(SLOTS_A_DAY) + 0.5) * 24 / SLOTS_A_DAY
    morning, afternoon = rng.uniform(9.5, 11.5), rng.uniform(14.0, 17.0)
    day = (
        0.06
        + np.exp(-(((hour - morning) / 2.4) ** 2))
        + rng.uniform(0.5, 0.9) * np.exp(-(((hour - afternoon) / 3) ** 2))
    )
    weekdays = np.array((1.15, 1.05, 1.0, 1.0, 0.95, 0.6, 0.45)) * np.exp(rng.normal(0, 0.03, 7))
    week = np.concatenate([factor * day for factor in weekdays])
    opened = [channel.is_open(at // SLOTS_A_DAY, at % SLOTS_A_DAY * INTERVAL_MIN) for at in range(week.size)]
    return week * opened / (week * opened).sum()


def hours_of(
    channels: tuple[Channel, ...], contracts: tuple[Contract, ...], people: tuple[Person, ...], absence: float
) -> dict[str, float]:
    """Agent-hours a week meant for each channel: those of its people, who share their time over their skills by weight."""
    week_h = {contract.name: contract.week_h for contract in contracts}
    weight = {channel.name: channel.weight for channel in channels}
    hours = dict.fromkeys(weight, 0.0)
    for person in people:
        all_of_them = sum(weight[name] for name in person.skills)
        for name in person.skills:
            hours[name] += USED * (1 - absence) * week_h[person.contract] * weight[name] / all_of_them
    return hours


def weekly_volume(channel: Channel, shape: Array, hours: float) -> float:
    """Contacts a week that take so many agent-hours with a queue's usual reserve, by bisection."""
    low, high = 0.0, 1e7
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _needed_h(channel, shape * middle) < hours else (low, middle)
    return low


def _needed_h(channel: Channel, volume: Array) -> float:
    """Agent-hours by a square-root rule in whole people; e-mail needs no reserve but its cap."""
    load = volume * agent_s(channel) / (60 * INTERVAL_MIN)
    if not channel.live:
        return float(load.sum() / 0.85) * INTERVAL_MIN / 60
    agents = np.ceil(np.maximum(load / 0.9, load + 0.9 * np.sqrt(load) + 0.7))
    return float(agents[load > 0].sum()) * INTERVAL_MIN / 60


def agent_s(channel: Channel) -> float:
    """Agent time of a contact with all slots in use, in seconds."""
    if channel.kind not in {"chat", "messaging"}:
        return channel.aht_s
    slots, touches = int(str(channel.settings["slots"])), float(str(channel.settings["touches"]))
    think_s = float(str(channel.settings["think"]).removesuffix("s"))
    return touches * max(channel.aht_s, (channel.aht_s + think_s) / slots)


def history_of(size: Size, channel: Channel, place: int, week: Array) -> Iterator[tuple[str, str, int, str]]:
    """Rows ``channel, start, volume, aht_s`` of the past weeks: gamma days of the known spread, Poisson contacts."""
    rng = size.rng(40 + place)
    begin = datetime.combine(PLANNED - timedelta(weeks=PAST_WEEKS), datetime.min.time())
    shape = 1.0 / size.day_cv**2
    for day in range(7 * PAST_WEEKS):
        busy = float(rng.standard_gamma(shape)) / shape
        for slot in range(SLOTS_A_DAY):
            mean = float(week[day % 7 * SLOTS_A_DAY + slot])
            if mean > 0:
                start = begin + timedelta(days=day, minutes=slot * INTERVAL_MIN)
                aht = f"{channel.aht_s:g}" if channel.kind in {"call", "email"} else ""
                yield channel.name, f"{start:%Y-%m-%dT%H:%M}", int(rng.poisson(busy * mean)), aht
