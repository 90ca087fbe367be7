"""Recount of shifts, breaks, rest, days, hours, contracts and leave, person by person."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.break_times import clock_of
from configs.errors import Fault
from configs.resting import most_days
from configs.tables import records
from configs.units import DAY_MINUTES, format_duration, parse_clock, parse_weekdays
from optimize.roster.verify.edge import as_day, edge_of
from optimize.roster.verify.kinds import day_of, may_begin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.schema import Config, Contract
    from optimize.roster.result import Roster
    from optimize.roster.verify.duty import Duty
    from optimize.roster.verify.edge import Edge

WEEK = pd.Timedelta(days=7)
MINUTE = pd.Timedelta(minutes=1)
NEAR_H = 1e-6
"""Hours by which two sums of the same hours may differ."""
Row = dict[str, Any]


def shift_faults(config: Config, roster: Roster, duties: list[Duty], begin: pd.Timestamp) -> Iterator[Fault]:
    """Everything wrong with the shifts of a roster whose first day begins at `begin`."""
    monday = begin.tz_convert(config.plan.zone).date()
    midnights = [_midnight(config, monday + timedelta(days=i)) for i in range(8)]
    agents = {str(row["agent"]): row for row in records(roster.people.agents)}
    edge = edge_of(roster)
    worked, leave = _by_agent(duties, [duty.row for duty in duties]), _by_agent(*[records(roster.people.leave)] * 2)
    for agent in sorted(set(worked) - set(agents)):
        yield Fault(f"roster: agent {agent}", "is not among the agents")
    missing = 0
    for agent, person in sorted(agents.items()):
        where, shifts, away = f"roster: agent {agent}", worked.get(agent, []), leave.get(agent, [])
        contract = config.contracts[str(person["contract"])]
        if any(duty.row["contract"] != person["contract"] for duty in shifts):
            yield Fault(where, f"has a shift of another contract than {person['contract']}")
            continue
        gone = sum(_on_leave(config, person, away, *day) for day in pairwise(midnights)) if away else 0
        allowed = max(0, contract.days_per_week - gone)
        for duty in shifts:
            yield from _one_shift(config, contract, person, duty, where)
            yield from _inside(duty.row, monday, where)
        rows = [duty.row for duty in shifts]
        if rows:
            yield from _week(config, contract, person, rows, away, where, edge)
        hindered = bool(away) or (edge is not None and edge.holds(agent, contract, monday, midnights[0]))
        yield from _amounts(person, rows, allowed, contract.days_per_week, where)
        least_days = max(0, min(contract.min_days or contract.days_per_week, most_days(contract)) - gone)
        if contract.guaranteed and not hindered and pd.isna(person.get("hours_max")):
            missing += max(0, least_days - _worked(rows))
        if contract.min_days and rows and not hindered and not roster.left_out and _unlimited(person):
            yield from _least_days(_worked(rows), least_days, where)
        least = float(person.get("hours_min", math.nan))
        if not hindered and not roster.left_out and sum(row["paid_h"] for row in rows) < least - NEAR_H:
            yield Fault(where, f"works fewer paid hours than hours_min, {least:g}")
    if missing > roster.left_out:
        yield Fault("roster", f"{missing} guaranteed working days are not worked; {roster.left_out} were given up")


def _by_agent(items: list[Any], rows: list[Row]) -> dict[str, list[Any]]:
    """Group items by the agent their rows name, in their order."""
    groups: dict[str, list[Any]] = {}
    for item, row in zip(items, rows, strict=True):
        groups.setdefault(str(row["agent"]), []).append(item)
    return groups


def _amounts(person: Row, rows: list[Row], allowed: int, days: int, where: str) -> Iterator[Fault]:
    """Number of days, and hours at most; two shifts of one day are one day, and another rule's fault."""
    if _worked(rows) > allowed:
        words = f"works {_worked(rows)} days; {allowed} are allowed"
        yield Fault(where, f"{words} ({days} less {days - allowed} of leave)")
    hours, most = sum(row["paid_h"] for row in rows), float(person.get("hours_max", math.nan))
    if hours > most + NEAR_H:
        yield Fault(where, f"works {hours:g} paid hours; hours_max is {most:g}")


def _worked(rows: list[Row]) -> int:
    """Days on which a shift begins."""
    return len({as_day(row) for row in rows})


def _unlimited(person: Row) -> bool:
    """Whether neither hours nor availability may take working days off somebody."""
    text = person.get("available")
    return pd.isna(person.get("hours_max")) and not (isinstance(text, str) and text.strip())


def _least_days(days: int, least: int, where: str) -> Iterator[Fault]:
    if days < least:
        yield Fault(where, f"works {days} days; it must be none, or at least {least}")


def _inside(row: Row, monday: date, where: str) -> Iterator[Fault]:
    if not 0 <= (as_day(row) - monday).days < 7:
        yield Fault(where, f"has a shift on {str(row['date'])[:10]}, outside the week of {monday}")


def _one_shift(config: Config, contract: Contract, person: Row, duty: Duty, where: str) -> Iterator[Fault]:
    row = duty.row
    start, end = row["start"].tz_convert(config.plan.zone), row["end"].tz_convert(config.plan.zone)
    at = f"{where}, {start:%a %d %b} {clock_of(start)}"
    if as_day(row) != day_of(start):
        yield Fault(at, f"is dated {row['date']}")
    if not any(shift.length == end - start and may_begin(shift, start) for shift in contract.shifts):
        yield Fault(at, f"is not a shift of contract {row['contract']}: {_long(end - start)} from {clock_of(start)}")
        return
    if duty.kind is None:
        yield Fault(at, f'has breaks outside their windows, out of order or closer than break_gap: "{row["breaks"]}"')
    available = person.get("available")
    if isinstance(available, str) and available.strip() and not _is_available(available, start, end):
        yield Fault(at, f'is outside the hours the person is available, "{available}"')


