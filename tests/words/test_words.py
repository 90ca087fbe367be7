"""No text a person can meet uses a turn of the list; spelling is British."""

from __future__ import annotations

import re
import tomllib
from functools import cache

import pytest

from tests.conftest import ROOT
from tests.words.texts import Text, of_code, of_config, of_document, of_script, of_template, texts

LIST = tomllib.loads((ROOT / "tests/words/turns.toml").read_text(encoding="utf-8"))
TURNS = {re.compile(turn, re.IGNORECASE): plain for part in LIST.values() for turn, plain in part.items()}
LEAST_TURNS = 40


def found_in(text: Text) -> list[str]:
    """The turns of a text, each with its place and the plain wording."""
    return [
        f'{text.path}:{text.line}: "{hit[0]}" in "{text.words[max(0, hit.start() - 40) : hit.end() + 40]}"; write {plain}'
        for turn, plain in TURNS.items()
        for hit in turn.finditer(text.words)
    ]


@cache
def every_text() -> tuple[Text, ...]:
    """Every text of the product."""
    return tuple(texts())


def test_no_text_uses_a_turn_of_the_list() -> None:
    """Errors, help, settings, output, templates, scripts, documents and comments of the shipped configs."""
    found = [line for text in every_text() for line in found_in(text)]
    assert not found, "\n" + "\n".join(found)


def test_the_list_is_long_and_every_turn_has_a_plain_wording() -> None:
    """More than forty turns, British spelling apart."""
    assert len(LIST["turns"]) > LEAST_TURNS
    assert all(plain.strip() for plain in TURNS.values())


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("configs/", 300),
        ("forecast/", 120),
        ("optimize/", 200),
        ("reports/", 600),
        ("reports/english/", 180),
        ("staffcurve/", 300),
        ("docs/", 100),
    ],
)
def test_the_texts_of_every_area_are_read(kind: str, least: int) -> None:
    """A walk that misses a folder would find nothing wrong in it."""
    assert sum(text.path.startswith(kind) for text in every_text()) > least


@pytest.mark.parametrize(
    ("read", "source"),
    [
        (of_code, 'raise DataError(Fault(name, f"is no run folder: {name}"))'),
        (of_code, 'x = "Seed of everything drawn " "by lot."'),
        (of_code, 'x = f"{count} hours of work are handed on"'),
        (of_template, "<p>The promise of {{ channel }}</p>"),
        (of_template, '<button aria-label="Who wished what"></button>'),
        (of_script, 'label.textContent = "nobody is paid this";'),
        (of_document, "The people who were\ntold already."),
        (of_document, "```\n  phone keeps its promise\n```"),
        (of_config, "gap = 0.1  # the color of the page"),
    ],
)
def test_a_turn_is_found_wherever_it_is(read, source: str) -> None:
    """The checker fails on each kind of text: strings, f-strings, templates, labels, scripts, pages, comments."""
    assert any(found_in(text) for text in read("some/file", source))


@pytest.mark.parametrize(
    ("read", "source"),
    [
        (of_code, '"""The docstring was told."""'),
        (of_code, 'def f():\n    """The promise."""\n'),
        (of_code, 'x = words["promise"]'),
        (of_document, "```python\nfrom staffcurve import optimize\n```"),
        (of_document, "The column `promise` and the package `optimize`."),
        (of_template, '<div class="promise">{{ promise }}</div>'),
    ],
)
def test_identifiers_and_private_docstrings_are_left_alone(read, source: str) -> None:
    """Names in code keep their spelling; so do docstrings that nobody prints."""
    assert not [line for text in read("optimize/some.py", source) for line in found_in(text)]


def test_docstrings_that_are_printed_are_checked() -> None:
    """The help of a command and the meaning of a setting."""
    source = 'def run():\n    """Hold the week against what came."""\n'
    assert any(found_in(text) for text in of_code("staffcurve/cli/commands/run.py", source))
    assert any(found_in(text) for text in of_code("configs/schema/plan.py", source))


@pytest.mark.parametrize(
    "plain",
    [
        "is not a run folder: it has no manifest.json",
        "there is no contract in the config",
        "Phone meets its service target: 86.6% of contacts answered within 20 s, target 80%.",
        "The centre minimises cost and has modelled travelling time.",
        "Gap 0.99%: no roster under these rules costs less than £63,913; this one costs £64,551.",
    ],
)
def test_plain_sentences_pass(plain: str) -> None:
    """The list does not hit ordinary English."""
    assert not found_in(Text("x", 1, plain))
