"""What HiGHS shares with everything else in its process: standard output, one pool of threads, one copy of its library.

Another program in the same Python process may have used any of them before. A plan made after it is the same as one
made in a process of its own, or the reason why there is none is stated.
"""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from configs.errors import SolverError

if TYPE_CHECKING:
    from collections.abc import Iterator

STDOUT = 1
"""File descriptor that compiled code writes to, whatever Python's ``sys.stdout`` is."""
NOT_LOADED = (
    "HiGHS cannot be loaded into this Python process: {error}. A package imported earlier brings its own HiGHS "
    "(OR-Tools does); plan in another process, for example with the command staffcurve, or set "
    'roster.solver = "cbc"'
)
REFUSED = (
    "HiGHS did not start: this Python process uses it with a different number of threads, and that search is still "
    "running; wait until it ends, or plan in another process"
)

_lock = threading.Lock()
_searches = 0


@cache
def load() -> None:
    """Load HiGHS and make its first object in silence: since 1.16 the first one of a process prints a banner.

    Raises
    ------
    SolverError
        When another package in this process brings a copy of HiGHS that this one cannot share.
    """
    try:
        import highspy
    except ImportError as error:
        raise SolverError(NOT_LOADED.format(error=error)) from error
    with _silenced():
        highspy.Highs()


def run(highs: Any) -> None:  # noqa: ANN401 - a HiGHS
    """Run HiGHS on a pool with the number of threads the model asks for.

    HiGHS keeps one pool a process and refuses a model that asks for another number. The pool is then given up and made
    again, unless a search of ours is using it; afterwards it is given up, so that other programs get their number too.

    Raises
    ------
    SolverError
        When HiGHS refuses the model because another search holds the pool.
    """
    global _searches  # noqa: PLW0603 - the pool is one a process, and so is this count
    with _lock:
        _searches += 1
    try:
        highs.run()
        if _refused(highs):
            _free_pool(highs, least=1)
            highs.run()
        if _refused(highs):
            raise SolverError(REFUSED)
    finally:
        with _lock:
            _searches -= 1
        _free_pool(highs, least=0)


def _refused(highs: Any) -> bool:  # noqa: ANN401 - a HiGHS
    import highspy

    return bool(highs.getModelStatus() == highspy.HighsModelStatus.kNotset)


def _free_pool(highs: Any, least: int) -> None:  # noqa: ANN401 - a HiGHS
    """Give up the pool of threads when no more than `least` searches of ours are running."""
    with _lock:
        if _searches <= least:
            highs.resetGlobalScheduler(True)  # noqa: FBT003 - waits for the threads to end


@contextmanager
def _silenced() -> Iterator[None]:
    """Send what compiled code writes to standard output to nowhere; a process without one needs nothing."""
    try:
        kept = os.dup(STDOUT)
    except OSError:
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, STDOUT)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, STDOUT)
        os.close(kept)
