"""Config, requirement and people -> the week as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from configs.errors import DataError, Fault
from configs.schema import DeferrableChannel
from optimize.roster.inputs.activities import activities_of
from optimize.roster.inputs.pay import premium_shares
from optimize.roster.inputs.previous import check_previous
from optimize.roster.inputs.split_work import is_split, split_of
from optimize.roster.inputs.staff_groups import make_staff_groups
from optimize.roster.inputs.tiers import tiers_of
from optimize.roster.inputs.week import Prices, Week
from optimize.roster.inputs.work import blending_of, classes_of
from optimize.roster.inputs.worked import worked_hours

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.split import Split
    from optimize.roster.inputs.week import Work


def assemble(config: Config, horizon: Horizon, requirement: pd.DataFrame, people: People) -> Week:
    """Build the week from the ``requirement`` table and the people.

    Raises
    ------
    DataError
        The requirement lacks a channel or an interval, or the previous roster is that of another week.
    """
    _on_the_grid(horizon)
    check_previous(people.previous, horizon)
    channels = tuple(config.channels)
    live: dict[int, NDArray[np.float64]] = {}
    work: dict[int, Work] = {}
    splits: dict[int, Split] = {}
    for number, channel in enumerate(channels):
        if not isinstance(config.channels[channel], DeferrableChannel):
            live[number] = _rows_of(requirement, channel, "agents", horizon)["agents"].to_numpy(dtype=float)
    for number, channel in enumerate(channels):
        if isinstance(config.channels[channel], DeferrableChannel):
            rows = _rows_of(requirement, channel, "work_h", horizon)
            worked = worked_hours(config, horizon, requirement, channel)
            if is_split(config, channel):
                lanes, splits[number] = split_of(config, number, rows, horizon, worked, people.waiting)
                work |= lanes
            else:
                work |= classes_of(config, number, rows, horizon, worked, people.waiting)
    shares = 1 + premium_shares(config, horizon)
    wages = {name: contract.cost_per_hour * shares for name, contract in config.contracts.items()}
    costs = config.costs
    prices = Prices(costs.shortage_per_hour, costs.excess_per_hour, costs.late_per_hour, wages)
    staff_groups, before = make_staff_groups(config, horizon, people)
    activities = activities_of(config, horizon, people)
    tiers = {m: tiers_of(config, channels[m], required) for m, required in live.items()}
    blending = blending_of(config, requirement, live, horizon)
    return Week(
        horizon,
        channels,
        live,
        work,
        staff_groups,
        prices,
        before,
        activities=activities,
        tiers=tiers,
        blending=blending,
        splits=splits,
    )


def _on_the_grid(horizon: Horizon) -> None:
    """Some clocks change by half an hour, which longer intervals cannot follow."""
    if (horizon.local.minute % horizon.interval_min).any():
        words = f"the clock of {horizon.timezone} changes this week by less than an interval"
        raise DataError(Fault("plan.interval", f"{words} of {horizon.interval_min} min; choose a shorter one"))


def _rows_of(requirement: pd.DataFrame, channel: str, needed: str, horizon: Horizon) -> pd.DataFrame:
    """Rows of one channel, one for each interval of the horizon, with the column its kind needs."""
    rows = requirement[requirement["channel"] == channel].set_index("start").reindex(horizon.starts)
    absent = rows[needed].isna() if needed in rows else pd.Series(data=True, index=rows.index)
    if absent.any():
        raise _hole(channel, needed, absent, horizon, "every interval of the week needs a row")
    if needed == "work_h":
        undated = rows["work_h"].gt(0) & (rows["due"].isna() if "due" in rows else True)
        if undated.any():
            raise _hole(channel, "due", undated, horizon, "work needs the time it is required")
    return rows


def _hole(channel: str, column: str, absent: pd.Series, horizon: Horizon, remedy: str) -> DataError:
    first = absent.index[int(absent.to_numpy().argmax())].tz_convert(horizon.zone)
    return DataError(Fault("requirement", f'channel "{channel}" has no {column} at {first.isoformat()}; {remedy}'))
