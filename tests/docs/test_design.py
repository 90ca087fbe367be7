"""Every path that the design page, README and CONTRIBUTING name is there."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

PAGES = ("docs/design.md", "README.md", "CONTRIBUTING.md")
DESIGN = (ROOT / "docs/design.md").read_text(encoding="utf-8")
PACKAGES = ("configs", "forecast", "optimize", "reports", "staffcurve")
FOLDERS = (*PACKAGES, "tests", "benchmarks", "docs", "findings")
FOLDER = re.compile(r"(?:^|\s{2,})([a-z_]+)/")
"""A folder of the tree: at the start of a line or in its second column."""
INNER = {"staffcurve/cli/commands", "optimize/roster/program/backends"}
"""Folders that only the folder above them uses; the table of changes names them."""
LEAST_PATHS = {"docs/design.md": 30, "README.md": 15, "CONTRIBUTING.md": 5}
LEAST_FOLDERS = 30


def named_paths(page: str) -> set[str]:
    """Paths in code of a page; files listed after their folder belong to it."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = set(re.findall(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]*)`", text))
    for folder, files in re.findall(r"`([\w/]+/)` \(((?:`[\w./]+`(?:, )?)+)\)", text):
        found |= {folder + name for name in re.findall(r"`([\w./]+)`", files)}
    return found


def folders_of_the_tree() -> set[str]:
    """Folders that the tree of the design page draws, each below the folder it is indented under."""
    tree = re.search(r"## The tree\n```\n(.*?)```", DESIGN, flags=re.DOTALL)
    assert tree is not None
    found: set[str] = set()
    above: dict[int, str] = {}
    for line in tree[1].splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        for name in FOLDER.findall(line):
            above[depth] = f"{above[depth - 1]}/{name}" if depth and line.strip() else name
            found.add(above[depth])
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_path_a_page_names_exists(page: str) -> None:
    """A moved file shows here before a reader looks for it."""
    paths = named_paths(page)
    assert len(paths) >= LEAST_PATHS[page]
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []


def test_every_folder_of_the_tree_exists() -> None:
    """The tree is drawn by hand; each of its folders is in the repository."""
    folders = folders_of_the_tree()
    assert len(folders) >= LEAST_FOLDERS
    assert sorted(folder for folder in folders if not (ROOT / folder).is_dir()) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_folder_of_a_package_is_in_the_tree(package: str) -> None:
    """A new folder of modules has its place in the tree."""
    homes = {file.parent.relative_to(ROOT).as_posix() for file in (ROOT / package).rglob("__init__.py")}
    assert sorted(homes - folders_of_the_tree() - INNER) == []
