"""Wrong files by the thousand: no reader may raise anything but its own sentences, nor lose a contact without a word.

Run as ``python -m benchmarks.fuzz --files 100000 --configs 20000 --seed 1``, or ``make fuzz``. A file is made by small
changes to a good one (bytes, encoding, separators, cells, rows, columns, keys), read in this process, and judged: an
error of staffcurve is an answer, any other exception is a finding, and so is a history that is read without a word to
another total than the plain sum of its column. With ``--seconds`` it ends in time; with ``--guided`` atheris, where it
is installed, steers the bytes by the code they reach. Findings are kept, the smallest file of each kind, and the exit
code is 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.fuzzing.subjects import SUBJECTS, Subject
from configs.errors import StaffcurveError

ROOT = Path(__file__).resolve().parent.parent
SLOW_S = 5.0
"""A small file that takes more CPU time is a finding: its values ask for work that its size does not show."""


@dataclass
class Found:
    """What a subject answered: how many files were taken and refused, and the smallest file of each kind of finding."""

    answers: Counter[str] = field(default_factory=Counter)
    findings: dict[str, bytes] = field(default_factory=dict)
    seconds: float = 0.0

    def add(self, kind: str, blob: bytes) -> None:
        """Keep a finding if it is the first or smallest of its kind."""
        self.answers["findings"] += 1
        if kind not in self.findings or len(blob) < len(self.findings[kind]):
            self.findings[kind] = blob


def judge(subject: Subject, blob: bytes, file: Path, found: Found) -> None:
    """Read one file and enter the answer."""
    file.write_bytes(blob)
    begun = time.process_time()
    try:
        found.answers["taken" if subject.read(file) else "refused"] += 1
    except StaffcurveError as error:
        found.answers["refused"] += 1
        if not error.message().strip():
            found.add("an error without a sentence", blob)
    except Exception as error:  # noqa: BLE001 - every other exception is what is looked for
        steps = [Path(step.filename) for step in traceback.extract_tb(error.__traceback__)]
        ours = [step for step in steps if step.is_relative_to(ROOT) and "site-packages" not in step.parts][-1]
        found.add(f"{type(error).__name__} in {ours.relative_to(ROOT)}", blob)
    if time.process_time() - begun > SLOW_S:
        found.add("slow", blob)


def search(name: str, count: int, seed: int, until: float) -> Found:
    """Make and judge `count` files of a subject; the same seed makes the same files."""
    subject: Subject = SUBJECTS[name]()
    found, begun = Found(), time.process_time()
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"file{subject.suffix}"
        for number in range(count):
            if time.monotonic() > until:
                break
            judge(subject, subject.wrong(random.Random(f"{name} {seed} {number}")), file, found)  # noqa: S311 - no secret
    found.seconds = time.process_time() - begun
    return found


def keep(name: str, found: Found, folder: Path) -> None:
    """Write the smallest file of each kind of finding, with its kind beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (kind, blob) in enumerate(sorted(found.findings.items())):
        print(f"  {name}-{number}: {kind}")
        (folder / f"{name}-{number}{SUBJECTS[name].suffix}").write_bytes(blob)


def main() -> int:
    """Search every subject, print a line for each, keep what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, usual in (("files", 2000), ("configs", 500), ("documents", 500), ("grids", 500), ("workbooks", 100)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="end after so many seconds")
    parser.add_argument("--keep", type=Path, default=Path("out") / "fuzz", help="folder for findings")
    parser.add_argument("--guided", choices=sorted(SUBJECTS), help="one subject, steered by atheris")
    asked = parser.parse_args()
    if asked.guided:
        from benchmarks.fuzzing.guided import guide

        return guide(SUBJECTS[asked.guided](), asked.keep / asked.guided, asked.seconds, asked.seed)
    until, bad = time.monotonic() + asked.seconds, 0
    for name in SUBJECTS:
        found = search(name, getattr(asked, name), asked.seed, until)
        taken, refused, findings = (found.answers[key] for key in ("taken", "refused", "findings"))
        print(
            f"{name:<10} {taken + refused:>8,} read: {taken:,} taken, {refused:,} refused in sentences, "
            f"{findings} findings; {found.seconds:.0f} CPU s",
            flush=True,
        )
        keep(name, found, asked.keep)
        bad += findings
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