def _is_available(text: str, start: pd.Timestamp, end: pd.Timestamp) -> bool:
    for part in text.split(";"):
        days, _, hours = part.strip().partition(" ")
        if start.weekday() not in parse_weekdays(days):
            continue
        if not hours.strip():
            return True
        opens, _, closes = hours.strip().partition("-")
        first, last = parse_clock(opens), parse_clock(closes)
        begin = start.hour * 60 + start.minute
        length = (end - start).total_seconds() / 60
        if first <= begin and begin + length <= (last if last > first else last + DAY_MINUTES):
            return True
    return False


def _week(
    config: Config, contract: Contract, person: Row, rows: list[Row], away: list[Row], where: str, edge: Edge | None
) -> Iterator[Fault]:
    """Rules that look at more than one shift."""
    yield from _rest(config, contract, rows, where, edge)
    yield from _days(contract, rows, where, edge)
    together = contract.days_off == "together" and not config.plans_jointly  # else days off are those of all weeks
    if together and not away and _unlimited(person) and most_days(contract) == WEEK.days:
        yield from _together(contract, rows, where)
    for row in rows:
        for leave in away:
            if leave["start"] < row["end"] and row["start"] < leave["end"]:
                works, away_for = (
                    f"{_clock_text(config, span['start'])} to {_clock_text(config, span['end'])}"
                    for span in (row, leave)
                )
                yield Fault(where, f"works {works} and is on leave from {away_for}")


def _rest(config: Config, contract: Contract, shifts: list[Row], where: str, edge: Edge | None) -> Iterator[Fault]:
    """Rest between shifts, from the last one of the previous week; without one, the week is a circle."""
    if edge is None:
        ring = [*shifts, {**shifts[0], "start": _a_week_later(config, shifts[0]["start"])}]
    else:
        ring = [*edge.last_row(str(shifts[0]["agent"])), *shifts]
    for before, after in pairwise(ring):
        rest = after["start"] - before["end"]
        if rest < contract.rest:
            end = _clock_text(config, before["end"])
            yield Fault(
                where, f"rests {_long(rest)} after the shift that ends {end}; {_long(contract.rest)} is required"
            )


def _days(contract: Contract, shifts: list[Row], where: str, edge: Edge | None) -> Iterator[Fault]:
    """Working days: one shift a day, not too many running."""
    days = sorted({as_day(row) for row in shifts})
    if len(days) < len(shifts):
        yield Fault(where, "begins two shifts on one day")
    longest = _longest_row(days)
    running = longest if edge is None else edge.longest(str(shifts[0]["agent"]), days)
    if running > contract.max_consecutive_days:
        yield Fault(where, f"works {running} days in a row; {contract.max_consecutive_days} are allowed")


def _together(contract: Contract, shifts: list[Row], where: str) -> Iterator[Fault]:
    """Days off are consecutive, the week read as a circle, except for people with fewer days than agreed."""
    days = sorted({as_day(row) for row in shifts})
    if len(days) >= (contract.min_days or contract.days_per_week) and _longest_row(days) < len(days):
        yield Fault(where, "has days off that are not consecutive")


def _long(span: timedelta) -> str:
    """Write a span of time, which may be less than none where shifts overlap."""
    return f"{'-' if span < timedelta(0) else ''}{format_duration(abs(span))}"


def _clock_text(config: Config, moment: pd.Timestamp) -> str:
    local = moment.tz_convert(config.plan.zone)
    return f"{local:%a %d %b} {clock_of(local)}"


def _a_week_later(config: Config, moment: pd.Timestamp) -> pd.Timestamp:
    local = moment.tz_convert(config.plan.zone).tz_localize(None) + WEEK
    return local.tz_localize(config.plan.zone, ambiguous=True, nonexistent="shift_forward").tz_convert("UTC")


def _on_leave(config: Config, person: Row, away: list[Row], begin: pd.Timestamp, end: pd.Timestamp) -> bool:
    """Whether leave takes a whole day, or every shift that somebody could begin on it."""
    if any(row["start"] <= begin and end - MINUTE <= row["end"] for row in away):
        return True
    if not any(row["start"] < end and begin < row["end"] for row in away):
        return False
    begins = pd.date_range(begin, end, freq=config.plan.interval, inclusive="left")
    shifts = [
        (start, start + shift.length)
        for start in begins
        for shift in config.contracts[str(person["contract"])].shifts
        if may_begin(shift, start.tz_convert(config.plan.zone)) and _is_there(config, person, start, shift.length)
    ]
    free = [not any(row["start"] < until and start < row["end"] for row in away) for start, until in shifts]
    return bool(shifts) and not any(free)


def _is_there(config: Config, person: Row, start: pd.Timestamp, length: timedelta) -> bool:
    text, local = person.get("available"), start.tz_convert(config.plan.zone)
    return not (isinstance(text, str) and text.strip()) or _is_available(text, local, local + length)


def _midnight(config: Config, day: date) -> pd.Timestamp:
    """First moment of a local day; some zones skip midnight when the clock goes forward."""
    return pd.Timestamp(day).tz_localize(config.plan.zone, ambiguous=True, nonexistent="shift_forward")


def _longest_row(days: list[date]) -> int:
    """Longest row of working days, the week read as a circle."""
    weekdays = {day.weekday() for day in days}
    if len(weekdays) == 7:
        return 7
    rows = [0]
    for i in range(14):
        rows.append(rows[-1] + 1 if i % 7 in weekdays else 0)
    return max(rows)
