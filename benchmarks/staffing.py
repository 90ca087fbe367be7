"""The staffing and simulation rooms measured: exactness, speed, peers. Prints a table; every figure is CPU seconds.

``python benchmarks/staffing.py [--peers PYTHON] [--only WORD]``. PYTHON is an interpreter that has pyworkforce,
call-center-tools and ciw; each runs in a process of its own. Without it the lines of the peers are left out.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent.parent / "shared" / "reference" / "queue_cases.csv"
YEAR = 35_040  # quarter hours
PEER_ROWS = 2_000


@dataclass(frozen=True)
class Line:
    """One figure: what, measured, asked, and whether it is met (None: only told)."""

    what: str
    measured: str
    asked: str = ""
    met: bool | None = None


def spent(work: Callable[[], object], times: int = 3) -> float:
    """Least CPU seconds of a few runs, the first of which warms up."""
    work()
    found = []
    for _ in range(times):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


# --- Exactness ----------------------------------------------------------------------------------------------------


def accuracy() -> list[Line]:
    """The sample of exact values, and fifty-digit recurrences far beyond it."""
    from optimize.staffing import required_agents

    worst = _against_sample()
    lines = [
        Line(
            f"sample of exact values, worst error over tolerance ({count} rows of {name})",
            f"{error:.2g}",
            "<= 1",
            error <= 1,
        )
        for name, (error, count) in sorted(worst.items())
    ]
    for what, error, limit in _against_digits():
        lines.append(
            Line(f"50-digit recurrence, {what}, worst relative", f"{error:.1e}", f"<= {limit:g}", error <= limit)
        )
    same = _one_slot()
    lines.append(Line("erlang_k with one slot against Erlang A, worst", f"{same:.1e}", "<= 1e-12", same <= 1e-12))
    agents = float(required_agents(600, 180, share=0.8, within_s=20, patience_s=120))
    lines.append(
        Line("6000 calls a half hour, 180 s, patience 120 s, 80 % in 20 s", f"{agents:.0f}", "541", agents == 541)
    )
    return lines


def _against_sample() -> dict[str, tuple[float, int]]:
    found: dict[str, tuple[float, int]] = {}
    if not SAMPLE.is_file():
        return found
    for row in csv.DictReader(SAMPLE.open(encoding="utf-8")):
        value = _answered(row["function"], json.loads(row["arguments"]), row["measure"])
        if value is None:
            continue
        expected, tolerance = float(row["value"]), row["tolerance"]
        gap = abs(value - expected)
        if tolerance.startswith("rel"):
            ratio = gap / max(
                abs(expected) * float(tolerance.split()[1]), 1e-12 if row["measure"].startswith("sl_") else 0
            )
        else:
            ratio = 0.0 if gap == 0 else float("inf")
        error, count = found.get(row["function"], (0.0, 0))
        found[row["function"]] = (max(error, ratio), count + 1)
    return found


def _answered(function: str, a: dict, measure: str) -> float | None:
    """Our answer to a row of the sample; None for simulations, which the tests compare."""
    from optimize.staffing import Curve, blend, erlang_a, erlang_b, erlang_c, erlang_k, required_agents

    if function == "erlang_b":
        return float(erlang_b(a["servers"], a["load"]))
    if function in {"erlang_c", "erlang_c_asa"}:
        service = erlang_c(a["servers"], a["load"], a.get("aht", 300))
        return float(service.asa_s if function.endswith("asa") else service.probability_wait)
    if function.startswith("required_agents"):
        patience = a.get("mean_patience", np.inf)
        promise = {"share": a["service_level"], "within_s": a["target_wait"], "patience_s": patience}
        return float(required_agents(a["load"], a["aht"], **promise))
    if function == "session_close_rate_per_agent":
        curve = Curve.from_touches(a["open_sessions"], a["touch"], a["think"], a["touches"])
        return a["open_sessions"] / curve.session_s[-1]
    definition = "answered" if "over_served" in measure else "offered"
    if function == "erlang_a":
        load = a["arrival_rate_per_s"] * a["aht"]
        service = erlang_a(a["servers"], load, a["aht"], a["mean_patience"], a["target_wait"], definition=definition)
    elif function == "chat_balanced":
        curve = Curve.from_touches(a["slots"], a["touch"], a["think"], a["touches"])
        load = a["arrival_rate_per_s"] * curve.handle_s
        service = erlang_k(a["agents"], load, curve, a["mean_patience"], a["target_wait"], definition=definition)
    elif function == "blend_threshold_equal_rates":
        reserve = a["reserved_idle"]
        service = blend(a["servers"], a["load"], a["aht"], reserve, a["mean_patience"], a["target_wait"])
    else:
        return None
    name = "abandonment" if "abandon" in measure else "probability_wait" if "wait" in measure else "service_level"
    return float(getattr(service, name))


def _against_digits() -> list[tuple[str, float, float]]:
    """B, C and Erlang A by recurrences and positive series in 50 digits."""
    from decimal import Decimal, getcontext

    from optimize.staffing import erlang_a, erlang_b, erlang_c

    getcontext().prec = 50
    worst = dict.fromkeys(("B", "C", "P(wait) of A", "P(abandon) of A"), 0.0)
    rng = np.random.default_rng(4)
    for n in (1, 2, 7, 40, 300, 2000, 100_000):
        for offset in (-6.0, -1.0, 0.5, 4.0):
            a = max(n + offset * np.sqrt(n) * float(rng.uniform(0.5, 1.0)), 0.05)
            inverse, load = Decimal(1), Decimal(float(a))
            for m in range(1, n + 1):
                inverse = 1 + Decimal(m) / load * inverse
            worst["B"] = max(worst["B"], _relative(float(erlang_b(n, a)), 1 / inverse))
            if a < n:
                c = n / (inverse * (n - load) + load)
                worst["C"] = max(worst["C"], _relative(float(erlang_c(n, a, 300).probability_wait), c))
            patience = float(rng.uniform(60, 600))
            x, y = Decimal(n) * Decimal(patience) / 300, load * Decimal(patience) / 300
            total, moment, term, j = Decimal(1), Decimal(0), Decimal(1), 0
            while term > Decimal("1e-45") * total or j < y - x:
                j += 1
                term = term * y / (x + j)
                total, moment = total + term, moment + j * term
            wait = 1 / (1 + (inverse - 1) / total)
            service = erlang_a(n, a, 300, patience)
            worst["P(wait) of A"] = max(worst["P(wait) of A"], _relative(float(service.probability_wait), wait))
            lost = wait * moment / (y * total)
            worst["P(abandon) of A"] = max(worst["P(abandon) of A"], _relative(float(service.abandonment), lost))
    return [(name, error, 1e-11 if "abandon" in name else 1e-12) for name, error in worst.items()]


def _relative(value: float, exact: Decimal) -> float:
    from decimal import Decimal

    return float(abs(Decimal(value) - exact) / exact)


def _one_slot() -> float:
    from optimize.staffing import Curve, erlang_a, erlang_k

    n, a = np.arange(1.0, 400), np.arange(1.0, 400) * 0.97
    one = erlang_k(n, a, Curve.measured([240.0]), 90.0, 20.0)
    plain = erlang_a(n, a, 240.0, 90.0, 20.0)
    return float(
        max(
            np.abs(one.service_level - plain.service_level).max(), np.abs(one.abandonment / plain.abandonment - 1).max()
        )
    )


# --- Speed --------------------------------------------------------------------------------------------------------


def speed() -> list[Line]:
    """Requirements of 50 queues over a year, of rows that have nothing in common, and a table of cases."""
    from optimize.staffing import required_agents

    rng = np.random.default_rng(1)
    load = np.exp(rng.uniform(np.log(0.2), np.log(300), 50 * YEAR))
    queue = np.repeat(np.arange(50), YEAR)
    aht, patience = rng.integers(120, 600, 50)[queue].astype(float), rng.integers(60, 300, 50)[queue].astype(float)
    promise = {"share": 0.8, "within_s": 20.0}
    lines = []
    one_c = spent(lambda: required_agents(load, 300.0, **promise))
    one_a = spent(lambda: required_agents(load, 300.0, patience_s=120.0, **promise))
    lines.append(
        Line("1,752,000 requirements, Erlang C, one kind of queue", f"{one_c:.2f} s", "<= 0.3 s", one_c <= 0.3)
    )
    lines.append(
        Line("1,752,000 requirements, Erlang A, one kind of queue", f"{one_a:.2f} s", "<= 0.6 s", one_a <= 0.6)
    )
    fifty_c = spent(lambda: required_agents(load, aht, **promise))
    fifty_a = spent(lambda: required_agents(load, aht, patience_s=patience, **promise))
    lines.append(Line("1,752,000 requirements, Erlang C, 50 kinds", f"{fifty_c:.2f} s", "<= 0.3 s", fifty_c <= 0.3))
    lines.append(Line("1,752,000 requirements, Erlang A, 50 kinds", f"{fifty_a:.2f} s", "<= 0.6 s", fifty_a <= 0.6))
    rows = 200_000
    own_aht, own_patience = rng.uniform(120, 900, rows), rng.uniform(60, 600, rows)
    each_c = rows / spent(lambda: required_agents(load[:rows], own_aht, **promise)) / 1e6
    each_a = rows / spent(lambda: required_agents(load[:rows], own_aht, patience_s=own_patience, **promise)) / 1e6
    lines.append(Line("element-wise requirements, Erlang C", f"{each_c:.2f} M/s", ">= 0.5 M/s", each_c >= 0.5))
    lines.append(Line("element-wise requirements, Erlang A", f"{each_a:.2f} M/s", ">= 0.5 M/s", each_a >= 0.5))
    return [*lines, _cases()]


def _cases() -> Line:
    """``staffcurve erlang --cases`` on 500,000 mixed rows, the whole process."""
    import resource

    with tempfile.TemporaryDirectory() as name:
        cases, out = Path(name) / "cases.csv", Path(name) / "out.csv"
        _write_cases(cases, 500_000)
        command = [sys.executable, "-m", "staffcurve", "erlang", "--cases", str(cases), "--out", str(out), "--quiet"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.perf_counter()
        subprocess.run(command, check=True, cwd=HERE.parent)
        wall = time.perf_counter() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Line("erlang --cases, 500,000 mixed rows", f"{cpu:.1f} s CPU, {wall:.1f} s wall", "<= 10 s", cpu <= 10)


def _write_cases(path: Path, rows: int) -> None:
    """Erlang C, A and X, slots, agents given or not, every promise, some rows wrong."""
    rng = np.random.default_rng(5)
    kind = rng.integers(0, 5, rows)

    def where(mask: np.ndarray, values: np.ndarray) -> list[str]:
        return np.where(mask, np.asarray(values).astype(str), "").tolist()

    columns = {
        "volume": where(np.ones(rows, dtype=bool), np.exp(rng.uniform(0, np.log(2000), rows)).round(1)),
        "interval_s": where(np.ones(rows, dtype=bool), rng.choice([900, 1800], rows)),
        "aht_s": where(np.ones(rows, dtype=bool), rng.integers(60, 900, rows)),
        "patience_s": where(kind >= 1, rng.integers(30, 900, rows)),
        "agents": where(kind == 2, rng.integers(0, 300, rows)),
        "target_share": where(
            rng.random(rows) < 0.99, rng.choice(["0.8", "90%", "0.7", "80"], rows, p=[0.6, 0.2, 0.19, 0.01])
        ),
        "target_s": where(np.ones(rows, dtype=bool), rng.choice([10, 20, 30], rows)),
        "max_occupancy": where(rng.random(rows) < 0.3, np.full(rows, 0.85)),
        "redial_share": where(kind == 3, np.full(rows, 0.4)),
        "slots": where(kind == 4, rng.integers(2, 6, rows)),
        "touch_s": where(kind == 4, rng.integers(20, 60, rows)),
        "think_s": where(kind == 4, rng.integers(30, 120, rows)),
        "touches": where(kind == 4, rng.integers(2, 9, rows)),
    }
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


# --- Peers --------------------------------------------------------------------------------------------------------


def peers(python: str | None) -> list[Line]:
    """The same Erlang C questions to the open peers."""
    if python is None:
        return []
    from optimize.staffing import required_agents

    rng = np.random.default_rng(20261121)
    volume = np.exp(rng.uniform(0, np.log(2000), PEER_ROWS)).round(2)
    aht = rng.integers(120, 900, PEER_ROWS).astype(float)
    load = volume * aht / 1800
    mine = spent(lambda: required_agents(load, aht, share=0.8, within_s=20.0))
    answers = required_agents(load, aht, share=0.8, within_s=20.0)
    lines = [Line(f"{PEER_ROWS:,} Erlang C questions, staffcurve", f"{mine * 1e3:.1f} ms")]
    rows = [
        {"volume": float(v), "aht_s": float(h), "interval_s": 1800, "share": 0.8, "within_s": 20}
        for v, h in zip(volume, aht, strict=True)
    ]
    for name in ("pyworkforce", "call-center-tools"):
        told = _asked(python, name, rows)
        theirs = np.array([np.nan if value is None else value for value in told["answers"]])
        other, broken = int((theirs != answers).sum() - np.isnan(theirs).sum()), int(np.isnan(theirs).sum())
        times = told["seconds"] / mine
        words = f"{told['seconds']:.2f} s, {times:.0f} times ours; {other} other answers, {broken} broken off"
        lines.append(Line(f"{PEER_ROWS:,} Erlang C questions, {name}", words, ">= 50 times", times >= 50))
    return lines


def _asked(python: str, name: str, rows: list[dict]) -> dict:
    command = [python, str(HERE / "staffing_peers.py"), name]
    told = subprocess.run(command, input=json.dumps(rows), capture_output=True, text=True, check=True, cwd=HERE)
    return dict(json.loads(told.stdout.splitlines()[-1]))


# --- Simulation and the exact day ---------------------------------------------------------------------------------


def simulation(python: str | None) -> list[Line]:
    """Events a second, beside ciw and the closed form; the exact day beside many simulated ones."""
    from optimize.simulation import Conversation, Draws, Grid, simulate_chat, simulate_phone
    from optimize.staffing import erlang_a

    grid = Grid(3600.0, np.full(400, 252.0), np.full(400, 12))
    seconds = spent(lambda: simulate_phone(grid, 120.0, 60.0))
    runs = [simulate_phone(grid, 120.0, 60.0, draws=Draws(1, "phone", number)) for number in range(10)]
    rate = runs[0].events / seconds
    levels = np.array([(run.served & (run.wait_s <= 20)).mean() for run in runs])
    half = 2.262 * levels.std(ddof=1) / np.sqrt(10)
    exact = float(erlang_a(12, 8.4, 120, 60, 20).service_level)
    lines = [
        Line("simulator, phone, 12 agents", f"{rate / 1e6:.2f} M events/s", ">= 0.3 M/s", rate >= 3e5),
        Line(
            "its service level and 95 % interval; exact Erlang A",
            f"{levels.mean():.4f} +- {half:.4f}; {exact:.4f}",
            "inside",
            abs(levels.mean() - exact) <= 1.5 * half,
        ),
    ]
    chat = Grid(3600.0, np.full(60, 118.8), np.full(60, 10))
    begun = time.process_time()
    seen = simulate_chat(chat, Conversation(3, 30, 60, 8), 120.0)
    lines.append(
        Line(
            "simulator, chat message by message", f"{seen.events / (time.process_time() - begun) / 1e6:.2f} M events/s"
        )
    )
    if python is not None:
        row = {"rate": 0.07, "aht_s": 120, "patience_s": 60, "agents": 12, "within_s": 20, "seconds": 200_000}
        told = _asked(python, "ciw", [row])
        other = told["events"] / told["seconds"]
        words = f"{other / 1e6:.3f} M events/s, level {told['level']:.4f}; ours is {rate / other:.0f} times as fast"
        lines.append(Line("ciw in the same run", words, ">= 10 times", rate >= 10 * other))
    return [*lines, *_exact_days()]


def _exact_days() -> list[Line]:
    from optimize.simulation import Draws, Grid, simulate_phone
    from optimize.staffing import exact_day, required_agents

    quarter = np.arange(48)
    peaks = np.maximum(np.exp(-(((quarter - 14) / 7) ** 2)), np.exp(-(((quarter - 34) / 8) ** 2)))
    load = 100 * (0.35 + 0.65 * peaks)
    lines = []
    for aht, patience in ((300.0, 120.0), (300.0, np.inf), (1200.0, 300.0)):
        volume = load / aht * 900
        agents = required_agents(load, aht, share=0.8, within_s=20, patience_s=patience)
        seconds = spent(lambda: exact_day(volume, agents, 900, aht, patience, 20), 1)  # noqa: B023
        day = exact_day(volume, agents, 900, aht, patience, 20).service_level
        good, came = np.zeros(48), np.zeros(48)
        for number in range(800):
            seen = simulate_phone(
                Grid(900.0, volume, agents.astype(int)), aht, patience, draws=Draws(1, "phone", number)
            )
            at = (seen.arrival_s // 900).astype(int)
            good += np.bincount(at, seen.served & (seen.wait_s <= 20), 48)
            came += np.bincount(at, minlength=48)
        gap = day - good / came
        rms = float(np.sqrt((gap**2).mean()))
        told = f"{seconds:.2f} s, rms {rms:.4f}, most {np.abs(gap).max():.3f}"
        what = f"exact day to 100 Erlang, {aht:.0f} s, patience {patience:g} s, against 800 simulated days"
        lines.append(Line(what, told, "< 2 s, <= 0.03", seconds < 2 and rms <= 0.03))
    return lines


def main() -> None:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", help="interpreter that has pyworkforce, call-center-tools and ciw")
    parser.add_argument("--only", choices=["accuracy", "speed", "peers", "simulation"], help="one part only")
    asked = parser.parse_args()
    parts = {
        "accuracy": accuracy,
        "speed": speed,
        "peers": lambda: peers(asked.peers),
        "simulation": lambda: simulation(asked.peers),
    }
    lines = [line for name, part in parts.items() if asked.only in {None, name} for line in part()]
    print("| what | measured | asked | met |\n|---|---|---|---|")
    for line in lines:
        met = "" if line.met is None else "yes" if line.met else "NO"
        print(f"| {line.what} | {line.measured} | {line.asked} | {met} |")
    sys.exit(any(line.met is False for line in lines))


if __name__ == "__main__":
    main()
