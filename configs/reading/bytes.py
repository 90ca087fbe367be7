"""The bytes of a file: guarded against size and damage, unpacked, and told apart by their first bytes."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from configs.notes import Note

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 1_000_000_000
GZIP = b"\x1f\x8b"
DATABASE = "an SQLite database"
SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (xls)"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3", DATABASE),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
)
MARKUP = re.compile(rb"\s*<(!doctype|html|table|head|body|meta|div|\?xml)", re.IGNORECASE)
JSON = re.compile(rb"(\xef\xbb\xbf)?\s*([\[{]\s*[\[{]|\{\s*\")")


def contents(path: Path, label: str) -> tuple[bytes, list[Note]]:
    """Return the bytes of a file, unpacked if they are gzip, whatever the file is called.

    Raises
    ------
    DataError
        When there is no such file, it cannot be read, is empty, damaged or too large.
    """
    blob = _bytes(path, label)
    if not blob:
        raise DataError(Fault(label, "file is empty"))
    named_gzip = path.suffix.lower() == ".gz"
    if blob.startswith(GZIP):
        notes = [] if named_gzip else [Note(label, "is a gzip file without a .gz name; it was unpacked")]
        return _gunzip(blob, label), notes
    return blob, [Note(label, "has a .gz name but is not gzip; it was read as plain text")] if named_gzip else []


def is_packed(path: Path) -> bool:
    """Whether a file is gzip."""
    with path.open("rb") as file:
        return file.read(len(GZIP)) == GZIP


def refuse_no_text(blob: bytes, label: str) -> None:
    """Refuse what is no text, by the name of its kind, and what holds nothing but blanks."""
    kind = next((name for start, name in SIGNATURES if blob.startswith(start)), None)
    if kind is None and MARKUP.match(blob[:1000]):
        kind = "an HTML or XML page"
    if kind is None and JSON.match(blob[:1000]):
        kind = "JSON"
    if kind is not None:
        way = "save the table as CSV (UTF-8)"
        if kind == DATABASE:
            way = f'write its path as "sqlite:///{label}"'
        elif "picture" in kind:
            way = "export the table itself as CSV (UTF-8) or XLSX"
        raise DataError(Fault(label, f"is {kind}, not CSV; {way}"))
    if not blob.strip():
        raise DataError(Fault(label, "file is empty"))


def _bytes(path: Path, label: str) -> bytes:
    if not path.exists():
        raise DataError(Fault(label, "no such file"))
    if path.is_dir():
        raise DataError(Fault(label, "is a folder; name a file in it"))
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError(Fault(label, f"is larger than {MAX_BYTES:,} bytes; split it into a folder of files"))
        return path.read_bytes()
    except OSError as error:
        raise DataError(Fault(label, f"cannot be read ({error.strerror})")) from error


def _gunzip(blob: bytes, label: str) -> bytes:
    try:
        with gzip.open(io.BytesIO(blob)) as stream:
            text = stream.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(Fault(label, f"is a damaged gzip file ({error})")) from error
    if len(text) > MAX_BYTES:
        raise DataError(Fault(label, f"unpacks to more than {MAX_BYTES:,} bytes; split it into a folder of files"))
    return text
