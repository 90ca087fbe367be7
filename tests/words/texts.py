"""Every text a person can meet: strings of the product, help, settings, templates, scripts, documents, config comments."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGES = ("configs", "forecast", "optimize", "reports", "staffcurve")
DOCUMENTS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")
READ_ONLY = "staffcurve/run_folder/first_version.py"
"""Words of old manifests, which are compared and never shown."""
SHOWN = ("configs/schema/", "staffcurve/cli/commands/", "staffcurve/cli/app.py")
"""Code whose docstrings are printed: settings in docs/config.md, commands in --help."""
VALUE = "X"
"""Stands for a value that is filled in, so that the words around it read as a sentence."""
JINJA = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", re.DOTALL)
MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<[^<>]*>", re.DOTALL)
SPOKEN = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"')
PYTHON_BLOCK = re.compile(r"^```python\n.*?^```$", re.DOTALL | re.MULTILINE)
SCRIPT_STRINGS = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")


@dataclass(frozen=True)
class Text:
    """One piece of text, and the file and line it comes from."""

    path: str
    line: int
    words: str


def texts() -> Iterator[Text]:
    """Every text, file by file."""
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*")):
            name = file.relative_to(ROOT).as_posix()
            if name.startswith("reports/samples/") or name == READ_ONLY:
                continue
            if file.suffix == ".py":
                yield from of_code(name, file.read_text(encoding="utf-8"))
            elif file.suffix == ".j2":
                yield from of_template(name, file.read_text(encoding="utf-8"))
            elif file.suffix == ".js":
                yield from of_script(name, file.read_text(encoding="utf-8"))
            elif file.suffix == ".toml":
                yield from of_config(name, file.read_text(encoding="utf-8"))
    for file in documents():
        yield from of_document(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))


def documents() -> list[Path]:
    """The pages in the root and in ``docs``, decisions included."""
    return [*(ROOT / name for name in DOCUMENTS), *sorted((ROOT / "docs").rglob("*.md"))]


def of_code(name: str, source: str) -> Iterator[Text]:
    """Strings of a module that hold a space; docstrings only where they are printed."""
    tree = ast.parse(source)
    silent = set() if name.startswith(SHOWN) else _docstrings(tree)
    parts: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts |= {id(part) for part in node.values}
            words = "".join(_part(part) for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent | parts:
            words = node.value
        else:
            continue
        if " " in words.strip():
            yield Text(name, node.lineno, _without_code(words))


def _part(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else VALUE


def _docstrings(tree: ast.AST) -> set[int]:
    """Strings that stand alone as a statement."""
    bodies = (node.body for node in ast.walk(tree) if isinstance(getattr(node, "body", None), list))
    return {id(line.value) for body in bodies for line in body if isinstance(line, ast.Expr)}


def of_template(name: str, source: str) -> Iterator[Text]:
    """Words of a template between its tags, and those of labels."""
    text = JINJA.sub(lambda found: VALUE + "\n" * found[0].count("\n"), source)
    for found in SPOKEN.finditer(text):
        yield Text(name, _line(text, found.start()), found[1])
    plain = MARKUP.sub(lambda found: "\n" * found[0].count("\n") or " ", text)
    yield from _lines(name, plain)


def of_script(name: str, source: str) -> Iterator[Text]:
    """Strings of a script that hold a space."""
    for found in SCRIPT_STRINGS.finditer(re.sub(r"(?m)^\s*//.*$", "", source)):
        words = found[1] or found[2] or found[3] or ""
        if " " in words.strip() and "<" not in words:
            yield Text(name, _line(source, found.start()), re.sub(r"\$\{[^}]*\}", VALUE, words))


def of_config(name: str, source: str) -> Iterator[Text]:
    """Comments of a config."""
    for number, line in enumerate(source.splitlines(), 1):
        if "#" in line:
            yield Text(name, number, line.split("#", 1)[1])


def of_document(name: str, source: str) -> Iterator[Text]:
    """Paragraphs of a page, inline code and Python left out, shown output kept."""
    text = PYTHON_BLOCK.sub(lambda found: "\n" * found[0].count("\n"), source)
    yield from _lines(name, _without_code(text))


def _lines(name: str, text: str) -> Iterator[Text]:
    """Paragraphs as one line each, so that a turn is found across a line break."""
    number = 1
    for paragraph in re.split(r"(\n\s*\n)", text):
        words = " ".join(paragraph.split())
        if words:
            yield Text(name, number, words)
        number += paragraph.count("\n")


def _without_code(text: str) -> str:
    return re.sub(r"(?<!`)`[^`\n]+`(?!`)", VALUE, text)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
