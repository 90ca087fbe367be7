"""A run killed at random moments: its folder is the one before it or the new one, whole, every time.

Run as ``python -m benchmarks.kills --times 50 --seed 1``. A small centre is planned twice, with two rates of absence: the
first run is the folder that is there, the second is started again and again and killed with SIGKILL. One half of the
kills is spread over the whole run, the other over its writing, from the moment the new folder begins to be made. What
is left is compared with both runs byte by byte; only the seconds of the stages, in two files, differ between equal runs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
TOO_LONG_S = 300.0
CONFIG = """
[plan]
name = "kills"
timezone = "Europe/London"
interval = "60min"
week = 2026-11-30
[history]
path = "history.csv"
[channels.phone]
kind = "synchronous"
open = { mon-fri = "08:00-18:00" }
aht = "4min"
[contracts.day]
agents = 6
days_per_week = 5
shifts = [ { length = "8h", start = "08:00-10:00", step = "60min" } ]
cost_per_hour = 12
[roster]
time_limit = "20s"
gap = 0.05
advice = 0
[forecast]
fast = true
[simulation]
replications = 0
"""
Contents = dict[str, bytes]


@dataclass(frozen=True)
class Site:
    """The centre on disk, and the folder its run is written to."""

    home: Path

    @property
    def folder(self) -> Path:
        """The run folder."""
        return self.home / "out" / "kills-2026-11-30"

    def start(self, absence: float) -> subprocess.Popen[bytes]:
        """Start a run; what it says is thrown away."""
        words = [
            "run",
            str(self.home / "kills.toml"),
            "--out",
            str(self.home / "out"),
            "--set",
            f"staffing.absence={absence}",
        ]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen([sys.executable, "-m", "staffcurve", *words], cwd=ROOT, **quiet)  # type: ignore[call-overload]

    def contents(self) -> Contents:
        """Every file of the run folder, without the seconds that the stages took."""
        files = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)): _without_seconds(path) for path in files}

    def partial(self) -> bool:
        """Whether the new folder is being made."""
        return (self.folder.parent / f".{self.folder.name}.partial").exists()


def _without_seconds(path: Path) -> bytes:
    if path.name == "manifest.json":
        return json.dumps(json.loads(path.read_bytes()) | {"seconds": {}}).encode()
    return re.sub(rb"(?m)^\w+: [\d.]+ s$", b"", path.read_bytes()) if path.name == "run.log" else path.read_bytes()


def write_site(home: Path) -> Site:
    """Write a config and ten weeks of history."""
    (home / "kills.toml").write_text(CONFIG, encoding="utf-8")
    lines = ["start,volume"]
    for day in range(70):
        lines += [
            f"{date(2026, 9, 14) + timedelta(days=day)}T{hour:02}:00,{20 + (day * 7 + hour * 3) % 13}"
            for hour in range(8, 18)
            if day % 7 < 5
        ]
    (home / "history.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Site(home)


def timed(site: Site, absence: float) -> tuple[float, float]:
    """Seconds of a whole run, and of its writing."""
    begun, process, writing = time.monotonic(), site.start(absence), 0.0
    while process.poll() is None:
        time.sleep(0.002)
        writing = writing or (time.monotonic() if site.partial() else 0.0)
    if process.returncode:
        raise SystemExit(f"the run ended with exit code {process.returncode}")
    return time.monotonic() - begun, time.monotonic() - (writing or time.monotonic())


def killed(site: Site, after_s: float, *, while_writing: bool) -> bool:
    """Start the second run and kill it after so many seconds, of the run or of its writing; False: it had ended."""
    process = site.start(0.3)
    begun = time.monotonic()
    while while_writing and process.poll() is None and not site.partial() and time.monotonic() - begun < TOO_LONG_S:
        time.sleep(0.001)
    time.sleep(after_s)
    alive = process.poll() is None
    process.kill()
    process.wait()
    return alive


def kill(times: int, seed: int, home: Path) -> str:
    """Kill a run so many times; return what was found.

    Raises
    ------
    SystemExit
        A folder is neither of the two, or the next run does not go through.
    """
    site, rng = write_site(home), random.Random(seed)  # noqa: S311 - no secret
    timed(site, 0.1)
    old = site.contents()
    saved = home / "old"
    shutil.copytree(site.folder, saved)
    whole_s, writing_s = timed(site, 0.3)
    new, kept = site.contents(), [0, 0]
    if old == new:
        raise SystemExit("the two runs do not differ")
    alive = 0
    for number in range(times):
        shutil.rmtree(site.folder)
        shutil.copytree(saved, site.folder)
        while_writing = number % 2 == 1
        alive += killed(
            site, rng.uniform(0, 1.1 * (writing_s if while_writing else whole_s)), while_writing=while_writing
        )
        found = site.contents()
        if found not in (old, new):
            raise SystemExit(f"kill {number}: the folder is neither the old one nor the new one")
        kept[found == new] += 1
    timed(site, 0.3)
    left = [path.name for path in site.folder.parent.iterdir() if path != site.folder]
    if site.contents() != new or left:
        raise SystemExit(f"the run after the kills left {left}")
    return (
        f"{times} kills: {times} whole folders ({kept[0]} old, {kept[1]} new); {alive} of them while the run was alive"
    )


def main() -> None:
    """Kill as often as asked and print one line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if os.name != "posix":
        raise SystemExit("SIGKILL is there on POSIX systems only")
    with TemporaryDirectory() as home:
        print(kill(asked.times, asked.seed, Path(home)))


if __name__ == "__main__":
    main()
