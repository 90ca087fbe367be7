"""The same roster in busier weeks: how surely its targets are kept if more contacts come than forecast."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from optimize.simulation.replay_week import replay
from optimize.simulation.result import Busier

if TYPE_CHECKING:
    import pandas as pd

    from configs.horizon import Horizon
    from configs.schema import Config
    from forecast.result import Forecast
    from optimize.roster.result import Roster
    from optimize.staffing.requirement.result import Requirement

FACTORS = (1.05, 1.10)
"""Volumes over the forecast that are looked at."""
MOST = 100
"""Replications of each, enough to tell a slope: two points of probability are not the question here."""


def busier_weeks(
    roster: Roster, forecast: Forecast, requirement: Requirement, config: Config, horizon: Horizon, replications: int
) -> tuple[Busier, ...]:
    """Replay a roster with 5 % and 10 % more contacts; parameters as in `replay`, at most `MOST` replications."""
    found = []
    for factor in FACTORS:
        more = replace(forecast, table=_scaled(forecast.table, factor))
        made = replay(roster, more, requirement, config, horizon, replications=min(replications, MOST))
        found += [Busier(each.channel, factor, each.probability) for each in made.service_targets]
    return tuple(found)


def _scaled(table: pd.DataFrame, factor: float) -> pd.DataFrame:
    """Every volume and its quantiles times a factor; the spread in parts of the mean stays."""
    columns = [name for name in table.columns if name == "volume" or (name.startswith("q") and name[1:].isdigit())]
    return table.assign(**{name: table[name] * factor for name in columns})
