"""A search that is asked to end: it keeps the best whole week it has.

Who drives the search sets an event; while it is listened to, the solver looks at it between its steps. Work that must
come to its end, such as tying the last shifts into tours, is done without listening.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from configs.errors import InterruptedSearchError

if TYPE_CHECKING:
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
        raise InterruptedSearchError("interrupted before there was a roster; nothing was written")


def run(highs: Any) -> None:  # noqa: ANN401 - a HiGHS
    """Run HiGHS; where somebody listens, on a thread of its own, so that Ctrl-C is heard while it works."""
    event = _EVENT.get()
    if event is None or not hasattr(highs, "cancelSolve"):  # HiGHS before 1.8 works to its own end
        highs.run()
        return
    highs.HandleUserInterrupt = True
    worker = threading.Thread(target=highs.run, daemon=True)
    worker.start()
    try:
        while worker.is_alive():
            worker.join(LOOK_SECONDS)
            if event.is_set():
                highs.cancelSolve()
    except BaseException:
        highs.cancelSolve()
        raise
