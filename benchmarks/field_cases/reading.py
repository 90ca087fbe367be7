"""What a person gives is read whole and in the right unit: merged queues, overlapping exports, units, jumps, cases."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.field_cases.case import Answer, Row, staffcurve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONFIG = """
[plan]
name = "reading"
timezone = "UTC"
interval = "30min"

[history]
path = "{path}"
{history}

[channels.x]
open = {{ mon-fri = "08:00-18:00" }}
{channel}

[contracts.a]
agents = 30
days_per_week = 5
shifts = [ {{ length = "8h", start = "08:00" }} ]
cost_per_hour = 15
"""
CHANNELS = {
    "calls": 'kind = "synchronous"\naht = "5min"',
    "chats": 'kind = "concurrent"\nslots = 2\ntouch = "30s"\nthink = "40s"\ntouches = 6',
    "mails": 'kind = "deferrable"\naht = "8min"\ntarget = { within = "8h" }',
}
MEAN_S = {"calls": 260.0, "chats": 700.0, "mails": 480.0}
SECONDS = {"s": 1.0, "ms": 0.001, "min": 60.0}


def rows(folder: Path) -> Iterator[Row]:
    """Every situation of this area."""
    yield from merged_queues(folder)
    yield from overlapping_exports(folder)
    yield from units(folder)
    yield from honest_times(folder)
    yield from jumps(folder)
    yield from honest_volumes(folder)
    yield from cases(folder)


def intervals(weeks: int = 5) -> pd.DatetimeIndex:
    """Half hours of the working days."""
    start = pd.date_range("2026-01-05", periods=weeks * 7 * 48, freq="30min", tz="UTC")
    return start[(start.hour >= 8) & (start.hour < 18) & (start.day_of_week < 5)]


def check(folder: Path, frames: dict[str, pd.DataFrame], kind: str = "calls", **history: str) -> Answer:
    """Write each frame as a file of the history and examine it."""
    data = folder / "data"
    data.mkdir(exist_ok=True)
    for old in data.iterdir():
        old.unlink()
    for name, frame in frames.items():
        frame.to_csv(data / f"{name}.csv", index=False, date_format="%Y-%m-%dT%H:%MZ")
    lines = "\n".join(f"{key} = {value}" for key, value in history.items())
    (folder / "plan.toml").write_text(CONFIG.format(path="data", history=lines, channel=CHANNELS[kind]))
    return staffcurve(folder, "check", "plan.toml", "--json")


def contacts(answer: Answer) -> str:
    """Contacts that the channels hold, and whether the files agree with them."""
    if answer.code:
        return answer.err.splitlines()[0][:100]
    told = json.loads(answer.out)
    held = sum(channel["contacts"] for channel in told["channels"])
    used = sum(file["used_contacts"] for file in told["files"])
    return f"{held:,.0f} contacts, {used:,.0f} used of the files"


def agreed(count: float) -> str:
    return f"{count:,.0f} contacts, {count:,.0f} used of the files"


def merged_queues(folder: Path) -> Iterator[Row]:
    """Queues, sites or single contacts planned as one channel: every row is added."""
    rng, start = np.random.default_rng(1), intervals()
    queues = pd.concat(
        [
            pd.DataFrame({"start": start, "queue": q, "volume": rng.poisson(m, len(start))})
            for q, m in (("a", 1), ("b", 2), ("c", 3))
        ]
    )
    sites = {f"site{i}": pd.DataFrame({"start": start, "volume": rng.poisson(2, len(start))}) for i in (1, 2)}
    singles = pd.DataFrame({"start": np.repeat(start, rng.poisson(3, len(start)))}).assign(volume=1)
    whole = pd.concat([singles, pd.DataFrame({"start": start, "volume": 0})])
    shapes = {
        "three queues in one file": {"all": queues.sort_values("start")},
        "two sites, a file each": sites,
        "a row for each contact": {"all": whole},
    }
    for name, frames in shapes.items():
        right = agreed(sum(frame.volume.sum() for frame in frames.values()))
        printed = contacts(check(folder, frames, duplicates='"sum"'))
        yield Row(f"{name}, added", right, printed, right == printed)
    told = check(folder, {"all": queues.sort_values("start")})
    holds = told.code == 1 and 'history.duplicates = "sum"' in told.err
    yield Row(
        "three queues, no rule", 'refused, names history.duplicates = "sum"', told.err.splitlines()[0][:100], holds
    )


def overlapping_exports(folder: Path) -> Iterator[Row]:
    """Two exports share a day: the same rows count once; corrected rows are settled by the rule or refused."""
    rng, start = np.random.default_rng(2), intervals()
    every = pd.DataFrame(
        {"start": start, "agent": rng.integers(100, size=len(start)), "volume": rng.poisson(6, len(start))}
    )
    first, second = every.iloc[:300], every.iloc[280:]
    right = agreed(every.volume.sum())
    printed = contacts(check(folder, {"a": first, "b": second[["volume", "start", "agent"]]}))
    yield Row("exports share a day, columns in another order", right, printed, right == printed)
    later = second.assign(volume=second.volume + 1)
    right = agreed(first.volume[:280].sum() + later.volume.sum())
    printed = contacts(check(folder, {"a": first, "b": later}, duplicates='"last"'))
    yield Row("the later export is corrected, last", right, printed, right == printed)
    told = check(folder, {"a": first, "b": later})
    yield Row("the later export is corrected, no rule", "refused", "refused" if told.code else "taken", told.code == 1)


def drawn(kind: str, seed: int, load: float = 0.0, per: float = 8.0) -> pd.DataFrame:
    """Contacts and the seconds all of them took; handle times grow with the load of the interval to a power."""
    rng, start = np.random.default_rng(seed), intervals()
    busy = (1 + 0.6 * np.sin((start.hour - 8) / 10 * np.pi)) * rng.lognormal(0, 0.3, len(start))
    volume = rng.poisson(per * busy)
    total = [rng.exponential(MEAN_S[kind] * b**load, n).sum() for b, n in zip(busy, volume, strict=True)]
    return pd.DataFrame({"start": start, "volume": volume, "handled": volume, "total": total})


def as_exported(frame: pd.DataFrame, unit: str, is_: str) -> pd.DataFrame:
    """The column as a system writes it."""
    value = frame.total / frame.volume.where(frame.volume > 0) if is_ == "mean" else frame.total
    return frame.assign(aht_s=value / SECONDS[unit]).drop(columns="total")


def units(folder: Path) -> Iterator[Row]:
    """Every reading but mean seconds is asked and offered; stated, it gives the seconds drawn."""
    for seed, kind in enumerate(CHANNELS):
        frame = drawn(kind, seed)
        right = f"{frame.total.sum() / frame.volume.sum():.0f} s"
        for unit, is_ in (("ms", "mean"), ("min", "mean"), ("s", "total"), ("ms", "total")):
            file, setting = {"all": as_exported(frame, unit, is_)}, f'{{ unit = "{unit}", is = "{is_}" }}'
            told = check(folder, file, kind)
            asked = "asked" if told.code == 1 and f"history.aht = {setting}" in told.err else "not asked"
            stated = json.loads(check(folder, file, kind, aht=setting).out)
            got = f"{stated['channels'][0]['aht_s']:.0f} s"
            yield Row(
                f"{kind}, {is_} {unit}",
                f"asked, then {right}",
                f"{asked}, then {got}",
                (asked, got) == ("asked", right),
            )


def honest_times(folder: Path) -> Iterator[Row]:
    """Mean seconds pass without a question, also where they grow with load or contacts are few."""
    for name, kind, shape in (
        ("plain", "calls", {}),
        ("grow with load", "calls", {"load": 0.4}),
        ("few contacts", "mails", {"per": 0.7}),
        ("grow with load", "chats", {"load": 0.3}),
    ):
        told = check(folder, {"all": as_exported(drawn(kind, 7, **shape), "s", "mean")}, kind)
        yield Row(f"{kind}, mean seconds, {name}", "taken", "refused" if told.code else "taken", told.code == 0)


def volumes(seed: int, per: float = 8.0, level: object = 1.0, cv: float = 0.0, batches: float = 0.0) -> pd.DataFrame:
    """Twenty weeks of volumes; `level` is a factor for each day, `batches` the share of days with one of 130."""
    rng, start = np.random.default_rng(seed), intervals(20)
    day = np.unique(start.normalize(), return_inverse=True)[1]
    factor = np.ones(100) * level * (rng.gamma(1 / cv**2, cv**2, 100) if cv else 1.0)
    volume = rng.poisson(per * factor[day])
    with_one = rng.random(100) < batches
    at = np.array([rng.integers(20) + 20 * d for d in np.flatnonzero(with_one)], dtype=int)
    volume[at] += 130
    return pd.DataFrame({"start": start, "volume": volume})


def jumps(folder: Path) -> Iterator[Row]:
    """A value, a day, a week or all later days times a hundred: asked with the first date; a rule answers."""
    begin = pd.Timestamp("2026-03-17", tz="UTC")
    for name, days, seed in (("one value", 0, 1), ("one day", 1, 2), ("a week", 7, 3), ("from one day on", 999, 4)):
        frame = volumes(seed)
        wrong = frame.start == begin + pd.Timedelta(hours=10)
        if days:
            wrong = (frame.start >= begin) & (frame.start < begin + pd.Timedelta(days=days))
        file = {"all": frame.assign(volume=frame.volume * np.where(wrong, 100, 1))}
        told = check(folder, file)
        asked = "asked" if told.code == 1 and "2026-03-17" in told.err else "not asked"
        rule = '[ { first = 2026-03-17, last = 2026-03-23, action = "keep" } ]'
        after = "refused" if check(folder, file, cleaning=rule).code else "taken"
        yield Row(
            f"{name} times a hundred",
            "asked, then taken",
            f"{asked}, then {after}",
            (asked, after) == ("asked", "taken"),
        )


def honest_volumes(folder: Path) -> Iterator[Row]:
    """What begins, grows, has a season, is irregular or comes in batches is not asked about."""
    day = np.arange(100)
    for name, shape in {
        "growing from nothing": {"level": np.clip((day - 20) / 40, 0, None)},
        "a season": {"level": 0.01 + 3 * np.exp(-(((day - 50) / 9) ** 2))},
        "ended": {"level": np.where(day > 80, 0.0, 1.0)},
        "irregular days, coefficient of variation 2": {"cv": 2.0},
        "batches three days in ten": {"per": 0.5, "batches": 0.3},
    }.items():
        told = check(folder, {"all": volumes(11, **shape)})
        printed = told.err.splitlines()[0][:80] if told.code else "taken"
        yield Row(f"volumes: {name}", "taken", printed, told.code == 0)


def cases(folder: Path) -> Iterator[Row]:
    """Every line of a table of questions is answered in its place, an empty one too."""
    good, head = "100,1800,180,0.8,20", "volume,interval_s,aht_s,target_share,target_s"
    for name, lines in {
        "empty lines between": [good, "", good, "", "", good],
        "empty lines at the end": [good, good, "", ""],
        "separators only, bad cells, other widths": [",,,,", "x,1800,180,0.8,20", "100,1800", f"{good},1", good],
    }.items():
        (folder / "cases.csv").write_text("\n".join([head, *lines]) + "\n")
        told = staffcurve(folder, "erlang", "--cases", "cases.csv")
        got = [line.endswith(",ok") for line in told.out.splitlines()[1:]]
        right = [line == good for line in lines]
        words = f"{len(got)} lines, answered {[i + 1 for i, ok in enumerate(got) if ok]}"
        yield Row(
            name, f"{len(lines)} lines, answered {[i + 1 for i, ok in enumerate(right) if ok]}", words, got == right
        )
