"""Every ``staffcurve ...`` line of the documents, found in fenced blocks, and how it is run in a test."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

FENCE = re.compile(r"^```[a-z]*\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)
PLACEHOLDERS = {"CONFIG", "RUN", "FILE", "DIR", "NAME", "RUN...", "NAME...", "..."}
CHEAP = (
    "forecast.fast=true",
    "simulation.replications=2",
    "roster.gap=0.5",
    "roster.time_limit=24h",  # a busy machine plans the same week
    'reports.formats=["html", "csv"]',
)
LIGHT = tuple(word for change in CHEAP for word in ("--set", change))
TAKES_SET = {"run", "demo", "check", "forecast", "backtest", "staff", "roster", "scenario"}
SHIPPED = {"demo", "my-centre/staffcurve.toml"}
"""Configs of a hundred people and more: planning them takes seconds."""
SMALL = "site.toml"


@dataclass(frozen=True)
class Command:
    """One line of a document."""

    page: str
    line: str

    @property
    def words(self) -> tuple[str, ...]:
        """What is typed after ``staffcurve``."""
        return tuple(shlex.split(self.line, comments=True)[1:])

    @property
    def is_shape(self) -> bool:
        """Whether it shows how a command is typed, with words to be replaced."""
        return bool(PLACEHOLDERS & set(self.words))

    @property
    def is_slow(self) -> bool:
        """Whether it plans a site of a hundred people and more."""
        return self.words[0] == "demo" or (self.words[0] in TAKES_SET and bool(SHIPPED & set(self.words)))

    @property
    def small(self) -> tuple[str, ...]:
        """The same for a small site, with settings that make it quick."""
        words = tuple(SMALL if word in SHIPPED else word for word in self.words)
        return _light(("run", SMALL, *words[1:]) if self.words[0] == "demo" else words)

    @property
    def light(self) -> tuple[str, ...]:
        """The same with settings that make it quick."""
        return _light(self.words)


def _light(words: tuple[str, ...]) -> tuple[str, ...]:
    return (*words, *LIGHT) if words[0] in TAKES_SET else words


def pages() -> list[Path]:
    """The README and every page of ``docs``."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands_of(page: Path) -> list[Command]:
    """Commands of a page, in order; a line that ends in a backslash goes on in the next."""
    found = []
    for block in FENCE.findall(page.read_text(encoding="utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            text = line.strip().removeprefix("$ ")
            if text.startswith("staffcurve ") and " " in text:
                found.append(Command(page.name, text))
    return [one for one in found if not re.match(r"staffcurve: ", one.line)]
