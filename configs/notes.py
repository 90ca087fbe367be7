"""Things a planner should know that are no faults: facts, which engines hand on, and notes, which carry their words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

LANGUAGE = "reports.english"
"""The module that writes facts as sentences; it is named here and not imported, so that no engine depends on it."""


class Noticed(Protocol):
    """What every stage hands on: the config key, file or table, the kind of thing, and the sentence."""

    @property
    def where(self) -> str:
        """Config key, file, table or channel in question."""
        ...

    @property
    def code(self) -> str:
        """Kind of thing, such as ``rows-replaced``."""
        ...

    @property
    def sentence(self) -> str:
        """What was noticed, and what was done about it."""
        ...


class Fact:
    """A frozen dataclass of numbers, names and dates with a `where`; the language has the words for it."""

    @property
    def code(self) -> str:
        """Name of the class: ``RowsReplaced`` is ``rows-replaced``."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()

    @property
    def sentence(self) -> str:
        """The fact in words."""
        return sentence_of(self)

    def __str__(self: Noticed) -> str:
        """Where and what, as one line."""
        return f"{self.where}: {self.sentence}" if self.where else self.sentence


@dataclass(frozen=True, order=True)
class Note:
    """A sentence as it is: from the readers of `configs`, or from the manifest of an earlier run."""

    where: str
    sentence: str
    code: str = "note"

    def __str__(self) -> str:
        """Where and what, as one line."""
        return f"{self.where}: {self.sentence}" if self.where else self.sentence


def sentence_of(fact: object) -> str:
    """Write a fact in the language of the product."""
    return str(import_module(LANGUAGE).sentence(fact))


def plain_note(noticed: Noticed) -> dict[str, str]:
    """Return what was noticed as JSON holds it."""
    return {"where": noticed.where, "sentence": noticed.sentence, "code": noticed.code}


def brief(value: float) -> str:
    """Write a number of a note: whole from ten on, two figures below, so that a trace is not shown as nothing.

    >>> brief(1234.5), brief(1.25), brief(0.0192)
    ('1,234', '1.2', '0.019')
    """
    return f"{value:,.0f}" if value >= 9.95 else f"{value:.2g}"
