"""The page about exports: every block of settings is valid, and every export is on it."""

from __future__ import annotations

import re
import tomllib
from typing import get_args

import pytest

from configs.loader import build
from configs.schema.rostering import Export
from tests.conftest import ROOT
from tests.reports.export_runs import settings

PAGE = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```toml\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_block_of_settings_is_valid(block: str) -> None:
    """What is copied from the page is accepted by a config that has its channels, activities and companies."""
    given = tomllib.loads(block)
    reports = given.pop("reports")
    exports = reports.pop("exports")
    assert build(settings(exports, reports, **given), "page.toml").reports.exports == tuple(exports)


def test_every_export_is_on_the_page() -> None:
    """By its name in the config; the two tables of our own are named where they are used."""
    known = get_args(Export)
    assert len(known) > 10
    assert [name for name in known if f"`{name}`" not in PAGE and f'"{name}"' not in PAGE] == []
