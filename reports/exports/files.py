"""How an export becomes a file: rows as CSV, and text with the line ends and the encoding it has."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_FORMULA = re.compile(r"[=+\-@\t\r]")


@dataclass(frozen=True)
class Dialect:
    """How a CSV file is written."""

    separator: str = ","
    line_end: str = "\n"
    encoding: str = "utf-8"


PLAIN = Dialect()
CRLF = Dialect(line_end="\r\n")


def write_rows(rows: Iterable[Sequence[object]], path: Path, dialect: Dialect = PLAIN) -> Path:
    """Write rows, headings first, as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=dialect.separator, lineterminator=dialect.line_end).writerows(rows)
    return write_text(text.getvalue(), path, dialect.encoding)


def write_text(text: str, path: Path, encoding: str = "utf-8") -> Path:
    """Write a text byte for byte as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def harmless(text: str) -> str:
    """Put a quote before a text that a spreadsheet would run as a formula, as our tables do."""
    return f"'{text}" if _FORMULA.match(text) else text
