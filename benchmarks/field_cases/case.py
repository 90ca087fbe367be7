"""One row of the table that ``benchmarks/field.py`` prints, and how a case runs the program."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Row:
    """A case, its right answer in words, what was printed, and whether the two agree."""

    case: str
    right: str
    printed: str
    holds: bool


@dataclass(frozen=True)
class Answer:
    """What one command of the program said."""

    code: int
    out: str
    err: str


def staffcurve(folder: Path, *words: str, env: dict[str, str] | None = None, root: Path = ROOT) -> Answer:
    """Run the command line of the build at `root` from `folder`, as a planner would."""
    setting = {**os.environ, "PYTHONPATH": str(root), "COLUMNS": "200", **(env or {})}
    done = subprocess.run(
        [sys.executable, "-m", "staffcurve", *words],
        cwd=folder, env=setting, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return Answer(done.returncode, done.stdout, done.stderr)
