"""The page about exports: every system of the registry is on it with its proof, and every block of settings is valid."""

from __future__ import annotations

import re
import tomllib

import pytest

from configs.loader import build
from forecast.data.sources.registry import PROFILES
from tests.conftest import ROOT
from tests.forecast.test_week import BASE

PAGE = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```toml\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)


def test_every_profile_is_in_the_table_with_its_proof() -> None:
    """Formats and proofs of the page are those of the registry, no more and no less."""
    rows = re.findall(r"^\|.*\| `([a-z-]+)` \|.*\| ([a-z ]+) \|$", PAGE, flags=re.MULTILINE)
    assert sorted(rows) == sorted((profile.name, profile.proof) for profile in PROFILES)


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_block_of_settings_is_valid(block: str, tmp_path) -> None:
    """What is copied from the page is accepted by the config."""
    given = tomllib.loads(block)
    config = build({**BASE, **given}, "page.toml", tmp_path)
    assert set(config.channels) == set(given["channels"])
    assert config.history.path == given["history"]["path"]
