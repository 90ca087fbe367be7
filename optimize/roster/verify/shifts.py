"""Recount of shifts, breaks, rest, days, hours, contracts and leave, person by person."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from configs.errors import Fault
from configs.tables import records
from configs.units import parse_clock, parse_weekdays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from configs.schema import Break, Config, Contract, Shift
    from optimize.roster.result import People

WEEK = pd.Timedelta(days=7)
NEAR_H = 1e-6
"""Hours by which two sums of the same hours may differ."""
Row = dict[str, Any]


def shift_faults(config: Config, people: People, table: pd.DataFrame) -> Iterator[Fault]:
    """Everything wrong with the shifts of a roster."""
    agents = {str(row["agent"]): row for row in records(people.agents)}
    for agent, rows in table.groupby("agent", sort=True):
        shifts = records(rows.sort_values("start"))
        where = f"roster: agent {agent}"
        if str(agent) not in agents:
            yield Fault(where, "is not among the agents")
            continue
        person = agents[str(agent)]
        if any(row["contract"] != person["contract"] for row in shifts):
            yield Fault(where, f"has a shift of another contract than {person['contract']}")
            continue
        contract = config.contracts[str(person["contract"])]
        away = people.leave[people.leave["agent"] == agent]
        for row in shifts:
            yield from _one_shift(config, contract, person, row, where)
        yield from _week(config, contract, person, shifts, away, where)


def _one_shift(config: Config, contract: Contract, person: Row, row: Row, where: str) -> Iterator[Fault]:
    start, end = row["start"].tz_convert(config.plan.zone), row["end"].tz_convert(config.plan.zone)
    at = f"{where}, {start:%a %d %b %H:%M}"
    if str(row["date"])[:10] != start.date().isoformat():
        yield Fault(at, f"is dated {row['date']}")
    kinds = [shift for shift in contract.shifts if shift.length == end - start and may_begin(shift, start)]
    if not kinds:
        yield Fault(at, f"is no shift of contract {row['contract']}: {(end - start)} from {start:%H:%M}")
        return
    if not any(_breaks_fit(contract.breaks_of(shift), row, config) for shift in kinds):
        yield Fault(at, f'has breaks outside their windows: "{row["breaks"]}"')
    available = person.get("available")
    if isinstance(available, str) and available.strip() and not _is_available(available, start, end):
        yield Fault(at, f'lies outside the hours the person is available, "{available}"')


def may_begin(shift: Shift, start: pd.Timestamp) -> bool:
    """Return whether a shift may begin at a local moment; a start the clock skips may begin when the skip ends."""
    minute = start.hour * 60 + start.minute
    first, last, step = shift.start.first, shift.start.last, int(shift.step.total_seconds() // 60)
    skipped = (start - pd.Timedelta(minutes=1)).utcoffset() != start.utcoffset()
    clock = [minute - back for back in (0, 30, 60)] if skipped else [minute]
    return start.weekday() in shift.days and any(first <= m <= last and (m - first) % step == 0 for m in clock)


def break_spans(
    text: str, start: pd.Timestamp, end: pd.Timestamp, step: timedelta
) -> list[tuple[list[timedelta], timedelta]]:
    """Read ``12:00-12:30;15:15-15:30`` as the possible delays after the start, and the length, of each break.

    A clock time stands twice in a shift when the clock goes back; then there are two delays.
    """
    spans = []
    for part in [piece for piece in text.split(";") if piece]:
        first, _, last = part.partition("-")
        moments = pd.date_range(start, end, freq=step, inclusive="left")
        delays = [moment - start for moment in moments if moment.hour * 60 + moment.minute == parse_clock(first)]
        lasts = [
            moment - start for moment in [*moments, end] if moment.hour * 60 + moment.minute == parse_clock(last) % 1440
        ]
        lengths = sorted({b - a for a in delays for b in lasts if b > a})
        spans.append(([d.to_pytimedelta() for d in delays], lengths[0].to_pytimedelta() if lengths else timedelta(0)))
    return spans


def _breaks_fit(breaks: tuple[Break, ...], row: Row, config: Config) -> bool:
    start, end = row["start"].tz_convert(config.plan.zone), row["end"].tz_convert(config.plan.zone)
    text = row["breaks"] if isinstance(row["breaks"], str) else ""
    spans = break_spans(text, start, end, config.plan.interval)
    if len(spans) != len(breaks):
        return False
    return all(
        any(pause.after.first <= delay <= pause.after.last for delay in delays) and length == pause.length
        for pause, (delays, length) in zip(breaks, spans, strict=True)
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
    yield from _days(config, contract, shifts, away, where)
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


def _days(config: Config, contract: Contract, shifts: list[Row], away: pd.DataFrame, where: str) -> Iterator[Fault]:
    """Working days: one shift a day, no more than the contract has, not too many running."""
    days = sorted({date.fromisoformat(str(row["date"])[:10]) for row in shifts})
    if len(days) < len(shifts):
        yield Fault(where, "begins two shifts on one day")
    touched = sum(_on_leave(config, away, day) for day in _days_of_week(days[0]))
    allowed = max(0, contract.days_per_week - touched)
    if len(shifts) > allowed:
        of = f"{contract.days_per_week} less {touched} of leave"
        yield Fault(where, f"works {len(shifts)} days; {allowed} are allowed ({of})")
    if _longest_row(days) > contract.max_consecutive_days:
        yield Fault(where, f"works {_longest_row(days)} days running; {contract.max_consecutive_days} are allowed")


def _a_week_later(config: Config, moment: pd.Timestamp) -> pd.Timestamp:
    local = moment.tz_convert(config.plan.zone).tz_localize(None) + WEEK
    return local.tz_localize(config.plan.zone, ambiguous=True, nonexistent="shift_forward").tz_convert("UTC")


def _days_of_week(day: date) -> list[date]:
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=i) for i in range(7)]


def _on_leave(config: Config, away: pd.DataFrame, day: date) -> bool:
    begin = pd.Timestamp(day).tz_localize(config.plan.zone)
    end = pd.Timestamp(day + timedelta(days=1)).tz_localize(config.plan.zone)
    return any(row["start"] < end and begin < row["end"] for row in records(away))


def _longest_row(days: list[date]) -> int:
    longest = run = 1
    for before, after in pairwise(days):
        run = run + 1 if (after - before).days == 1 else 1
        longest = max(longest, run)
    return longest
