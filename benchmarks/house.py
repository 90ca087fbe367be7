"""What the house costs to live in: start-up, the demo, the bank's week, memory. Printed as a table.

Run by ``make bench``. Every command runs as a process of its own and is measured by the operating system: wall and CPU
seconds, and the largest resident memory. Machines differ and are shared, so start-up is also told as a ratio to the
bare interpreter on the same machine.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "data"
HEAVY = ("pandas", "statsmodels", "scipy", "pulp")


@dataclass(frozen=True)
class Cost:
    """What one process took."""

    wall_s: float
    cpu_s: float
    peak_mib: float
    code: int


def measure(arguments: list[str], folder: Path) -> Cost:
    """Run a command to its end in `folder`, its talk thrown away."""
    begun = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        os.execv(arguments[0], arguments)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - begun
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def median(runs: list[Cost]) -> Cost:
    """The run in the middle by wall time."""
    return sorted(runs, key=lambda run: run.wall_s)[len(runs) // 2]


def loaded_by_help() -> list[str]:
    """Heavy packages in memory after ``--help``."""
    import subprocess

    code = (
        "import sys, json\n"
        "from staffcurve.cli.app import app\n"
        "try: app(['--help'], standalone_mode=False)\n"
        "except SystemExit: pass\n"
        f"print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]), file=sys.stderr)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return list(json.loads(told.stderr.strip().splitlines()[-1]))


def main() -> None:
    """Measure everything and print the table."""
    program = [sys.executable, "-m", "staffcurve"]
    rows: list[tuple[str, str, str, bool]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["PYTHONPATH"] = str(ROOT)
        measure([*program, "--help"], folder)
        bare = median([measure([sys.executable, "-c", "pass"], folder) for _ in range(5)])
        helped = median([measure([*program, "--help"], folder) for _ in range(7)])
        rows.append(
            (
                "staffcurve --help, wall",
                f"{helped.wall_s:.2f} s ({helped.wall_s / bare.wall_s:.0f} x bare Python)",
                "< 0.4 s",
                helped.wall_s < 0.4,
            )
        )
        heavy = loaded_by_help()
        rows.append(("heavy packages after --help", ", ".join(heavy) or "none", "none", not heavy))
        demo = measure([*program, "demo", "--out", "out"], folder)
        rows.append(
            (
                "demo, wall (CPU)",
                f"{demo.wall_s:.1f} s ({demo.cpu_s:.1f} s)",
                "<= 60 s",
                demo.code == 0 and demo.wall_s <= 60,
            )
        )
        rows.append(("demo, peak memory", f"{demo.peak_mib:.0f} MiB", "<= 1024 MiB", demo.peak_mib <= 1024))
        for week, limit in (("bank30", 30), ("denver911", 30)):
            if not REAL.is_dir():
                rows.append((f"{week} week", "the histories are not here", f"<= {limit} s", False))
                continue
            real = measure(
                [*program, "run", str(ROOT / "benchmarks" / "real" / f"{week}.toml"), "--out", "out"], folder
            )
            rows.append(
                (
                    f"{week} week, wall (CPU)",
                    f"{real.wall_s:.1f} s ({real.cpu_s:.1f} s)",
                    f"<= {limit} s",
                    real.code == 0 and real.wall_s <= limit,
                )
            )
    print(f"{'what':<30}{'measured':<34}{'asked':<14}met")
    for what, measured, asked, met in rows:
        print(f"{what:<30}{measured:<34}{asked:<14}{'yes' if met else 'NO'}")
    sys.exit(not all(met for *_, met in rows))


if __name__ == "__main__":
    main()
