"""Requirement, people and what simulations taught -> the targets of a week, as they were planned or again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optimize.roster.inputs.service_model import NOTHING_LEARNT, ServicePlan, service_model
from optimize.staffing.requirement.staircase import staircases
from optimize.staffing.requirement.teams import sharing_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.service_model import Corrections


def floors_of(config: Config, horizon: Horizon, requirement: pd.DataFrame) -> dict[str, NDArray[np.float64]]:
    """People required at each channel in each interval, by its name; of targets over a day or a week the floors."""
    rows = requirement.set_index(["channel", "start"])["agents"]
    return {name: rows.loc[name].reindex(horizon.starts).to_numpy(dtype=float) for name in config.channels}


def service_plan(
    config: Config,
    horizon: Horizon,
    requirement: pd.DataFrame,
    agents: pd.DataFrame,
    corrections: Corrections = NOTHING_LEARNT,
) -> ServicePlan | None:
    """State the targets of a week over its days or the whole; None where every target is one over an interval.

    Parameters
    ----------
    config, horizon
        The targets and the week.
    requirement
        ``requirement`` table; needs `volume, aht_s`.
    agents
        ``agents`` table: who shares channels.
    corrections
        What simulations taught.

    Raises
    ------
    DataError
        The requirement has no volume or no handle time.
    """
    found = staircases(config, requirement, horizon, sharing_of(config, agents))
    model = service_model(config, horizon, floors_of(config, horizon, requirement), found, corrections)
    return None if model is None else ServicePlan(found, corrections, model)
