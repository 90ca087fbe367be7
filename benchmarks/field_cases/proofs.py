"""Claims of a proof against the best of all rosters: hours a week on free days, leave of some hours, long rests."""

from __future__ import annotations

import csv
import json
from itertools import product
from typing import TYPE_CHECKING

from benchmarks.field_cases.case import Row, staffcurve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAYS = 7
WAGE, SHORT = 10, 90
Need = list[list[int]]
"""People needed in each hour of each day."""


def rows(folder: Path) -> Iterator[Row]:
    """Each variant with its own rules; the right cost is found by trying every week, or by hand."""
    yield from _hours_alone(folder)
    yield from _hours_together(folder)
    yield from _part_days(folder)
    yield from _long_rests(folder)


def _hours_alone(folder: Path) -> Iterator[Row]:
    """One person with hours a week: every length, or none, on each of seven days is tried."""
    variants = [
        ((4, 5, 6, 8), 5, 20, 20, [8, 6, 6, 0, 0, 0, 0]),
        ((4, 5, 6, 8), 5, 18, 22, [7, 0, 9, 5, 0, 3, 0]),
        ((4, 6, 8), 6, 30, 30, [6, 8, 4, 6, 0, 6, 5]),
        ((3, 4, 5, 6, 7), 5, 19, 19, [7, 0, 5, 0, 7, 4, 0]),
        ((4, 5, 6, 7, 8, 9), 5, 24, 26, [9, 0, 0, 8, 8, 0, 2]),
    ]
    for number, (lengths, days, low, high, wanted) in enumerate(variants):
        need = [[int(8 <= hour < 8 + hours) for hour in range(24)] for hours in wanted]
        told = _roster(folder / f"alone{number}", _free(lengths, days), [("P1", low, high)], need)
        right = _best_alone(lengths, days, low, high, need)
        yield _judged(f"one person, {low}-{high} h of {lengths} on {days} days", right, told)


def _best_alone(lengths: tuple[int, ...], days: int, low: int, high: int, need: Need) -> float:
    best = [[WAGE * h - SHORT * max(sum(day[at : at + h]) for at in range(8, 13)) for h in lengths] for day in need]
    found = []
    for week in product(range(-1, len(lengths)), repeat=DAYS):
        worked = [(day, kind) for day, kind in enumerate(week) if kind >= 0]
        if 1 <= len(worked) <= days and low <= sum(lengths[kind] for _, kind in worked) <= high:
            found.append(sum(best[day][kind] for day, kind in worked))
    return SHORT * sum(map(sum, need)) + min(found)


def _hours_together(folder: Path) -> Iterator[Row]:
    """Several people whose weeks fit the need exactly: their wages are the optimum, and nobody is short."""
    three = {"P1": [4, 4, 6, 6], "P2": [5, 5, 5, 5], "P3": [8, 8, 8, 8, 5]}
    five = {"P1": [8, 8, 4], "P2": [6, 6, 6], "P3": [4, 4, 4, 4], "P4": [8, 5, 5, 6], "P5": [5, 8, 8]}
    for number, people in enumerate((three, five)):
        need = [[0] * 24 for _ in range(DAYS)]
        for who, lengths in enumerate(people.values()):
            for place, hours in enumerate(lengths):
                day, begin = (2 * who + place) % DAYS, 8 + (who + place) % 5
                for hour in range(begin, begin + hours):
                    need[day][hour] += 1
        rules = [(name, sum(lengths), sum(lengths)) for name, lengths in people.items()]
        told = _roster(folder / f"together{number}", _free((4, 5, 6, 8), 5), rules, need)
        yield _judged(f"{len(people)} people with hours of their own", WAGE * sum(low for _, low, _ in rules), told)


