"""The contacts of a CSV file added up the obvious way, by code that shares nothing with the reader."""

from __future__ import annotations

import csv
import gzip
import io
import re

MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def contacts(blob: bytes) -> float | None:
    """Sum of every plain number in the column ``volume``; None where there is no such table."""
    if blob.startswith(b"\x1f\x8b"):
        blob = gzip.decompress(blob)
    encoding = next((name for mark, name in MARKS if blob.startswith(mark)), "utf-8")
    text = blob.decode(encoding)
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t|", key=head.count)
    table = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if any(map(str.strip, row))]
    names = [name.strip() for name in table[0]] if table else []
    if "volume" not in names:
        return None
    place = names.index("volume")
    cells = [row[place].strip() for row in table[1:] if place < len(row)]
    return sum(float(cell) for cell in cells if NUMBER.fullmatch(cell))
