"""Config, requirement and people -> the week as numbers."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.tables import records
from optimize.roster.availability import Availability
from optimize.roster.patterns import WEEK, work_patterns
from optimize.roster.pay import premium_shares
from optimize.roster.people import paid_minutes, skills_of
from optimize.roster.week import Cohort, Crew, Family, Pause, Prices, Week, Work

if TYPE_CHECKING:
    from configs.horizon import Horizon
    from configs.schema import Config, Contract
    from optimize.roster.result import People

LATE_DAY_HOURS = 8.0
"""An hour of work that stays late for a working day costs as much as one hour short of an agent."""


def assemble(config: Config, horizon: Horizon, requirement: pd.DataFrame, people: People) -> Week:
    """Build the week from the ``requirement`` table and the people.

    Raises
    ------
    DataError
        The requirement lacks a channel or an interval, or names a channel the config does not.
    """
    channels = tuple(config.channels)
    live, work = {}, {}
    for number, channel in enumerate(channels):
        rows = _rows_of(requirement, channel, horizon)
        settings = config.channels[channel]
        if settings.kind == "deferrable":
            work[number] = _work(rows, horizon, settings.backlog)
        else:
            live[number] = rows["agents"].to_numpy(dtype=float)
    wages = {
        name: contract.cost_per_hour * (1 + premium_shares(config.costs.premiums, horizon))
        for name, contract in config.contracts.items()
    }
    costs = config.costs
    prices = Prices(costs.shortage_per_hour, costs.excess_per_hour, costs.shortage_per_hour / LATE_DAY_HOURS, wages)
    return Week(horizon, channels, live, work, _crews(config, horizon, people), prices)


def _rows_of(requirement: pd.DataFrame, channel: str, horizon: Horizon) -> pd.DataFrame:
    """Rows of one channel, one for each interval of the horizon."""
    rows = requirement[requirement["channel"] == channel].set_index("start").reindex(horizon.starts)
    needed = "work_h" if "work_h" in rows and rows["work_h"].notna().any() else "agents"
    absent = rows[needed].isna() if needed in rows else pd.Series(data=True, index=rows.index)
    if absent.any():
        first = absent.index[int(absent.to_numpy().argmax())].tz_convert(horizon.zone)
        raise DataError(
            Fault(
                "requirement",
                f'channel "{channel}" has no {needed} at {first.isoformat()}; every interval of the week needs a row',
            )
        )
    return rows


def _work(rows: pd.DataFrame, horizon: Horizon, backlog_contacts: int | None) -> Work:
    """Turn work and due times into the least work done by the end of each interval.

    With a known backlog, that backlog is due like work arriving before the first interval. Without one the week is a
    circle: work due after its end is work of last week due in this one.
    """
    arrivals = rows["work_h"].to_numpy(dtype=float)
    size = horizon.size
    step = pd.Timedelta(minutes=horizon.interval_min)
    due = np.asarray((rows["due"] - horizon.begin) // step, dtype=float) - 1
    due = np.where(arrivals > 0, due, 0).astype(int)
    inside = due < size
    floor = np.cumsum(np.bincount(due[inside].clip(0), weights=arrivals[inside], minlength=size))
    if backlog_contacts is None:
        handed_on = np.bincount((due[~inside] - size).clip(0, size), weights=arrivals[~inside], minlength=size + 1)
        total = float(handed_on.sum())
        circle = np.asarray(floor - total + np.cumsum(handed_on)[:size], dtype=np.float64)
        return Work(arrivals, circle, (0.0, total))
    volume = rows["volume"].to_numpy(dtype=float) if "volume" in rows else arrivals
    backlog = backlog_contacts * float(arrivals.sum() / max(volume.sum(), 1e-9))
    wait = int(due[arrivals > 0].min()) if (arrivals > 0).any() else 0
    return Work(arrivals, floor - backlog * (np.arange(size) < wait), (backlog, backlog))


def _crews(config: Config, horizon: Horizon, people: People) -> tuple[Crew, ...]:
    groups: dict[tuple[str, tuple[int, ...], str], list[dict[str, Any]]] = defaultdict(list)
    number = {channel: i for i, channel in enumerate(config.channels)}
    for row in records(people.agents):
        skills = tuple(sorted(number[skill] for skill in skills_of(str(row["skills"]))))
        available = row.get("available")
        groups[str(row["contract"]), skills, "" if pd.isna(available) else str(available)].append(
            {str(k): v for k, v in row.items()}
        )
    leave = _leave(people)
    pools = {skills: pool for pool, skills in enumerate(sorted({skills for _, skills, _ in groups}))}
    crews = []
    for name, ((contract_name, skills, available), rows) in enumerate(sorted(groups.items())):
        contract = config.contracts[contract_name]
        families = tuple(
            family_of(contract, i, horizon, Availability.parse(available)) for i in range(len(contract.shifts))
        )
        cohorts = _cohorts(contract, families, horizon, rows, leave)
        rest = math.ceil(contract.rest / timedelta(minutes=horizon.interval_min))
        crews.append(Crew(str(name), contract_name, skills, pools[skills], families, cohorts, rest))
    return tuple(crews)


def family_of(contract: Contract, number: int, horizon: Horizon, available: Availability) -> Family:
    """One of a contract's shifts on the grid of the horizon, for people available as given."""
    step = timedelta(minutes=horizon.interval_min)
    shift = contract.shifts[number]
    minutes = int(shift.length.total_seconds() // 60)
    pauses = tuple(
        Pause(pause.after.first // step, pause.after.last // step, pause.length // step, pause.paid)
        for pause in contract.breaks_of(shift)
    )
    starts = []
    for day in range(horizon.days):
        weekday = (horizon.first.weekday() + day) % 7
        clock = [m for m in shift.starts if weekday in shift.days and available.allows(weekday, m, minutes)]
        starts.append(tuple(sorted({horizon.index(horizon.moment(day, m)) for m in clock})))
    return Family(number, shift.length // step, pauses, tuple(starts))


def _leave(people: People) -> dict[str, list[tuple[pd.Timestamp, pd.Timestamp]]]:
    spans: dict[str, list[tuple[pd.Timestamp, pd.Timestamp]]] = defaultdict(list)
    for row in records(people.leave):
        spans[str(row["agent"])].append((row["start"], row["end"]))
    return spans


def _cohorts(
    contract: Contract,
    families: tuple[Family, ...],
    horizon: Horizon,
    rows: list[dict[str, Any]],
    leave: dict[str, list[tuple[pd.Timestamp, pd.Timestamp]]],
) -> tuple[Cohort, ...]:
    groups: dict[tuple[tuple[int, ...], int, bool], list[str]] = defaultdict(list)
    for row in rows:
        agent = str(row["agent"])
        away = _away(families, horizon, leave.get(agent, []))
        days = _days(contract, row, leave_days(horizon, leave.get(agent, [])))
        low = row.get("hours_min")
        bound = contract.guaranteed or (low is not None and not pd.isna(low) and float(low) > 0)
        groups[away, min(days, WEEK - len(away)), bound].append(agent)
    together = contract.days_off == "together"
    return tuple(
        Cohort(
            tuple(sorted(agents)),
            away,
            bound,
            work_patterns(days, away, contract.max_consecutive_days, together=together),
        )
        for (away, days, bound), agents in sorted(groups.items())
    )


def _days(contract: Contract, row: dict[str, Any], leave: int) -> int:
    """Working days of one person: the contract's, less leave, within the person's own limit of hours."""
    days = contract.days_per_week
    most = row.get("hours_max")
    if most is not None and not pd.isna(most):
        longest = max(paid_minutes(contract, i) for i in range(len(contract.shifts)))
        days = min(days, int(float(most) * 60 / longest + 1e-9))
    return max(0, min(days, contract.days_per_week - leave))


def leave_days(horizon: Horizon, spans: list[tuple[pd.Timestamp, pd.Timestamp]]) -> int:
    """Days of the horizon that leave touches; each takes the place of a working day."""
    return sum(_touches(spans, horizon.moment(day, 0), horizon.moment(day + 1, 0)) for day in range(horizon.days))


def _away(
    families: tuple[Family, ...], horizon: Horizon, spans: list[tuple[pd.Timestamp, pd.Timestamp]]
) -> tuple[int, ...]:
    """Days on which no shift may begin: one of the day's shifts would meet leave, or none is allowed.

    People on leave tomorrow thus get no shift today that could run past midnight.
    """
    step = pd.Timedelta(minutes=horizon.interval_min)
    away = []
    for day in range(horizon.days):
        shifts = [
            (horizon.begin + s * step, horizon.begin + (s + f.length) * step) for f in families for s in f.starts[day]
        ]
        whole_day = (horizon.moment(day, 0), horizon.moment(day + 1, 0))
        if not shifts or any(_touches(spans, *shift) for shift in [*shifts, whole_day]):
            away.append(day)
    return tuple(away)


def _touches(spans: list[tuple[pd.Timestamp, pd.Timestamp]], start: pd.Timestamp, end: pd.Timestamp) -> bool:
    return any(begin < end and start < until for begin, until in spans)
