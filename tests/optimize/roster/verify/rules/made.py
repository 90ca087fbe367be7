"""One person's shifts made by hand, and the breaches the recount finds in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from configs.schema import Config
from configs.tables import LEAVE, no_rows
from optimize.roster.rule_facts import Breach
from optimize.roster.verify.rules import Weeks, breaches
from tests.optimize.roster import weeks

MONDAY = date(2026, 11, 30)
EARLY, LATE, NIGHT = "06:00", "14:00", "22:00"
Shift = tuple[int, str] | tuple[int, str, float]


def config_of(rules: dict[str, Any], zone: str = "UTC") -> Config:
    """A config of one contract with these rules."""
    contract = {
        "agents": 1, "days_per_week": 5, "cost_per_hour": 10, "shifts": [{"length": "8h", "start": "00:00-23:30"}],
        "rules": rules,
    }  # fmt: skip
    return weeks.config_of(contracts={"day": contract}, plan={"name": "made", "timezone": zone, "interval": "30min"})


def rows(shifts: Sequence[Shift], zone: str, first: date, breaks: str = "", paid: float | None = None) -> pd.DataFrame:
    """A roster table of shifts: day from the first one, clock time of the begin, hours (8 where none are given)."""
    found = []
    for day, clock, *hours in shifts:
        begin = datetime.combine(first + timedelta(days=day), time.fromisoformat(clock), ZoneInfo(zone))
        start = pd.Timestamp(begin).tz_convert("UTC")
        length = hours[0] if hours else 8.0
        found.append({
            "agent": "a", "contract": "day", "start": start, "end": start + pd.Timedelta(hours=length),
            "breaks": breaks, "paid_h": length if paid is None else paid,
        })  # fmt: skip
    return pd.DataFrame(found, columns=["agent", "contract", "start", "end", "breaks", "paid_h"])


def found(
    rules: dict[str, Any], shifts: Sequence[Shift], *, days: int = 7, known: int = 0, running: int = 0,
    leave: Sequence[int] = (), zone: str = "UTC", first: date = MONDAY, breaks: str = "", paid: float | None = None, leave_short_min: int = 0,
) -> list[Breach]:  # fmt: skip
    """The breaches of one person who has these shifts, of which those of `known` days before the first are history.

    `leave` are days, from midnight to midnight less `leave_short_min`.
    """
    away = no_rows(LEAVE)
    if leave:
        begins = [pd.Timestamp(first + timedelta(days=day), tz=zone) for day in leave]
        short = pd.Timedelta(minutes=leave_short_min)
        ends = [pd.Timestamp(first + timedelta(days=day + 1), tz=zone) - short for day in leave]
        away = pd.DataFrame({"agent": "a", "start": begins, "end": ends})
    config = config_of(rules, zone)
    agents = pd.DataFrame({"agent": ["a"], "contract": ["day"]})
    table = rows(shifts, zone, first, breaks, paid)
    return list(breaches(config, Weeks(table, agents, away, None, first, days, {"a": known}, {"a": running})))


def week(days: str, clock: str = EARLY, begin: int = 0) -> list[Shift]:
    """A shift on each day that is an ``x``: ``week("xx.x")`` has days 0, 1 and 3."""
    return [(begin + day, clock) for day, mark in enumerate(days) if mark == "x"]


def mixed(days: str, begin: int = 0) -> list[Shift]:
    """Shifts by letter: E, L, N; anything else is off."""
    clocks = {"E": EARLY, "L": LATE, "N": NIGHT}
    return [(begin + day, clocks[letter]) for day, letter in enumerate(days) if letter in clocks]
