"""The room is cheap to enter and hands out what it promises."""

from __future__ import annotations

import subprocess
import sys

import pytest

import optimize.staffing


def test_importing_the_room_loads_nothing_heavy():
    """Until a name is used neither pandas nor scipy nor numpy is loaded."""
    code = (
        "import sys, optimize.staffing; print([name for name in ('numpy', 'pandas', 'scipy') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_every_public_name_is_there():
    """Each name of the list can be had, and no other."""
    for name in optimize.staffing.__all__:
        assert callable(getattr(optimize.staffing, name))
    assert sorted(dir(optimize.staffing)) == sorted(optimize.staffing.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'erlang_z'"):
        optimize.staffing.erlang_z  # noqa: B018
