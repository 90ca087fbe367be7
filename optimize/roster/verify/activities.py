"""Recount of planned activities: who takes part, when, inside which shift, and clear of which breaks."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.break_times import clock_of
from configs.errors import Fault
from configs.schema.activities import MISSED
from configs.tables import records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from configs.schema import Activity, Config
    from optimize.roster.result import Roster
    from optimize.roster.verify.duty import Duty
    from optimize.roster.verify.texts import Segment


def activity_faults(config: Config, roster: Roster, duties: list[Duty]) -> Iterator[Fault]:
    """Everything wrong with the activities of a roster."""
    known = {activity.name: activity for activity in config.activities}
    people = {str(row["agent"]): row for row in records(roster.people.agents)}
    taking_part: dict[str, list[tuple[str, Segment]]] = defaultdict(list)
    for duty in duties:
        agent, where = str(duty.row["agent"]), f"roster: agent {duty.row['agent']}, {duty.row['start']}"
        if duty.activities is None:
            yield Fault(where, f'has activities that cannot be read: "{duty.row.get("activities")}"')
            continue
        busy = [*duty.break_spans]
        for each in duty.activities:
            activity = known.get(each.name)
            if activity is None:
                yield Fault(where, f'has an activity "{each.name}" that is not in the config')
                continue
            if any(each.start < last and first < each.end for first, last in busy):
                yield Fault(where, f"{_activity_text(each)} overlaps a break or another activity")
            busy.append((each.start, each.end))
            yield from _one(config, activity, each, people.get(agent, {}), where)
            taking_part[each.name].append((agent, each))
    for activity in config.activities:
        yield from _all(activity, taking_part[activity.name], people)


def _one(config: Config, activity: Activity, planned: Segment, person: dict[str, Any], where: str) -> Iterator[Fault]:
    start, end = planned.start.astimezone(config.plan.zone), planned.end.astimezone(config.plan.zone)
    if planned.end.timestamp() - planned.start.timestamp() != activity.length.total_seconds():
        yield Fault(where, f"{_activity_text(planned)} is not {activity.length} long")
    if not any(_lies_inside(config, activity, start, end, day) for day in (start.date(), _day_before(start))):
        yield Fault(where, f"{_activity_text(planned)} lies outside {activity.window} of its days")
    if not _may_attend(activity, person):
        yield Fault(where, f"{_activity_text(planned)} is not for this person")


def _lies_inside(config: Config, activity: Activity, start: datetime, end: datetime, day: date) -> bool:
    """Whether a span lies in the window that begins on a local day."""
    midnight = pd.Timestamp(day)
    first, last = (
        (midnight + pd.Timedelta(minutes=minutes)).tz_localize(
            config.plan.zone, ambiguous=True, nonexistent="shift_forward"
        )
        for minutes in (activity.window.start, activity.window.end)
    )
    return day.weekday() in activity.days and first <= pd.Timestamp(start) and pd.Timestamp(end) <= last


def _day_before(moment: datetime) -> date:
    return (pd.Timestamp(moment.date()) - pd.Timedelta(days=1)).date()


def _may_attend(activity: Activity, person: dict[str, Any]) -> bool:
    skills = {skill.strip() for skill in str(person.get("skills")).split(";")}
    return (
        (activity.agents is None or str(person.get("agent")) in activity.agents)
        and (activity.team is None or str(person.get("team")) == activity.team)
        and (activity.contract is None or str(person.get("contract")) == activity.contract)
        and (activity.skills is None or set(activity.skills) <= skills)
    )


def _all(
    activity: Activity, taking_part: list[tuple[str, Segment]], people: dict[str, dict[str, Any]]
) -> Iterator[Fault]:
    """Rules about everybody who takes part."""
    where = f"activity {activity.name}"
    agents = [agent for agent, _ in taking_part]
    twice = sorted({agent for agent in agents if agents.count(agent) > 1})
    if twice:
        yield Fault(where, f"{', '.join(twice)} take part more than once")
    if len(taking_part) > _asked(activity, people):
        yield Fault(where, f"{len(taking_part)} people take part; {_asked(activity, people)} are required")
    starts = sorted({each.start.timestamp() for _, each in taking_part})
    if activity.together and len(starts) > 1:
        yield Fault(where, f"is held together, and begins at {len(starts)} times")
    if activity.at_once is not None:
        most = max(
            (sum(e.start.timestamp() <= at < e.end.timestamp() for _, e in taking_part) for at in starts), default=0
        )
        if most > activity.at_once:
            yield Fault(where, f"{most} people take part at once; {activity.at_once} are allowed")


def _asked(activity: Activity, people: dict[str, dict[str, Any]]) -> int:
    able = sum(_may_attend(activity, person) for person in people.values())
    return able if activity.count is None else min(able, activity.count)


def _activity_text(planned: Segment) -> str:
    return f"{planned.name} {clock_of(planned.start)}-{clock_of(planned.end)}"


def missed_cost(config: Config, roster: Roster, duties: list[Duty]) -> float:
    """Price of people required for an activity who do not take part."""
    people = {str(row["agent"]): row for row in records(roster.people.agents)}
    total = 0.0
    for activity in config.activities:
        there = sum(each.name == activity.name for duty in duties for each in duty.activities or ())
        hours = activity.length.total_seconds() / 3600
        total += (_asked(activity, people) - there) * hours * MISSED * config.costs.shortage_per_hour
    return total
