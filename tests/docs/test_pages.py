"""What the pages promise is there: every column explained, every link leading somewhere, every word of the design."""

from __future__ import annotations

import re

import pytest

from configs.tables import TABLES
from staffcurve.reference.cli_page import options_of
from tests.conftest import ROOT
from tests.docs.commands import pages

WHY = (ROOT / "docs" / "why.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
WORDS = [
    "absence",
    "agent",
    "agents",
    "aht_s",
    "backlog",
    "break",
    "channel",
    "concurrent",
    "contract",
    "coverage",
    "deadline",
    "deferrable",
    "excess",
    "gap",
    "interval",
    "leave",
    "load_erl",
    "occupancy",
    "patience",
    "quantile",
    "requirement",
    "roster",
    "service level",
    "shift",
    "shortage",
    "shrinkage",
    "slots",
    "synchronous",
    "think",
    "touch",
    "tour",
    "volume",
]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_explained(table) -> None:
    """A reader who meets a column in a file finds it on the page."""
    missing = [name for name in table.names if f"`{name}`" not in WHY]
    assert missing == []


@pytest.mark.parametrize("word", WORDS)
def test_the_glossary_has_the_words(word: str) -> None:
    """Config, code, tables and reports use them."""
    heads = {
        part.strip()
        for line in GLOSSARY.splitlines()
        if line.startswith("| ")
        for part in line.split("|")[1].split(",")
    }
    assert word in heads


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_links_lead_somewhere(page) -> None:
    """Relative links and pictures are files of the repository."""
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_commands_in_sentences_are_there(page) -> None:
    """``staffcurve word`` between backticks names a command, its options included."""
    for line in re.findall(r"`staffcurve ([a-z][^`]*)`", page.read_text(encoding="utf-8")):
        words = line.split()
        known = options_of(words[0])
        assert {word.split("=")[0] for word in words if word.startswith("--")} <= known, line
