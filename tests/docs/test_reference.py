"""The reference pages say what the program does; ``make docs`` makes them again."""

from __future__ import annotations

import re
import tomllib
from typing import get_type_hints

import pytest

from configs.schema import Config
from staffcurve.cli.app import app
from staffcurve.reference.__main__ import PAGES, main
from staffcurve.reference.config_page import REQUIRED, default_text, tables_of
from tests.conftest import ROOT


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_current(name: str) -> None:
    """``make docs`` would change nothing."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name](), "make docs"


def test_every_setting_has_a_meaning() -> None:
    """A key without a docstring would be a row without words."""
    found = [
        (path, key, field.description)
        for path, model, _ in tables_of(Config, "")
        for key, field in model.model_fields.items()
    ]
    assert len(found) > 100
    assert [(path, key) for path, key, words in found if not words] == []


def test_lists_and_tables_hold_things_in_the_plural() -> None:
    """The noun has the ending, neither its limits nor a choice of words in quotes."""
    page = PAGES["config.md"]()
    assert not re.search(r"at (least|most) [\d,.]+s|`s ", page)
    assert "| `volume` | text or whole number, at least 1 or list of texts or whole numbers, at least 1 |" in page
    assert "| `source` | table of lists of texts |" in page
    assert '| `formats` | list of `"html"` or `"xlsx"` or `"csv"` or `"ics"` |' in page


def test_every_table_of_the_demo_is_there() -> None:
    """Settings the shipped configs use are documented under their path."""
    page = PAGES["config.md"]()
    for path in (
        "[plan]",
        "[channels.NAME]",
        "[channels.NAME.target]",
        "[contracts.NAME]",
        "[[contracts.NAME.shifts]]",
        "[[costs.premiums]]",
        "[roster]",
    ):
        assert f"## `{path}`" in page
    assert re.search(r"\| `slots` \| whole number, at least 1 and at most 20 \| \*\*required\*\* \|", page)
    assert "| `max_occupancy` | share, above 0 and below 1 | `0.9` |" in page


def test_every_option_of_every_command_is_there() -> None:
    """Long and short names as they are typed, with their defaults."""
    page = PAGES["cli.md"]()
    for command in app.registered_commands:
        assert f"## staffcurve {command.name}\n" in page
    assert "| `--quiet`, `-q` | Print errors only. |" in page
    assert "| `--replications` `NUMBER` | Number of times the week is simulated. Default: `300`. |" in page
    assert "| `--set` `KEY=VALUE` |" in page
    assert re.search(r"\| `--actuals` `FILE` \| .* Required\. \|", page)


def test_the_pages_are_written_where_asked(tmp_path) -> None:
    """Both, whole."""
    main(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cli.md", "config.md"]


def test_every_default_printed_is_accepted_when_typed() -> None:
    """A planner copies the default from the page into a config; it is read as that same default."""
    from pydantic import TypeAdapter

    for path, model, _ in tables_of(Config, ""):
        hints = get_type_hints(model, include_extras=True)
        for key, field in model.model_fields.items():
            default = field.get_default(call_default_factory=True)
            found = re.fullmatch(r"`(.+)`", REQUIRED if field.is_required() else default_text(default))
            if found is not None:
                typed = tomllib.loads(f"value = {found[1]}")["value"]
                assert TypeAdapter(hints[key]).validate_python(typed) == default, (path, key, typed)
