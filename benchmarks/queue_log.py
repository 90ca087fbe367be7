"""Asterisk's queue_log measured: a million lines from file to contacts, and the same totals from a plain reader.

``python benchmarks/queue_log.py [--lines N] [--seed N]``. Prints CPU seconds, peak memory and lines; exit
code 1 when a figure or a total is missed.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import numpy as np

sys.path[0] = str(Path(__file__).resolve().parent.parent)  # benchmarks/forecast.py is not the package of that name

CPU_S_A_MILLION = 8.0
PLAIN_LINES = 100_000
QUEUES = ("sales", "orders", "support", "billing", "help")
BEGIN = 1_760_000_000


def made_lines(count: int, seed: int) -> list[str]:
    """Lines of a busy log in order of time: calls that are answered, given up, time out, transfer and ring on."""
    random = np.random.default_rng(seed)
    calls = count // 3
    arrive = BEGIN + np.sort(random.integers(0, calls * 4, calls))
    draw = {
        "wait": random.exponential(40, calls).astype(int),
        "patience": random.exponential(180, calls).astype(int) + 1,
        "talk": random.gamma(1.5, 160, calls).astype(int),
        "queue": random.integers(0, len(QUEUES), calls),
        "fate": random.random(calls),
        "caller": random.integers(2_000_000, 2_400_000, calls),
        "agent": random.integers(100, 160, calls),
        "tries": random.geometric(0.75, calls) - 1,
    }
    found: list[tuple[int, str]] = [(BEGIN, f"{BEGIN}|NONE|NONE|NONE|QUEUESTART|")]
    for number, row in enumerate(zip(arrive.tolist(), *(values.tolist() for values in draw.values()), strict=True)):
        found += _call(number, *row)
    found.sort(key=lambda line: line[0])
    return [line for _, line in found[:count]]


def _call(
    number: int,
    at: int,
    wait: int,
    patience: int,
    talk: int,
    queue: int,
    fate: float,
    caller: int,
    agent: int,
    tries: int,
) -> list[tuple[int, str]]:
    """Lines of one call."""
    head = f"{at}.{number}|{QUEUES[queue]}"
    lines = [(at, f"{at}|{head}|NONE|ENTERQUEUE||0{caller}|1")]
    if patience < wait:
        gone = at + patience
        ends = ("ABANDON|1|1", "EXITWITHTIMEOUT|1|1", "EXITWITHKEY|0|1|1")
        end = ends[0 if fate < 0.9 else 1 if fate < 0.97 else 2]
        return [*lines, (gone, f"{gone}|{head}|NONE|{end}|{patience}")]
    taken, over = at + wait, at + wait + talk
    lines += [(at, f"{at}|{head}|SIP/{agent + n}|RINGNOANSWER|15000") for n in range(tries)]
    lines.append((taken, f"{taken}|{head}|SIP/{agent}|CONNECT|{wait}|{taken}.{number}|3"))
    ends = (
        f"COMPLETECALLER|{wait}|{talk}|1",
        f"COMPLETEAGENT|{wait}|{talk}|1",
        f"BLINDTRANSFER|700|from-internal|{wait}|{talk}|1",
        f"ATTENDEDTRANSFER|LINK|SIP/1-0a|SIP/2-0b|{wait}|{talk}|1",
    )
    end = ends[0 if fate < 0.5 else 1 if fate < 0.95 else 2 if fate < 0.99 else 3]
    return [*lines, (over, f"{over}|{head}|SIP/{agent}|{end}")]


def _write(path: Path, lines: int, seed: int) -> None:
    path.write_text("\n".join(made_lines(lines, seed)) + "\n", encoding="utf-8")


def main() -> int:
    """Make a log, read it, print the figures."""
    from forecast.data.contacts.queue_log import read_queue_log

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "queue_log"
        maker = get_context("spawn").Process(target=_write, args=(path, asked.lines, asked.seed))
        maker.start()
        maker.join()  # a process of its own, so that the peak is that of reading
        with path.open(encoding="utf-8") as log:
            sample = "".join(islice(log, PLAIN_LINES))
        before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        read = read_queue_log([path])
        cpu_s = time.process_time() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        (Path(folder) / "sample").write_text(sample, encoding="utf-8")
        same = _totals(read_queue_log([Path(folder) / "sample"]).contacts) == _plain_totals(sample)
    limit = CPU_S_A_MILLION * asked.lines / 1e6
    print(f"lines {read.fact.lines:,}, contacts {read.fact.entered:,}")
    print(f"from file to contacts: {cpu_s:.2f} CPU s (at most {limit:.2f})")
    print(f"peak memory {peak / 1024:,.0f} MiB, of which {before / 1024:,.0f} MiB before reading")
    print(f"totals of a plain reader over {PLAIN_LINES:,} lines: {'equal' if same else 'DIFFERENT'}")
    return 0 if same and cpu_s <= limit else 1


def _totals(contacts: object) -> tuple[float, ...]:
    """Contacts, answered, abandoned, seconds waited and talked."""
    sums = (contacts["answered"].notna(), contacts["abandoned"], contacts["wait_s"], contacts["aht_s"])  # type: ignore[index]
    return (len(contacts), *(float(column.sum()) for column in sums))  # type: ignore[arg-type]


def _plain_totals(text: str) -> tuple[float, ...]:
    """The same by the plain reader of the tests."""
    from tests.forecast.data.contacts.plain_log import visits_of

    visits = visits_of(text)
    answered, gave_up = (sum(one.outcome == kind for one in visits) for kind in ("answered", "abandoned"))
    return (
        len(visits),
        float(answered),
        float(gave_up),
        float(sum(one.wait or 0.0 for one in visits)),
        float(sum(one.talk or 0.0 for one in visits)),
    )


if __name__ == "__main__":
    sys.exit(main())
