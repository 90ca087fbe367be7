"""Bytes to text: by their mark, by the encoding the settings state, otherwise UTF-8 and nothing else."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from configs.errors import DataError, Fault
from configs.notes import Note

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
    if encoding == "utf-8" and b"\0" in blob:
        raise _with_nul(blob, label)
    try:
        text = blob[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise DataError(Fault(label, _undecodable(blob, error, len(mark), encoding, stated))) from error
    if "\0" in text:
        raise _with_nul(blob, label)
    text = text.removeprefix("\ufeff")
    return Decoded(text if text.isascii() else unicodedata.normalize("NFC", text), encoding, notes)


def _alike(marked: str, stated: str) -> bool:
    return marked.replace("-", "").startswith(stated.lower().replace("-", "").replace("_", "").removesuffix("sig"))


def _with_nul(blob: bytes, label: str) -> DataError:
    at = blob.find(b"\0")
    words = f"holds a NUL at byte {at}; it is binary or UTF-16 without its mark; save it as CSV (UTF-8)"
    return DataError(Fault(label, words))


def _undecodable(blob: bytes, error: UnicodeDecodeError, skipped: int, encoding: str, stated: str | None) -> str:
    at = error.start + skipped
    row = blob[:at].count(b"\n") + 1
    value = f"0x{blob[at]:02X}" if at < len(blob) else "the end"
    words = f"is not {encoding.upper()} text at byte {at} ({value}, line {row}); save it as CSV (UTF-8)"
    if skipped or at >= len(blob):
        return words
    if stated:
        return f"{words}, or state another encoding"
    likely = likely_encoding(blob)
    word = _word(blob, at).decode(likely, errors="replace")
    return f'{words}, or state its encoding: this word reads "{word}" with encoding = "{likely}"'


def likely_encoding(blob: bytes) -> str:
    """Name the likeliest encoding of bytes that are not UTF-8.

    Western words have a foreign letter here and there; in Cyrillic and Japanese words every letter is one.
    """
    if b"\0" in blob:
        return "utf-16-be" if blob[:1] == b"\0" else "utf-16-le"
    words = re.findall(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*", blob[:1_000_000])
    words = [word for word in words if len(word) > 1]  # a sign alone, such as that of a mean, is no word
    foreign = sum(byte >= 0x80 for word in words for byte in word)
    if 2 * foreign <= sum(map(len, words)):
        order: tuple[str, ...] = ("cp1252", "cp1250")
    else:
        japanese = re.search(rb"[\x81-\x83\x88-\x97][\x40-\xfc]", blob)
        order = ("shift_jis", "cp1251") if japanese else ("cp1251", "shift_jis")
    return next((name for name in order if _decodes(blob, name)), "latin-1")


def _decodes(blob: bytes, encoding: str) -> bool:
    try:
        blob.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _word(blob: bytes, at: int) -> bytes:
    """The bytes round a position, up to a blank, a quote or a separator on either side; at most 40 each way."""
    before = re.search(rb"[^\s\"',;|]*\Z", blob[max(0, at - 40) : at])
    after = re.match(rb"[^\s\"',;|]*", blob[at : at + 40])
    return (before.group() if before else b"") + (after.group() if after else b"")
