"""Targets over a day or a week against plans by interval: ``python -m benchmarks.targets BEFORE_CHECKOUT [CASE ...]``.

BEFORE_CHECKOUT is a checkout of the build to compare with (``git worktree add FOLDER f4019b7``); both builds plan the
same centres in the same run. Every plan, whoever made it, is replayed by this build on fresh weeks: other seeds than
any plan has seen. The exit code is 1 where a figure is missed, and the figure is named. ``--markdown`` prints the table
of ``docs/targets.md``. All ten made centres take hours; ``centre-01`` to ``centre-10`` are the same one by one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.target_cases.bench import Bench
from benchmarks.target_cases.cases import CASES
from benchmarks.target_cases.figures import Row, table


def main() -> None:
    """Measure the cases asked for, all by default, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path, help="checkout of the earlier build")
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"of {', '.join(CASES)}; default: all")
    parser.add_argument("--weeks", type=int, default=1000, help="fresh weeks for each plan")
    parser.add_argument("--only-before", action="store_true", help="measure the earlier build only; nothing is asked")
    parser.add_argument("--folder", type=Path, help="keep the run folders here")
    parser.add_argument("--markdown", action="store_true", help="print Markdown tables")
    asked = parser.parse_args()
    unknown = sorted(set(asked.cases) - set(CASES))
    if unknown:
        parser.error(f'"{unknown[0]}" is not a case; cases are {", ".join(CASES)}')
    with tempfile.TemporaryDirectory() as made:
        folder = (asked.folder or Path(made)).resolve()
        bench = Bench(asked.before.resolve(), folder, weeks=asked.weeks, only_before=asked.only_before)
        for name in asked.cases or (each for each in CASES if not each.startswith("centre-")):
            print(f"measuring {name}", file=sys.stderr, flush=True)
            try:
                CASES[name](bench)
            except RuntimeError as failed:
                print(f"{name}: {failed}", file=sys.stderr, flush=True)
                bench.ask(name, "a run failed, so that the figure is", float("nan"), 0.0)
    print(table(Row.HEADS, [row.cells for row in bench.rows], markdown=asked.markdown))
    print()
    for figure in bench.figures:
        print(f"{'met   ' if figure.met else 'MISSED'} {figure.sentence}")
    sys.exit(any(not figure.met for figure in bench.figures))


if __name__ == "__main__":
    main()
