"""The people of the demo centre: who they are, who is away, what they wish."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from configs.demo.shapes import PLANNED_WEEK, SEED, TIMEZONE
from configs.horizon import Horizon
from configs.units import format_clock

STAFF = (
    ("full-time", "phone", 20),
    ("full-time", "phone;email", 18),
    ("full-time", "phone;video", 18),
    ("full-time", "chat;messaging", 14),
    ("full-time", "chat;messaging;email", 8),
    ("part-time", "phone", 18),
    ("part-time", "chat;messaging", 10),
    ("part-time", "email", 6),
    ("four-by-ten", "phone;email", 10),
    ("four-by-ten", "chat;messaging", 8),
    ("nights", "phone;email", 10),
)
"""Contract, skills, number of people."""
TEAM_SIZE = 12
AWAY_ALL_WEEK = 6
AWAY_SOME_DAYS = 7
WISHES = 60
WISHED_STARTS = {
    "full-time": (360, 420, 480, 540, 600, 720),
    "part-time": (420, 480, 540, 780, 900, 1020),
    "four-by-ten": (420, 480, 540, 600),
    "nights": (1230, 1260, 1320),
}
"""Starts people ask for, in minutes after midnight; each is one the contract allows."""

FIRST_NAMES = (  # noqa: SIM905 - names read best as text
    "Aisha Alan Amara Andrew Anna Arjun Beatriz Ben Callum Carmen Chen Chloe Daniel Diego Divya Elif Emily Esther "
    "Farah Fatima Fiona Gareth George Grace Hana Harry Ibrahim Imogen Ines Isaac Ivan Jack Jamila Jan Jasmine Joao "
    "Kaito Karen Kwame Laila Leo Li Lucy Luca Maeve Marek Maria Mei Milan Mohammed Nadia Naomi Niamh Noah Olga Omar "
    "Owen Paul Petra Priya Quentin Rachel Rafael Rosa Ruth Samir Sara Sean Sofia Stefan Tara Thabo Tomas Uma Victor "
    "Wanda Xavier Yara Yusuf Zainab Zoe"
).split()
LAST_NAMES = (  # noqa: SIM905 - names read best as text
    "Abbott Adeyemi Ahmed Allen Barnes Begum Bell Brown Campbell Chan Clarke Costa Davies Diallo Dixon Dubois Evans "
    "Fernandez Fletcher Fraser Garcia Green Gupta Hall Hassan Hill Hughes Hussain Iqbal Jackson James Jones Kaur "
    "Kelly Khan Kim Kowalski Lee Lewis Lopez MacDonald Martin Mensah Miller Moore Morgan Murphy Nguyen Novak Okafor "
    "Osei Owens Park Patel Pereira Quinn Rahman Reid Rossi Roberts Santos Scott Shah Singh Smith Sokolova Taylor "
    "Thomas Turner Ueda Varga Walker Wang Watson White Williams Wilson Wright Young Zhang"
).split()


def agents() -> pd.DataFrame:
    """Return one row for each of the people of `STAFF`, ids ``A001`` onwards, no two of the same name."""
    kinds = [(contract, skills) for contract, skills, count in STAFF for _ in range(count)]
    rng = np.random.Generator(np.random.PCG64([SEED, 1]))
    pairs = rng.choice(len(FIRST_NAMES) * len(LAST_NAMES), size=len(kinds), replace=False)
    names = [f"{FIRST_NAMES[pair // len(LAST_NAMES)]} {LAST_NAMES[pair % len(LAST_NAMES)]}" for pair in pairs]
    return pd.DataFrame(
        {
            "agent": [f"A{i:03d}" for i in range(1, len(kinds) + 1)],
            "name": names,
            "contract": [contract for contract, _ in kinds],
            "skills": [skills for _, skills in kinds],
            "team": [f"team {i // TEAM_SIZE + 1}" for i in range(len(kinds))],
        }
    ).astype("str")


def leave() -> pd.DataFrame:
    """Return whole days away in the planned week: some people all week, some for one to three days."""
    rng = np.random.Generator(np.random.PCG64([SEED, 2]))
    ids = agents().agent.to_numpy()
    away = np.sort(rng.choice(ids, AWAY_ALL_WEEK + AWAY_SOME_DAYS, replace=False))
    all_week = set(rng.choice(away, AWAY_ALL_WEEK, replace=False))
    week = Horizon(PLANNED_WEEK, 7, 60, TIMEZONE)
    rows = []
    for agent in away:
        length = 7 if agent in all_week else int(rng.integers(1, 4))
        first = 0 if length == 7 else int(rng.integers(0, 8 - length))
        reason = "holiday" if length == 7 else ("holiday", "training", "care")[int(rng.integers(3))]
        rows.append((str(agent), week.moment(first, 0), week.moment(first + length, 0), reason))
    frame = pd.DataFrame(rows, columns=["agent", "start", "end", "reason"])
    return frame.astype({"agent": "str", "reason": "str"})


def requests() -> pd.DataFrame:
    """Return wishes of people who are not away: days off, working days, and starts their contract allows."""
    rng = np.random.Generator(np.random.PCG64([SEED, 3]))
    away = set(leave().agent)
    people = [row for row in agents().itertuples(index=False) if row.agent not in away]
    asked = np.sort(rng.choice(len(people) * 7, WISHES, replace=False))
    rows = []
    for at in asked:
        person, day = people[at // 7], int(at % 7)
        wish = "off" if rng.random() < 0.55 else "on"
        starts = WISHED_STARTS[str(person.contract)]
        timed = wish == "on" and rng.random() < 0.5
        shift = format_clock(starts[int(rng.integers(len(starts)))]) if timed else ""
        date = pd.Timestamp(PLANNED_WEEK + timedelta(days=day))
        rows.append((str(person.agent), date, shift, wish, float(rng.integers(1, 4))))
    frame = pd.DataFrame(rows, columns=["agent", "date", "shift", "wish", "weight"])
    return frame.astype({"agent": "str", "date": "datetime64[us]", "shift": "str", "wish": "str"})