def _part_days(folder: Path) -> Iterator[Row]:
    """An early and a late shift are needed on Wednesday; one of two people is away for some hours of it."""
    need = [[int(day == 2 and 6 <= hour < 22) for hour in range(24)] for day in range(DAYS)]
    shifts = '[ { length = "8h", start = "06:00" }, { length = "8h", start = "14:00" } ]'
    rules = f'days_per_week = 5\nmin_days = 1\ndays_off = "any"\nshifts = {shifts}'
    for number, (begin, end, right) in enumerate(
        [("09:00", "11:00", 160), ("15:00", "16:00", 160), ("06:00", "14:00", 160), ("13:00", "15:00", 800)]
    ):
        leave = f"agent,start,end,reason\nP1,2026-01-14T{begin},2026-01-14T{end},appointment\n"
        people = [("P1", 0, 168), ("P2", 0, 168)]
        told = _roster(folder / f"leave{number}", rules, people, need, leave)
        yield _judged(f"leave from {begin} to {end}", right if right < 800 else 80 + 8 * SHORT, told)


def _long_rests(folder: Path) -> Iterator[Row]:
    """One person needed all week: as many shifts as the rest leaves in a repeating week."""
    for number, (length, rest, days) in enumerate([(8, 17, 3), (12, 36, 3), (12, 37, 2), (24, 48, 2), (24, 144, 1)]):
        need = [[1] * 24 for _ in range(DAYS)]
        shifts = f'[ {{ length = "{length}h", start = "00:00" }} ]'
        rules = f'days_per_week = 5\nmin_days = 1\ndays_off = "any"\nrest = "{rest}h"\nshifts = {shifts}'
        told = _roster(folder / f"rest{number}", rules, [("P1", 0, 168)], need)
        right = WAGE * length * days + SHORT * (168 - length * days)
        yield _judged(f"{length} h on and {rest} h of rest", right, told)


def _free(lengths: tuple[int, ...], days: int) -> str:
    shifts = ", ".join(f'{{ length = "{hours}h", start = "08:00-12:00", step = "1h" }}' for hours in lengths)
    return f'days_per_week = {days}\nmin_days = 1\ndays_off = "any"\nshifts = [ {shifts} ]'


def _judged(case: str, right: float, told: dict | str) -> Row:
    """Right is the cost; a bound above it, or "optimal" of another cost, is a false claim."""
    if isinstance(told, str):
        return Row(case, f"{right:,.0f}", told, holds=False)
    cost, bound = told["cost"]["total"], told["bound"]
    holds = abs(cost - right) < 0.5 and bound <= right + 0.5 and told["status"] == "optimal"
    return Row(case, f"{right:,.0f}", f"{told['status']}, {cost:,.0f}, at least {bound:,.0f}", holds)


def _roster(
    home: Path, rules: str, people: list[tuple[str, float, float]], need: Need, leave: str | None = None
) -> dict | str:
    """What ``staffcurve roster --json`` answers; its last words where it refuses."""
    home.mkdir()
    with (home / "need.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["channel", "start", "agents"])
        for day, hours in enumerate(need):
            table.writerows(["phone", f"2026-01-{12 + day}T{hour:02d}:00", number] for hour, number in enumerate(hours))
    listed = "".join(f"{name},{name},a,phone,{low},{high}\n" for name, low, high in people)
    (home / "agents.csv").write_text(f"agent,name,contract,skills,hours_min,hours_max\n{listed}", encoding="utf-8")
    if leave is not None:
        (home / "leave.csv").write_text(leave, encoding="utf-8")
    away = 'leave = "leave.csv"\n' if leave is not None else ""
    (home / "plan.toml").write_text(
        '[plan]\nname = "proof"\ntimezone = "UTC"\ninterval = "60min"\nweek = 2026-01-12\n'
        '[history]\npath = "none.csv"\n[channels.phone]\nkind = "synchronous"\naht = "5min"\n'
        f"[costs]\nshortage_per_hour = {SHORT}\n[contracts.a]\ncost_per_hour = {WAGE}\n{rules}\n"
        f'[roster]\nagents = "agents.csv"\n{away}time_limit = "60s"\nadvice = false\ngap = 0.0\n',
        encoding="utf-8",
    )
    done = staffcurve(home, "roster", "plan.toml", "--requirement", "need.csv", "--json", "--quiet")
    return json.loads(done.out) if done.code == 0 else (done.err or done.out).strip().splitlines()[-1]
