"""Judge a plan by a simulator of its own: ``python -m benchmarks.centres.judge RUN [--weeks 200] [--seed 1]``.

RUN is a run folder. The simulator shares no code with the product: it reads the tables, draws busy days, customers,
patience and absence, and follows every person of the roster through shifts and breaks and every contact to its end.
People are at chat, messaging or e-mail where the coverage counts them; everybody planned at calls takes the calls of
all channels they know, in the order of ``simulation.priority``. It prints for each channel and day the share in time
and how often the target was met, and the same for the week. It is slow: about a second a week for a hundred people.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from benchmarks.centres.judging.reading import read
from benchmarks.centres.judging.seats import stints_of
from benchmarks.centres.judging.week import Tally, week_of

if TYPE_CHECKING:
    from benchmarks.centres.judging.centre import Centre, Line

WEEK = "week"


@dataclass(frozen=True)
class Verdict:
    """How often a channel meets its target on one day, or over the week: `span` is a date or ``week``.

    `share` is the mean share in time, `probability` the share of simulated weeks with the target met, `error` its
    standard error.
    """

    channel: str
    span: str
    share: float
    probability: float
    error: float


def judge(centre: Centre, weeks: int, seed: int) -> list[Verdict]:
    """Simulate a plan that many times; days without contacts are left out."""
    placed = stints_of(centre, Random(seed))  # noqa: S311 - a simulation
    whole = all(each == round(each) for row in centre.staffed.values() for each in row)
    seen = []
    for number in range(weeks):
        if not whole:
            placed = stints_of(centre, Random(f"{seed} seats {number}"))  # noqa: S311 - a simulation
        seen.append(week_of(centre, placed, seed, number))
    return [verdict for line in centre.lines for verdict in _verdicts(centre, line, [each[line.name] for each in seen])]


def _verdicts(centre: Centre, line: Line, tallies: list[Tally]) -> list[Verdict]:
    spans = {date: [number] for number, date in enumerate(centre.dates)} | {WEEK: list(range(len(centre.dates)))}
    found = []
    for span, days in spans.items():
        good = [sum(tally.good[day] for day in days) for tally in tallies]
        counted = [sum(tally.counted[day] for day in days) for tally in tallies]
        if sum(counted):
            met = [part >= (line.share - 1e-9) * of for part, of in zip(good, counted, strict=True)]
            probability = sum(met) / len(met)
            error = sqrt(probability * (1 - probability) / len(met))
            found.append(Verdict(line.name, span, sum(good) / sum(counted), probability, error))
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--weeks", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print("| channel | span | in time | met in | +/- |\n|---|---|--:|--:|--:|")
    for each in judge(read(asked.run), asked.weeks, asked.seed):
        print(f"| {each.channel} | {each.span} | {each.share:.1%} | {each.probability:.1%} | {each.error:.1%} |")


if __name__ == "__main__":
    main()
