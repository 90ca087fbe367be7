"""A small config with one channel of each kind, and forecasts for it."""

from __future__ import annotations

import copy
from datetime import date

import numpy as np
import pandas as pd
import pytest

from configs.horizon import Horizon
from configs.loader import build

RAW = {
    "plan": {"name": "test", "timezone": "Europe/London", "interval": "30min"},
    "history": {"path": "demo"},
    "channels": {
        "phone": {
            "kind": "synchronous",
            "open": {"mon-fri": "08:00-18:00"},
            "target": {"share": 0.8, "within": "20s"},
            "patience": "120s",
            "max_occupancy": 0.99,
        },
        "chat": {
            "kind": "concurrent",
            "open": "08:00-18:00",
            "slots": 3,
            "touch": "30s",
            "think": "60s",
            "touches": 8,
            "target": {"share": 0.8, "within": "20s"},
            "patience": "120s",
            "max_occupancy": 0.99,
        },
        "email": {
            "kind": "deferrable",
            "open": {"mon-sat": "09:00-17:00"},
            "target": {"within": "8h"},
            "max_occupancy": 0.8,
        },
    },
    "contracts": {
        "full": {
            "agents": 40,
            "days_per_week": 5,
            "cost_per_hour": 15,
            "shifts": [{"length": "8h", "start": "08:00-10:00"}],
        }
    },
}


@pytest.fixture
def raw():
    """The config as a mapping, free to change."""
    return copy.deepcopy(RAW)


@pytest.fixture
def config(raw):
    """The config, checked."""
    return build(raw)


@pytest.fixture
def horizon():
    """Two days: Monday 30 November and Tuesday 1 December 2026."""
    return Horizon(date(2026, 11, 30), 2, 30, "Europe/London")


@pytest.fixture
def forecast(horizon):
    """In every half hour from 8 to 18 60 calls of 180 s and 20 chats; 10 e-mails of 360 s round the clock."""
    working = (horizon.time_of_day >= 16) & (horizon.time_of_day < 36)
    volumes = {
        "phone": (60.0 * working, 180.0),
        "chat": (20.0 * working, 240.0),
        "email": (np.full(horizon.size, 10.0), 360.0),
    }
    frames = [
        pd.DataFrame({"channel": name, "start": horizon.starts, "volume": volume, "aht_s": aht})
        for name, (volume, aht) in volumes.items()
    ]
    return pd.concat(frames, ignore_index=True)
