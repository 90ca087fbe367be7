"""Breaks whose windows overlap, work that waits for the people on duty, and pay on public holidays.

Every row runs the command line on files made here and reads the roster it writes; the right value is tried out or
counted by hand.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

from benchmarks.field_cases.case import Row, staffcurve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
CHRISTMAS = datetime(2026, 12, 21, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
WEEK = 7 * 96

# Windows and lengths of breaks in minutes after the start of the shift, gap, length of the shift.
Windows = tuple[tuple[int, int, int], ...]
BREAKS: tuple[tuple[str, Windows, int, int], ...] = (
    ("two windows that meet", ((60, 180, 30), (180, 330, 30)), 0, 480),
    ("two windows that meet, an hour apart", ((60, 180, 30), (180, 330, 30)), 60, 480),
    ("three breaks anywhere in the shift", ((0, 480, 15), (0, 480, 30), (0, 480, 15)), 75, 480),
    ("a long shift, one window inside another", ((120, 540, 15), (240, 360, 45)), 30, 600),
    ("paid rests around a meal", ((90, 240, 15), (150, 300, 30), (270, 450, 15)), 45, 510),
    ("written later window first", ((120, 300, 30), (60, 240, 30)), 15, 480),
)
REFUSED: tuple[tuple[str, Windows, int, int], ...] = (
    ("no room between two fixed breaks", ((180, 180, 30), (195, 195, 30)), 0, 480),
    ("a gap that eats the shift", ((0, 240, 30), (0, 240, 30)), 75, 240),
    ("a break past the end", ((420, 465, 60),), 15, 480),
)


def rows(folder: Path) -> Iterator[Row]:
    """Yield rows about breaks, about hours of work, about premiums."""
    for number, case in enumerate(BREAKS):
        yield _kept(_inside(folder, f"breaks{number}"), *case)
    for number, case in enumerate(REFUSED):
        yield _refused(_inside(folder, f"refused{number}"), *case)
    yield from _worked(folder)
    yield from _holidays(folder)


def _inside(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir()
    return made


def _toml(value: object) -> str:
    """One value as TOML."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value)


def _site(
    folder: Path, first: datetime, channels: dict[str, Any], contract: dict[str, Any], **tables: dict[str, Any]
) -> None:
    """Write a config of one contract."""
    lines = [
        '[plan]\nname = "site"\ntimezone = "UTC"\ninterval = "15min"',
        f"week = {first:%Y-%m-%d}",
        '[history]\npath = "none.csv"',
        *(f"[channels.{name}]\n" + "\n".join(f"{k} = {_toml(v)}" for k, v in each.items()) for name, each in channels.items()),
        "[contracts.day]\n" + "\n".join(f"{key} = {_toml(value)}" for key, value in contract.items()),
        *(f"[{name}]\n" + "\n".join(f"{key} = {_toml(value)}" for key, value in each.items()) for name, each in tables.items()),
    ]  # fmt: skip
    (folder / "site.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _need(folder: Path, first: datetime, calls: Callable[[int], float], mail_h: float | None = None) -> None:
    """Write a requirement: people for calls, hours of e-mail due ten hours later, by number of the interval."""
    with (folder / "need.csv").open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file, lineterminator="\n").writerow
        write(["channel", "start", "agents", "work_h", "due"])
        for t in range(WEEK):
            at = first + t * QUARTER
            write(["phone", at.isoformat(), calls(t), "", ""])
            if mail_h is not None:
                write(["email", at.isoformat(), "", mail_h, (at + timedelta(hours=10)).isoformat()])


