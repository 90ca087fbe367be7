"""Rosters beside pyworkforce, which runs in an interpreter of its own.

``python benchmarks/roster_peers.py --peers PYTHON`` prints the table; PYTHON is an interpreter with pyworkforce. Without
it only our side is measured. The weeks: cover by 49 kinds of shifts with breaks fixed in the middle of their windows,
where only ``sum |required - at work|`` counts; the same with breaks free in their windows; and 120 named people on 40
kinds of shifts over real midnights, fewest paid hours.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
QUARTERS = 96
BREAKS = {"full": ((4, 11, 1), (12, 20, 2), (22, 29, 1)), "part": ((5, 11, 1),)}
"""First and last start and length of each break, in quarter hours."""
LENGTHS = {"full": 34, "part": 16}
FIRST = 24
PER_QUARTER = 4.0
"""Price of an hour that makes a quarter hour cost 1."""


def need_of_cover(people: int = 200, seed: int = 5) -> Any:  # noqa: ANN401 - numpy is imported where it is used
    """People required in the quarter hours of seven days, nobody by night."""
    import numpy as np

    rng = np.random.default_rng(seed)
    hour = (np.arange(QUARTERS) + 0.5) / 4
    bumps = sum(
        h * np.exp(-(((hour - at) / w) ** 2)) for at, w, h in ((10.8, 2.3, 1), (15.2, 2.6, 0.85), (19.8, 1.9, 0.42))
    )
    profile = np.where((hour > 6) & (hour < 23), 0.05 + bumps, 0)
    week = np.array(
        [profile * f * np.exp(rng.normal(0, 0.03, QUARTERS)) for f in (1.12, 1.04, 1.0, 0.98, 0.97, 0.72, 0.55)]
    )
    return np.round(week * (people * 5 * 31 / week.sum())).astype(int)


def kinds_of_shift() -> dict[str, list[int]]:
    """Each kind of shift as 0 and 1 over the quarter hours of a day, breaks in the middle of their windows."""
    kinds = {}
    for name, length in LENGTHS.items():
        for start in range(FIRST, QUARTERS - length + 1, 2):
            day = [int(start <= t < start + length) for t in range(QUARTERS)]
            for first, last, width in BREAKS[name]:
                begin = start + (first + last) // 2
                day[begin : begin + width] = [0] * width
            kinds[f"{name}{start}"] = day
    return kinds


def cover(*, fixed: bool) -> dict[str, Any]:
    """Our roster of the cover week; people work one day each, so that days are as free as the peer's."""
    import pandas as pd

    from configs.horizon import Horizon
    from optimize.roster import plan

    need = need_of_cover()
    horizon = Horizon(date(2026, 11, 30), 7, 15, "UTC")
    contracts = {
        name: {
            "agents": 1400,
            "days_per_week": 1,
            "shifts": [{"length": f"{length * 15}min", "step": "30min", "start": f"06:00-{_clock(QUARTERS - length)}"}],
            "breaks": [_pause(window, fixed=fixed) for window in BREAKS[name]],
            "cost_per_hour": 0,
        }
        for name, length in LENGTHS.items()
    }
    rules = {
        "costs": {"shortage_per_hour": PER_QUARTER, "excess_per_hour": PER_QUARTER},
        "roster": {"time_limit": "60s", "gap": 0.003 if fixed else 0.25},
    }
    requirement = pd.DataFrame({"channel": "phone", "start": horizon.starts, "agents": need.ravel().astype(float)})
    roster = plan(requirement, contracts, rules=rules)
    return {"mismatch": roster.cost.total, "bound": roster.bound}


def _clock(quarters: int) -> str:
    return f"{quarters // 4:02d}:{quarters % 4 * 15:02d}"


def _pause(window: tuple[int, int, int], *, fixed: bool) -> dict[str, Any]:
    first, last, width = window
    middle = (first + last) // 2
    after = f"{middle * 15}min" if fixed else f"{first * 15}min-{last * 15}min"
    return {"length": f"{width * 15}min", "after": after}


