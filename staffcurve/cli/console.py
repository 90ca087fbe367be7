"""What the command line prints: data on stdout, everything else on stderr, faults as sentences."""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from configs.errors import Fault, StaffcurveError
from staffcurve.cli.progress import Progress
from staffcurve.cli.screen import copied, folded, marked, show, watched, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from threading import Event

    from reports.document.listing import Listing
    from reports.findings import Finding

SCHEMA_VERSION = 1


@dataclass
class Console:
    """What a command prints while it works. `seconds` holds the wall time of each finished stage.

    With `brief` the stages leave nothing on a terminal, and share one line in a pipe or a file.
    """

    quiet: bool = False
    debug: bool = False
    as_json: bool = False
    brief: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    working: Progress | None = None
    _written: int = 0
    """Characters of the line of finished stages that is not ended yet."""

    def info(self, text: str = "") -> None:
        """Print a line for the person, unless asked to be quiet."""
        if self.working is not None:
            self.working.wipe()
        if not self.quiet:
            self._print(folded(text, sys.stderr))

    def print_findings(self, findings: Iterable[Finding], margin: str = "  ") -> None:
        """Print findings, one per line; good and bad news in colour on a terminal."""
        for finding in () if self.quiet else findings:
            self._print(marked(margin + finding.sentence, finding.mark, sys.stderr))

    def refuse(self, reasons: Iterable[str]) -> None:
        """Say why ``--strict`` ends with exit code 3, even when asked to be quiet."""
        for reason in reasons:
            self._print(folded(f"--strict: {reason}", sys.stderr))

    def show(self, listing: Listing) -> None:
        """Show a table to the person, unless asked to be quiet."""
        if not self.quiet:
            self._end_line()
            show(listing, sys.stderr)

    def next(self, *commands: str) -> None:
        """Say what to run next, as commands that can be copied: a long one continues after a backslash."""
        lines = [copied(command, sys.stderr) for command in commands]
        if not self.quiet:
            self._print("Next: " + "\n      ".join(lines))

    def _print(self, text: str) -> None:
        """Print to stderr, on a line of its own."""
        self._end_line()
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - this is where the program speaks

    def _end_line(self) -> None:
        """End the line of finished stages, if one is begun."""
        if self._written:
            print(file=sys.stderr, flush=True)  # noqa: T201 - this is where the program speaks
        self._written = 0

    def _add(self, text: str) -> None:
        """Add a finished stage to the line of stages; a new line begins where the width is full."""
        if self.quiet or sys.stderr.isatty():
            return
        if self._written and watched(sys.stderr) and self._written + len(text) + 2 > width():
            self._end_line()
        text = f", {text}" if self._written else f"  {text}"
        print(text, end="", file=sys.stderr, flush=True)  # noqa: T201 - this is where the program speaks
        self._written += len(text)

    def print_data(self, text: str) -> None:
        """Print data."""
        print(folded(text, sys.stdout) if not self.as_json else text, flush=True)  # noqa: T201 - this is where the program speaks

    def print_raw(self, line: str) -> None:
        """Print a line of a picture, which is as wide as it should be."""
        print(line, flush=True)  # noqa: T201 - this is where the program speaks

    def say(self, text: str) -> None:
        """Print a line for the person, even when asked to be quiet."""
        self._print(folded(text, sys.stderr))

    def print_findings_data(self, findings: Iterable[Finding]) -> None:
        """Print findings that are data, a line each."""
        for finding in findings:
            print(marked(finding.sentence, finding.mark, sys.stdout), flush=True)  # noqa: T201 - speaks

    def print_listing(self, listing: Listing) -> None:
        """Print a table that is data."""
        show(listing, sys.stdout)

    def print_object(self, command: str, **values: Any) -> None:  # noqa: ANN401 - whatever JSON holds
        """Print the one documented object of a command."""
        error_boundary = {"schema_version": SCHEMA_VERSION, "command": command, **values}
        self.print_data(json.dumps(error_boundary, indent=2, ensure_ascii=False, allow_nan=False))

    @contextmanager
    def stage(self, name: str) -> Iterator[Progress]:
        """Time a stage and show its progress."""
        progress = Progress(name, quiet=self.quiet)
        progress.start()
        self.working = progress
        begun = time.perf_counter()
        try:
            yield progress
        finally:
            self.working = None
            progress.close()
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun
        if self.brief:
            self._add(f"{name} {self.seconds[name]:.1f} s")
        else:
            self.info(f"  {name:<10} {progress.result or 'done'}  ({self.seconds[name]:.1f} s)")

    @contextmanager
    def interruptible(self) -> Iterator[Event]:
        """Let Ctrl-C ask the work inside the block to end with what it has; a second Ctrl-C ends the program."""
        import signal
        import threading

        end = threading.Event()
        if threading.current_thread() is not threading.main_thread():
            yield end
            return

        def asked(_signal: int, _frame: object) -> None:
            if end.is_set():
                raise KeyboardInterrupt
            end.set()
            self.info("\nStopping with the best roster found so far. Press Ctrl-C again to stop without a roster.")

        before = signal.signal(signal.SIGINT, asked)
        try:
            yield end
        finally:
            signal.signal(signal.SIGINT, before)

    @contextmanager
    def error_boundary(self, command: str) -> Iterator[None]:
        """Turn errors into sentences and exit codes."""
        try:
            yield
        except StaffcurveError as error:
            if self.debug:
                raise
            self._print_faults(command, error)
            raise SystemExit(error.exit_code) from error
        except OSError as error:
            if self.debug or isinstance(error, BrokenPipeError):
                raise
            name = error.filename or ""
            self._print_faults(command, StaffcurveError(Fault(str(name), f"{error.strerror or error}")))
            raise SystemExit(1) from error
        except KeyboardInterrupt as error:
            self.info("\nInterrupted; nothing was written.")
            raise SystemExit(130) from error

    def _print_faults(self, command: str, error: StaffcurveError) -> None:
        self._print(folded(error.message(), sys.stderr))
        if self.as_json:
            faults = [{"where": fault.where, "sentence": fault.sentence} for fault in error.faults]
            self.print_object(command, ok=False, faults=faults)
