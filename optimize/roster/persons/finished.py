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

    from optimize.roster.inputs.shift_slot import ShiftSlot
    from optimize.roster.inputs.week import ShiftType, Week
    from optimize.roster.persons.activity_assignment import ActivityAssignment, Session
    from optimize.roster.persons.breaks import Moments
    from optimize.roster.persons.tours import Tour


def finished_schedule(
    week: Week, tours: Mapping[str, Tour], attendance: ActivityAssignment, names: Mapping[str, str]
) -> Schedule:
    """Return the shifts of everybody who has a tour; `names` are those to show, by agent."""
    shifts = []
    for agent, tour in tours.items():
        contract, shift_types = (
            week.staff_groups[tour.staff_group].contract,
            week.staff_groups[tour.staff_group].shift_types,
        )
        for shift_slot in tour.shift_slots:
            moments = attendance.breaks.get((agent, shift_slot), ())
            sessions = sorted(attendance.sessions.get((agent, shift_slot), ()), key=lambda session: session[1])
            shift_type = shift_types[shift_slot.shift_type]
            paid = _paid(week, shift_slot, shift_type, moments, sessions)
            wage = week.prices.wages[contract][shift_slot.start : shift_slot.start + shift_type.length]
            shifts.append(
                Shift(
                    agent=agent,
                    name=names[agent],
                    contract=contract,
                    day=week.horizon.date(shift_slot.day),
                    start=_moment(week, shift_slot.start),
                    end=_moment(week, shift_slot.start + shift_type.length),
                    breaks=tuple(
                        (_moment(week, at), _moment(week, at + break_type.length))
                        for break_type, at in zip(shift_type.break_types, moments, strict=True)
                    ),
                    activities=tuple(_activity(week, *session) for session in sessions),
                    paid_h=round(float(paid.sum()) * week.horizon.interval_h, DECIMALS),
                    cost=round(float(paid @ wage) * week.horizon.interval_h, DECIMALS),
                    shift_type=shift_type.number,
                )
            )
    return Schedule.of(shifts, week.horizon.zone, has_activities=bool(week.activities))


def _paid(
    week: Week, shift_slot: ShiftSlot, shift_type: ShiftType, moments: Moments, sessions: list[Session]
) -> np.ndarray:
    """Share of each interval of a shift that is paid: all or none."""
    paid = np.ones(shift_type.length)
    for break_type, at in zip(shift_type.break_types, moments, strict=True):
        if not break_type.paid:
            paid[at - shift_slot.start : at - shift_slot.start + break_type.length] = 0.0
    for i, at in sessions:
        if not week.activities[i].paid:
            paid[at - shift_slot.start : at - shift_slot.start + week.activities[i].length] = 0.0
    return paid


def _activity(week: Week, i: int, at: int) -> PlannedActivity:
    activity = week.activities[i]
    return PlannedActivity(activity.name, _moment(week, at), _moment(week, at + activity.length))


def _moment(week: Week, interval: int) -> datetime:
    """Moment an interval begins, UTC; those past the end of the horizon are counted on."""
    return week.horizon.begin.to_pydatetime() + interval * timedelta(minutes=week.horizon.interval_min)
