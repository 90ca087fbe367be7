"""The examples of the page on staffing, and of the docstrings, do what they say."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

from tests.conftest import ROOT


def test_the_examples_of_the_page_run() -> None:
    """Every example of docs/staffing.md prints what stands there."""
    found = doctest.testfile(str(ROOT / "docs" / "staffing.md"), module_relative=False)
    assert found.attempted >= 20
    assert found.failed == 0


@pytest.mark.parametrize("name", ["absence", "blending", "carried", "concurrency", "erlang", "required", "returning"])
def test_the_examples_of_the_docstrings_run(name: str) -> None:
    """Every example of a docstring prints what stands there."""
    module = import_module(f"optimize.staffing.{name}")
    found = doctest.testmod(module, extraglobs={"np": import_module("numpy")})
    assert found.attempted
    assert found.failed == 0
