"""The finished week -> the ``roster`` and ``coverage`` tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from configs.pauses import Held, write_activities, write_pauses
from configs.tables import COVERAGE, DECIMALS, ROSTER, check, no_rows, settled
from optimize.roster.account.work_table import work_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from optimize.roster.inputs.stint import Stint
    from optimize.roster.inputs.week import Week
    from optimize.roster.persons.attend import Attendance, Session
    from optimize.roster.persons.breaks import Moments
    from optimize.roster.persons.tours import Tour
    from optimize.roster.program import Program


NEARLY = 1e-4
"""A solver's answer this near to a whole number, or to another number, means that number."""


UNLESS_USED = ("rest_done_h", "rest_backlog_h", "blended_h")
"""Columns of the coverage table that are left out where no channel has them."""


def roster_table(
    week: Week,
    named: dict[str, Tour],
    held: Attendance,
    names: dict[str, str],
) -> pd.DataFrame:
    """One row for each person and shift, in order of agent and start."""
    rows: list[dict[str, Any]] = []
    for agent, tour in named.items():
        crew = week.crews[tour.crew]
        for stint in tour.stints:
            moments, sessions = held.breaks.get((agent, stint), ()), held.sessions.get((agent, stint), ())
            rows.append(
                {
                    "agent": agent,
                    "name": names[agent],
                    "contract": crew.contract,
                    **_shift(week, tour.crew, stint, moments, sessions),
                }
            )
    frame = pd.DataFrame(rows, columns=ROSTER.names) if rows else no_rows(ROSTER)
    if not week.activities:
        frame = frame.drop(columns="activities")
    return check(frame.sort_values(["agent", "start"], kind="stable"), ROSTER)


def _shift(week: Week, c: int, stint: Stint, moments: Moments, sessions: tuple[Session, ...]) -> dict[str, Any]:
    horizon, crew = week.horizon, week.crews[c]
    family = crew.families[stint.family]
    paid = np.ones(family.length)
    for pause, moment in zip(family.pauses, moments, strict=True):
        if not pause.paid:
            paid[moment - stint.start : moment - stint.start + pause.length] = 0.0
    for i, moment in sessions:
        if not week.activities[i].paid:
            paid[moment - stint.start : moment - stint.start + week.activities[i].length] = 0.0
    wage = week.prices.wages[crew.contract][stint.start : stint.start + family.length]
    step = pd.Timedelta(minutes=horizon.interval_min)
    spans = [
        (horizon.begin + moment * step, horizon.begin + (moment + pause.length) * step)
        for pause, moment in zip(family.pauses, moments, strict=True)
    ]
    return {
        "date": pd.Timestamp(horizon.date(stint.day)),
        "start": horizon.begin + stint.start * step,
        "end": horizon.begin + (stint.start + family.length) * step,
        "breaks": write_pauses(spans, horizon.zone),
        "paid_h": round(float(paid.sum()) * horizon.interval_h, DECIMALS),
        "cost": round(float(paid @ wage) * horizon.interval_h, DECIMALS),
        "activities": write_activities(_told(week, sessions), horizon.zone),
    }


def _told(week: Week, sessions: tuple[Session, ...]) -> list[Held]:
    """Sessions as names and moments, in order of time."""
    starts = [*week.horizon.starts, week.horizon.end]
    ordered = sorted(sessions, key=lambda session: session[1])
    held = ((week.activities[i], t) for i, t in ordered)
    return [Held(activity.name, starts[t], starts[t + activity.length]) for activity, t in held]


def coverage_table(program: Program, values: NDArray[np.float64]) -> pd.DataFrame:
    """Return people required and staffed per channel and interval, and the state of deferrable work."""
    frames = [
        _live(program, values, m) if m in program.week.live else _work(program, values, m)
        for m in range(len(program.week.channels))
    ]
    frame = pd.concat(frames, ignore_index=True)
    return check(settled(_without_unused(frame)), COVERAGE)


def _frame(week: Week, m: int, **columns: NDArray[np.float64]) -> pd.DataFrame:
    frame = pd.DataFrame({"channel": week.channels[m], "start": week.horizon.starts})
    for column in COVERAGE.names[2:]:
        frame[column] = columns.get(column, np.full(week.size, np.nan))
    return frame


def _without_unused(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out the columns of rules the config does not use."""
    return frame.drop(columns=[name for name in UNLESS_USED if frame[name].isna().all()])


def staffed(program: Program, values: NDArray[np.float64], m: int) -> NDArray[np.float64]:
    """People at a channel in each interval."""
    people: NDArray[np.float64] = np.zeros(program.week.size)
    for (_, channel), flow in program.layout.flow.items():
        if channel == m:
            people = people + np.where(flow >= 0, values[flow], 0.0)
    whole = np.round(people)
    return np.where(np.abs(people - whole) < NEARLY, whole, people)


def _live(program: Program, values: NDArray[np.float64], m: int) -> pd.DataFrame:
    required, there = program.week.live[m], staffed(program, values, m)
    short, over = np.maximum(required - there, 0), np.maximum(there - required, 0)
    given = {}
    if program.layout.blend:
        used = {work: _used(program, values, work)[0] for work in program.week.blending.worth}
        hours = [used[work] * _between(program, values, m, work) for work in sorted(used)]
        given["blended_h"] = np.sum(hours, axis=0)
    return _frame(program.week, m, required=required, staffed=there, shortage=short, excess=over, **given)


def _work(program: Program, values: NDArray[np.float64], m: int) -> pd.DataFrame:
    """People at a channel whose work may wait: as many as its work of the interval takes, and those beyond."""
    columns, hours = work_columns(program, values, m), program.week.horizon.interval_h
    if program.layout.blend:
        columns["blended_h"] = _used(program, values, m)[1]
    there = staffed(program, values, m)
    busy = np.maximum(columns["done_h"] - columns.get("blended_h", 0.0), 0) / hours
    required = np.where(np.abs(busy - there) < NEARLY, there, busy)
    short, over = np.maximum(required - there, 0), np.maximum(there - required, 0)
    return _frame(program.week, m, required=required, staffed=there, shortage=short, excess=over, **columns)


def _between(program: Program, values: NDArray[np.float64], live: int, work: int) -> NDArray[np.float64]:
    """Hours the program gives to the work of one channel between the calls of another, in each interval."""
    total: NDArray[np.float64] = np.zeros(program.week.size)
    for (_, giving, taking), columns in program.layout.blend.items():
        if (giving, taking) == (live, work):
            total = total + np.where(columns >= 0, values[columns], 0.0)
    return total * program.week.horizon.interval_h


def _used(program: Program, values: NDArray[np.float64], work: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share of the time given that is used, since people at the channel come first; and the rostered hours of it."""
    week = program.week
    done = work_columns(program, values, work)["done_h"]
    worth = week.blending.worth.get(work, 0.0)
    given = worth * sum((_between(program, values, m, work) for m in week.live), start=np.zeros(week.size))
    needed = np.clip(done - staffed(program, values, work) * week.horizon.interval_h, 0.0, given)
    needed = np.where(given > 10.0**-DECIMALS, needed, 0.0)
    return np.divide(needed, given, out=np.zeros_like(given), where=needed > 0), needed
