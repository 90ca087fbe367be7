"""The line that is rewritten while a stage works: seconds, gap, what is being done; only on a terminal."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass, field

from staffcurve.cli.screen import width

PATIENCE_SECONDS = 2.0
"""Progress is shown for stages that take longer than this."""
STEP_SECONDS = 1.0


def line(name: str, seconds: float, word: str, gap: float | None, columns: int) -> str:
    """Write the line, what matters most first, cut to the terminal: one that wraps cannot be rewritten."""
    parts = [f"{seconds:.0f} s", *([f"gap {gap:.2%}"] if gap is not None else []), *([word] if word else [])]
    return f"  {name:<10} {', '.join(parts)}"[: columns - 1]


@dataclass
class Progress:
    """A stage at work; `result` is its outcome, printed when it is done. A `quiet` one shows nothing."""

    name: str
    quiet: bool = False
    result: str = ""
    _begun: float = field(default_factory=time.perf_counter)
    _shown: int = 0
    _word: str = ""
    _gap: float | None = None
    _over: threading.Event = field(default_factory=threading.Event)
    _drawing: threading.Lock = field(default_factory=threading.Lock)
    _clock: threading.Thread | None = None

    def start(self) -> None:
        """Show the seconds as they pass, on a terminal."""
        if not self.quiet and sys.stderr.isatty():
            self._clock = threading.Thread(target=self._tick, daemon=True)
            self._clock.start()

    def tell(self, word: str, gap: float | None = None) -> None:
        """Show what is being done, and the gap to the proven bound while searching."""
        self._word, self._gap = word, gap
        if self._clock is not None:
            self._draw()

    def close(self) -> None:
        """End the line."""
        self._over.set()
        if self._clock is not None:
            self._clock.join()
        self.wipe()

    def wipe(self) -> None:
        """Clear the line, so that something else can be printed; the next news draws it again."""
        with self._drawing:
            if self._shown:
                print("\r" + " " * self._shown + "\r", end="", file=sys.stderr, flush=True)  # noqa: T201 - progress
                self._shown = 0

    def _tick(self) -> None:
        wait = PATIENCE_SECONDS
        while not self._over.wait(wait):
            self._draw()
            wait = STEP_SECONDS

    def _draw(self) -> None:
        seconds = time.perf_counter() - self._begun
        if seconds < PATIENCE_SECONDS:
            return
        with self._drawing:
            text = line(self.name, seconds, self._word, self._gap, width())
            print("\r" + text.ljust(self._shown), end="", file=sys.stderr, flush=True)  # noqa: T201 - progress
            self._shown = len(text)
