"""Who is at work where by a finished roster: its coverage, and its people of several skills."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.schema import DeferrableChannel
from optimize.simulation.at_once.demands import rows_of
from optimize.simulation.at_once.staffing import Staffing
from optimize.simulation.teams import teams_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Channel, Config
    from optimize.roster.result import Roster
    from optimize.simulation.teams import Team

    Array = NDArray[np.float64]


def staffing_of(roster: Roster, config: Config, horizon: Horizon, teams: tuple[Team, ...] | None = None) -> Staffing:
    """People of a roster, each counted once.

    Parameters
    ----------
    roster
        Its ``coverage`` says how many people are at each channel, its table who they are.
    config, horizon
        The channels, and the planned days.
    teams
        Channels that share people, where they are known (``teams.teams_of``).

    Raises
    ------
    DataError
        A channel without coverage.
    ConfigError
        The order of priority names an unknown channel.
    """
    teams = teams_of(roster, config, horizon)[0] if teams is None else teams
    groups = {skills: people for team in teams for skills, people in team.staffed}
    together = {name for team in teams for name in team.channels}
    alone = {
        name: _at(name, channel, roster, horizon) for name, channel in config.channels.items() if name not in together
    }
    return Staffing(groups, alone)


def opening_hours_of(roster: Roster, config: Config, horizon: Horizon) -> dict[str, float]:
    """Agent-hours of deferrable work open at the start, as the roster began with them; 0 where it had none."""
    found = {}
    for name, channel in config.channels.items():
        if isinstance(channel, DeferrableChannel):
            first = rows_of(roster.coverage, name, horizon, "coverage").iloc[0]
            hours = float(first["backlog_h"] + first["done_h"] - first["work_h"])
            found[name] = hours if hours > 0 else 0.0
    return found


def _at(name: str, channel: Channel, roster: Roster, horizon: Horizon) -> Array:
    covered = rows_of(roster.coverage, name, horizon, "coverage")
    return np.asarray(np.nan_to_num(covered["staffed"].to_numpy(dtype=float)) + _between(channel, covered, horizon))


def _between(channel: Channel, covered: pd.DataFrame, horizon: Horizon) -> Array:
    """People equivalent to the work done between calls, at its handle time without idle time."""
    if not isinstance(channel, DeferrableChannel) or "blended_h" not in covered:
        return np.zeros(len(covered))
    hours = np.nan_to_num(covered["blended_h"].to_numpy(dtype=float, na_value=np.nan))
    return np.asarray(hours * channel.max_occupancy / horizon.interval_h)
