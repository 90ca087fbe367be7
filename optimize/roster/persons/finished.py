"""Everybody's tour with its breaks and activities -> the finished schedule, priced."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from configs.tables import DECIMALS
from optimize.roster.schedule.schedule import Schedule
from optimize.roster.schedule.shift import PlannedActivity, Shift

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from optimize.roster.inputs.stint import Stint
    from optimize.roster.inputs.week import Family, Week
    from optimize.roster.persons.attend import Attendance, Session
    from optimize.roster.persons.breaks import Moments
    from optimize.roster.persons.tours import Tour


def finished_schedule(
    week: Week, tours: Mapping[str, Tour], attendance: Attendance, names: Mapping[str, str]
) -> Schedule:
    """Return the shifts of everybody who has a tour; `names` are those to show, by agent."""
    shifts = []
    for agent, tour in tours.items():
        contract, families = week.crews[tour.crew].contract, week.crews[tour.crew].families
        for stint in tour.stints:
            moments = attendance.breaks.get((agent, stint), ())
            sessions = sorted(attendance.sessions.get((agent, stint), ()), key=lambda session: session[1])
            family = families[stint.family]
            paid = _paid(week, stint, family, moments, sessions)
            wage = week.prices.wages[contract][stint.start : stint.start + family.length]
            shifts.append(
                Shift(
                    agent=agent,
                    name=names[agent],
                    contract=contract,
                    day=week.horizon.date(stint.day),
                    start=_moment(week, stint.start),
                    end=_moment(week, stint.start + family.length),
                    breaks=tuple(
                        (_moment(week, at), _moment(week, at + pause.length))
                        for pause, at in zip(family.pauses, moments, strict=True)
                    ),
                    activities=tuple(_activity(week, *session) for session in sessions),
                    paid_h=round(float(paid.sum()) * week.horizon.interval_h, DECIMALS),
                    cost=round(float(paid @ wage) * week.horizon.interval_h, DECIMALS),
                    shift_type=family.number,
                )
            )
    return Schedule.of(shifts, week.horizon.zone, has_activities=bool(week.activities))


def _paid(week: Week, stint: Stint, family: Family, moments: Moments, sessions: list[Session]) -> np.ndarray:
    """Share of each interval of a shift that is paid: all or none."""
    paid = np.ones(family.length)
    for pause, at in zip(family.pauses, moments, strict=True):
        if not pause.paid:
            paid[at - stint.start : at - stint.start + pause.length] = 0.0
    for i, at in sessions:
        if not week.activities[i].paid:
            paid[at - stint.start : at - stint.start + week.activities[i].length] = 0.0
    return paid


def _activity(week: Week, i: int, at: int) -> PlannedActivity:
    activity = week.activities[i]
    return PlannedActivity(activity.name, _moment(week, at), _moment(week, at + activity.length))


def _moment(week: Week, interval: int) -> datetime:
    """Moment an interval begins, UTC; those past the end of the horizon are counted on."""
    return week.horizon.begin.to_pydatetime() + interval * timedelta(minutes=week.horizon.interval_min)
