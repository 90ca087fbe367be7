"""Two finished weeks made by hand: one small enough to count on paper, one as large as a real centre."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from configs import loader
from configs.horizon import Horizon
from configs.notes import Note
from forecast.result import Accuracy, Forecast
from optimize.roster.inputs.people import People
from optimize.roster.result import Cost, Roster
from optimize.staffing.requirement.result import Requirement
from reports.run import Run

MONDAY = date(2026, 11, 30)

SMALL = {
    "plan": {"name": "small", "timezone": "Europe/London", "currency": "GBP"},
    "history": {"path": "history.csv"},
    "channels": {
        "phone": {"kind": "synchronous", "target": {"share": 0.8, "within": "20s"}, "patience": "150s"},
        "chat": {
            "kind": "concurrent", "slots": 3, "touch": "35s", "think": "55s", "touches": 7,
            "open": "09:00-13:00", "target": {"share": 0.8, "within": "40s"},
        },
        "email": {"kind": "deferrable", "open": {"mon-fri": "09:00-17:00"}, "target": {"within": "8h"}, "backlog": 12},
    },
    "staffing": {"absence": 0.05},
    "costs": {"premiums": [{"name": "night", "from": "22:00", "to": "06:00", "add": 0.25}]},
    "contracts": {
        "full-time": {
            "days_per_week": 5, "cost_per_hour": 15,
            "shifts": [{"length": "8h30m", "start": "08:00"}], "breaks": [{"length": "30min", "after": "4h"}],
        },
        "part-time": {"days_per_week": 5, "cost_per_hour": 14, "shifts": [{"length": "4h", "start": "09:00"}]},
        "nights": {
            "days_per_week": 4, "cost_per_hour": 16,
            "shifts": [{"length": "8h", "start": "22:00"}], "breaks": [{"length": "30min", "after": "4h"}],
        },
    },
    "roster": {"agents": "agents.csv"},
}  # fmt: skip

FORMULA = '=HYPERLINK("x")'

AGENTS = [
    ("A001", "Ann Ash", "full-time", "phone", "North"),
    ("A002", "Bob Birch", "nights", "phone", "North"),
    ("A003", "Cara <Cedar>", "part-time", "email", "South"),
    ("A004", "Dan Dill", "full-time", "phone;chat", "South"),
    ("../E/5", FORMULA, "part-time", "chat", ""),
    ("007", "Fay Fir", "part-time", "chat;email", ""),
]
"""Agent 004 is on leave all week, nobody needs agent 007."""


def small_run(first: date = MONDAY, timezone: str = "Europe/London") -> Run:
    """Three channels, six people, one night shift over midnight and one into the next week, half an hour short.

    One hour of e-mail (12 contacts of 300 s) is open when the week begins, due evenly until the first that arrives, and one
    hour is open when it ends; taken in order, the last hour of Friday is late.
    """
    raw = {**SMALL, "plan": {**SMALL["plan"], "timezone": timezone, "week": first if first.weekday() == 0 else None}}
    raw["plan"] = {key: value for key, value in raw["plan"].items() if value is not None}
    config = loader.build(raw)
    horizon = Horizon(first, 7, 15, timezone)
    table = pd.DataFrame([_shift(horizon, *shift) for shift in _small_shifts()])
    staffed = {"phone": ("A001", "A002"), "chat": ("../E/5",), "email": ("A003",)}
    presence = {channel: _presence(horizon, table[table["agent"].isin(agents)]) for channel, agents in staffed.items()}
    required = {channel: values.copy() for channel, values in presence.items()}
    lunch = _at(horizon, 1, "12:30")
    required["phone"][lunch : lunch + 2] = 2.0
    nine = _at(horizon, 0, "09:00")
    required["chat"][nine : nine + 4] = 0.0
    volume = {channel: np.where(required[channel] > 0, 4.0, 0.0) for channel in staffed}
    service = {channel: np.where(volume[channel] > 0, 0.9, np.nan) for channel in ("phone", "chat")}
    service["phone"][lunch : lunch + 2] = 0.5
    coverage = pd.concat(
        [_coverage(horizon, c, required[c], presence[c], service.get(c)) for c in staffed], ignore_index=True
    )
    roster = Roster(
        table=table,
        coverage=coverage,
        people=_small_people(horizon),
        status="within gap",
        cost=Cost(wages=1296.0, premiums=90.0, shortage=45.0, excess=0.0, late=20.0),
        bound=1400.0,
        gap=51 / 1451,
        seconds=1.5,
        zone=horizon.zone,
    )
    accuracy = (Accuracy("phone", 28, 0.10, 0.125, -0.012, 0.81), Accuracy("chat", 28, 0.22, 0.20, 0.03, 0.78))
    return Run(
        config=config,
        horizon=horizon,
        forecast=Forecast(
            _forecast(horizon, volume), accuracy, (Note("history.csv", "3 intervals were not observed"),)
        ),
        requirement=_requirement(horizon, config, required, volume),
        roster=roster,
        version="0.2.0",
        notes=(Note("<config>", "one & two"),),
    )


def _small_shifts():
    for day in range(5):
        yield "A001", day, "08:00", 8.5, "12:00-12:30", 8.0, 120.0
        yield "A003", day, "09:00", 4.0, "", 4.0, 56.0
    for day in (0, 1, 6):
        yield "A002", day, "22:00", 8.0, "02:00-02:30", 7.5, 150.0
    yield "../E/5", 0, "09:00", 4.0, "", 4.0, 56.0


def _shift(horizon, agent, day, clock, hours, breaks, paid, cost):
    start = horizon.moment(day, _minutes(clock))
    name, contract = next((name, contract) for known, name, contract, *_ in AGENTS if known == agent)
    return {
        "agent": agent, "name": name, "contract": contract, "date": horizon.date(day),
        "start": start, "end": start + pd.Timedelta(hours=hours), "breaks": breaks, "paid_h": paid, "cost": cost,
    }  # fmt: skip


def _small_people(horizon):
    agents = pd.DataFrame(AGENTS, columns=["agent", "name", "contract", "skills", "team"])
    leave = pd.DataFrame(
        [{"agent": "A004", "start": horizon.moment(0, 0), "end": horizon.moment(7, 0), "reason": "holiday"}]
    )
    wishes = [("A001", 5, "", "off"), ("A003", 0, "", "on"), ("A002", 2, "22:00", "on"), ("007", 0, "", "on")]
    requests = pd.DataFrame(
        [{"agent": a, "date": horizon.date(d), "shift": s, "wish": w, "weight": 1.0} for a, d, s, w in wishes]
    )
    return People(agents, leave, requests, (Note("agents.csv", "2 people have no team"),))


def _minutes(clock):
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _at(horizon, day, clock):
    return horizon.index(horizon.moment(day, _minutes(clock)))


def _presence(horizon, shifts):
    """Count the people at work in each interval the slow way: one interval, one shift, one break at a time."""
    found = np.zeros(horizon.size)
    for row in shifts.to_dict("records"):
        for number, start in enumerate(horizon.starts):
            clock = f"{start.tz_convert(horizon.zone):%H:%M}"
            break_types = [part.split("-") for part in row["breaks"].split(";") if part]
            paused = any(first <= clock < last for first, last in break_types)
            if row["start"] <= start < row["end"] and not paused:
                found[number] += 1
    return found


def _coverage(horizon, channel, required, staffed, service):
    frame = pd.DataFrame({"channel": channel, "start": horizon.starts, "required": required, "staffed": staffed})
    frame["shortage"] = np.maximum(0.0, required - staffed)
    frame["excess"] = np.maximum(0.0, staffed - required)
    frame["service_level"] = np.nan if service is None else service
    frame["abandonment"] = np.nan if service is None else np.where(np.isnan(service), np.nan, 0.02)
    frame["occupancy"] = np.nan if service is None else np.where(np.isnan(service), np.nan, 0.75)
    if service is None:
        frame["work_h"] = frame["done_h"] = staffed * horizon.interval_h
        frame["backlog_h"], frame["oldest_h"] = 1.0, 2.0
        frame["required"] = frame["excess"] = frame["shortage"] = 0.0
    return frame


def _forecast(horizon, volume):
    frames = []
    for channel, values in volume.items():
        frame = pd.DataFrame({"channel": channel, "start": horizon.starts, "volume": values})
        for name, factor in (("q025", 0.4), ("q10", 0.6), ("q50", 1.0), ("q90", 1.4), ("q975", 1.7)):
            frame[name] = values * factor
        frame["aht_s"] = 300.0
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def _requirement(horizon, config, required, volume):
    frames = []
    for channel, values in required.items():
        kind = config.channels[channel].kind
        frame = pd.DataFrame({"channel": channel, "start": horizon.starts, "kind": kind, "volume": volume[channel]})
        frame["aht_s"], frame["load_erl"], frame["agents"] = 300.0, volume[channel] * 300 / 900, values
        frame["agents_present"] = values
        frame["service_level"] = frame["abandonment"] = frame["occupancy"] = frame["asa_s"] = np.nan
        frame["work_h"] = values * horizon.interval_h if kind == "deferrable" else np.nan
        frame["due"] = (frame["start"] + pd.Timedelta(hours=24)).where(frame["work_h"] > 0)
        frame["agents"] = 0.0 if kind == "deferrable" else values
        frames.append(frame)
    return Requirement(pd.concat(frames, ignore_index=True))


# --- A week of 144 people on the five channels of the demo ------------------------------------------------------

CREW = [
    ("full-time", "phone", 26), ("full-time", "phone;email", 18), ("full-time", "phone;video", 12),
    ("full-time", "chat;messaging", 22), ("part-time", "phone", 18), ("part-time", "chat;messaging", 10),
    ("part-time", "email", 6), ("four-by-ten", "phone;email", 10), ("four-by-ten", "chat;messaging", 8),
    ("nights", "phone;email", 14),
]  # fmt: skip
FIRST = (
    "Ada",
    "Ben",
    "Cleo",
    "Dev",
    "Elif",
    "Finn",
    "Gwen",
    "Hana",
    "Ivo",
    "Jude",
    "Kemi",
    "Liam",
    "Mina",
    "Noor",
    "Omar",
)
LAST = ("Abara", "Bell", "Costa", "Dunn", "Evans", "Farah", "Green", "Iyer", "Khan", "Lowe", "Marsh", "Nowak", "Patel")


def large_run(seed: int = 1, interval_min: int = 15) -> Run:
    """144 people on five channels, made by lot; the numbers hang together, but nobody optimised them."""
    rng = np.random.default_rng(seed)
    live = ("phone", "video", "chat", "messaging")
    config = loader.load("demo", [f"channels.{name}.target.over=interval" for name in live])
    horizon = Horizon(MONDAY, 7, interval_min, "Europe/London")
    agents = _crew(rng)
    table = pd.DataFrame([row for agent in agents.to_dict("records") for row in _tour(rng, config, horizon, agent)])
    away = agents.iloc[::12]["agent"]
    table = table[~table["agent"].isin(away)].reset_index(drop=True)
    leave = pd.DataFrame(
        [
            {"agent": a, "start": horizon.moment(0, 0), "end": horizon.moment(7, 0), "reason": "annual leave"}
            for a in away
        ]
    )
    wishes = [
        {"agent": a, "date": horizon.date(int(rng.integers(7))), "shift": "", "wish": w, "weight": 1.0}
        for a, w in zip(agents["agent"].iloc[::3], ["off", "on", "off", "off"] * 12, strict=True)
    ]
    busy = _busy(horizon, agents, table)
    coverage = pd.concat(
        [_large_coverage(rng, config, horizon, c, busy[c]) for c in config.channels], ignore_index=True
    )
    required = {c: coverage.loc[coverage["channel"] == c, "required"].to_numpy() for c in config.channels}
    volume = {
        c: np.round(
            np.where(config.channels[c].kind == "deferrable", busy[c], required[c])
            * rng.uniform(2.4, 2.8, horizon.size),
            3,
        )
        for c in required
    }
    wages = float(table["cost"].sum())
    roster = Roster(
        table, coverage, People(agents, leave, pd.DataFrame(wishes)), "within gap",
        Cost(wages * 0.94, wages * 0.06, float(coverage["shortage"].sum()) * horizon.interval_h * 90, 0.0),
        wages * 1.25, 0.0018, 41.0, zone=horizon.zone,
    )  # fmt: skip
    record = tuple(
        Accuracy(c, 28, 0.06 + 0.02 * i, 0.09 + 0.022 * i, 0.01 * (i - 2), 0.8) for i, c in enumerate(config.channels)
    )
    requirement = _requirement(horizon, config, required, volume)
    work = coverage.set_index(["channel", "start"])["work_h"]
    keys = pd.MultiIndex.from_frame(requirement.table[["channel", "start"]])
    requirement = replace(requirement, table=requirement.table.assign(work_h=work.reindex(keys).to_numpy()))
    requirement.table["due"] = (requirement.table["start"] + pd.Timedelta(hours=30)).where(
        requirement.table["work_h"] > 0
    )
    outage = Note("demo data", "the outage of 14 March 2026, 96 intervals, is not part of the history")
    return Run(config, horizon, Forecast(_forecast(horizon, volume), record), requirement, roster, "0.2.0", (outage,))


def _crew(rng):
    rows = []
    for contract, skills, number in CREW:
        for _ in range(number):
            name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
            team = f"Team {'ABCDEF'[len(rows) % 6]}"
            rows.append(
                {"agent": f"A{len(rows) + 1:03d}", "name": name, "contract": contract, "skills": skills, "team": team}
            )
    return pd.DataFrame(rows)


def _tour(rng, config, horizon, agent):
    contract = config.contracts[agent["contract"]]
    first = int(rng.integers(7))
    shift = contract.shifts[0]
    weights = np.ones(len(shift.starts)) / len(shift.starts)
    start = int(rng.choice(shift.starts, p=weights))
    hours = shift.length.total_seconds() / 3600
    for day in sorted((first + step) % 7 for step in range(contract.days_per_week)):
        begin = horizon.moment(day, start)
        break_types = []
        for break_type in contract.breaks_of(shift):
            at = begin + break_type.after.first + timedelta(minutes=15 * int(rng.integers(3)))
            ends = at + break_type.length
            break_types.append(f"{at.tz_convert(horizon.zone):%H:%M}-{ends.tz_convert(horizon.zone):%H:%M}")
        unpaid = (
            sum(break_type.length.total_seconds() for break_type in contract.breaks_of(shift) if not break_type.paid)
            / 3600
        )
        yield {
            "agent": agent["agent"], "name": agent["name"], "contract": agent["contract"], "date": horizon.date(day),
            "start": begin, "end": begin + pd.Timedelta(hours=hours), "breaks": ";".join(break_types),
            "paid_h": hours - unpaid, "cost": (hours - unpaid) * contract.cost_per_hour,
        }  # fmt: skip


def _busy(horizon, agents, table):
    """People at work by channel; a person serves the first of the skills, every third hour the second."""
    skills = agents.set_index("agent")["skills"].str.split(";").to_dict()
    busy = {channel: np.zeros(horizon.size) for channel in ("phone", "video", "chat", "messaging", "email")}
    for agent, start, end in zip(table["agent"], table["start"], table["end"], strict=True):
        first, last = horizon.index(start), min(horizon.size, horizon.index(end))
        for number in range(first, last):
            own = skills[agent]
            busy[own[1] if len(own) > 1 and number % 12 < 4 else own[0]][number] += 1
    return busy


def _large_coverage(rng, config, horizon, channel, staffed):
    settings = config.channels[channel]
    is_open = horizon.is_open(settings.open)
    staffed = np.where(is_open, staffed, 0.0)
    wanted = np.where(is_open, np.maximum(1.0, np.round(staffed * 0.97 + rng.normal(0, 1.0, horizon.size))), 0.0)
    service = np.where(is_open, np.clip(0.84 + 0.06 * (staffed - wanted), 0.2, 0.999), np.nan)
    if settings.kind != "deferrable":
        return _coverage(horizon, channel, wanted, staffed, np.round(service, 4))
    frame = _coverage(horizon, channel, wanted, staffed, None)
    share = np.where(is_open, 1.0 + 0.5 * np.sin(np.arange(horizon.size) / 96 * 2 * np.pi), 0.0)
    work = share * frame["done_h"].sum() / share.sum()
    opening = max(0.0, float(np.max(np.cumsum(frame["done_h"]) - np.cumsum(work))))
    frame["work_h"] = work
    frame["backlog_h"] = opening + np.cumsum(work) - np.cumsum(frame["done_h"])
    return frame
