"""Things a planner should know that are no faults: said once per kind, kept in the manifest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Note:
    """Where something was noticed, and what was done about it."""

    where: str
    sentence: str

    def __str__(self) -> str:
        """Where and what, as one line."""
        return f"{self.where}: {self.sentence}" if self.where else self.sentence


def brief(value: float) -> str:
    """Write a number of a note: whole from ten on, two figures below, so that a trace is not shown as nothing.

    >>> brief(1234.5), brief(1.25), brief(0.0192)
    ('1,234', '1.2', '0.019')
    """
    return f"{value:,.0f}" if value >= 9.95 else f"{value:.2g}"
