"""A published roster, from which a new one should differ little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Published:
    """A ``roster`` table whose index is the row in its file, and the name of that file in messages."""

    table: pd.DataFrame
    label: str