def _rostered(folder: Path) -> tuple[list[dict[str, str]], dict[str, Any], str]:
    """Rows of the roster, what ``--json`` says, and what was said besides."""
    answer = staffcurve(folder, "roster", "site.toml", "--requirement", "need.csv", "--out", "out", "--json")
    if answer.code:
        return [], {}, answer.err + answer.out
    with (folder / "out" / "roster.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)), json.loads(answer.out), answer.err


def _contract(windows: Windows, gap: int, length: int) -> dict[str, Any]:
    breaks = [{"length": f"{size}min", "after": f"{first}min-{last}min"} for first, last, size in windows]
    return {
        "agents": 4, "days_per_week": 5, "cost_per_hour": 10, "breaks": breaks, "break_gap": f"{gap}min",
        "shifts": [{"length": f"{length}min", "start": "07:00-11:00", "step": "1h"}],
    }  # fmt: skip


def _placements(windows: Windows, gap: int, length: int) -> set[tuple[int, ...]]:
    """Every placement on quarter hours, tried one by one."""
    found = set()
    for starts in product(*(range(first, last + 1, 15) for first, last, _ in windows)):
        edges = [0, *(e for s, (_, _, size) in zip(starts, windows, strict=True) for e in (s, s + size)), length]
        if all(b - a >= gap for a, b in zip(edges[::2], edges[1::2], strict=True)):
            found.add(starts)
    return found


def _kept(folder: Path, name: str, windows: Windows, gap: int, length: int) -> Row:
    """A week of shifts: every one has breaks that trying all placements allows."""
    _site(folder, MONDAY, {"phone": {"kind": "synchronous"}}, _contract(windows, gap, length), roster=LIMITS)
    _need(folder, MONDAY, lambda t: (t * 7 % 4) * (28 <= t % 96 < 80))
    table, _, words = _rostered(folder)
    allowed = _placements(windows, gap, length)
    begun = [tuple(_minutes(row["start"][11:16], part[:5]) for part in row["breaks"].split(";")) for row in table]
    wrong = sum(starts not in allowed for starts in begun)
    printed = f"{len(table)} shifts, {wrong} outside" if table else words.strip()[:160]
    return Row(name, f"every shift one of {len(allowed)} placements", printed, bool(table) and not wrong)


LIMITS = {"time_limit": "20s", "gap": 0.05, "advice": False}


def _minutes(start: str, clock: str) -> int:
    """Minutes from one clock time to another of the same day."""
    (h, m), (hh, mm) = (map(int, text.split(":")) for text in (start, clock))
    return (hh - h) * 60 + mm - m


def _refused(folder: Path, name: str, windows: Windows, gap: int, length: int) -> Row:
    """No placement at all: exit code 1, and a sentence that names the break and the shift."""
    _site(folder, MONDAY, {"phone": {"kind": "synchronous"}}, _contract(windows, gap, length), roster=LIMITS)
    _need(folder, MONDAY, lambda _: 1)
    answer = staffcurve(folder, "roster", "site.toml", "--requirement", "need.csv", "--out", "out")
    told = "does not fit into a shift of" in answer.err + answer.out
    holds = answer.code == 1 and told and not _placements(windows, gap, length)
    return Row(name, "refused in words, exit code 1", f"exit code {answer.code}, {'in' if told else 'no'} words", holds)


ANYTIME = {
    "agents": 3, "days_per_week": 5, "days_off": "any", "cost_per_hour": 10,
    "shifts": [{"length": "4h", "start": "00:00-20:00", "step": "2h"}],
}  # fmt: skip
WORKED: tuple[tuple[str, dict[str, Any], bool], ...] = (
    ("e-mail on a closed Sunday", {}, False),
    ("e-mail open on weekdays, phones closed on Sunday", {"open": {"mon-fri": "08:00-18:00"}}, False),
    ("e-mail on Sunday, asked for by worked", {"worked": "08:00-16:00"}, True),
    ("e-mail on Sunday, asked for by open", {"open": "08:00-16:00"}, True),
)


def _worked(folder: Path) -> Iterator[Row]:
    """Phones from 8 to 18 on six days, e-mail all week: who is there on Sunday, and why."""
    for number, (name, settings, asked) in enumerate(WORKED):
        here = _inside(folder, f"worked{number}")
        target = {"within": "10h", "clock": "clock"}
        channels = {"phone": {"kind": "synchronous"}, "email": {"kind": "deferrable", "target": target, **settings}}
        _site(here, MONDAY, channels, ANYTIME, roster=LIMITS)
        _need(here, MONDAY, lambda t: int(t < 576 and 32 <= t % 96 < 72), 0.05)
        table, _, words = _rostered(here)
        days = Counter(datetime.fromisoformat(row["date"]).weekday() for row in table)
        printed = f"{days[6]} shifts on Sunday, {len(table)} in all" if table else words.strip()[:160]
        right = "somebody on Sunday" if asked else "nobody on Sunday"
        yield Row(name, right, printed, bool(table) and (days[6] > 0) is asked)


PREMIUMS: tuple[tuple[str, dict[str, Any], str, list[float]], ...] = (
    ("holidays alone", {"days": ["holidays"], "add": 1.0}, "09:00", [0, 0, 0, 0, 80, 80, 0]),
    ("Sundays and holidays", {"days": ["sun", "holidays"], "add": 0.5}, "09:00", [0, 0, 0, 0, 40, 40, 40]),
    ("nights around holidays", {"days": ["holidays"], "add": 1.0}, "22:00", [0, 0, 0, 60, 80, 20, 60]),
    ("nights that begin on holidays", {"days": ["holidays"], "from": "22:00", "to": "06:00", "add": 1.0}, "22:00",
     [0, 0, 0, 0, 80, 80, 0]),
)  # fmt: skip


def _holidays(folder: Path) -> Iterator[Row]:
    """The week of Christmas 2026 in England, a shift a day at 10 an hour: 25, 26 and Monday 28 are holidays."""
    for number, (name, premium, start, right) in enumerate(PREMIUMS):
        here = _inside(folder, f"holidays{number}")
        contract = {
            "agents": 1, "days_per_week": 7, "max_consecutive_days": 7, "guaranteed": True, "cost_per_hour": 10,
            "rest": "8h", "shifts": [{"length": "8h", "start": start}],
        }  # fmt: skip
        tables = {
            "calendar": {"country": "GB", "region": "ENG"},
            "costs": {"premiums": [{"name": "holiday", **premium}]},
        }
        _site(here, CHRISTMAS, {"phone": {"kind": "synchronous"}}, contract, roster=LIMITS, **tables)
        _need(here, CHRISTMAS, lambda _: 0)
        table, _, words = _rostered(here)
        paid = [round(float(row["cost"]) - 80, 2) for row in sorted(table, key=lambda row: row["start"])]
        yield Row(
            name, str([float(value) for value in right]), str(paid) if table else words.strip()[:160], paid == right
        )
