"""Try mutants in copies of one process in which the tests are collected and everything is imported."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.runner import runtestprotocol

from benchmarks.mutation.changes import Mutant, changed
from benchmarks.mutation.live import transplant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import FrameType

LONGEST = 5
"""A trial that takes so many times the CPU seconds of its tests, and ten more, never ends: the mutant is killed."""
UNKNOWN = 255
"""Exit code of a trial in which the change broke the program before any test could fail."""


@dataclass
class Seen:
    """What each test runs of the files mutated, and its CPU seconds."""

    lines: dict[int, set[tuple[str, int]]] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


class Trial:
    """A plugin that takes the place of pytest's loop over tests."""

    def __init__(self, mutants: Sequence[Mutant], root: Path, jobs: int) -> None:
        self.mutants, self.root, self.jobs = mutants, root, jobs
        self.killed: dict[Mutant, bool] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests once, watched; then each mutant against those that reach it."""
        gc.freeze()
        files = {str(self.root / mutant.file): mutant.file for mutant in self.mutants}
        seen = _in_a_copy(lambda: _watch(session.items, files))
        if seen.failed:
            raise pytest.UsageError(f"tests fail without any change: {', '.join(seen.failed)}")
        for mutant, lives in self._lives(session.items, seen):
            self.killed[mutant] = not lives
            print("." if self.killed[mutant] else f"\n{mutant}\n", end="", file=sys.__stdout__, flush=True)
        return True

    def _lives(self, items: list[pytest.Item], seen: Seen) -> Iterator[tuple[Mutant, bool]]:
        """Try every mutant, `jobs` at a time; what killed one is likely to kill the next, so it is asked first."""
        running: dict[int, tuple[Mutant, list[int]]] = {}
        killers: list[int] = []
        for mutant in self.mutants:
            if len(running) == self.jobs:
                yield _ended(running, killers)
            reaching = _reaching(mutant, seen, killers)
            child = os.fork()
            if not child:
                signal.setitimer(signal.ITIMER_VIRTUAL, 10 + LONGEST * sum(seen.seconds[k] for k in reaching))
                _try(mutant, [items[k] for k in reaching], self.root)
            running[child] = mutant, reaching
        while running:
            yield _ended(running, killers)


def _ended(running: dict[int, tuple[Mutant, list[int]]], killers: list[int]) -> tuple[Mutant, bool]:
    """Wait for one trial; its killer, where it tells one, becomes the first of `killers`."""
    child, status = os.waitpid(-1, 0)
    mutant, asked = running.pop(child)
    place = os.waitstatus_to_exitcode(status) - 1
    if 0 <= place < min(len(asked), UNKNOWN):
        killers[:] = [asked[place], *(k for k in killers if k != asked[place])]
    return mutant, status == 0


def _reaching(mutant: Mutant, seen: Seen, killers: list[int]) -> list[int]:
    """Tests that run a line of the mutant's statement; of a module's own statements, all that use the file.

    The last ones to kill a mutant come first, then the quick ones.
    """
    wanted = {(mutant.file, line) for line in range(mutant.first, mutant.last + 1)}
    found = [k for k, lines in seen.lines.items() if wanted & lines]
    if not found:
        found = [k for k, lines in seen.lines.items() if (mutant.file, -1) in lines]
    place = {k: i for i, k in enumerate(killers)}
    return sorted(found, key=lambda k: (place.get(k, len(killers)), seen.seconds[k], k))


def _try(mutant: Mutant, items: list[pytest.Item], root: Path) -> None:
    """Make one change and run tests until one fails; the process ends with its place, or with 0 where none does."""
    _be_silent()
    killer = UNKNOWN
    try:
        source = (root / mutant.file).read_text(encoding="utf-8")
        module = sys.modules[mutant.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")]
        transplant(module, changed(source, mutant))
        failed = (not _passes(item, after) for item, after in zip(items, [*items[1:], None], strict=True))
        killer = next((place for place, fails in enumerate(failed, start=1) if fails), 0)
    finally:
        os._exit(min(killer, UNKNOWN))


def _passes(item: pytest.Item, after: pytest.Item | None) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=after))


def _watch(items: list[pytest.Item], files: dict[str, str]) -> Seen:
    """Run every test and note the lines it reaches; -1 stands for any line of a file."""
    seen = Seen()
    lines: set[tuple[str, int]] = set()

    def within(frame: FrameType, event: str, _: Any) -> Any:  # noqa: ANN401 - as sys.settrace has it
        if event == "line":
            lines.add((files[frame.f_code.co_filename], frame.f_lineno))
        return within

    def enter(frame: FrameType, event: str, argument: Any) -> Any:  # noqa: ANN401
        name = files.get(frame.f_code.co_filename)
        if name is None:
            return None
        lines.update({(name, -1), (name, frame.f_lineno)})
        return within(frame, event, argument)

    for k, (item, after) in enumerate(zip(items, [*items[1:], None], strict=True)):
        lines.clear()
        began = time.process_time()
        sys.settrace(enter)
        passed = _passes(item, after)
        sys.settrace(None)
        seen.lines[k], seen.seconds[k] = set(lines), time.process_time() - began
        if not passed:
            seen.failed.append(item.nodeid)
    return seen


def _in_a_copy(work: Callable[[], Seen]) -> Seen:
    """Do something in a forked process, so that this one stays as it is, and return its answer."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        _be_silent()
        with os.fdopen(writing, "wb") as stream:
            pickle.dump(work(), stream)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        answer = pickle.load(stream)  # noqa: S301 - from our own copy
    os.waitpid(child, 0)
    return answer


def _be_silent() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
