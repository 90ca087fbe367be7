"""Rosters made by hand for the recount: presence, hours and pay are counted here by plain loops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from configs.errors import VerificationError
from configs.schema import Config
from configs.units import WEEKDAYS
from optimize.roster.inputs.people import People
from optimize.roster.inputs.previous import Previous
from optimize.roster.result import Cost, Roster
from optimize.roster.verify import verify
from tests.optimize.roster import weeks

RATE = 10.0
WEEK_S = 7 * 24 * 3600
SHORTAGE = 100.0
CONTRACT: dict[str, Any] = {
    "days_per_week": 5, "days_off": "any", "cost_per_hour": RATE, "shifts": [{"length": "8h", "start": "06:00-22:00"}],
}  # fmt: skip
"""Shifts of eight hours from any half hour between 6 and 22, eleven hours of rest, six days in a row at most."""


def at(text: str) -> pd.Timestamp:
    """``"mon 08:00"``; ``"last sun 22:00"`` lies in the week before, ``"next mon 00:00"`` in the week after."""
    *week, day, clock = text.split()
    days = WEEKDAYS.index(day) + ({"last": -7, "next": 7}[week[0]] if week else 0)
    return pd.Timestamp(weeks.MONDAY, tz="UTC") + pd.Timedelta(days=days) + pd.Timedelta(f"{clock}:00")


@dataclass(frozen=True)
class Line:
    """One row of a roster: who, from when (`at`), for how many hours; `unpaid_h` and `extra` pay are told by hand."""

    agent: str
    begins: str
    hours: float = 8.0
    breaks: str = ""
    activities: str = ""
    unpaid_h: float = 0.0
    extra: float = 0.0

    @property
    def start(self) -> pd.Timestamp:
        return at(self.begins)

    @property
    def end(self) -> pd.Timestamp:
        return self.start + pd.Timedelta(hours=self.hours)

    def away(self) -> Iterator[tuple[pd.Timestamp, pd.Timestamp]]:
        """Breaks and activities as moments."""
        clocks = [*self.breaks.split(";"), *(each.rpartition(" ")[2] for each in self.activities.split(";"))]
        for first, _, last in (clock.partition("-") for clock in clocks if clock):
            yield self._first(first, self.start), self._first(last, self.start)

    def _first(self, clock: str, after: pd.Timestamp) -> pd.Timestamp:
        moment = after.normalize() + pd.Timedelta(f"{clock}:00")
        return moment if moment >= after else moment + pd.Timedelta(days=1)

    def cells(self) -> dict[str, Any]:
        paid = self.hours - self.unpaid_h
        return {
            "agent": self.agent, "name": self.agent, "contract": "day", "date": self.start.tz_localize(None).normalize(),
            "start": self.start, "end": self.end, "breaks": self.breaks, "activities": self.activities,
            "paid_h": paid, "cost": RATE * paid + self.extra,
        }  # fmt: skip


def daily(agent: str, days: str, clock: str = "08:00", **cells: Any) -> list[Line]:
    """One line for each of some weekdays: ``daily("a", "mon tue wed")``."""
    return [Line(agent, f"{day} {clock}", **cells) for day in days.split()]


@dataclass(frozen=True)
class Made:
    """A roster with what its recount needs."""

    config: Config
    requirement: pd.DataFrame
    roster: Roster

    def faults(self) -> list[str]:
        """Every difference the recount finds."""
        try:
            verify(self.config, self.requirement, self.roster)
        except VerificationError as error:
            return [str(fault) for fault in error.faults]
        return []

    def cell(self, row: int, **cells: Any) -> Made:
        """The same with other cells in one row of the roster."""
        table = self.roster.table.copy()
        for name, value in cells.items():
            table.loc[row, name] = value
        return replace(self, roster=replace(self.roster, table=table))

    def covered(self, channel: str, interval: int, **more: float) -> Made:
        """The same with numbers added in one interval of the coverage."""
        cover = self.roster.coverage.copy()
        row = cover.index[cover["channel"] == channel][interval]
        for name, value in more.items():
            cover.loc[row, name] += value
        return replace(self, roster=replace(self.roster, coverage=cover))

    def priced(self, **more: float) -> Made:
        """The same with money added to parts of the cost."""
        cost = replace(self.roster.cost, **{name: getattr(self.roster.cost, name) + more[name] for name in more})
        return replace(self, roster=replace(self.roster, cost=cost))


def passes(made: Made) -> bool:
    """Whether the recount finds nothing at all."""
    found = made.faults()
    assert not found, found
    return True


def fails(made: Made, *words: str) -> bool:
    """Whether one of the differences found has all these words."""
    found = made.faults()
    assert any(all(word in fault for word in words) for fault in found), found
    return True


def made(
    lines: list[Line],
    *,
    people: dict[str, dict[str, Any]] | None = None,
    leave: list[tuple[str, str, str]] = (),
    last_week: list[Line] | None = None,
    need: dict[str, Any] | None = None,
    cover: dict[str, dict[str, Any]] | None = None,
    cost: dict[str, float] | None = None,
    running: dict[str, int] | None = None,
    **tables: Any,
) -> Made:
    """Make a roster whose tables agree.

    `people` gives cells of the agents table beside contract and skills; `leave` is (agent, from, to), `last_week` the
    roster before, whose people had been `running` days. `need` and `cover` are numbers by channel, `cost` the parts not
    counted here: ``late``, ``changes``, ``activities``. `tables` replace those of the config; ``contract`` adds to
    CONTRACT, ``roster_fields`` to the roster itself.
    """
    fields = tables.pop("roster_fields", {})
    contract = CONTRACT | tables.pop("contract", {})
    raw: dict[str, Any] = {"roster": {"agents": "x"}, "contracts": {"day": contract}}
    raw["plan"] = {"name": "made", "timezone": "UTC", "interval": "30min"}
    config = weeks.config_of(**(raw | {"costs": {"shortage_per_hour": SHORTAGE}} | tables))
    horizon = weeks.horizon_of(config)
    requirement = weeks.requirement_of(horizon, **(need or {"phone": 0}))
    agents = _people(people or {line.agent: {} for line in lines}, leave)
    before = None if last_week is None else _previous(last_week, running or {})
    frame = pd.DataFrame([line.cells() for line in sorted(lines, key=lambda each: (each.agent, each.start))])
    if not lines:
        frame = pd.DataFrame([Line("nobody", "mon 08:00").cells()]).iloc[:0]
    table = _coverage(lines, last_week, requirement, cover or {})
    hours = config.plan.interval_s / 3600
    counted = Cost(
        wages=RATE * sum(line.hours - line.unpaid_h for line in lines),
        premiums=sum(line.extra for line in lines),
        shortage=config.costs.shortage_per_hour * hours * sum(table["shortage"]),
        excess=0.0,
    )
    roster = Roster(
        table=frame, coverage=table, people=replace(agents, previous=before), status="optimal",
        cost=replace(counted, **(cost or {})), bound=0.0, gap=0.0, seconds=0.0,
    )  # fmt: skip
    return Made(config, requirement, replace(roster, **fields))


def _people(cells: dict[str, dict[str, Any]], leave: list[tuple[str, str, str]]) -> People:
    away = [(agent, at(first).isoformat(), at(last).isoformat()) for agent, first, last in leave]
    people = weeks.people_of([(agent, "day", cells[agent].get("skills", "phone")) for agent in cells], away)
    for name in {name for each in cells.values() for name in each} - {"skills"}:
        people.agents[name] = [cells[agent].get(name, np.nan) for agent in cells]
    return people


def _previous(lines: list[Line], running: dict[str, int]) -> Previous:
    agents = weeks.people_of([(agent, "day", "phone") for agent in sorted({line.agent for line in lines})]).agents
    return Previous(pd.DataFrame([line.cells() for line in lines]), agents, weeks.MONDAY, running)


def _coverage(
    lines: list[Line], last_week: list[Line] | None, need: pd.DataFrame, cover: dict[str, dict[str, Any]]
) -> pd.DataFrame:
    """Everybody at work serves the phone but those `cover` has elsewhere; without a week before the week is a circle."""
    starts = pd.DatetimeIndex(sorted(need["start"].unique()))
    turns = (0,) if last_week is not None else (0, WEEK_S)
    there = np.zeros(len(starts))
    for line in [*lines, *(last_week or [])]:
        at_work, away = (line.start.timestamp(), line.end.timestamp()), _seconds(line)
        for i, moment in enumerate(start.timestamp() for start in starts):
            there[i] += sum(
                _inside(moment + turn, at_work) and not any(_inside(moment + turn, each) for each in away)
                for turn in turns
            )
    elsewhere = sum(np.broadcast_to(each.get("staffed", 0.0), len(starts)) for each in cover.values())
    frames = []
    for channel, rows in need.groupby("channel", sort=False):
        numbers = {"staffed": there - elsewhere if channel == "phone" else 0.0} | cover.get(channel, {})
        frame = pd.DataFrame({"channel": channel, "start": starts, "required": rows["agents"].to_numpy()})
        frame["work_h"] = rows["work_h"].to_numpy()
        frame["done_h"] = frame["backlog_h"] = 0.0 if rows["work_h"].notna().any() else np.nan
        for name, value in numbers.items():
            frame[name] = np.broadcast_to(value, len(starts)).astype(float)
        live = rows["work_h"].isna().all()
        frame["shortage"] = np.maximum(frame["required"] - frame["staffed"], 0) if live else 0.0
        frame["excess"] = np.maximum(frame["staffed"] - frame["required"], 0) if live else 0.0
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def _seconds(line: Line) -> list[tuple[float, float]]:
    return [(first.timestamp(), last.timestamp()) for first, last in line.away()]


def _inside(moment: float, span: tuple[float, float]) -> bool:
    return span[0] <= moment < span[1]
