"""Two years of interval history, drawn afresh from the shapes of the demo centre."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.demo import shapes
from configs.horizon import Horizon
from configs.loader import build, shipped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.demo.shapes import Shape
    from configs.units import OpeningHours

    Array = NDArray[np.float64]


def history() -> pd.DataFrame:
    """Draw the history: over-dispersed counts and handle times per channel and open quarter hour, UTC."""
    past = Horizon(shapes.FIRST_DAY, shapes.DAYS, shapes.INTERVAL_MIN, shapes.TIMEZONE)
    week = Horizon(shapes.PLANNED_WEEK, 7, shapes.INTERVAL_MIN, shapes.TIMEZONE)
    channels = build(tomllib.loads(shipped("demo")), "demo.toml").channels
    seeds = np.random.SeedSequence(shapes.SEED).spawn(len(shapes.SHAPES))
    tables = []
    for (name, shape), seed in zip(shapes.SHAPES.items(), seeds, strict=True):
        channel, rng = channels[name], np.random.Generator(np.random.PCG64(seed))
        scale = shape.weekly / _expected(shape, week, channel.open).sum()
        seen = _observed(name, past, channel.open, closed_on_holidays=channel.closed_on_holidays)
        table = _drawn(rng, shape, past, scale * _expected(shape, past, channel.open))
        table.insert(0, "channel", name)
        table.insert(1, "start", past.starts)
        tables.append(table.loc[seen])
    return pd.concat(tables, ignore_index=True).astype({"channel": "str"})


def events() -> pd.DataFrame:
    """Return the one campaign (all channels) and the one outage (phone)."""
    name, first, last, _ = shapes.CAMPAIGN
    outage, day, _, _ = shapes.OUTAGE
    return pd.DataFrame(
        {
            "channel": pd.Series(["", "phone"], dtype="str"),
            "start": pd.to_datetime([first, day]).as_unit("us"),
            "end": pd.to_datetime([last, day]).as_unit("us"),
            "name": pd.Series([name, outage], dtype="str"),
            "closed": pd.Series(["", ""], dtype="str"),
        }
    )


def _expected(shape: Shape, days: Horizon, hours: OpeningHours) -> Array:
    """Mean volume of every interval, up to a factor: day of the year, week and month times time of day."""
    dates = [days.date(day) for day in range(days.days)]
    ordinal = np.array([day.toordinal() - shapes.PLANNED_WEEK.toordinal() for day in dates])
    angle = 2 * np.pi * (ordinal + 334) / 365.25
    winter, spring = shape.year
    of_day = (1 + shape.growth) ** (ordinal / 365.25) * np.exp(winter * np.cos(angle) + spring * np.sin(2 * angle))
    of_day = of_day * np.array([shape.weekdays[day.weekday()] for day in dates])
    of_day = of_day * (1 + shape.month_start * np.exp(-np.array([day.day - 1 for day in dates]) / 3))
    of_day[[day in shapes.HOLIDAYS for day in dates]] *= shape.holiday
    _, first, last, extra = shapes.CAMPAIGN
    of_day[[first <= day <= last for day in dates]] *= 1 + extra
    mean: Array = of_day[days.day] * _time_of_day(shape, days) * days.is_open(hours)
    return mean


def _time_of_day(shape: Shape, days: Horizon) -> Array:
    """Peaks over a floor; at the weekend the day begins an hour later."""
    hour = (days.time_of_day + 0.5) * days.interval_h - (days.weekday >= 5)
    peaks: Array = sum(
        (height * np.exp(-0.5 * ((hour - at) / width) ** 2) for at, width, height in shape.peaks),
        np.zeros(days.size),
    )
    return shape.floor + peaks


def _drawn(rng: np.random.Generator, shape: Shape, past: Horizon, mean: Array) -> pd.DataFrame:
    """Gamma-Poisson counts with effects of day and interval, and handle times that vary with the hour."""
    drift = np.zeros(past.days // 7 + 1)
    for i in range(1, len(drift)):
        drift[i] = 0.93 * drift[i - 1] + rng.normal(0, shapes.LEVEL_DRIFT)
    day_effect = np.exp(rng.normal(0, shapes.DAY_NOISE, past.days) + drift[np.arange(past.days) // 7])
    grain = 1 / shapes.INTERVAL_NOISE**2
    volume = rng.poisson(mean * day_effect[past.day] * rng.gamma(grain, 1 / grain, past.size))
    abandoned = rng.binomial(volume, shapes.ABANDONED) if shape.waits else np.zeros_like(volume)
    hour = past.time_of_day * past.interval_h
    swing = 1 + shape.aht_evening * np.clip((hour - 14) / 6, -0.6, 1.0)
    noise = rng.normal(0, 1, past.size) * shape.aht_noise / np.sqrt(np.maximum(volume, 1))
    aht_s = np.round(shape.aht_s * swing * np.maximum(1 + noise, 0.25), 1)
    return pd.DataFrame(
        {
            "volume": volume.astype(float),
            "handled": (volume - abandoned).astype(float),
            "aht_s": np.where(volume > 0, aht_s, np.nan),
            "abandoned": abandoned.astype(float),
        }
    )


def _observed(name: str, past: Horizon, hours: OpeningHours, *, closed_on_holidays: bool) -> NDArray[np.bool_]:
    """Open intervals that were recorded."""
    seen = past.is_open(hours)
    if closed_on_holidays:
        for day in shapes.HOLIDAYS:
            seen &= past.day != (day - past.first) // timedelta(days=1)
    if name == "phone":
        _, day, start, end = shapes.OUTAGE
        clock = past.local.strftime("%H:%M")
        seen &= ~((past.day == (day - past.first) // timedelta(days=1)) & (clock >= start) & (clock < end))
    return seen
