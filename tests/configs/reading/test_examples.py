"""Every example in the docstrings of the reading modules is true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

MODULES = ("plain_text", "number_formats", "sheets", "addresses", "database")


@pytest.mark.parametrize("name", [*(f"configs.reading.{each}" for each in MODULES), "configs.redaction"])
def test_examples_in_docstrings_are_true(name):
    """What a docstring shows is what the function returns."""
    result = doctest.testmod(import_module(name))
    assert result.attempted > 0
    assert result.failed == 0
