"""Rosters of a generated week at several sizes: certified gap, seconds, memory.

``python benchmarks/roster_week.py`` prints the table; ``--agents 50,200`` chooses sizes, ``--seeds 1,2`` the weeks;
``--skills`` rosters phone, chat and two classes of e-mail over four skill groups instead, and ``--spread`` the same
weeks with the e-mail to be done in the very interval it comes in. "Naming" is what tours and names add to the cost.
Seven days of quarter hours, day and night, three contracts with breaks in windows, a requirement with two peaks, an
evening and noise, sized so that nearly everybody is needed. Each size runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ASKED = {50: (0.020, 60), 200: (0.006, 60), 1000: (0.002, 30), 5000: (0.0005, 60)}
"""People -> largest gap and wall seconds asked for."""
ASKED_SKILLS = {300: (0.015, 60)}
WAGE, SHORTAGE, EXCESS = 4.0, 24.0, 0.08
NAMING_S = 5
"""Seconds of the time asked that are kept back for naming, tables and the recount."""
MIX = (0.7, 0.2, 0.1)
TIGHT = 0.97
"""Share of everybody's working time that the requirement takes."""
CONTRACTS: dict[str, dict[str, Any]] = {
    "full-time": {
        "days_per_week": 5,
        "shifts": [{"length": "8h30m", "start": "00:00-23:30", "step": "30min"}],
        "breaks": [
            {"length": "15min", "after": "1h-2h45m", "paid": True},
            {"length": "30min", "after": "3h-5h"},
            {"length": "15min", "after": "5h30m-7h15m", "paid": True},
        ],
    },
    "part-time": {
        "days_per_week": 5,
        "shifts": [{"length": "4h", "start": "00:00-23:30", "step": "30min"}],
        "breaks": [{"length": "15min", "after": "1h15m-2h45m", "paid": True}],
    },
    "four-by-ten": {
        "days_per_week": 4,
        "shifts": [{"length": "10h30m", "start": "00:00-23:30", "step": "30min"}],
        "breaks": [
            {"length": "15min", "after": "1h30m-3h15m", "paid": True},
            {"length": "30min", "after": "4h-6h"},
            {"length": "15min", "after": "7h-9h15m", "paid": True},
        ],
    },
}
WORKED = {"full-time": 5 * 30, "part-time": 5 * 15, "four-by-ten": 4 * 38}
"""Quarter hours a week at work, breaks taken off."""
PREMIUMS = [
    {"name": "night", "from": "22:00", "to": "06:00", "add": 0.25},
    {"name": "saturday", "days": ["sat"], "add": 0.25},
    {"name": "sunday", "days": ["sun"], "add": 0.50},
]


@dataclass(frozen=True)
class Case:
    """What is handed to the public door, and what is asked of the answer."""

    requirement: Any
    contracts: dict[str, dict[str, Any]]
    gap: float
    seconds: int
    agents: Any = None
    channels: dict[str, dict[str, Any]] = field(default_factory=dict)


def week(agents: int, seed: int) -> Case:
    """One channel, for that many people."""
    import numpy as np
    import pandas as pd

    contracts, worked = _contracts(agents)
    shape = _shape(seed)
    required = np.round(shape * (worked / shape.sum()))
    gap, seconds = ASKED.get(agents, (0.005, 60))
    requirement = pd.DataFrame({"channel": "phone", "start": _starts(), "agents": required})
    return Case(requirement, contracts, gap, seconds)


def skills_week(agents: int, seed: int) -> Case:
    """Four channels and four skill groups, for that many people."""
    import roster_skills

    contracts, worked = _contracts(agents)
    people = roster_skills.people({name: contract.pop("agents") for name, contract in contracts.items()})
    requirement = roster_skills.requirement(_shape(seed), worked, _starts(), seed)
    return Case(requirement, contracts, *ASKED_SKILLS.get(agents, (0.015, 60)), people, roster_skills.CHANNELS)


def spread_week(agents: int, seed: int) -> Case:
    """The week of skills with its deferrable work spread by interval, as other planners place it."""
    import roster_skills

    case = skills_week(agents, seed)
    return replace(case, requirement=roster_skills.spread(case.requirement), channels={})


