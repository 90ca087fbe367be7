"""A small centre with targets over a day: two kinds of calls in office hours, and people who know one or both."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from configs.horizon import Horizon
from configs.schema import Config
from optimize.roster.inputs.people import People
from optimize.roster.inputs.service_plan import service_plan
from optimize.roster.planner import plan_week
from optimize.roster.result import Roster
from optimize.staffing import staff
from tests.optimize.roster import weeks

OPEN = {"mon-fri": "08:00-16:00"}
DAY = {"share": 0.8, "within": "20s", "over": "day"}
CONTRACT = {
    "days_per_week": 5,
    "shifts": [{"length": "4h", "start": "08:00-12:00", "step": "1h"}],
    "cost_per_hour": 10,
}
KNOWS = ("sales;service", "sales", "service", "service", "service")
VOLUMES = {"sales": 12.0, "service": 18.0}


def config_of(**tables: Any) -> Config:
    """Sales calls are answered first; both are to be in time each day."""
    live = {"kind": "synchronous", "open": OPEN, "aht": "4min", "patience": "2min", "target": DAY}
    given = {
        "channels": {"sales": live, "service": live},
        "contracts": {"half": CONTRACT},
        "roster": {"agents": "agents.csv", "time_limit": "60s", "gap": 0.3},
        "staffing": {"loop": {"rounds": 1, "replications": 40}},
        "simulation": {"replications": 40},
    }
    return weeks.config_of(**(given | tables))


def people() -> People:
    """Five people on half days."""
    return weeks.people_of([(f"A{n}", "half", skills) for n, skills in enumerate(KNOWS, start=1)])


def forecast_of(horizon: Horizon) -> pd.DataFrame:
    """Contacts an hour in office hours."""
    open_now = weeks.hours_between(horizon, 8, 16) * (horizon.weekday < 5)
    frames = [
        pd.DataFrame({"channel": name, "start": horizon.starts, "volume": volume * open_now, "aht_s": 240.0})
        for name, volume in VOLUMES.items()
    ]
    made = pd.concat(frames, ignore_index=True)
    for name, share in (("q10", 0.8), ("q90", 1.2)):
        made[name] = share * made["volume"]
    return made


def requirement_of(config: Config, horizon: Horizon, who: People) -> pd.DataFrame:
    """The floors of the centre."""
    return staff(config, forecast_of(horizon), horizon, agents=who.agents).table


def planned(config: Config, horizon: Horizon, requirement: pd.DataFrame, who: People) -> Roster:
    """The roster as the formulas have it, without simulation."""
    service = service_plan(config, horizon, requirement, who.agents)
    return plan_week(config, horizon, requirement, who, service=service)


def without(requirement: pd.DataFrame, column: str) -> pd.DataFrame:
    """A requirement of another tool, which lacks a column."""
    return requirement.drop(columns=[column])


def busy(horizon: Horizon) -> np.ndarray:
    """Whether each interval is open."""
    return weeks.hours_between(horizon, 8, 16) * (horizon.weekday < 5) > 0
