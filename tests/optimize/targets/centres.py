"""Tiny centres with targets over a day or a week: hours of the office, one or two channels, a few people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.horizon import Horizon
from configs.loader import build
from optimize.roster.inputs.people import People, read_people
from optimize.staffing import staff

if TYPE_CHECKING:
    from configs.schema import Config

MONDAY = date(2026, 11, 30)
TARGET = {"share": 0.8, "within": "20s", "over": "day", "sure": 0.8, "floor": 0.3}
IN_JOINT = {"share": 0.8, "within": "20s", "floor": 0.3}
"""Target of a channel that is part of a joint target, which says the span and the probability."""
PHONE = {"kind": "synchronous", "patience": "2min", "target": TARGET}
SHIFT = {"length": "8h", "start": "08:00-10:00", "step": "1h", "days": ["mon", "tue", "wed", "thu", "fri"]}
LUNCH = {"length": "1h", "after": "3h-5h"}


@dataclass(frozen=True)
class Case:
    """Config, horizon, requirement and people: what a roster is made of."""

    config: Config
    horizon: Horizon
    requirement: pd.DataFrame
    people: People

    @property
    def all(self) -> tuple[Config, Horizon, pd.DataFrame, People]:
        """In the order `plan` takes them."""
        return self.config, self.horizon, self.requirement, self.people


def config_of(channels: dict[str, Any], agents: int, rounds: int = 0, **tables: Any) -> Config:
    """Everybody knows every channel, works five days of eight hours and has an hour of lunch."""
    contract = {"agents": agents, "days_per_week": 5, "cost_per_hour": 10, "shifts": [SHIFT], "breaks": [LUNCH]}
    raw: dict[str, Any] = {
        "plan": {"name": "tiny", "timezone": "UTC", "interval": "60min"},
        "history": {"path": "none.csv"},
        "channels": channels,
        "costs": {"shortage_per_hour": 100},
        "contracts": {"day": contract},
        "staffing": {"loop": {"rounds": rounds, "replications": 40}},
        "roster": {"time_limit": "20s", "gap": 0.01},
    }
    return build(raw | tables)


def horizon_of(config: Config, days: int = 7) -> Horizon:
    return Horizon(MONDAY, days, config.plan.interval_s // 60, config.plan.timezone)


def forecast_of(horizon: Horizon, **calls: float) -> pd.DataFrame:
    """So many contacts an hour from 8 to 18, half of them before 10 and after 16, on five days, three minutes each."""
    hour, office = horizon.time_of_day, horizon.day < 5
    shape = 0.5 * (hour >= 8) + 0.5 * (hour >= 10) - 0.5 * (hour >= 16) - 0.5 * (hour >= 18)
    rows = [
        pd.DataFrame({"channel": name, "start": horizon.starts, "volume": number * shape * office, "aht_s": 180.0})
        for name, number in calls.items()
    ]
    return pd.concat(rows, ignore_index=True)


def case_of(channels: dict[str, Any], calls: dict[str, float], agents: int, rounds: int = 0, **tables: Any) -> Case:
    """A week with the requirement of its forecast."""
    config = config_of(channels, agents, rounds, **tables)
    horizon = horizon_of(config)
    people = read_people(config)
    need = staff(config, forecast_of(horizon, **calls), horizon, agents=people.agents).table
    return Case(config, horizon, need, people)


def one_channel(agents: int = 9, rounds: int = 0, calls: float = 60.0, **target: Any) -> Case:
    """Calls only."""
    return case_of({"phone": PHONE | {"target": TARGET | target}}, {"phone": calls}, agents, rounds)
