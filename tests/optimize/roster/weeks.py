"""Small weeks to roster, built by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from configs.horizon import Horizon
from configs.loader import build
from configs.schema import Config
from configs.tables import LEAVE, REQUESTS, no_rows
from optimize.roster.inputs.people import People

MONDAY = date(2026, 11, 30)
DAY_SHIFT = {"length": "8h", "start": "06:00-12:00", "step": "1h"}
LUNCH = {"length": "1h", "after": "3h-5h"}


def config_of(**tables: Any) -> Config:
    """A one-channel config of hourly intervals; tables given replace the ones here."""
    raw: dict[str, Any] = {
        "plan": {"name": "tiny", "timezone": "UTC", "interval": "60min"},
        "history": {"path": "none.csv"},
        "channels": {"phone": {"kind": "synchronous"}},
        "costs": {"shortage_per_hour": 100},
        "contracts": {
            "day": {"agents": 5, "days_per_week": 5, "shifts": [DAY_SHIFT], "breaks": [LUNCH], "cost_per_hour": 10}
        },
        "roster": {"time_limit": "10s", "gap": 0.0},
    }
    return build(raw | tables)


def horizon_of(config: Config, first: date = MONDAY) -> Horizon:
    return Horizon(first, 7, config.plan.interval_s // 60, config.plan.timezone)


def requirement_of(horizon: Horizon, **channels: Any) -> pd.DataFrame:
    """Live channels: people per interval, a number or an array. Deferrable ones: ``(work_h, hours to the due time)``."""
    frames = []
    for channel, need in channels.items():
        frame = pd.DataFrame({"channel": channel, "start": horizon.starts})
        frame["due"] = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us, UTC]")
        if isinstance(need, tuple):
            frame["agents"], frame["work_h"] = 0.0, np.broadcast_to(need[0], horizon.size).astype(float)
            frame["due"] = frame["start"] + pd.Timedelta(hours=need[1])
        else:
            frame["agents"], frame["work_h"] = np.broadcast_to(need, horizon.size).astype(float), np.nan
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def people_of(
    rows: list[tuple[str, str, str]], leave: list[tuple[str, str, str]] = (), requests: list[dict[str, Any]] = ()
) -> People:
    """Agents as (id, contract, skills), leave as (id, start, end) in UTC."""
    agents = pd.DataFrame(rows, columns=["agent", "contract", "skills"]).assign(name=lambda f: f["agent"])
    away = pd.DataFrame(leave, columns=["agent", "start", "end"])
    for column in ("start", "end"):
        away[column] = pd.to_datetime(away[column], utc=True)
    wishes = pd.DataFrame(list(requests), columns=["agent", "date", "shift", "wish", "weight"])
    return People(agents, away if len(away) else no_rows(LEAVE), wishes if len(wishes) else no_rows(REQUESTS))


def hours_between(horizon: Horizon, first: int, last: int) -> np.ndarray:
    """1 where the local hour lies in [first, last)."""
    hour = horizon.time_of_day * horizon.interval_min / 60
    return ((hour >= first) & (hour < last)).astype(float)
