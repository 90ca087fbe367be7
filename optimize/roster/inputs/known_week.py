"""What comes before the first of decided weeks where no earlier roster is known: a night staffed like the last one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from optimize.roster.inputs.previous import Previous

if TYPE_CHECKING:
    import pandas as pd

    from configs.horizon import Horizon
    from optimize.roster.inputs.people import People

BEFORE = "{} (night before)"
"""Id of somebody who is at work when the first week begins, as that of the last night; nobody of the plan."""


def after_a_known_week(people: People, horizon: Horizon) -> People:
    """People of decided weeks, each of which follows a known one.

    Decided weeks are no circle. Before the first one nobody of the plan is known to have worked, so nobody has rest to
    take. Who is at work over the end of the last week stands in for those at work when the first begins.
    """
    decided = people.decided
    if decided is None or people.previous is not None or decided.first != horizon.first:
        return people
    days = 7 * decided.weeks
    ends = replace(horizon, days=days).end
    late = decided.table[decided.table["end"] > ends]
    agents = people.agents[people.agents["agent"].isin(late["agent"])]
    shifts = late.assign(
        agent=late["agent"].map(BEFORE.format),
        start=_earlier(late["start"], days, horizon),
        end=_earlier(late["end"], days, horizon),
        date=late["date"] - timedelta(days=days),
    )
    others = agents.assign(agent=agents["agent"].map(BEFORE.format))
    return replace(people, previous=Previous(shifts, others, horizon.first))


def _earlier(moments: pd.Series, days: int, horizon: Horizon) -> pd.Series:
    """The same clock times some days before."""
    local = moments.dt.tz_convert(horizon.zone).dt.tz_localize(None) - timedelta(days=days)
    there = local.dt.tz_localize(horizon.zone, ambiguous=True, nonexistent="shift_forward")
    back: pd.Series[pd.Timestamp] = there.dt.tz_convert("UTC")
    return back
