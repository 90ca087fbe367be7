"""All profiles by name, and which of them a file has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forecast.data.sources.profile import Profile

PROFILES: tuple[Profile, ...] = ()
"""Every profile, in the order of their names."""
