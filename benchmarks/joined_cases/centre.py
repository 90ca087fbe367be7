"""A contact centre of any size over some weeks, made from a seed.

Demand has two peaks a day, an evening and quiet nights, by quarter hour; each week differs by 3 %. Seven in ten people
work 8.5 hours on five days a week, two in ten four hours, one in ten ten and a half hours on four days, from any half
hour of the day. Nights are shapes with three hours or more between 23:00 and 06:00. Rules: 11 h rest, at most 3 nights
in a row and 48 h after them, at most 6 days in a row, at least 2 days off, at most half the weekends and those whole, and
the contract's hours within 8 h. One in twenty person-weeks is leave; three in ten people have wishes.

With skills there are three channels of 60, 25 and 15 % of the demand and five sets of skills. Then people also have a
history of the week before, at least 2 days in a row, at most one shift a week more than the contract has, and no early day after a late one.
"""

from __future__ import annotations

import numpy as np

from optimize.roster.joined.demand import Demand
from optimize.roster.joined.problem import RESTED, Break, Contract, History, Hours, Limits, Person, Problem, Rules

HOUR, DAY, STARTS = 4, 96, 48
SHORT, OVER = 30.0, 0.1
"""Price of a person too few and too many in a quarter hour."""
WAGE = 5.0
"""Pay of a quarter hour."""
MIX = (0.7, 0.2, 0.1)
LOAD, LEAVE, NOISE = 0.97 * 0.95, 0.05, 0.03
SKILLS = ((0,), (1,), (0, 1), (0, 2), (0, 1, 2))
SKILL_SHARES = (0.35, 0.15, 0.25, 0.1, 0.15)
CHANNEL_SHARES = (0.6, 0.25, 0.15)
KINDS = (
    ("full-time", 5, 34, ((4, 11, 1), (12, 20, 2), (22, 30, 1)), 2),
    ("part-time", 5, 16, ((5, 12, 1),), 0),
    ("four-by-ten", 4, 42, ((6, 14, 1), (16, 26, 2), (28, 38, 1)), 2),
)
"""Name, days a week, length, breaks (the quarter hours between which each lies, and its length), unpaid quarter hours."""


def centre(people: int, weeks: int, seed: int, *, skills: bool) -> Problem:
    """Make the instance."""
    random = np.random.default_rng(seed)
    days = 7 * weeks
    counts = [round(people * MIX[0]), round(people * MIX[1])]
    counts.append(people - sum(counts))
    week = _week(random, counts)
    need = np.concatenate([week * (1 + NOISE * random.normal()) for _ in range(weeks)])
    contracts = tuple(_contract(kind, days) for kind in KINDS)
    kinds = np.repeat(np.arange(3), counts).tolist()
    extra = _wishes(random, people, days)
    leave = _leave(random, people, days)
    sets = [frozenset(SKILLS[k]) for k in random.choice(len(SKILLS), people, p=SKILL_SHARES)] if skills else None
    who = tuple(
        _person(random, f"agent {p + 1}", kind, contracts[kind], sets[p] if sets else None, extra[p], leave[p], weeks)
        for p, kind in enumerate(kinds)
    )
    return Problem(15, DAY * np.arange(days + 1), 0, _demand(need, skills=skills), contracts, who)


def _week(random: np.random.Generator, counts: list[int]) -> np.ndarray:
    """People needed by quarter hour of a week, before rounding."""
    hour = (np.arange(DAY) + 0.5) / HOUR
    peaks = ((1.0, 10.8, 2.3), (0.85, 15.2, 2.6), (0.42, 19.8, 1.9))
    day = 0.10 + sum(height * np.exp(-(((hour - at) / wide) ** 2)) for height, at, wide in peaks)
    level = (1.12, 1.04, 1.0, 0.98, 0.97, 0.72, 0.55)
    week = np.concatenate([day * each * np.exp(random.normal(0, NOISE, DAY)) for each in level])
    net = [n * kind[1] * (kind[2] - sum(b[2] for b in kind[3])) for n, kind in zip(counts, KINDS, strict=True)]
    return week * (sum(net) * LOAD / week.sum())


