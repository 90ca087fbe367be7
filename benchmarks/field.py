"""Real situations and what this build answers: every row has a right value and the value printed.

    python benchmarks/field.py [AREA ...]

Each module of ``field_cases`` is an area: it makes its own data, runs the program and yields rows. The exit code is 1
when a row does not hold.
"""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
AREAS = sorted(file.stem for file in (HERE / "field_cases").glob("*.py") if file.stem not in {"__init__", "case"})


def main(asked: list[str]) -> int:
    """Print the table of the areas asked for, all of them by default."""
    # The benchmarks' own folder holds a file called forecast, which would hide the package.
    sys.path[0] = str(HERE.parent)
    missed = 0
    for area in asked or AREAS:
        print(f"\n## {area}\n\n| case | right | printed | |\n|---|---|---|---|")
        with tempfile.TemporaryDirectory() as folder:
            for row in import_module(f"benchmarks.field_cases.{area}").rows(Path(folder)):
                print(f"| {row.case} | {row.right} | {row.printed} | {'yes' if row.holds else 'NO'} |", flush=True)
                missed += not row.holds
    print(f"\n{missed} rows missed" if missed else "\nevery row holds")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
