"""Planned activities of the config -> who takes part, and when they may begin."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.errors import DataError, Fault, nearest
from configs.tables import records
from optimize.roster.inputs.week import WeekActivity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs import schema
    from configs.horizon import Horizon
    from configs.schema import Config
    from optimize.roster.inputs.people import People
    from optimize.roster.inputs.week import StaffGroup, Subgroup, Week


def activities_of(config: Config, horizon: Horizon, people: People) -> tuple[WeekActivity, ...]:
    """Return the activities of the config on the grid of the week; those without people are left out.

    Raises
    ------
    DataError
        An activity names an unknown agent or team, or cannot begin in the week.
    """
    faults = list(activity_faults(config, people))
    if faults:
        raise DataError(faults)
    made = tuple(_activity(activity, horizon, people) for activity in config.activities)
    never = [i for i, activity in enumerate(made) if not activity.starts]
    if never:
        raise DataError([Fault(f"activities[{i}].window", "cannot begin at any time in the week") for i in never])
    return tuple(activity for activity in made if activity.people)


def activity_faults(config: Config, people: People) -> Iterator[Fault]:
    """Unknown agents and teams of activities."""
    rows = records(people.agents)
    agents, teams = sorted(str(row["agent"]) for row in rows), sorted({_team(row) for row in rows} - {""})
    for i, activity in enumerate(config.activities):
        for agent in sorted(set(activity.agents or ()) - set(agents)):
            yield Fault(f"activities[{i}].agents", f'"{agent}" is not an agent{nearest(agent, agents)}')
        if activity.team is not None and activity.team not in teams:
            close = nearest(activity.team, teams) if teams else "; the agents file has no column team"
            yield Fault(f"activities[{i}].team", f'"{activity.team}" is not a team{close}')


def people_of_pool(week: Week, activity: WeekActivity, pool: int) -> tuple[str, ...]:
    """People of a pool who take part in an activity and have a shift it fits into, in order."""
    wanted = set(activity.people)
    agents = (
        agent
        for staff_group in week.staff_groups
        if staff_group.pool == pool
        for subgroup in staff_group.subgroups
        if _fits_some_shift(staff_group, subgroup, activity)
        for agent in subgroup.agents
    )
    return tuple(sorted(wanted.intersection(agents)))


def _fits_some_shift(staff_group: StaffGroup, subgroup: Subgroup, activity: WeekActivity) -> bool:
    """Whether people could begin an activity in any shift they may be given."""
    days = {day for pattern in subgroup.patterns for day in pattern}
    for shift_type in staff_group.shift_types:
        for start in (start for day in sorted(days) for start in shift_type.starts[day]):
            first = bisect_left(activity.starts, start)
            if first < len(activity.starts) and activity.starts[first] + activity.length <= start + shift_type.length:
                return True
    return False


def _activity(activity: schema.Activity, horizon: Horizon, people: People) -> WeekActivity:
    step = pd.Timedelta(minutes=horizon.interval_min)
    length = pd.Timedelta(activity.length) // step
    taking_part = tuple(sorted(str(row["agent"]) for row in records(people.agents) if _takes_part(activity, row)))
    starts: list[int] = []
    for day in range(horizon.days):
        if (horizon.first.weekday() + day) % 7 in activity.days:
            first = horizon.moment(day, activity.window.start)
            last = min(horizon.moment(day, activity.window.end), horizon.end) - length * step
            begin = horizon.index(first) + (horizon.begin + horizon.index(first) * step < first)
            starts += range(begin, horizon.index(last) + 1)
    count = len(taking_part) if activity.count is None else min(activity.count, len(taking_part))
    allowed = tuple(sorted(set(starts)))
    return WeekActivity(
        activity.name, length, taking_part, count, allowed, activity.at_once, activity.together, activity.paid
    )


def _takes_part(activity: schema.Activity, row: dict[str, Any]) -> bool:
    skills = {skill.strip() for skill in str(row["skills"]).split(";")}
    return (
        (activity.agents is None or str(row["agent"]) in activity.agents)
        and (activity.team is None or _team(row) == activity.team)
        and (activity.contract is None or str(row["contract"]) == activity.contract)
        and (activity.skills is None or set(activity.skills) <= skills)
    )


def _team(row: dict[str, Any]) -> str:
    team = row.get("team")
    return "" if team is None or pd.isna(team) else str(team)