def _contracts(agents: int) -> tuple[dict[str, dict[str, Any]], float]:
    """Contracts with their people, and the quarter hours of work the week shall hold."""
    counts = [round(agents * MIX[0]), round(agents * MIX[1])]
    counts.append(agents - sum(counts))
    contracts = {
        name: contract | {"agents": count, "cost_per_hour": WAGE}
        for (name, contract), count in zip(CONTRACTS.items(), counts, strict=True)
    }
    return contracts, TIGHT * sum(count * WORKED[name] for name, count in zip(CONTRACTS, counts, strict=True))


def _shape(seed: int) -> Any:  # noqa: ANN401 - numpy is imported where it is used
    import numpy as np

    rng = np.random.default_rng(seed)
    hour = (np.arange(96) + 0.5) / 4
    peaks = ((10.8, 2.3, 1.0), (15.2, 2.6, 0.85), (19.8, 1.9, 0.42))
    profile = 0.10 + sum(height * np.exp(-(((hour - at) / width) ** 2)) for at, width, height in peaks)
    weekdays = (1.12, 1.04, 1.0, 0.98, 0.97, 0.72, 0.55)
    return np.concatenate([profile * factor * np.exp(rng.normal(0, 0.03, 96)) for factor in weekdays])


def _starts() -> Any:  # noqa: ANN401 - moments
    from configs.horizon import Horizon

    return Horizon(date(2026, 11, 30), 7, 15, "UTC").starts


def one(case: Case) -> dict[str, Any]:
    """Roster one week and say what came out."""
    from optimize.roster import plan

    rules = {
        "channels": case.channels,
        "costs": {"shortage_per_hour": SHORTAGE, "excess_per_hour": EXCESS, "premiums": PREMIUMS},
        "roster": {"time_limit": f"{case.seconds - NAMING_S}s", "gap": case.gap},
    }
    begun, cpu = time.perf_counter(), time.process_time()
    roster = plan(case.requirement, case.contracts, case.agents, rules=rules)
    return {
        "gap": roster.gap,
        "gap_asked": case.gap,
        "status": roster.status,
        "cost": roster.cost.total,
        "naming": max(0.0, roster.cost.total / roster.cost_before_tours - 1),
        "shifts": len(roster.table),
        "wall_s": time.perf_counter() - begun,
        "wall_asked": case.seconds,
        "cpu_s": time.process_time() - cpu,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


LABELS = {"week": "", "skills": ", 4 skill groups", "spread": ", e-mail spread"}
WEEKS = {"week": week, "skills": skills_week, "spread": spread_week}


def main() -> None:
    """Measure each size and seed in its own process and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agents", help="sizes, separated by commas")
    parser.add_argument("--seeds", default="1")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--skills", dest="kind", action="store_const", const="skills", default="week")
    kind.add_argument("--spread", dest="kind", action="store_const", const="spread")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        agents, seed = map(int, chosen.one.split(","))
        print(json.dumps(one(WEEKS[chosen.kind](agents, seed))))
        return
    print("| agents | seed | certified gap | asked | naming | cost | wall s | asked | CPU s | MiB | shifts | status |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|")
    sizes = chosen.agents or ",".join(map(str, ASKED if chosen.kind == "week" else ASKED_SKILLS))
    for agents in map(int, sizes.split(",")):
        for seed in map(int, chosen.seeds.split(",")):
            command = [
                sys.executable,
                __file__,
                "--one",
                f"{agents},{seed}",
                *([] if chosen.kind == "week" else [f"--{chosen.kind}"]),
            ]
            told = subprocess.run(
                command, capture_output=True, text=True, check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}
            )
            got = json.loads(told.stdout.splitlines()[-1])
            print(
                f"| {agents:,}{LABELS[chosen.kind]} | {seed} | {got['gap']:.3%} "
                f"| {got['gap_asked']:.2%} | {got['naming']:.3%} | {got['cost']:,.0f} | {got['wall_s']:.1f} | {got['wall_asked']} "
                f"| {got['cpu_s']:.1f} | {got['peak_mib']:.0f} | {got['shifts']:,} | {got['status']} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
