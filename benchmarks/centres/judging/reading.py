"""Read a run folder for the judge, with nothing of the product: its tables, and the config in ``manifest.json``."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, date, datetime, timedelta
from statistics import NormalDist, median
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from benchmarks.centres.judging.centre import FOREVER, Centre, Duty, Line

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, str]
UNITS = {"d": 86_400, "h": 3_600, "min": 60, "m": 60, "s": 1}
DEFAULTS = {"synchronous": ("0.8", "20s"), "concurrent": ("0.8", "40s"), "deferrable": ("1.0", "24h")}


class NotJudgedError(Exception):
    """The judge does not know a setting of the plan."""


def read(folder: Path) -> Centre:
    """Read what was planned.

    Raises
    ------
    NotJudgedError
        The plan has something this simulator does not know.
    """
    config: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["config"]
    _refuse_unknown(config, folder)
    zone = ZoneInfo(config["plan"].get("timezone", "UTC"))
    tables = {name: _by_channel(folder / f"{name}.csv") for name in ("forecast", "requirement", "coverage")}
    starts = [datetime.fromisoformat(row["start"]) for row in next(iter(tables["requirement"].values()))]
    interval_s = (starts[1] - starts[0]).total_seconds()
    dates = [str(start.astimezone(zone).date()) for start in starts]
    known = sorted(set(dates))
    day = tuple(known.index(each) for each in dates)
    absence = float(config.get("staffing", {}).get("absence", 0.0))
    names = [*config.get("simulation", {}).get("priority", ()), *config["channels"]]
    lines = []
    for name in dict.fromkeys(names):
        rows = [_at(tables[table][name], starts) for table in ("forecast", "requirement", "coverage")]
        lines.append(_line(name, config["channels"][name], rows, day, absence, starts[0]))
    staffed = {
        name: tuple(_number(row, "staffed") for row in _at(tables["coverage"][name], starts))
        for name in config["channels"]
    }
    duties = _duties(folder, set(config["channels"]), zone, starts[0], interval_s * len(starts))
    return Centre(interval_s, day, tuple(known), tuple(lines), duties, staffed, absence)


def _refuse_unknown(config: dict[str, Any], folder: Path) -> None:
    if config.get("staffing", {}).get("service_level", "offered") != "offered":
        raise NotJudgedError('only service_level = "offered" is judged')
    if (folder / "inputs" / "previous").is_dir():
        raise NotJudgedError("a week after a previous one is not judged")
    for name, channel in config["channels"].items():
        for key in ("aht_by_slots", "blend", "returns", "timezone"):
            if channel.get(key):
                raise NotJudgedError(f"channels.{name}.{key} is not judged")


def _line(name: str, channel: dict[str, Any], rows: list[list[Row]], day: tuple[int, ...], absence: float, begin: datetime) -> Line:  # fmt: skip
    forecast, requirement, coverage = rows
    kind, target = channel["kind"], channel.get("target", {})
    share, within = DEFAULTS[kind]
    volume = [_number(row, "volume") for row in forecast]
    if kind != "deferrable":
        open_now = [_number(row, "load_erl") > 0 for row in requirement]
        volume = [each if is_open else 0.0 for each, is_open in zip(volume, open_now, strict=True)]
    aht_s = tuple(_number(row, "aht_s") or 1.0 for row in requirement)
    patience = channel.get("patience")
    due = tuple(_due(row, begin) for row in requirement) if kind == "deferrable" else ()
    return Line(
        name=name, kind=kind, share=float(target.get("share", share)), within_s=seconds(target.get("within", within)),
        volume=tuple(volume), aht_s=() if kind == "concurrent" else aht_s, day_cv=day_cv(forecast, volume, day),
        patience_s=FOREVER if patience is None else seconds(patience), service_cv=float(channel.get("service_cv", 1.0)),
        redial_share=float(channel.get("redial_share", 0.0)), redial_after_s=seconds(channel.get("redial_after", "5min")),
        slots=int(channel.get("slots", 1)), touch_s=seconds(channel.get("touch", "0s")),
        think_s=seconds(channel.get("think", "0s")), touches=float(channel.get("touches", 1)),
        switch=float(channel.get("switch", 0.0)), due_s=due,
        opening=_opening(channel, coverage, aht_s, absence) if kind == "deferrable" else 0,
    )  # fmt: skip


def day_cv(forecast: list[Row], volume: list[float], day: tuple[int, ...]) -> tuple[float, ...]:
    """Spread of each day by the forecast's 10 and 90 % quantiles, read as a normal law, less the chance of contacts.

    Intervals count by their volume.
    """
    width = 2 * NormalDist().inv_cdf(0.9)
    total, spread = [0.0] * (max(day) + 1), [0.0] * (max(day) + 1)
    for row, contacts, number in zip(forecast, volume, day, strict=True):
        mean = _number(row, "volume")
        if contacts > 0 and mean > 0:
            variance = ((_number(row, "q90") - _number(row, "q10")) / width) ** 2
            total[number] += contacts
            spread[number] += contacts * max(variance - mean, 0.0) ** 0.5 / mean
    return tuple(
        min(wide / all_of_it, 1.0) if all_of_it else 0.0 for wide, all_of_it in zip(spread, total, strict=True)
    )


def _opening(channel: dict[str, Any], coverage: list[Row], aht_s: tuple[float, ...], absence: float) -> int:
    """Contacts open at the start: as the config says, else the hours the plan began with."""
    if channel.get("backlog") is not None:
        return int(channel["backlog"])
    first = coverage[0]
    hours = _number(first, "backlog_h") + _number(first, "done_h") - _number(first, "work_h")
    reserve = float(channel.get("max_occupancy", 0.90)) * (1 - absence)
    return round(max(hours, 0.0) * 3600 * reserve / median(aht_s))


def _due(row: Row, begin: datetime) -> float:
    return (datetime.fromisoformat(row["due"]) - begin).total_seconds() if row["due"] else FOREVER


def _duties(folder: Path, channels: set[str], zone: ZoneInfo, begin: datetime, size_s: float) -> tuple[Duty, ...]:
    skills = {
        row["agent"]: frozenset(row["skills"].split(";")) & channels for row in _rows(folder / "inputs" / "agents.csv")
    }
    made = []
    for row in _rows(folder / "roster.csv"):
        spans = [((first - begin).total_seconds(), (last - begin).total_seconds()) for first, last in worked(row, zone)]
        inside = tuple((first, min(last, size_s)) for first, last in spans if first < size_s)
        made.append(Duty(row["agent"], skills[row["agent"]], inside))
        if spans[-1][1] > size_s:  # the shift before the week is staffed the same as the last of it
            after = tuple((max(first - size_s, 0.0), last - size_s) for first, last in spans if last > size_s)
            made.append(Duty(row["agent"], skills[row["agent"]], after))
    return tuple(made)


def worked(row: Row, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """Stretches at work of a shift, its breaks taken out."""
    start, end = datetime.fromisoformat(row["start"]), datetime.fromisoformat(row["end"])
    local = start.astimezone(zone)
    edges = [start]
    for pause in filter(None, row["breaks"].split(";")):
        edges += [_moment(clock, local.date(), local.strftime("%H:%M"), zone) for clock in pause.split("-")]
    edges.append(end)
    return [(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True) if last > first]


def _moment(clock: str, of_day: date, begins: str, zone: ZoneInfo) -> datetime:
    """A time of day within a shift; before the clock time of its start it is the next day."""
    chosen = of_day + timedelta(days=clock < begins)
    return datetime.fromisoformat(f"{chosen}T{clock}").replace(tzinfo=zone).astimezone(UTC)


def seconds(text: str | float) -> float:
    """Read a length of time such as ``1h30m`` or ``20s``."""
    if not isinstance(text, str):
        raise NotJudgedError(f"{text} has no unit")
    parts = re.findall(r"(\d+(?:\.\d+)?)\s*(d|h|min|m|s)", text)
    if "".join(number + unit for number, unit in parts) != text.replace(" ", ""):
        raise NotJudgedError(f'"{text}" is not a length of time')
    return sum(float(number) * UNITS[unit] for number, unit in parts)


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _by_channel(path: Path) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in _rows(path):
        found.setdefault(row["channel"], []).append(row)
    return found


def _at(rows: list[Row], starts: list[datetime]) -> list[Row]:
    by_start = {datetime.fromisoformat(row["start"]): row for row in rows}
    return [by_start[start] for start in starts]


def _number(row: Row, key: str) -> float:
    text = row.get(key)
    return float(text) if text else 0.0
