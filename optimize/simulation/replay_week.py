"""A finished roster replayed: the customers of the forecast, with its spread, meet the people of the roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.schema import DeferrableChannel
from configs.tables import SIMULATION, check, settled
from optimize.simulation.at_once.centre import Centre
from optimize.simulation.at_once.rostered import opening_hours_of, staffing_of
from optimize.simulation.result import Replay
from optimize.simulation.teams import teams_of
from optimize.simulation.totals import (
    days_of,
    frame_of,
    joint_targets,
    live_target,
    total_of,
    work_target,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from forecast.result import Forecast
    from optimize.roster.result import Roster
    from optimize.simulation.result import DayProbability
    from optimize.staffing.requirement.result import Requirement

    Array = NDArray[np.float64]


def replay(
    roster: Roster,
    forecast: Forecast,
    requirement: Requirement,
    config: Config,
    horizon: Horizon,
    *,
    replications: int | None = None,
    seed: int | None = None,
) -> Replay:
    """Replay a roster contact by contact.

    People who know several synchronous channels serve whichever has a contact for them, the first in order of priority
    first (``simulation.priority``), and are counted once; the occupancy of such channels is that of all their people.
    People who are also planned at chat, messaging or e-mail are there when the roster plans them there: conversations
    side by side and work that waits are not interrupted for a call.

    Each day is busier or quieter than forecast by a factor drawn from the forecast's quantiles. Contacts arrive at
    random, customers give up, rostered people are absent, and people finish their contact after the end of a shift.

    Parameters
    ----------
    roster
        Its ``coverage`` says how many people are at each channel.
    forecast
        Volume with quantiles, and handle time.
    requirement
        Which intervals are open, and when deferrable work is due.
    config
        The channels and the absence.
    horizon
        The planned days.
    replications
        How often the week is simulated; by default as the config says.
    seed
        Names the streams of random numbers; by default that of the plan. The same seed gives the same customers for any
        roster.

    Raises
    ------
    DataError
        Fewer than two replications, or a channel without forecast or coverage.
    """
    runs = config.simulation.replications if replications is None else replications
    if runs < 2:
        raise DataError(Fault("replications", f"must be 2 or more to show a spread, got {runs}"))
    chosen = config.plan.seed if seed is None else seed
    centre = Centre.of(config, forecast.table, requirement.table, horizon, replications=runs, seed=chosen)
    teams, notes = teams_of(roster, config, horizon)
    staffing = staffing_of(roster, config, horizon, teams)
    opening_h = opening_hours_of(roster, config, horizon)
    found = centre.meet(staffing, opening_h)
    frames, totals, service_targets = [], [], []
    days: list[DayProbability] = []
    for name, channel in config.channels.items():
        seen = found[name]
        frames.append(frame_of(name, horizon, seen))
        totals.append(total_of(name, seen, channel.target.share))
        if isinstance(channel, DeferrableChannel):
            people = np.where(centre.worked[name], staffing.alone[name], 0.0)
            risk = centre.work_risk(name, people, opening_h[name], seen)
            service_targets.append(work_target(name, channel, risk, float(people.sum()) * horizon.interval_h))
        else:
            by_day = days_of(name, channel, seen, horizon)
            service_targets.append(live_target(name, channel, seen, by_day))
            days.extend(by_day)
    told = (*(each for each in service_targets if each is not None), *joint_targets(config, found, horizon))
    table = settled(check(pd.concat(frames, ignore_index=True), SIMULATION))
    return Replay(table, tuple(totals), runs, chosen, told, notes, tuple(days))
