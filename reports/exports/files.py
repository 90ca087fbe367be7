"""How an export becomes a file: rows as CSV, and text with the line ends it has."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def write_rows(rows: Iterable[Sequence[object]], path: Path) -> Path:
    """Write rows, headings first, as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return write_text(text.getvalue(), path)


def write_text(text: str, path: Path) -> Path:
    """Write a text byte for byte as it is, in UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
    return path
