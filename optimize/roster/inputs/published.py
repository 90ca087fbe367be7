"""A roster people were given before: what a new one stays close to."""

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