def _demand(need: np.ndarray, *, skills: bool) -> Demand:
    shares = np.array(CHANNEL_SHARES if skills else (1.0,))
    return Demand.of(np.round(shares[:, None] * need[None]), SHORT, OVER)


def _contract(kind: tuple, days: int) -> Contract:
    name, _, length, breaks, unpaid = kind
    begin = 2 * np.arange(STARTS)
    lap = [
        sum(max(0, min(at + length, b * HOUR) - max(at, a * HOUR)) for a, b in ((0, 6), (23, 30)))
        for at in begin.tolist()
    ]
    starts = DAY * np.arange(days)[:, None] + begin
    moment = np.arange(DAY * (days + 1))
    hour, weekday = (moment % DAY) / HOUR, (moment // DAY) % 7
    rate = 1 + 0.25 * ((hour >= 22) | (hour < 6)) + np.where(weekday == 5, 0.25, np.where(weekday == 6, 0.5, 0.0))
    paid = np.concatenate([[0.0], np.cumsum(WAGE * rate)])
    wage = (paid[starts + length] - paid[starts]) * (length - unpaid) / length
    rules = tuple(Break(first, last - wide, wide) for first, last, wide in breaks)
    return Contract(
        name,
        starts,
        np.ones(starts.shape, dtype=bool),
        np.full(STARTS, length),
        (rules,) * STARTS,
        0,
        np.full(STARTS, 15 * (length - unpaid)),
        np.array(lap) >= 3 * HOUR,
        np.where(begin < 10 * HOUR, 0, np.where(begin < 14 * HOUR, 1, 2)),
        wage,
    )


def _leave(random: np.random.Generator, people: int, days: int) -> np.ndarray:
    leave = np.zeros((people, days), dtype=bool)
    for p in random.permutation(people)[: round(LEAVE * people * days / 7)]:
        first = random.integers(0, days - 6)
        leave[p, first : first + 7] = True
    return leave


def _wishes(random: np.random.Generator, people: int, days: int) -> np.ndarray:
    wishes = np.zeros((people, days, STARTS))
    for p in random.permutation(people)[: round(0.3 * people)]:
        wishes[p, random.choice(days, 2, replace=False)] += 40.0
        late = np.arange(STARTS) >= STARTS // 2
        unwanted = late if random.random() < 0.5 else ~late
        wishes[p, random.choice(days, 5, replace=False)] += np.where(unwanted, 15.0, 0.0)
    return wishes


def _person(
    random: np.random.Generator,
    name: str,
    kind: int,
    contract: Contract,
    skills: frozenset[int] | None,
    extra: np.ndarray,
    leave: np.ndarray,
    weeks: int,
) -> Person:
    a_week = KINDS[kind][1]
    target = a_week * weeks - round(a_week * int(leave.sum()) / 7)
    slack = 8 * 60 // int(contract.minutes[0])
    hours = Hours(Limits(target - slack, target + slack), most_weekends=max(1, weeks // 2))
    rules = Rules(660, 1, 6, 2, 1, 3, 2880, whole_weekends=True)
    history = RESTED
    if skills is not None:
        hours = Hours(hours.shifts, week_shifts=Limits(0, a_week + 1), most_weekends=hours.most_weekends)
        rules = Rules(660, 2, 6, 2, 1, 3, 2880, whole_weekends=True, barred=frozenset({(2, 0)}))
        history = _history(random)
    barred = np.where(leave[:, None], np.inf, 0.0)
    return Person(name, kind, skills or frozenset({0}), extra + barred, rules, hours, history)


def _history(random: np.random.Generator) -> History:
    """Half were off at the weekend; the others have worked up to three days in a row until Sunday."""
    if random.random() < 0.5:
        return History(2, ended=-2 * DAY - 8 * int(random.integers(1, 5)))
    run = int(random.integers(2, 4))
    return History(0, run, ended=-2 * int(random.integers(4, 20)), band=int(random.integers(0, 2)))
