"""The first records of a file, read without the rest of it: what kind of table it is shows there."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from itertools import islice
from typing import TYPE_CHECKING

from configs.errors import DataError
from configs.reading.bytes import GZIP, refuse_no_text
from configs.reading.encodings import decoded
from configs.reading.grid import Grid
from configs.reading.kinds import grid_of
from configs.reading.text import separated

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from configs.schema.reading import TableShape

HEAD_BYTES = 65_536
MOST_RECORDS = 50


def first_records(
    path: Path | Grid, known: Collection[str], label: str, shape: TableShape | None = None
) -> list[list[str]]:
    """Return the first records of a table as text; none where the file cannot be read, as reading it will say.

    Parameters
    ----------
    path, label
        The file, or the records of a database, and its name in messages.
    known
        Column names that may be in it, by which the separator is recognised.
    shape
        Settings of the table: encoding, separator and sheet count here.
    """
    if isinstance(path, Grid):
        return path.records[:MOST_RECORDS]
    try:
        head, whole = _head(path)
        grid = grid_of(head, path, label, shape)
        if grid is not None:
            return grid.records[:MOST_RECORDS]
        refuse_no_text(head, label)
        text = _text(head, label, shape, whole=whole)
        cut = separated(text, known, label, shape.separator if shape else None)
        lines = csv.reader(io.StringIO(cut.text, newline=""), delimiter=cut.separator)
        return list(islice(lines, MOST_RECORDS))
    except (OSError, EOFError, zlib.error, csv.Error, DataError):
        return []


def _head(path: Path) -> tuple[bytes, bool]:
    """The first bytes, unpacked, and whether they are all of them."""
    with path.open("rb") as file:
        packed = file.read(len(GZIP)) == GZIP
    with gzip.open(path) if packed else path.open("rb") as stream:
        head = stream.read(HEAD_BYTES + 1)
    return head[:HEAD_BYTES], len(head) <= HEAD_BYTES


def _text(head: bytes, label: str, shape: TableShape | None, *, whole: bool) -> str:
    """Decode whole lines: what follows the last line end may be half a character."""
    stated = shape.encoding if shape else None
    if not whole and b"\n" in head:
        head = head[: head.rindex(b"\n")]
        head = head[: len(head) - len(head) % 2] if b"\0" in head else head
    return decoded(head, label, stated).text
