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
