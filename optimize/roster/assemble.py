"""Config, requirement and people -> the week as numbers."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.errors import DataError, Fault, InfeasibleError
from configs.schema import DeferrableChannel
from configs.tables import records
from optimize.roster.availability import Availability
from optimize.roster.patterns import WEEK, work_patterns
from optimize.roster.pay import premium_shares
from optimize.roster.people import paid_minutes, skills_of
from optimize.roster.week import Cohort, Crew, Family, Pause, Prices, Week
from optimize.roster.work import classes_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from configs.horizon import Horizon
    from configs.schema import Config, Contract
    from optimize.roster.patterns import Pattern
    from optimize.roster.result import People
    from optimize.roster.week import Work

Span = tuple[pd.Timestamp, pd.Timestamp]
NEAR = 1e-9


def assemble(config: Config, horizon: Horizon, requirement: pd.DataFrame, people: People) -> Week:
    """Build the week from the ``requirement`` table and the people.

    Raises
    ------
    DataError
        The requirement lacks a channel or an interval, or names a channel the config does not.
    """
    _on_the_grid(horizon)
    channels = tuple(config.channels)
    live: dict[int, NDArray[np.float64]] = {}
    work: dict[int, Work] = {}
    for number, channel in enumerate(channels):
        settings = config.channels[channel]
        if isinstance(settings, DeferrableChannel):
            rows = _rows_of(requirement, channel, "work_h", horizon)
            work |= classes_of(config, number, rows, horizon)
        else:
            live[number] = _rows_of(requirement, channel, "agents", horizon)["agents"].to_numpy(dtype=float)
    wages = {
        name: contract.cost_per_hour * (1 + premium_shares(config.costs.premiums, horizon))
        for name, contract in config.contracts.items()
    }
    costs = config.costs
    prices = Prices(costs.shortage_per_hour, costs.excess_per_hour, costs.late_per_hour, wages)
    return Week(horizon, channels, live, work, _crews(config, horizon, people), prices)


def _on_the_grid(horizon: Horizon) -> None:
    """Some clocks change by half an hour, which longer intervals cannot follow."""
    if (horizon.local.minute % horizon.interval_min).any():
        words = f"the clock of {horizon.timezone} changes in this week by less than an interval"
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
            raise _hole(channel, "due", undated, horizon, "work needs the moment by which it is due")
    return rows


def _hole(channel: str, column: str, absent: pd.Series, horizon: Horizon, remedy: str) -> DataError:
    first = absent.index[int(absent.to_numpy().argmax())].tz_convert(horizon.zone)
    return DataError(Fault("requirement", f'channel "{channel}" has no {column} at {first.isoformat()}; {remedy}'))


def _crews(config: Config, horizon: Horizon, people: People) -> tuple[Crew, ...]:
    """People who are interchangeable but for their days away: same contract, skills, availability, kinds of shift."""
    groups: dict[tuple[str, tuple[int, ...], str, tuple[int, ...]], list[_Person]] = defaultdict(list)
    number = {channel: i for i, channel in enumerate(config.channels)}
    leave = _leave(people)
    for row in records(people.agents):
        contract, spans = config.contracts[str(row["contract"])], leave.get(str(row["agent"]), [])
        skills = tuple(sorted(number[skill] for skill in skills_of(str(row["skills"]))))
        days, kinds = working_days(contract, row, leave_days(horizon, spans))
        available = row.get("available")
        key = (str(row["contract"]), skills, "" if pd.isna(available) else str(available), kinds)
        low = row.get("hours_min")
        bound = contract.guaranteed or (low is not None and not pd.isna(low) and float(low) > 0)
        groups[key].append(_Person(str(row["agent"]), days, bound, spans))
    pools = {skills: pool for pool, skills in enumerate(sorted({skills for _, skills, _, _ in groups}))}
    crews = []
    for name, ((contract_name, skills, available, kinds), members) in enumerate(sorted(groups.items())):
        contract = config.contracts[contract_name]
        families = tuple(family_of(contract, i, horizon, Availability.parse(available)) for i in kinds)
        cohorts = _cohorts(contract, families, horizon, members)
        rest = math.ceil(contract.rest / timedelta(minutes=horizon.interval_min))
        crews.append(Crew(str(name), contract_name, skills, pools[skills], families, cohorts, rest))
    return tuple(crews)


@dataclass(frozen=True)
class _Person:
    """What tells one member of a crew from another."""

    agent: str
    days: int
    guaranteed: bool
    leave: list[Span]


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
        moments = {horizon.moment(day, m) for m in shift.starts if weekday in shift.days}
        clocks = {moment: moment.tz_convert(horizon.zone) for moment in moments}
        allowed = [m for m, at in clocks.items() if available.allows(weekday, at.hour * 60 + at.minute, minutes)]
        starts.append(tuple(sorted({horizon.index(moment) for moment in allowed})))
    return Family(number, shift.length // step, pauses, tuple(starts))


def _leave(people: People) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = defaultdict(list)
    for row in records(people.leave):
        spans[str(row["agent"])].append((row["start"], row["end"]))
    return spans


def _cohorts(
    contract: Contract, families: tuple[Family, ...], horizon: Horizon, members: list[_Person]
) -> tuple[Cohort, ...]:
    groups: dict[tuple[tuple[int, ...], int, bool], list[str]] = defaultdict(list)
    closed = _away(families, horizon, [])
    for person in members:
        away = _away(families, horizon, person.leave) if person.leave else closed
        groups[away, person.days, person.guaranteed].append(person.agent)
    return tuple(
        Cohort(
            tuple(sorted(agents)),
            away,
            bound,
            _patterns(contract, agents, days, away, strict=bound and away == closed),
        )
        for (away, days, bound), agents in sorted(groups.items())
    )


def _patterns(
    contract: Contract, agents: list[str], days: int, away: tuple[int, ...], *, strict: bool
) -> tuple[Pattern, ...]:
    """Ways to place the working days; where none keeps the rules, as many days as can be placed.

    Raises
    ------
    InfeasibleError
        With `strict`, which is for guaranteed days of people without leave.
    """
    together = contract.days_off == "together"
    for number in range(days, 0, -1):
        patterns = work_patterns(number, away, contract.max_consecutive_days, together=together)
        if patterns and len(patterns[0]) == number:
            return patterns
        if strict:
            who = f"{', '.join(sorted(agents)[:5])} cannot work {days} days"
            why = f"they can begin shifts on {WEEK - len(away)} days, {contract.max_consecutive_days} running at most"
            raise InfeasibleError(f"agent {who} this week, as guaranteed: {why}; shorten hours_min, or guarantee fewer")
    return ((),)


def working_days(contract: Contract, row: dict[str, Any], leave: int) -> tuple[int, tuple[int, ...]]:
    """Working days of one person and the kinds of shifts that keep their limits of hours.

    Every kind a person may get fits the limits on every one of their days, so that whatever mix they work keeps them;
    of the choices left the one that allows most hours is taken. Leave takes the place of working days and of their
    share of `hours_min`.
    """
    paid = {i: paid_minutes(contract, i) / 60 for i in range(len(contract.shifts))}
    low, high = (_hours(row.get(name), default) for name, default in (("hours_min", 0.0), ("hours_max", math.inf)))
    days = max(0, contract.days_per_week - leave)
    low *= days / contract.days_per_week
    choices = [
        (k, tuple(i for i, h in paid.items() if k * h <= high + NEAR and k * h >= low - NEAR)) for k in range(days + 1)
    ]
    fitting = [(k, kinds) for k, kinds in choices if kinds and k]
    if not fitting:
        return 0, tuple(paid)
    return max(fitting, key=lambda choice: (choice[0] * max(paid[i] for i in choice[1]), choice[0]))


def _hours(value: Any, default: float) -> float:  # noqa: ANN401 - a cell
    return default if value is None or pd.isna(value) else float(value)


def leave_days(horizon: Horizon, spans: list[Span]) -> int:
    """Days of the horizon that leave touches; each takes the place of a working day."""
    if not spans:
        return 0
    return sum(_touches(spans, horizon.moment(day, 0), horizon.moment(day + 1, 0)) for day in range(horizon.days))


def _away(families: tuple[Family, ...], horizon: Horizon, spans: list[Span]) -> tuple[int, ...]:
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


def _touches(spans: list[Span], start: pd.Timestamp, end: pd.Timestamp) -> bool:
    return any(begin < end and start < until for begin, until in spans)
