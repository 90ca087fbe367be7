"""Bytes to text: by their mark, by the encoding the settings state, otherwise UTF-8 and nothing else."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from configs.notes import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
"""Byte order marks; the longer of two that begin alike stands first."""
ORDERED = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
"""Encodings whose byte order the mark tells, read the usual way round without one, on every machine."""
OFFERED = "cp1252"
"""The encoding of most files that are not UTF-8: Western European Windows."""
OTHERS = ("cp1250", "cp1251", "shift_jis")


@dataclass(frozen=True)
class Decoded:
    """The text of a file, in composed characters, and the encoding it was read in."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = field(default=())


def decoded(blob: bytes, label: str, stated: str | None = None) -> Decoded:
    """Decode the bytes of a text file.

    Raises
    ------
    DataError
        When a byte does not belong to the encoding, or the text holds a NUL; with the position of the byte.
    """
    mark, marked = next(((mark, name) for mark, name in MARKS if blob.startswith(mark)), (b"", None))
    encoding = marked or ORDERED.get((stated or "utf-8").lower().replace("_", "-"), stated or "utf-8")
    notes: tuple[Note, ...] = ()
    if marked and stated and not _alike(marked, stated):
        notes = (Note(label, f'begins with the mark of {marked.upper()}; encoding = "{stated}" was not used'),)
    try:
        text = blob[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise DataError(Fault(label, _undecodable(blob, error, len(mark), encoding, stated))) from error
    if "\0" in text:
        at = blob.find(b"\0")
        words = f"holds a NUL at byte {at}; it is binary or UTF-16 without its mark; save it as CSV (UTF-8)"
        raise DataError(Fault(label, words))
    text = text.removeprefix("\ufeff")
    return Decoded(text if text.isascii() else unicodedata.normalize("NFC", text), encoding, notes)


def _alike(marked: str, stated: str) -> bool:
    return marked.replace("-", "").startswith(stated.lower().replace("-", "").replace("_", "").removesuffix("sig"))


def _undecodable(blob: bytes, error: UnicodeDecodeError, skipped: int, encoding: str, stated: str | None) -> str:
    at = error.start + skipped
    row = blob[:at].count(b"\n") + 1
    value = f"0x{blob[at]:02X}" if at < len(blob) else "the end"
    words = f"is not {encoding.upper()} text at byte {at} ({value}, line {row}); save it as CSV (UTF-8)"
    if encoding != "utf-8" or at >= len(blob):
        return words
    if stated:
        return f"{words}, or state another encoding"
    said = " or ".join(f'"{word}" with encoding = "{name}"' for name, word in _readings(blob, at, (OFFERED,)))
    if said:
        return f"{words}, or state its encoding: this word reads {said}"
    said = " or ".join(f'"{word}" with encoding = "{name}"' for name, word in _readings(blob, at, OTHERS))
    return f"{words}, or state its encoding" + (f": this word reads {said}" if said else "")


def _readings(blob: bytes, at: int, encodings: Sequence[str]) -> list[tuple[str, str]]:
    """The word round a byte, in each of the encodings that knows all of it."""
    word = _word(blob, at)
    read: list[tuple[str, str]] = []
    for name in encodings:
        try:
            read.append((name, word.decode(name)))
        except UnicodeDecodeError:
            continue
    return read


def _word(blob: bytes, at: int) -> bytes:
    """The bytes round a position, up to a blank, a quote or a separator on either side; at most 40 each way."""
    before = re.search(rb"[^\s\"',;|]*\Z", blob[max(0, at - 40) : at])
    after = re.match(rb"[^\s\"',;|]*", blob[at : at + 40])
    return (before.group() if before else b"") + (after.group() if after else b"")
