"""Engines hand on facts: no module of forecast/ or optimize/ composes a sentence, except for an exception or a log."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for package in ("forecast", "optimize") for path in (ROOT / package).rglob("*.py"))
SPEAKS = {"Fault", "_Doubt", "_whole", "tell", "require", "fault", "blame"}
"""Calls whose words are an error's or the name of a stage: faults of a config, file or case, progress of a search."""
CODES = {"no better found", "person by person"}
"""Codes that have three words: a value of a Literal, and the name of a search."""
ALLOWED = {
    # Names of members and of days, which the model is given and explanations and JSON repeat like names of holidays.
    "forecast/models/members.py",
    "forecast/calendar/month_days.py",
    "forecast/calendar/near_days.py",
    # Columns of other systems' files, and where their lists were looked up.
    "forecast/data/sources",
    # What the verifier raises: each check yields the words of its VerificationError.
    "optimize/roster/verify",
}
Scope = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef


def prose(text: str) -> bool:
    """Three words or more; a pattern, a column's type, a config line or a code is none."""
    return (
        text not in CODES
        and " " in text.strip()
        and len(re.findall(r"[A-Za-z]{2,}", text)) >= 3
        and not re.search(r"[\\\[]|\(\?:|\{ ", text)
    )


def sentences_in(source: str) -> list[tuple[int, str]]:
    """Line and text of every literal that is prose and no docstring, and is used by no exception."""
    tree = ast.parse(source)
    quiet = {id(node) for root in _excused(tree) for node in ast.walk(root)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in quiet
        and prose(node.value)
    ]


def _excused(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, raised errors and faults, and whatever they name: assigned texts, functions and constants."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    scopes: list[Scope] = [tree, *functions]
    home = {id(node): scope for scope in scopes for node in ast.walk(scope)}  # the innermost comes last
    found: list[ast.AST] = [node for node in ast.walk(tree) if _is_docstring(node) or _speaks(node)]
    seen: set[int] = set()
    while found:
        root = found.pop()
        if id(root) in seen:
            continue
        seen.add(id(root))
        yield root
        called = {_called(node) for node in ast.walk(root)}
        found += [each for each in functions if each.name in called and _returns_words(each)]
        named = {node.id for node in ast.walk(root) if isinstance(node, ast.Name)}
        found += [value for scope in (tree, home[id(root)]) for value in _assigned(scope, named)]


def _called(node: ast.AST) -> str:
    """Name of the function a node calls; empty for other nodes."""
    return getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _speaks(node: ast.AST) -> bool:
    return isinstance(node, ast.Raise) or _called(node) in SPEAKS or _called(node).endswith("Error")


def _returns_words(function: ast.FunctionDef) -> bool:
    """Whether what a function returns may be part of a message."""
    return function.returns is not None and "str" in ast.unparse(function.returns)


def _assigned(scope: Scope, names: set[str]) -> Iterator[ast.AST]:
    """Values given or added to names: in a function anywhere in it, in a module at its top."""
    for node in scope.body if isinstance(scope, ast.Module) else ast.walk(scope):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.For | ast.comprehension):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            value = node.iter if isinstance(node, ast.For | ast.comprehension) else node.value
        elif _called(node) == "append":
            targets, value = [node.func], node
        else:
            continue
        if names & {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}:
            yield value or node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_engine_composes_no_sentence(path: Path) -> None:
    """No literal of three words outside docstrings, exceptions and the names of stages, and no Note is made."""
    name = path.relative_to(ROOT).as_posix()
    source = path.read_text(encoding="utf-8")
    assert "Note(" not in source
    if not any(name.startswith(allowed) for allowed in ALLOWED):
        assert sentences_in(source) == []


@pytest.mark.parametrize(
    "source",
    [
        'def f(n):\n    return f"{n} rows were left out"',
        'WORDS = {"rest": "they would rest too little"}',
        'def f(where, n):\n    words = "the file has no rows"\n    raise DataError(other)\n',
        'def f():\n    words = "nobody is staffed then"\n    return words\n\ndef g(words):\n    raise DataError(words)\n',
    ],
)
def test_a_sentence_in_an_engine_is_found(source: str) -> None:
    """In a return, a constant, beside an exception that does not use it, and under a name that another function uses."""
    assert len(sentences_in(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        '"""A module that has a sentence to open it."""',
        'def f(n):\n    words = f"{n} rows are not in order"\n    raise DataError(Fault("a.csv", words))',
        'LACKS = "the file has no rows"\n\ndef f():\n    raise DataError(LACKS)',
        'def f():\n    raise DataError(g())\n\ndef g() -> str:\n    return "the file has no rows"',
        'def f(tell):\n    tell("building the program", None)',
        'NAME = "forecast table"',
    ],
)
def test_docstrings_exceptions_and_names_pass(source: str) -> None:
    """An error carries its message, which may be built beside it; two words are a name."""
    assert sentences_in(source) == []