def named() -> dict[str, Any]:
    """120 people, 40 kinds of shifts, every hour of the week covered, at the fewest paid hours."""
    import numpy as np
    import pandas as pd

    from configs.horizon import Horizon
    from optimize.roster import plan

    hour = np.arange(24) + 0.5
    day = 6 + 54 * np.exp(-(((hour - 13) / 4.5) ** 2))
    need = np.concatenate([np.round(day * f) for f in (1.0, 0.97, 0.95, 0.93, 0.9, 0.6, 0.5)]) * 0.55
    need = np.ceil(need)
    horizon = Horizon(date(2026, 11, 30), 7, 60, "UTC")
    shifts = [
        {"length": "8h", "start": "00:00-23:00", "step": "1h"},
        {"length": "6h", "start": "00:00-22:00", "step": "2h"},
        {"length": "4h", "start": "06:00-18:00", "step": "4h"},
    ]
    contract = {
        "agents": 120, "days_per_week": 5, "days_off": "any", "shifts": shifts, "rest": "11h", "cost_per_hour": 1,
    }  # fmt: skip
    rules = {
        "costs": {"shortage_per_hour": 100, "excess_per_hour": 0},
        "roster": {"time_limit": "30s", "gap": 0.0},
    }
    requirement = pd.DataFrame({"channel": "phone", "start": horizon.starts, "agents": need})
    roster = plan(requirement, {"all": contract}, rules=rules)
    return {
        "hours": float(roster.table["paid_h"].sum()),
        "short_h": float(roster.coverage["shortage"].sum()),
        "bound": roster.bound,
        "status": roster.status,
    }


OURS = {
    "cover, breaks fixed": lambda: cover(fixed=True),
    "cover, breaks free": lambda: cover(fixed=False),
    "120 people x 40 kinds": named,
}


def peer_cover() -> dict[str, Any]:
    """Cover of the same week by pyworkforce (CP-SAT) from the same list of shifts."""
    from pyworkforce.scheduling import MinAbsDifference

    problem = json.loads(sys.stdin.read())
    solved = MinAbsDifference(
        num_days=7, periods=QUARTERS, shifts_coverage=problem["shifts"], required_resources=problem["need"],
        max_period_concurrency=400, max_shift_concurrency=200, max_search_time=60,
    ).solve()  # fmt: skip
    return {"mismatch": solved["cost"], "status": solved["status"]}


def _measured(python: str, what: str, told: str = "") -> dict[str, Any]:
    """One run in a process of its own."""
    command = [python, __file__, "--one", what]
    done = subprocess.run(
        command, input=told, capture_output=True, text=True, check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", help="an interpreter that has pyworkforce")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        begun, cpu = time.perf_counter(), time.process_time()
        found = peer_cover() if chosen.one == "peer" else OURS[chosen.one]()
        print(json.dumps(found | {"wall_s": time.perf_counter() - begun, "cpu_s": time.process_time() - cpu}))
        return
    print("| week | who | answer | CPU s | wall s |")
    print("|---|---|---|--:|--:|")
    if chosen.peers:
        told = json.dumps({"shifts": kinds_of_shift(), "need": need_of_cover_told()})
        _print("cover, breaks fixed", "pyworkforce", _measured(chosen.peers, "peer", told))
    for name in OURS:
        _print(name, "staffcurve", _measured(sys.executable, name))


def need_of_cover_told() -> list[list[int]]:
    """The week's requirement as plain lists."""
    rows: list[list[int]] = need_of_cover().tolist()
    return rows


def _print(week: str, who: str, found: dict[str, Any]) -> None:
    answer = ", ".join(
        f"{k} {v:,.1f}" if isinstance(v, float) else f"{k} {v}" for k, v in found.items() if "_s" not in k
    )
    print(f"| {week} | {who} | {answer} | {found['cpu_s']:.1f} | {found['wall_s']:.1f} |", flush=True)


if __name__ == "__main__":
    main()
