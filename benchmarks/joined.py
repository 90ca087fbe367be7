"""Names, starts and breaks in one problem: ``python -m benchmarks.joined [--people 50|140|1000] [--weeks 4] [--plain]``.

Makes a contact centre (`benchmarks/joined_cases/centre.py`), searches rosters of everybody, and prints cost, bound, gap,
CPU seconds of this process and its peak memory. Rules, breaks and cost are recounted in plain loops, cover by a linear
program for each interval, and the bound from its prices person by person. The exit code is 1 where a rule is broken or
a recount differs.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time

from benchmarks.joined_cases.centre import centre
from benchmarks.joined_cases.recount import break_faults, cost, faults
from optimize.roster.joined.search import Effort, search

CLOSE = 1e-6
"""Relative difference of two recounts that is rounding."""


def main() -> None:
    """Make, search, recount and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=140)
    parser.add_argument("--weeks", type=int, default=4)
    parser.add_argument("--plain", action="store_true", help="one channel, and the rules of the plain instance")
    parser.add_argument("--seconds", type=float, default=600.0, help="CPU seconds; default 600")
    parser.add_argument("--seed", type=int, default=1, help="of the instance and of the search")
    asked = parser.parse_args()
    problem = centre(asked.people, asked.weeks, asked.seed, skills=not asked.plain)
    begun = time.process_time()

    def tell(stage: str, value: float) -> None:
        print(f"  {time.process_time() - begun:6.1f} s  {stage}: {value:,.0f}", file=sys.stderr, flush=True)

    found = search(problem, Effort(seconds=asked.seconds), seed=asked.seed, tell=tell)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows, breaks = found.rosters.shapes.tolist(), found.rosters.breaks.tolist()
    broken = faults(problem, rows) + break_faults(problem, rows, breaks)
    counted = cost(problem, rows, breaks)
    print(
        f"{asked.people} people, {asked.weeks} weeks, {problem.demand.channels} channels: cost {found.cost:,.0f}, "
        f"bound {found.bound:,.0f}, gap {100 * found.gap:.2f} %, first rosters after {found.first_seconds:.1f} CPU s, "
        f"{found.seconds:.0f} CPU s in all, peak {peak:,.0f} MiB"
    )
    if broken or abs(counted - found.cost) > CLOSE * found.cost or found.bound > counted:
        print(f"recounted {counted:,.2f}; broken rules: {broken[:5] or 'none'}")
        sys.exit(1)


if __name__ == "__main__":
    main()
