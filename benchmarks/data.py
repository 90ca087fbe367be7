"""Figures of data in and out: reading at size beside pandas, an event log, wrong files by the thousand, kills.

``python -m benchmarks.data [reading] [large] [queue_log] [fuzz] [kills]``; without a name, the first three. Reading
prints CPU seconds, ratios and peak memory: each measurement is a process of its own, the peer is run before and after
ours in the same process, and the ratio is to the mean of the two. "table" is a file as a checked table, "history" the
same with every check of a history. Files are made with a seed; the large one takes about a gigabyte on disk.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MILLION = 1_000_000
CHANNELS = 10
FORMS = ("offset", "utc", "local")
"""Times with the offset of London, in UTC with a Z, and local without an offset."""
HEADER = "channel,start,volume,handled,aht_s,abandoned\n"
PER_BLOCK = 100_000
LARGE = (5, 20)
"""Millions of rows of the large files."""


def make(path: Path, rows: int, form: str) -> float:
    """Write a history of quarter hours of `CHANNELS` channels; return its contacts."""
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(rows)
    each = rows // CHANNELS
    start = pd.date_range("1990-01-01" if rows > MILLION else "2020-01-06", periods=each, freq="15min", tz="UTC")
    total = 0
    with path.open("w") as file:
        file.write(HEADER)
        for at in range(0, each, PER_BLOCK):
            texts = stamps(start[at : at + PER_BLOCK], form)
            for channel in range(CHANNELS):
                volume = random.poisson(20, len(texts)).tolist()
                aht = random.integers(200, 400, len(texts)).tolist()
                cells = zip(texts, volume, aht, strict=True)
                file.writelines(f"queue-{channel},{t},{v},{max(v - 1, 0)},{a},{min(v, 1)}\n" for t, v, a in cells)
                total += sum(volume)
    return float(total)


def stamps(start, form: str) -> list[str]:  # noqa: ANN001 - pandas is imported late
    """Texts of the starts in one of `FORMS`."""
    if form == "utc":
        return list(start.strftime("%Y-%m-%dT%H:%M:%SZ"))
    local = start.tz_convert("Europe/London")
    if form == "local":
        return list(local.strftime("%Y-%m-%d %H:%M"))
    return [moment.isoformat() for moment in local]


CHILD = """
import json, resource, sys, time
from pathlib import Path
path, what, runs = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
import pandas as pd
from configs.loader import build
from configs.files import read_table
from configs.tables import HISTORY
import configs.reading.quick_table, forecast.data.history

def peer():
    frame = pd.read_csv(path, parse_dates=["start"])
    if frame.start.dtype == "str":  # offsets that change are left as text
        frame["start"] = pd.to_datetime(frame.start, utc=True)
    return float(frame.volume.sum())

def table():
    return float(read_table(path, HISTORY, zone="Europe/London", duplicates="keep").frame.volume.sum())

def history():
    from forecast.data.history import read_history
    channels = {f"queue-{n}": {"kind": "synchronous"} for n in range(CHANNELS)}
    contract = {"agents": 1, "days_per_week": 5, "shifts": [{"length": "8h", "start": "08:00"}], "cost_per_hour": 10}
    raw = {"plan": {"name": "b", "timezone": "Europe/London", "interval": "15min"}, "history": {"path": str(path)},
           "channels": channels, "contracts": {"c": contract}}
    return float(read_history(build(raw, "b", path.parent)).table.volume.sum())

def cpu(call):
    begun = time.process_time()
    contacts = call()
    return time.process_time() - begun, contacts

ours = {"table": table, "history": history}[what]
out = []
for _ in range(runs):
    before = cpu(peer)[0] if runs > 1 else 0.0
    mine, contacts = cpu(ours)
    out.append([before, mine, cpu(peer)[0] if runs > 1 else 0.0, contacts])
print(json.dumps({"runs": out, "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


@dataclass(frozen=True)
class Measured:
    """CPU seconds of ours and of the peer, medians over the runs; contacts read; peak memory of the process."""

    ours_s: float
    peer_s: float
    ratio: float
    contacts: float
    peak_mib: float


def measured(path: Path, what: str, runs: int) -> Measured:
    """Run one measurement in a process of its own; with one run there is no peer, so that memory is ours alone."""
    code = CHILD.replace("CHANNELS", str(CHANNELS))
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), what, str(runs)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    told = json.loads(done.stdout.splitlines()[-1])
    ratios = sorted(mine / ((before + after) / 2) if before else 0.0 for before, mine, after, _ in told["runs"])
    ours = sorted(mine for _, mine, _, _ in told["runs"])
    peers = sorted((before + after) / 2 for before, _, after, _ in told["runs"])
    middle = len(ours) // 2
    return Measured(ours[middle], peers[middle], ratios[middle], told["runs"][0][3], told["peak_mib"])


def reading(runs: int) -> None:
    """A million rows in each form of times."""
    with tempfile.TemporaryDirectory() as name:
        for form in FORMS:
            path = Path(name) / f"{form}.csv"
            contacts = make(path, MILLION, form)
            for what in ("table", "history"):
                _report(f"{MILLION:,} rows, {form}, {what}", measured(path, what, runs), contacts)
            alone = measured(path, "history", 1)
            print(f"{MILLION:,} rows, {form}, history alone: {alone.ours_s:.2f} s, peak {alone.peak_mib:.0f} MiB")


def large(_: int) -> None:
    """Five and twenty million rows: time and memory a million."""
    with tempfile.TemporaryDirectory() as name:
        for millions in LARGE:
            path, rows = Path(name) / "large.csv", millions * MILLION
            contacts = make(path, rows, "offset")
            for what in ("table", "history"):
                alone = measured(path, what, 1)
                per, peak = alone.ours_s / millions, alone.peak_mib
                print(f"{rows:,} rows, {what}: {alone.ours_s:.1f} s, {per:.2f} s a million, peak {peak:.0f} MiB")
                _check(alone.contacts, contacts)


OTHERS = {
    "queue_log": ("queue_log",),
    "fuzz": ("fuzz", "--files", "100000", "--configs", "20000", "--documents", "0", "--grids", "0", "--workbooks", "0"),
    "kills": ("kills", "--times", "50"),
}
"""Benchmarks of their own, with the counts of the figures."""
FIGURES = ("reading", "large", *OTHERS)


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=f"of {', '.join(FIGURES)}")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    unknown = sorted(set(asked.figures) - set(FIGURES))
    if unknown:
        parser.error(f"{unknown[0]} is not one of {', '.join(FIGURES)}")
    for name in asked.figures or FIGURES[:3]:
        if name in OTHERS:
            module, *arguments = OTHERS[name]
            subprocess.run([sys.executable, "-m", f"benchmarks.{module}", *arguments], check=True, cwd=ROOT)
        else:
            {"reading": reading, "large": large}[name](asked.runs)


def _report(name: str, found: Measured, contacts: float) -> None:
    print(f"{name}: {found.ours_s:.2f} s, pandas.read_csv with dates {found.peer_s:.2f} s, ratio {found.ratio:.2f}")
    _check(found.contacts, contacts)


def _check(read: float, made: float) -> None:
    if read != made:
        raise SystemExit(f"{read:,.0f} contacts were read, {made:,.0f} were written")


if __name__ == "__main__":
    main()
