"""Recount of shifts, breaks, rest, days, hours, contracts and leave, person by person."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.errors import Fault
from configs.pauses import read_pauses
from configs.tables import records
from configs.units import parse_clock, parse_weekdays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.schema import Break, Config, Contract, Shift
    from optimize.roster.result import Roster

LONGEST_SKIP_MIN = 60
WEEK = pd.Timedelta(days=7)
NEAR_H = 1e-6
"""Hours by which two sums of the same hours may differ."""
Row = dict[str, Any]


def shift_faults(config: Config, roster: Roster, begin: pd.Timestamp) -> Iterator[Fault]:
    """Everything wrong with the shifts of a roster whose first day begins at `begin`."""
    monday = begin.tz_convert(config.plan.zone).date()
    agents = {str(row["agent"]): row for row in records(roster.people.agents)}
    worked = {str(agent): records(rows.sort_values("start")) for agent, rows in roster.table.groupby("agent")}
    for agent in sorted(set(worked) - set(agents)):
        yield Fault(f"roster: agent {agent}", "is not among the agents")
    missing = 0
    for agent, person in sorted(agents.items()):
        where, shifts = f"roster: agent {agent}", worked.get(agent, [])
        contract = config.contracts[str(person["contract"])]
        if any(row["contract"] != person["contract"] for row in shifts):
            yield Fault(where, f"has a shift of another contract than {person['contract']}")
            continue
        away = roster.people.leave[roster.people.leave["agent"] == agent]
        leave = sum(_on_leave(config, away, monday + timedelta(days=i)) for i in range(7))
        allowed = max(0, contract.days_per_week - leave)
        for row in shifts:
            yield from _one_shift(config, contract, person, row, where)
            yield from _inside(row, monday, where)
        if shifts:
            yield from _week(config, contract, person, shifts, away, where)
        if len(shifts) > allowed:
            words = f"works {len(shifts)} days; {allowed} are allowed"
            yield Fault(where, f"{words} ({contract.days_per_week} less {leave} of leave)")
        if contract.guaranteed and not leave and pd.isna(person.get("hours_max")):
            missing += max(0, allowed - len(shifts))
        least = float(person.get("hours_min", math.nan))
        hours = sum(row["paid_h"] for row in shifts)
        if hours < least - NEAR_H and not leave and not roster.left_out:
            yield Fault(where, f"works {hours:g} paid hours; hours_min asks for {least:g}")
    if missing > roster.left_out:
        yield Fault("roster", f"{missing} guaranteed working days are not worked; {roster.left_out} were given up")


def _inside(row: Row, monday: date, where: str) -> Iterator[Fault]:
    if not 0 <= (date.fromisoformat(str(row["date"])[:10]) - monday).days < 7:
        yield Fault(where, f"has a shift on {str(row['date'])[:10]}, outside the week of {monday}")


def _one_shift(config: Config, contract: Contract, person: Row, row: Row, where: str) -> Iterator[Fault]:
    start, end = row["start"].tz_convert(config.plan.zone), row["end"].tz_convert(config.plan.zone)
    at = f"{where}, {start:%a %d %b %H:%M}"
    if str(row["date"])[:10] != start.date().isoformat():
        yield Fault(at, f"is dated {row['date']}")
    if not any(shift.length == end - start and may_begin(shift, start) for shift in contract.shifts):
        yield Fault(at, f"is no shift of contract {row['contract']}: {(end - start)} from {start:%H:%M}")
        return
    if kind_of(config, row) is None:
        yield Fault(at, f'has breaks outside their windows: "{row["breaks"]}"')
    available = person.get("available")
    if isinstance(available, str) and available.strip() and not _is_available(available, start, end):
        yield Fault(at, f'lies outside the hours the person is available, "{available}"')


def may_begin(shift: Shift, start: pd.Timestamp) -> bool:
    """Return whether a shift may begin at a local moment; a start the clock skips may begin when the skip ends."""
    minute = start.hour * 60 + start.minute
    first, last, step = shift.start.first, shift.start.last, int(shift.step.total_seconds() // 60)
    skipped = start.strftime("%z") != (start - pd.Timedelta(minutes=1)).strftime("%z")
    clock = [minute - back for back in (range(LONGEST_SKIP_MIN + 1) if skipped else (0,))]
    return start.weekday() in shift.days and any(first <= m <= last and (m - first) % step == 0 for m in clock)


def kind_of(config: Config, row: Row) -> Shift | None:
    """The kind of shift whose length, start and breaks a row has; None where no kind of the contract fits."""
    start, end = row["start"].tz_convert(config.plan.zone), row["end"].tz_convert(config.plan.zone)
    contract = config.contracts[str(row["contract"])]
    kinds = [shift for shift in contract.shifts if shift.length == end - start and may_begin(shift, start)]
    return next((shift for shift in kinds if _breaks_fit(contract.breaks_of(shift), row, config)), None)


def pauses_of(config: Config, row: Row) -> tuple[tuple[datetime, datetime], ...] | None:
    """Breaks of a row as moments; None where its text cannot be read."""
    start, end = row["start"].to_pydatetime(), row["end"].to_pydatetime()
    try:
        return read_pauses(row["breaks"] if isinstance(row["breaks"], str) else "", start, end, config.plan.zone)
    except ValueError:
        return None


def _breaks_fit(breaks: tuple[Break, ...], row: Row, config: Config) -> bool:
    spans = pauses_of(config, row)
    if spans is None or len(spans) != len(breaks):
        return False
    begin = row["start"].timestamp()
    return all(
        pause.after.first.total_seconds() <= first.timestamp() - begin <= pause.after.last.total_seconds()
        and last.timestamp() - first.timestamp() == pause.length.total_seconds()
        for pause, (first, last) in zip(breaks, spans, strict=True)
    )


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
        if first <= begin and begin + length <= (last if last > first else last + 1440):
            return True
    return False


def _week(
    config: Config, contract: Contract, person: Row, shifts: list[Row], away: pd.DataFrame, where: str
) -> Iterator[Fault]:
    """Rules that look at more than one shift."""
    yield from _rest(config, contract, shifts, where)
    yield from _days(contract, shifts, away, where)
    for row in shifts:
        for leave in records(away):
            if leave["start"] < row["end"] and row["start"] < leave["end"]:
                span = f"{leave['start']} to {leave['end']}"
                yield Fault(where, f"works {row['start']} to {row['end']} and is on leave from {span}")
    hours, most = sum(row["paid_h"] for row in shifts), float(person.get("hours_max", math.nan))
    if hours > most + NEAR_H:
        yield Fault(where, f"works {hours:g} paid hours; hours_max is {most:g}")


def _rest(config: Config, contract: Contract, shifts: list[Row], where: str) -> Iterator[Fault]:
    """Rest between shifts; the week is a circle, so the last shift meets the first."""
    ring = [*shifts, {**shifts[0], "start": _a_week_later(config, shifts[0]["start"])}]
    for before, after in pairwise(ring):
        rest = after["start"] - before["end"]
        if rest < contract.rest:
            end = before["end"].tz_convert(config.plan.zone)
            yield Fault(where, f"rests {rest} after the shift that ends {end:%a %d %b %H:%M}; {contract.rest} is due")


def _days(contract: Contract, shifts: list[Row], away: pd.DataFrame, where: str) -> Iterator[Fault]:
    """Working days: one shift a day, not too many running, days off together where the contract says so."""
    days = sorted({date.fromisoformat(str(row["date"])[:10]) for row in shifts})
    if len(days) < len(shifts):
        yield Fault(where, "begins two shifts on one day")
    longest = _longest_row(days)
    if longest > contract.max_consecutive_days:
        yield Fault(where, f"works {longest} days running; {contract.max_consecutive_days} are allowed")
    whole = len(days) == contract.days_per_week and away.empty and contract.days_off == "together"
    if whole and longest < len(days):
        yield Fault(where, "has days off that do not follow one another")


def _a_week_later(config: Config, moment: pd.Timestamp) -> pd.Timestamp:
    local = moment.tz_convert(config.plan.zone).tz_localize(None) + WEEK
    return local.tz_localize(config.plan.zone, ambiguous=True, nonexistent="shift_forward").tz_convert("UTC")


def _on_leave(config: Config, away: pd.DataFrame, day: date) -> bool:
    begin = _midnight(config, day)
    end = _midnight(config, day + timedelta(days=1))
    return any(row["start"] < end and begin < row["end"] for row in records(away))


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
