"""Nights and weekends shared by name: ``python -m benchmarks.joined_fairness [--people 50] [--weight 1] [--plain]``.

Makes the centre of ``benchmarks.joined``, searches it with nights and weekend shifts shared at a weight (0: not shared), and
prints cost, bound and how far people are from their fair shares, by standard deviation and at most. Shares are in
proportion to working days a week times days on which somebody may have a night or weekend shift. The exit code is 1
where a rule is broken.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

import numpy as np

from benchmarks.joined_cases.centre import KINDS, centre
from benchmarks.joined_cases.recount import faults
from optimize.roster.joined.fairness import Taken
from optimize.roster.joined.problem import SATURDAY, Fairness, Problem
from optimize.roster.joined.search import Effort, search


def shared(problem: Problem, weight: float) -> Fairness:
    """Nights and weekend shifts in fair shares."""
    weekend = np.array([problem.weekday(day) >= SATURDAY for day in range(problem.days)])
    burdens, chances = [], []
    for person in problem.people:
        contract = problem.contracts[person.contract]
        of = np.zeros((problem.days, len(contract.lengths) + 1, 2), dtype=np.int64)
        of[:, :-1, 0] = contract.nights
        of[weekend, :-1, 1] = 1
        may = np.isfinite(person.extra) & contract.offered
        burdens.append(of)
        chances.append(KINDS[person.contract][1] * (may[:, :, None] & (of[:, :-1] > 0)).any(axis=1).sum(axis=0))
    part = np.array(chances, dtype=float) / np.sum(chances, axis=0)
    return Fairness(np.full(2, weight), part, np.zeros_like(part), tuple(burdens))


def main() -> None:
    """Make, search and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--weeks", type=int, default=4)
    parser.add_argument("--plain", action="store_true", help="one channel, and the rules of the plain instance")
    parser.add_argument("--weight", type=float, default=1.0, help="of both; 0 does not share")
    parser.add_argument("--seconds", type=float, default=60.0, help="CPU seconds; default 60")
    parser.add_argument("--seed", type=int, default=1, help="of the instance and of the search")
    asked = parser.parse_args()
    problem = centre(asked.people, asked.weeks, asked.seed, skills=not asked.plain)
    fairness = shared(problem, asked.weight)
    found = search(
        replace(problem, fairness=fairness if asked.weight else None), Effort(seconds=asked.seconds), seed=asked.seed
    )
    away = Taken(fairness, found.rosters.shapes).away(fairness)
    (nights, weekends), (most_nights, most_weekends) = away.std(axis=0), np.abs(away).max(axis=0)
    print(
        f"weight {asked.weight:g}: cost {found.cost:,.0f}, bound {found.bound:,.0f}, {found.seconds:.0f} CPU s; distance from "
        f"fair shares: nights {nights:.2f} (at most {most_nights:.1f}), weekends {weekends:.2f} ({most_weekends:.1f})"
    )
    broken = faults(problem, found.rosters.shapes.tolist())
    if broken:
        print(f"broken rules: {broken[:5]}")
        sys.exit(1)


if __name__ == "__main__":
    main()
