"""One writer at a time: a claim on the place of a folder or file, which ends with its process."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

from configs.errors import Fault, StaffcurveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
"""What the system answers when another process has the lock; any other answer means that it knows no locks there."""
_held: set[Path] = set()


@contextmanager
def claimed(place: Path) -> Iterator[None]:
    """Keep other processes from writing to a place while the block runs; within the process a claim may be nested.

    The lock is the system's, on a file beside the place. It ends with the process, however that ends: a killed run
    blocks nobody.

    Raises
    ------
    StaffcurveError
        Another process writes there.
    """
    place = place.resolve()
    if place in _held:
        yield
        return
    path = place.with_name(f".{place.name}.lock")
    with _locked(path, place) as file:
        _held.add(place)
        try:
            file.truncate(0)
            file.write(f"process {os.getpid()}, since {datetime.now():%H:%M:%S}")  # noqa: DTZ005 - for a person here
            file.flush()
            yield
        finally:
            _held.discard(place)
            with suppress(OSError):  # some systems keep a file that is open; an old lock file blocks nobody
                path.unlink()


def _locked(path: Path, place: Path) -> TextIO:
    """Open and lock the file; one that its owner took away meanwhile is made again."""
    while True:
        file = path.open("a+", encoding="utf-8")
        try:
            _lock(file)
            if _is_there(file, path):
                return file
        except OSError as error:
            if error.errno not in BUSY:
                return file
            file.seek(0)
            by = file.read().strip()
            file.close()
            words = f"another run is writing here{f' ({by})' if by else ''}; wait for it, or write into another folder"
            raise StaffcurveError(Fault(str(place), words)) from error
        file.close()


def _is_there(file: TextIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":

    def _lock(file: TextIO) -> None:
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:

    def _lock(file: TextIO) -> None:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
