"""A search that is asked to end: it keeps the best whole week it has.

Who drives the search sets an event; while it is listened to, the solver looks at it between its steps. Work that must
come to its end, such as tying the last shifts into tours, is done without listening.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from configs.errors import InterruptedSearchError
from optimize.roster.program import process

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator

_EVENT: ContextVar[threading.Event | None] = ContextVar("stop", default=None)
_CUTS: ContextVar[list[float] | None] = ContextVar("cuts", default=None)
LOOK_SECONDS = 0.05


@contextmanager
def listening(event: threading.Event | None) -> Iterator[None]:
    """Let every search inside the block end when `event` is set; None lets it work to its end."""
    before = _EVENT.set(event)
    try:
        yield
    finally:
        _EVENT.reset(before)


@contextmanager
def watching() -> Iterator[list[float]]:
    """Collect the limits, in seconds, of searches inside the block that ended because their time was over."""
    cuts: list[float] = []
    before = _CUTS.set(cuts)
    try:
        yield cuts
    finally:
        _CUTS.reset(before)


def ended(seconds: float, limit: float) -> None:
    """Note that a search took `seconds` of its `limit`; counted where it used it up."""
    cuts = _CUTS.get()
    if cuts is not None and seconds >= limit:
        cuts.append(limit)


def asked() -> bool:
    """Whether the search has been asked to end."""
    event = _EVENT.get()
    return event is not None and event.is_set()


def go_on() -> None:
    """Raise InterruptedSearchError when the search has been asked to end; called while there is no whole week yet."""
    if asked():
        raise InterruptedSearchError("interrupted before a roster was found; nothing was written")


def run(highs: Any) -> None:  # noqa: ANN401 - a HiGHS
    """Run HiGHS; where somebody listens, on a thread of its own, so that Ctrl-C is heard while it works."""
    event = _EVENT.get()
    if event is None:
        process.run(highs)
        return
    highs.HandleUserInterrupt = True
    with ThreadPoolExecutor(max_workers=1) as worker:
        search = worker.submit(process.run, highs)
        try:
            while not wait([search], LOOK_SECONDS).done:
                if event.is_set():
                    highs.cancelSolve()
        except BaseException:
            highs.cancelSolve()
            raise
        search.result()
