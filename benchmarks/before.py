"""CPU seconds of this build next to an earlier one, in one run: ``python -m benchmarks.before FOLDER``.

FOLDER is a checkout of the earlier build (``git worktree add FOLDER f4019b7``). Both run with this interpreter and the
same libraries, in turn, so that load on the machine meets both alike; the lesser of `--runs` counts. The large week is
staffed and rostered from the data of ``benchmarks/roster_week.py``.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.house import ROOT, Cost, measure

REAL = ROOT / "benchmarks" / "real"
MOST = 1.0
"""Ratio of CPU seconds that is asked for."""
LARGE = f"""
import sys
sys.path.append({str(ROOT / "benchmarks")!r})  # at the end: forecast.py there must not hide the package
import roster_week
from optimize.roster import plan
case = roster_week.week(1000, 1)
costs = dict(shortage_per_hour=roster_week.SHORTAGE, excess_per_hour=roster_week.EXCESS, premiums=roster_week.PREMIUMS)
plan(case.requirement, case.contracts, rules=dict(costs=costs, roster=dict(time_limit="5h", gap=case.gap)))
"""
"""A week of a thousand people through the public door of either build."""


def commands() -> dict[str, list[str]]:
    """What is measured, by name; the weeks of real histories only where these are here."""
    program = ["-m", "staffcurve"]
    found = {
        "--help": [*program, "--help"],
        "demo": [*program, "demo", "--out", "out"],
        "1,000-person week": ["-c", LARGE],
    }
    if (ROOT.parent / "shared" / "data").is_dir():
        for week in ("bank30", "denver911"):
            found[f"{week} week"] = [*program, "run", str(REAL / f"{week}.toml"), "--out", "out"]
    return found


def cpu(build: Path, arguments: list[str], runs: int) -> Cost:
    """The run with the fewest CPU seconds."""
    os.environ["PYTHONPATH"] = str(build)
    with tempfile.TemporaryDirectory() as folder:
        return min(
            (measure([sys.executable, *arguments], Path(folder)) for _ in range(runs)), key=lambda one: one.cpu_s
        )


def main() -> None:
    """Measure both builds and print the table; exit code 1 where a ratio is above what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path, help="checkout of the earlier build")
    parser.add_argument("--runs", type=int, default=2)
    asked = parser.parse_args()
    print(f"{'what':<18}{'before, CPU s':>14}{'now, CPU s':>12}{'ratio':>8}")
    worst = 0.0
    for name, arguments in commands().items():
        runs = 9 if name == "--help" else asked.runs
        before, now = (cpu(build.resolve(), arguments, runs) for build in (asked.before, ROOT))
        ratio = now.cpu_s / before.cpu_s
        worst = max(worst, ratio if name != "--help" else 0.0)
        failed = "" if before.code == now.code == 0 else f"  exit codes {before.code}, {now.code}"
        print(f"{name:<18}{before.cpu_s:>14.2f}{now.cpu_s:>12.2f}{ratio:>8.2f}{failed}", flush=True)
    sys.exit(worst > MOST)


if __name__ == "__main__":
    main()
