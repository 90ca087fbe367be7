"""The benchmark of kills, a few times."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.kills import kill


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is there on POSIX systems only")
def test_a_run_killed_at_random_moments_leaves_whole_folders(tmp_path: Path) -> None:
    """Two over the run, two over its writing."""
    assert kill(4, 3, tmp_path).startswith("4 kills: 4 whole folders (")
