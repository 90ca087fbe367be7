"""Every error a user can meet, in one tree.

::

    StaffcurveError              exit code 1, with the reason
    ├── ConfigError              the config file is wrong
    ├── DataError                a data file is wrong
    ├── UsageError               the command lacks an option or has two that exclude each other (exit code 2)
    ├── InfeasibleError          the rules leave no answer
    ├── SolverError              the solver ended without an answer
    ├── InterruptedSearchError   the search was ended before it had an answer (exit code 130)
    └── VerificationError        a roster differs from its recount; nothing is published
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from configs.redaction import redacted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_FAULTS_SHOWN = 20


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: where it stands, and a sentence that says what would be right."""

    where: str
    sentence: str

    def __str__(self) -> str:
        """Where and what, as one line."""
        return f"{self.where}: {self.sentence}" if self.where else self.sentence


class StaffcurveError(Exception):
    """Root of every error that is reported in sentences, without a traceback; passwords are taken out of them."""

    exit_code = 1

    def __init__(self, faults: Fault | str | Iterable[Fault]) -> None:
        if isinstance(faults, str):
            faults = Fault("", faults)
        found = (faults,) if isinstance(faults, Fault) else tuple(faults)
        self.faults = tuple(Fault(redacted(fault.where), redacted(fault.sentence)) for fault in found)
        super().__init__(self.message())

    def message(self) -> str:
        """All faults, a line each, capped so that a broken file does not flood the screen."""
        lines = [str(fault) for fault in self.faults[:MOST_FAULTS_SHOWN]]
        more = len(self.faults) - MOST_FAULTS_SHOWN
        if more > 0:
            lines.append(f"... and {more} more")
        return "\n".join(lines)


class ConfigError(StaffcurveError):
    """The config file is wrong."""


class DataError(StaffcurveError):
    """A data file is wrong."""


class UsageError(StaffcurveError):
    """The command lacks an option, or has two that exclude each other."""

    exit_code = 2


class InfeasibleError(StaffcurveError):
    """The rules leave no answer."""


class SolverError(StaffcurveError):
    """The solver ended without an answer."""


class InterruptedSearchError(StaffcurveError):
    """The search was ended before it had an answer."""

    exit_code = 130


class VerificationError(StaffcurveError):
    """A roster differs from its independent recount."""


def nearest(name: str, names: Sequence[str]) -> str:
    """Return ``; did you mean "x"?`` for the closest of `names`, or an empty text when none is close."""
    close = get_close_matches(name.casefold(), [n.casefold() for n in names], n=1, cutoff=0.6)
    if not close:
        return ""
    return f'; did you mean "{next(n for n in names if n.casefold() == close[0])}"?'
