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


@pytest.mark.parametrize(
    "name",
    [
        "requirement.absence",
        "calculator.blend_search",
        "queueing.blending",
        "calculator.max_volume",
        "calculator.max_volume_case",
        "queueing.concurrency",
        "queueing.erlang",
        "requirement.least_agents",
        "requirement.returning",
    ],
)
def test_the_examples_of_the_docstrings_run(name: str) -> None:
    """Every example of a docstring prints what stands there."""
    module = import_module(f"optimize.staffing.{name}")
    found = doctest.testmod(module, extraglobs={"np": import_module("numpy")})
    assert found.attempted
    assert found.failed == 0


def test_the_table_of_slots_is_what_the_advice_says() -> None:
    """Every row of the page's table of 1 to 8 slots: length, reply, throughput, agents and saving."""
    from optimize.staffing import advise_slots

    page = (ROOT / "docs" / "staffing.md").read_text(encoding="utf-8")
    advice = advise_slots(100, 1800, 30, 60, 8, within_s=20, patience_s=120, phone_aht_s=300)
    for each in advice.choices:
        cells = (f"{each.session_s:.0f} s", f"{each.response_s:.0f} s", f"{each.per_hour:.1f}", f"{each.agents:.0f}")
        assert f"| {each.slots} | {' | '.join(cells)} | {100 * each.saving:.0f}% |" in page
