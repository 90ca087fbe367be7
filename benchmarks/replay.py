"""The replay of the demo, hundreds of weeks at once, next to that of an earlier build in the same run.

python -m benchmarks.replay BEFORE [--weeks 600] [--run FOLDER]

BEFORE is a checkout of the earlier build (``git worktree add BEFORE f4019b7``). Both builds replay the same run folder:
FOLDER, or a demo that the earlier build makes first. Each is a process of its own; printed are CPU seconds, weeks a CPU
second, peak memory, and the service level of each channel.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEFAULT_WEEKS = 300
"""Weeks of a replay unless a config says otherwise; their seconds and memory are measured alone."""

_CHILD = """
import json, resource, sys, time
from pathlib import Path
from optimize.simulation import replay
try:
    from staffcurve.run_folder.read import read_run
except ImportError:  # where the earlier build has it
    from staffcurve.readback import read_run
run = read_run(Path(sys.argv[1]))
begin = time.process_time()
found = replay(run.roster, run.forecast, run.requirement, run.config, run.horizon, replications=int(sys.argv[2]))
spent = time.process_time() - begin
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([spent, peak, {each.channel: each.service_level for each in found.channels}]))
"""


@dataclass(frozen=True)
class Measured:
    """One replay: CPU seconds, peak memory of the process in MiB, and the service level of each channel."""

    weeks: int
    cpu_s: float
    peak_mib: float
    levels: dict[str, float]

    @property
    def pace(self) -> float:
        """Weeks a CPU second."""
        return self.weeks / self.cpu_s


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path, help="checkout of the earlier build")
    parser.add_argument("--weeks", type=int, default=600, help="weeks that both replay")
    parser.add_argument("--run", type=Path, help="run folder to replay; default: a demo made by the earlier build")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        run = (asked.run or _demo(asked.before.resolve(), Path(made))).resolve()
        before = measured(asked.before.resolve(), run, asked.weeks)
        ours = measured(ROOT, run, asked.weeks)
        usual = measured(ROOT, run, DEFAULT_WEEKS)
    print(table(before, ours))
    print(f"\n{usual.weeks} weeks: {usual.cpu_s:.2f} CPU s, {usual.peak_mib:.0f} MiB")


def measured(build: Path, run: Path, weeks: int) -> Measured:
    """Replay a run folder with a build, in a process of its own."""
    told = _python(build, "-c", _CHILD, str(run), str(weeks))
    return Measured(weeks, *json.loads(told.splitlines()[-1]))


def table(before: Measured, ours: Measured) -> str:
    """Both replays as a table in Markdown."""
    rows = [
        ("CPU s", f"{before.cpu_s:.1f}", f"{ours.cpu_s:.1f}", f"{before.cpu_s / ours.cpu_s:.1f} times"),
        ("weeks a CPU s", f"{before.pace:.2f}", f"{ours.pace:.2f}", f"{ours.pace / before.pace:.1f} times"),
        ("peak MiB", f"{before.peak_mib:.0f}", f"{ours.peak_mib:.0f}", ""),
        *(
            (f"{name}, % in time", f"{100 * level:.2f}", f"{100 * ours.levels[name]:.2f}",
             f"{100 * (ours.levels[name] - level):+.2f} points")
            for name, level in before.levels.items()
        ),
    ]  # fmt: skip
    lines = [f"| {before.weeks} weeks | before | now | |", "| --- | --- | --- | --- |"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _demo(build: Path, home: Path) -> Path:
    """A run of the demo, not replayed."""
    quick = ("--set", "simulation.replications=0", "--set", 'reports.formats=["csv"]', "--quiet")
    _python(build, "-m", "staffcurve", "demo", "--out", str(home), *quick)
    return next(home.iterdir())


def _python(build: Path, *arguments: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(build), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=build, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


if __name__ == "__main__":
    main()
