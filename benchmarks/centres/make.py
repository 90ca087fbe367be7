"""Whole contact centres from a seed: ``python -m benchmarks.centres.make FOLDER [--seed 1] [--first 1] [--count 10]``.

Each is a folder with ``plan.toml``, ``history.csv`` and ``agents.csv``; ``staffcurve run FOLDER/centre-01/plan.toml``
plans it. Volumes follow from the people, so that a plan by interval is neither short nor idle. The spread of the days
is written into the history, and is a comment of the config.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.centres.channels import HOURS, channels_of
from benchmarks.centres.people import contracts_of, people_of
from benchmarks.centres.sizes import size_of
from benchmarks.centres.toml import toml_of
from benchmarks.centres.volumes import INTERVAL_MIN, PLANNED, history_of, hours_of, shape_of, weekly_volume

if TYPE_CHECKING:
    from benchmarks.centres.channels import Channel
    from benchmarks.centres.people import Contract, Person
    from benchmarks.centres.sizes import Size

KINDS = {"call": "synchronous", "chat": "concurrent", "messaging": "concurrent", "email": "deferrable"}
PREMIUMS = [
    {"name": "night", "from": "22:00", "to": "06:00", "add": 0.25},
    {"name": "sunday", "days": ["sun"], "add": 0.50},
]


def make(folder: Path, seed: int, number: int) -> Path:
    """Write centre `number` into a folder of its name below `folder`; return its ``plan.toml``."""
    size = size_of(seed, number)
    channels, contracts = channels_of(size), contracts_of(size)
    people = people_of(size, channels, contracts)
    home = folder / size.name
    home.mkdir(parents=True, exist_ok=True)
    rows = [("agent", "name", "contract", "skills")]
    rows += [(each.agent, each.agent, each.contract, ";".join(each.skills)) for each in people]
    _write(home / "agents.csv", rows)
    _write(
        home / "history.csv", [("channel", "start", "volume", "aht_s"), *_history(size, channels, contracts, people)]
    )
    plan = home / "plan.toml"
    plan.write_text(f"# {_words(size)}\n\n{toml_of(_settings(size, channels, contracts))}", encoding="utf-8")
    return plan


def _history(
    size: Size, channels: tuple[Channel, ...], contracts: tuple[Contract, ...], people: tuple[Person, ...]
) -> list[tuple[object, ...]]:
    hours = hours_of(channels, contracts, people, size.absence)
    rows: list[tuple[object, ...]] = []
    for place, channel in enumerate(channels):
        shape = shape_of(size, channel, place)
        week = shape * weekly_volume(channel, shape, hours[channel.name])
        rows += history_of(size, channel, place, week)
    return rows


def _settings(size: Size, channels: tuple[Channel, ...], contracts: tuple[Contract, ...]) -> dict[str, object]:
    return {
        "plan": {
            "name": size.name, "timezone": "Europe/London", "interval": f"{INTERVAL_MIN}min", "week": PLANNED,
            "seed": size.number,
        },
        "history": {"path": "history.csv"},
        "forecast": {"fast": True},
        "channels": {
            channel.name: {"kind": KINDS[channel.kind], "open": HOURS[channel.hours], **channel.settings}
            for channel in channels
        },
        "staffing": {"absence": size.absence},
        "costs": {"shortage_per_hour": 90, "premiums": PREMIUMS},
        "contracts": {contract.name: contract.settings for contract in contracts},
        "roster": {"agents": "agents.csv", "time_limit": "60s", "gap": 0.01, "advice": False},
        "simulation": {"replications": 0},
        "reports": {"formats": ["csv"]},
    }  # fmt: skip


def _words(size: Size) -> str:
    return (
        f"A made centre: {size.channels} channels, {size.people} people, skills shared by {size.sharing}, "
        f"hours: {size.opening}; coefficient of variation of a day: {size.day_cv:g}."
    )


def _write(path: Path, rows: list[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def main() -> None:
    """Write the centres and print the path of each plan."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--count", type=int, default=10)
    asked = parser.parse_args()
    for number in range(asked.first, asked.first + asked.count):
        print(make(asked.folder, asked.seed, number))


if __name__ == "__main__":
    main()
