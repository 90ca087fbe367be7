"""Small wrong changes of a module, one at a time: which there are, and the module with one of them made."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COUNTED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
CALLED = {
    "min": "max", "max": "min", "any": "all", "all": "any", "minimum": "maximum", "maximum": "minimum",
    "argmax": "argmin", "cumsum": "asarray",
}  # fmt: skip
WORDS = (ast.JoinedStr, ast.Import, ast.ImportFrom)
"""Parts without rules: sentences and imports."""


@dataclass(frozen=True, order=True)
class Mutant:
    """One change: place in the file, which of the changes of a node it is, and both texts.

    `first` and `last` are the lines of the statement; a test that runs none of them cannot see the change.
    """

    file: str
    line: int
    column: int
    node: int
    which: int
    before: str
    after: str
    first: int
    last: int

    def __str__(self) -> str:
        """File, line and change as one line."""
        return f"{self.file}:{self.line}  {self.before}  ->  {self.after}"


def mutants_of(path: Path, name: str) -> list[Mutant]:
    """Every change of a module, in order of its lines."""
    source = path.read_text(encoding="utf-8")
    skipped, spans = _skipped(ast.parse(source)), _statements(ast.parse(source))
    found = []
    for index, node in enumerate(ast.walk(ast.parse(source))):
        if index in skipped:
            continue
        for which, _ in enumerate(_changes(node)):
            first, last = spans[index]
            before = ast.unparse(node)
            found.append(
                Mutant(
                    name, node.lineno, node.col_offset, index, which, before, _after(source, index, which), first, last
                )
            )
    return sorted(found)


def changed(source: str, mutant: Mutant) -> ast.Module:
    """Tree of a module with one change made."""
    tree = ast.parse(source)
    node = list(ast.walk(tree))[mutant.node]
    list(_changes(node))[mutant.which]()
    return ast.fix_missing_locations(tree)


def _after(source: str, index: int, which: int) -> str:
    node = list(ast.walk(ast.parse(source)))[index]
    list(_changes(node))[which]()
    return ast.unparse(ast.fix_missing_locations(node))


def _changes(node: ast.AST) -> Iterator[Callable[[], None]]:
    """Changes of one node, each of which is made in place."""
    match node:
        case ast.Compare():
            for k, other in enumerate(COMPARED.get(type(operator)) for operator in node.ops):
                if other is not None:
                    yield partial(node.ops.__setitem__, k, other())
        case ast.BinOp(op=ast.Div(), right=ast.Constant(value=str())):
            return  # a path, and no number
        case ast.BinOp() | ast.AugAssign() | ast.BoolOp() if type(node.op) in COUNTED:
            yield partial(setattr, node, "op", COUNTED[type(node.op)]())
        case ast.UnaryOp(op=ast.Not() | ast.Invert()):
            yield partial(setattr, node, "operand", ast.UnaryOp(type(node.op)(), node.operand))
        case ast.UnaryOp(op=ast.USub()):
            yield partial(setattr, node, "op", ast.UAdd())
        case ast.Constant(value=bool() | int() | float()):
            yield from (partial(setattr, node, "value", value) for value in _values(node.value))
        case _:
            yield from _dropped(node)


def _dropped(node: ast.AST) -> Iterator[Callable[[], None]]:
    """A value not returned, a fault not yielded, another function called."""
    match node:
        case ast.Return(value=ast.expr()) if not isinstance(node.value, ast.Constant):
            yield partial(setattr, node, "value", ast.Constant(None))
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield partial(setattr, node, "value", ast.YieldFrom(ast.Tuple([], ast.Load())))
        case ast.Call(func=ast.Name(id=called)) if called in CALLED:
            yield partial(setattr, node.func, "id", CALLED[called])
        case ast.Call(func=ast.Attribute(attr=called)) if called in CALLED:
            yield partial(setattr, node.func, "attr", CALLED[called])


def _values(value: float) -> list[float]:
    """Other numbers: one off, or twice and half; a truth turned round."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    return [value * 2, value / 2] if value else [1.0]


def _skipped(tree: ast.Module) -> set[int]:
    """Indices of nodes in sentences, annotations, imports, decorators, and words that only Python reads."""
    hidden: set[ast.AST] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = [node] if isinstance(node, WORDS) else []
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            parts.append(node)
        if isinstance(node, ast.FunctionDef):
            parts += [*node.decorator_list, node.returns]
        if isinstance(node, ast.ClassDef):
            parts += node.decorator_list
        if isinstance(node, (ast.arg, ast.AnnAssign)):
            parts.append(node.annotation)
        if isinstance(node, ast.keyword) and node.arg in {"strict", "kind", "freq", "kw_only"}:
            parts.append(node.value)
        for part in parts:
            hidden.update(ast.walk(part) if part is not None else ())
    return {index for index, node in enumerate(ast.walk(tree)) if node in hidden}


def _statements(tree: ast.Module) -> dict[int, tuple[int, int]]:
    """Lines of the statement each node stands in; of a statement with a body, those of its head."""
    lines: dict[ast.AST, tuple[int, int]] = {}
    for statement in (node for node in ast.walk(tree) if isinstance(node, ast.stmt)):
        body = getattr(statement, "body", None)
        last = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
        for node in ast.walk(statement):
            lines[node] = (statement.lineno, max(last, statement.lineno))
    return {index: lines[node] for index, node in enumerate(ast.walk(tree)) if node in lines}
