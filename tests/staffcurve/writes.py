"""Writes to a folder, counted: the process is killed at the n-th, or the system refuses it as a full disk does.

A write is opening a file to write, making, renaming or removing; Python announces each before it happens (`sys.addaudithook`).
"""

from __future__ import annotations

import atexit
import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import ROOT

MAKING = ("open", "os.mkdir", "os.rename")
REMOVING = ("os.remove", "os.rmdir")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass
class Disk:
    """Counts the writes below `place` and acts at the one of that `number`; 0 is none."""

    place: str
    number: int = 0
    kills: bool = False
    on: bool = True
    count: int = 0
    refused: bool = False

    def __call__(self, event: str, given: tuple[object, ...]) -> None:
        if not self.on or not self._is_write(event, given):
            return
        self.count += 1
        if self.count == self.number:
            if self.kills:
                os.kill(os.getpid(), signal.SIGKILL)
            self.refused = True
            raise OSError(errno.ENOSPC, "No space left on device")

    def _is_write(self, event: str, given: tuple[object, ...]) -> bool:
        if event in REMOVING:  # a full disk lets files be removed; their names are often relative
            return self.kills
        if event not in MAKING or (event == "open" and not int(given[2]) & WRITING):
            return False
        return str(given[0]).startswith(self.place)


@contextmanager
def full_at(number: int, place: Path) -> Iterator[Disk]:
    """Refuse the write of that number below a folder, and no other."""
    disk = Disk(str(place), number)
    sys.addaudithook(disk)
    try:
        yield disk
    finally:
        disk.on = False


# --- What is killed, each function with the folder it writes into ---------------------------------------------------


def site(folder: Path, text: str = "old") -> Path:
    """A run folder of three files."""
    from staffcurve.run_folder.whole import whole_folder

    with whole_folder(folder) as made:
        (made / "inputs").mkdir()
        (made / "inputs" / "agents.csv").write_text(text)
        (made / "roster.csv").write_text(text)
        (made / "manifest.json").write_text(text)
    return folder


def write_new_folder(out: Path) -> None:
    """The folder ``site`` of `out`."""
    site(out / "site", "new")


def amend(out: Path) -> None:
    """Every file of that folder, as ``report`` and ``simulate`` write some of them again."""
    from staffcurve.run_folder.whole import amended_folder

    with amended_folder(out / "site") as copy:
        for name in ("roster.csv", "manifest.json", "inputs/agents.csv"):
            (copy / name).write_text("new")


def write_file(out: Path) -> None:
    """One file of `out`."""
    from staffcurve.run_folder.whole import whole_file

    with whole_file(out / "site.csv") as path:
        path.write_text("new")


def begin(out: Path) -> None:
    """A starter of three files, the config last."""
    from staffcurve.run_folder.whole import new_files

    with new_files(out / "mine") as made:
        for name in ("a.csv", "b.csv", "c.toml"):
            (made / name).write_text("ours")


def publish(out: Path, version: str = "2-new", formats: tuple[str, ...] = ("csv", "ics")) -> Path:
    """The small week as tables and calendars; page and workbook, which take the most time, are one file more each."""
    from configs.loader import build
    from reports.run import Provenance
    from staffcurve import stages
    from staffcurve.cli.console import Console
    from tests.reports.runs import small_run

    run = small_run()
    config = build(run.config.raw | {"reports": {"formats": list(formats)}})
    return stages.publish(
        replace(run, config=config, version=version, provenance=Provenance((), (), "3")), out, Console(quiet=True)
    )


# --- A process that forks: each copy is killed without a start of its own --------------------------------------------


def killed_at(number: int, name: str, out: Path) -> bool:
    """Call the function `name` in a process of its own that is killed at a write; False where there was none."""
    return _asked(f"{number} {name} {out}")[0] != "done"


def count_of(name: str, out: Path) -> int:
    """Number of writes of the function `name`."""
    return int(_asked(f"0 {name} {out}")[1])


def _asked(line: str) -> list[str]:
    process = _forker()
    process.stdin.write(line + "\n")
    process.stdin.flush()
    return process.stdout.readline().split()


@cache
def _forker() -> subprocess.Popen[str]:
    words = [sys.executable, "-W", "ignore", "-m", "tests.staffcurve.writes"]
    one_thread = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        words, cwd=ROOT, env=one_thread, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def end() -> None:
        process.stdin.close()
        process.wait()
        process.stdout.close()

    atexit.register(end)
    return process


def _serve() -> None:
    """Answer each line: number of the write to be killed at, name of the function, folder."""
    with TemporaryDirectory() as out:  # everything is imported before the first copy is made
        publish(Path(out))
    for line in sys.stdin:
        number, name, out = line.rstrip("\n").split(" ", 2)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            disk = Disk(out, int(number), kills=True)
            sys.addaudithook(disk)
            globals()[name](Path(out))
            os.write(writing, f"done {disk.count}".encode())
            os._exit(0)
        os.close(writing)
        os.waitpid(child, 0)
        with os.fdopen(reading) as told:
            sys.stdout.write((told.read() or "killed") + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    _serve()
