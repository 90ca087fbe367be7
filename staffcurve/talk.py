"""How the command line speaks: data on stdout, everything else on stderr, faults as sentences."""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from configs.errors import Fault, StaffcurveError
from staffcurve.progress import Progress
from staffcurve.screen import copied, folded, marked, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from threading import Event

    from reports.findings import Finding
    from reports.sheet.listing import Listing

SCHEMA_VERSION = 1


@dataclass
class Talk:
    """What a command says while it works. `seconds` holds the wall time of each finished stage."""

    quiet: bool = False
    debug: bool = False
    as_json: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    working: Progress | None = None

    def say(self, text: str = "") -> None:
        """Say a line to the person, unless asked to be quiet."""
        if self.working is not None:
            self.working.wipe()
        if not self.quiet:
            print(folded(text, sys.stderr), file=sys.stderr, flush=True)  # noqa: T201 - this is where the program speaks

    def tell(self, findings: Iterable[Finding], margin: str = "  ") -> None:
        """Say findings, a line each; good and bad news in their colours where somebody watches."""
        for finding in () if self.quiet else findings:
            text = marked(margin + finding.sentence, finding.mark, sys.stderr)
            print(text, file=sys.stderr, flush=True)  # noqa: T201 - this is where the program speaks

    def refuse(self, reasons: Iterable[str]) -> None:
        """Say why ``--strict`` ends with exit code 3, even when asked to be quiet."""
        for reason in reasons:
            print(folded(f"--strict: {reason}", sys.stderr), file=sys.stderr, flush=True)  # noqa: T201 - speaks

    def show(self, listing: Listing) -> None:
        """Show a table to the person, unless asked to be quiet."""
        if not self.quiet:
            show(listing, sys.stderr)

    def next(self, *commands: str) -> None:
        """Say what to do next, as commands that can be copied: a long one goes on after a backslash."""
        lines = [copied(command, sys.stderr) for command in commands]
        if not self.quiet:
            print("Next: " + "\n      ".join(lines), file=sys.stderr, flush=True)  # noqa: T201 - speaks

    def answer(self, text: str) -> None:
        """Print data."""
        print(folded(text, sys.stdout) if not self.as_json else text, flush=True)  # noqa: T201 - this is where the program speaks

    def answer_findings(self, findings: Iterable[Finding]) -> None:
        """Print findings that are data, a line each."""
        for finding in findings:
            print(marked(finding.sentence, finding.mark, sys.stdout), flush=True)  # noqa: T201 - speaks

    def answer_listing(self, listing: Listing) -> None:
        """Print a table that is data."""
        show(listing, sys.stdout)

    def answer_object(self, command: str, **values: Any) -> None:  # noqa: ANN401 - whatever JSON holds
        """Print the one documented object of a command."""
        told = {"schema_version": SCHEMA_VERSION, "command": command, **values}
        self.answer(json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False))

    @contextmanager
    def stage(self, name: str) -> Iterator[Progress]:
        """Time a stage and show its progress."""
        progress = Progress(self, name)
        progress.start()
        self.working = progress
        begun = time.perf_counter()
        try:
            yield progress
        finally:
            self.working = None
            progress.close()
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun
        self.say(f"  {name:<10} {progress.result or 'done'}  ({self.seconds[name]:.1f} s)")

    @contextmanager
    def interruptible(self) -> Iterator[Event]:
        """Let Ctrl-C ask the work inside the block to end with what it has; a second one ends the program."""
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
            self.say("\nstopping with the best roster so far; Ctrl-C again leaves without one")

        before = signal.signal(signal.SIGINT, asked)
        try:
            yield end
        finally:
            signal.signal(signal.SIGINT, before)

    @contextmanager
    def told(self, command: str) -> Iterator[None]:
        """Turn errors into sentences and exit codes."""
        try:
            yield
        except StaffcurveError as error:
            if self.debug:
                raise
            self._tell_faults(command, error)
            raise SystemExit(error.exit_code) from error
        except OSError as error:
            if self.debug or isinstance(error, BrokenPipeError):
                raise
            name = error.filename or ""
            self._tell_faults(command, StaffcurveError(Fault(str(name), f"{error.strerror or error}")))
            raise SystemExit(1) from error
        except KeyboardInterrupt as error:
            self.say("\ninterrupted; nothing was written")
            raise SystemExit(130) from error

    def _tell_faults(self, command: str, error: StaffcurveError) -> None:
        print(folded(error.told(), sys.stderr), file=sys.stderr, flush=True)  # noqa: T201 - this is where the program speaks
        if self.as_json:
            faults = [{"where": fault.where, "sentence": fault.sentence} for fault in error.faults]
            self.answer_object(command, ok=False, faults=faults)
