"""How a search tells where it is."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[str, float | None], None]
"""Called with the name of a stage and, while searching, the gap."""
