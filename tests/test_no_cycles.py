"""No module imports itself by way of others, not even for types or inside a function."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGES = ("configs", "forecast", "optimize", "reports", "staffcurve")
ROOT = Path(__file__).resolve().parent.parent


def _modules(root: Path) -> dict[str, Path]:
    """Every module of the packages below a folder, by its dotted name."""
    paths = (path for package in PACKAGES for path in sorted((root / package).rglob("*.py")))
    return {".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def _imports(path: Path, known: set[str]) -> set[str]:
    """Modules a file imports anywhere in it; ``from package import name`` means the module of that name, if any."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} has a relative import"
            inner = {alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            found |= {module if module in known else str(node.module) for module in inner.values()}
    return found & known


def _cycle(root: Path) -> list[str]:
    """Modules of one cycle in order, or nothing."""
    modules = _modules(root)
    graph = {name: _imports(path, set(modules)) - {name} for name, path in modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_import_cycle():
    """The modules of the five packages can be put in a row in which each imports earlier ones only."""
    assert _cycle(ROOT) == []


@pytest.mark.parametrize(
    "back",
    [
        "import configs.first",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from configs.first import thing",
        "def later():\n    from configs import first",
    ],
)
def test_a_cycle_is_found(tmp_path, back):
    """An import back is found at the top of a file, for types, and inside a function."""
    (tmp_path / "configs").mkdir()
    (tmp_path / "configs/first.py").write_text("from configs.second import other\n", encoding="utf-8")
    (tmp_path / "configs/second.py").write_text(f"{back}\n", encoding="utf-8")
    assert set(_cycle(tmp_path)) == {"configs.first", "configs.second"}
