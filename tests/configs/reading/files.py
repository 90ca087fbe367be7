"""Small files for the tests of reading, and what is told of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from configs.errors import DataError
from configs.reading.raw import Cells, read_cells
from configs.schema.reading import Reading

KNOWN = ("channel", "start", "volume")
HEAD = "channel,start,volume\n"
BODY = "".join(f"phone,2026-01-05 {hour:02d}:00,{hour}\n" for hour in range(9, 13))
"""Four rows, 42 contacts."""


def put(folder: Path, text: str | bytes) -> Path:
    path = folder / "h.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(folder: Path, text: str | bytes, known=KNOWN, **shape) -> Cells:
    return read_cells(put(folder, text), known, "h.csv", shape=Reading(**shape))


def refused(folder: Path, text: str | bytes, known=KNOWN, **shape) -> list[str]:
    with pytest.raises(DataError) as caught:
        read(folder, text, known, **shape)
    return [str(fault) for fault in caught.value.faults]


def noted(cells: Cells) -> list[str]:
    return [str(note) for note in cells.notes]
