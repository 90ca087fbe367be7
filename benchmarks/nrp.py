"""Public staff rostering instances: ``python -m benchmarks.nrp FILE [--seconds N] [--out solution.csv] [--bound bound.npz]``.

Reads the text format of Curtois and Qu (2014), searches a roster of everybody with the engine of named people, and
prints its cost, a proven bound and the CPU seconds of one thread. Cost and hard rules are recounted in plain loops, the
bound from its prices in double precision. The exit code is 1 where a hard rule is broken or a recount differs.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.nrp_cases.read import read
from benchmarks.nrp_cases.recount import cost, faults
from optimize.roster.people.branching import EXACT, covers, part_bound
from optimize.roster.people.certificate import bound_at
from optimize.roster.people.problem import OFF
from optimize.roster.people.search import search

if TYPE_CHECKING:
    from optimize.roster.people.problem import Problem
    from optimize.roster.people.search import Searched


def main() -> None:
    """Search, recount, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="an instance")
    parser.add_argument("--seconds", type=float, default=600.0, help="CPU seconds; default 600")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="write agent,day,shift here; days count from 0")
    parser.add_argument("--bound", type=Path, help="write the prices that prove the bound here (npz)")
    parser.add_argument("--quiet", action="store_true", help="print the last line only")
    asked = parser.parse_args()
    try:
        problem = read(asked.file)
    except (OSError, ValueError) as error:
        sys.exit(str(error))

    begun = time.process_time()

    def tell(stage: str, value: float) -> None:
        if not asked.quiet:
            print(f"  {time.process_time() - begun:7.1f} s  {stage}: {value:,.0f}", file=sys.stderr, flush=True)

    try:
        found = search(problem, seconds=asked.seconds, seed=asked.seed, tell=tell)
    except ValueError as error:
        sys.exit(f"{asked.file}: {error}")
    rows = found.roster.tolist()
    broken, counted, bound = faults(problem, rows), cost(problem, rows), _bound(problem, found)
    if asked.out is not None:
        _write_roster(asked.out, problem, rows)
    if asked.bound is not None:
        np.savez_compressed(asked.bound, **_prices(found))
    proved = ", proved" if counted <= bound else ""
    print(
        f"{asked.file.stem}: cost {counted:,.0f}, bound {bound:,.0f}{proved}, {found.seconds:.1f} CPU s, seed {asked.seed}"
    )
    for sentence in broken:
        print(f"  broken: {sentence}")
    sys.exit(bool(broken) or counted != found.cost)


def _write_roster(path: Path, problem: Problem, rows: list[list[int]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("agent", "day", "shift"))
        for person, days in zip(problem.persons, rows, strict=True):
            writer.writerows(
                (person.name, day, problem.kinds[kind].name) for day, kind in enumerate(days) if kind != OFF
            )


def _prices(found: Searched) -> dict[str, Any]:
    """Arrays that prove the bound: prices of the whole, and limits and prices of parts; a limit about nobody has -1."""
    proof = found.proof
    arrays: dict[str, Any] = {"prices": proof.prices, "kind_price": proof.kind_price}
    if proof.minute_price is not None:
        arrays["minute_price"] = proof.minute_price
    if found.parts:
        arrays["limits"] = np.array([
            (number, limit.day, -1 if limit.kind is None else limit.kind, -1 if limit.person is None else limit.person,
             limit.count, limit.at_most)
            for number, part in enumerate(found.parts)
            for limit in part.limits
        ])  # fmt: skip
        arrays["part_prices"] = np.array([part.proof.prices for part in found.parts])
        arrays["part_kind_price"] = np.array([part.proof.kind_price for part in found.parts])
    return arrays


def _bound(problem: Problem, found: Searched) -> int:
    """The bound of the whole or of all parts, from prices alone."""
    proof = found.proof
    whole = bound_at(problem, proof.prices, proof.kind_price, proof.minute_price)
    if not covers([part.limits for part in found.parts]):
        return math.ceil(whole - EXACT)
    return math.ceil(max(whole, min(part_bound(problem, part) for part in found.parts)) - EXACT)


if __name__ == "__main__":
    main()
