"""Files steered by the code they reach: atheris (libFuzzer for Python) changes the bytes, the same judge decides."""

from __future__ import annotations

import random
import sys
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

from configs.errors import StaffcurveError

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.fuzzing.subjects import Subject

MISSING = 'atheris is not installed here; "pip install atheris" adds it (Linux and macOS), or leave out --guided'
SEEDS = 200


def guide(subject: Subject, folder: Path, seconds: float, seed: int) -> int:
    """Search until the time is over or an exception ends it; atheris leaves the process with its own exit code.

    The corpus and the file of a finding are kept in `folder`.
    """
    if find_spec("atheris") is None:
        print(MISSING, file=sys.stderr)
        return 2
    import atheris

    corpus, file = folder / "corpus", folder / f"file{subject.suffix}"
    corpus.mkdir(parents=True, exist_ok=True)
    for number in range(SEEDS):
        (corpus / f"seed-{number}").write_bytes(subject.wrong(random.Random(f"{seed} {number}")))  # noqa: S311 - no secret

    def read(blob: bytes) -> None:
        file.write_bytes(blob)
        with suppress(StaffcurveError):
            subject.read(file)

    limit = [] if seconds == float("inf") else [f"-max_total_time={seconds:.0f}"]
    words = [sys.argv[0], f"-seed={seed}", f"-artifact_prefix={folder}/", "-rss_limit_mb=4000", *limit, str(corpus)]
    with atheris.instrument_imports(include=["configs", "forecast", "reports", "staffcurve"]):
        read(subject.wrong(random.Random(seed)))  # noqa: S311 - imports what reads such a file
    atheris.Setup(words, read)
    atheris.Fuzz()
    return 0
