"""Hours in which the least team, one agent, costs more than the work it carries is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forecast.opening.hours import spans_of
from optimize.staffing.facts import SingleAgentHours

if TYPE_CHECKING:
    import pandas as pd

    from configs.horizon import Horizon
    from configs.schema import Config


def single_agent_notes(config: Config, name: str, frame: pd.DataFrame, horizon: Horizon) -> list[SingleAgentHours]:
    """Name the hours of a live channel that ask for one agent whose wage exceeds the value of the work.

    An hour of work is worth ``costs.shortage_per_hour``, what the program itself pays to have an agent there; a wage
    is that of the cheapest contract. A channel with a minimum asked for its agents and is not named.

    Parameters
    ----------
    config
        Prices and contracts.
    name
        The channel.
    frame
        Its requirement rows; `volume`, `load_erl`, `agents` and `agents_present` are used.
    horizon
        The planned days.
    """
    worth = config.costs.shortage_per_hour
    if not config.contracts or not worth or config.channels[name].minimum:
        return []
    wage = min(contract.cost_per_hour for contract in config.contracts.values())
    load, agents = frame["load_erl"].to_numpy(), frame["agents"].to_numpy()
    alone = (load > 0) & (agents > 0) & (frame["agents_present"].to_numpy() == 1) & (load * worth < wage)
    if not alone.any():
        return []
    mask = np.zeros((7, horizon.times_of_day), dtype=bool)
    mask[horizon.weekday[alone], horizon.time_of_day[alone]] = True
    paid, work = float(agents[alone].sum()) * horizon.interval_h, float(load[alone].sum()) * horizon.interval_h
    volume, currency = float(frame["volume"].to_numpy()[alone].sum()), config.plan.currency
    facts = (volume, wage * paid, paid, work, worth * work)
    return [SingleAgentHours(f"channels.{name}", name, spans_of(mask), *facts, currency)]
