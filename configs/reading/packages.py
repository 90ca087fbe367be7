"""Workbooks are zip archives of XML: opened with every guard before anything is unpacked, read as a stream."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from configs.errors import DataError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import TracebackType

MAX_PACKED = 200_000_000
MAX_UNPACKED = 600_000_000
MAX_ENTRIES = 5_000
MAX_RATIO = 200
"""Deflate reaches 1,000; two years of zeros pack 11 times as XLSX and 77 times as ODS."""
SMALL = 5_000_000
"""Below this size an entry may be packed as tightly as it likes."""
CHUNK = 1 << 18
DIRECTORY_END = b"PK\x05\x06"


class Handler(Protocol):
    """What is told about the elements of an XML part; names are ``namespace name``."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        ...

    def end(self, name: str) -> None:
        """An element ends."""
        ...

    def text(self, data: str) -> None:
        """Text between two tags."""
        ...


class Enough(Exception):  # noqa: N818 - it ends a walk and is no error
    """A handler has what it wanted; the rest of the part is not read."""


class Locals(dict[str, str]):
    """Local names of elements by their full names, each cut once."""

    def __missing__(self, name: str) -> str:
        """Cut the namespace off."""
        local = self[name] = name.rpartition(" ")[2]
        return local


@dataclass(frozen=True)
class Package:
    """An open archive that passed the guards; `label` names the file in messages."""

    archive: ZipFile
    label: str

    @property
    def names(self) -> frozenset[str]:
        """Names of the parts."""
        return frozenset(self.archive.namelist())

    def walk(self, part: str, handler: Handler) -> None:
        """Read a part from start to end and tell the handler; a document type is refused, so no entity exists.

        Raises
        ------
        DataError
            When the part is absent, damaged or declares a document type.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = handler.start
        parser.EndElementHandler = handler.end
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            for chunk in self._chunks(part):
                parser.Parse(chunk, False)  # noqa: FBT003 - expat's own
            parser.Parse(b"", True)  # noqa: FBT003 - expat's own
        except Enough:
            return
        except expat.ExpatError as error:
            raise self.damaged(f"{part}: {expat.errors.messages[error.code]}") from error

    def read(self, part: str, most: int = 1_000_000) -> bytes:
        """Return the first bytes of a small part."""
        return next(self._chunks(part, most), b"")

    def damaged(self, why: str) -> DataError:
        """Return the error of a file that breaks off or contradicts itself."""
        return DataError(
            Fault(self.label, f"is a damaged workbook ({why}); open it in a spreadsheet and save it again")
        )

    def _chunks(self, part: str, size: int = CHUNK) -> Iterator[bytes]:
        try:
            with self.archive.open(part) as stream:
                while chunk := stream.read(size):
                    yield chunk
        except KeyError as error:
            raise self.damaged(f"{part} is missing") from error
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise self.damaged(f"{part}: {error}") from error

    def _doctype(self, *_: object) -> None:
        raise DataError(Fault(self.label, "declares an XML document type, which no workbook does; it is not read"))


class OpenPackage:
    """Opens the archive for a ``with`` block and closes it."""

    def __init__(self, path: Path, label: str) -> None:
        self._path, self._label = path, label

    def __enter__(self) -> Package:
        """Open the archive and check what its directory declares; nothing is unpacked."""
        _count_first(self._path, self._label)
        try:
            archive = ZipFile(self._path)
        except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
            words = f"is a damaged zip archive ({error}); open it in a spreadsheet and save it again"
            raise DataError(Fault(self._label, words)) from error
        self._archive = archive
        try:
            _check(archive, self._label)
        except DataError:
            archive.close()
            raise
        return Package(archive, self._label)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the archive."""
        self._archive.close()


def open_package(path: Path, label: str) -> AbstractContextManager[Package]:
    """Open a workbook for a ``with`` block.

    Raises
    ------
    DataError
        When the archive is damaged, has a password, or declares more entries, bytes or packing than a table needs.
    """
    return OpenPackage(path, label)


def _count_first(path: Path, label: str) -> None:
    """Refuse by size and by the number of entries at the end of the file, before the directory is read."""
    size = path.stat().st_size
    if size > MAX_PACKED:
        raise DataError(Fault(label, f"is larger than {MAX_PACKED:,} bytes; save the table as CSV (UTF-8)"))
    with path.open("rb") as stream:
        stream.seek(max(0, size - 66_000))
        tail = stream.read()
    at = tail.rfind(DIRECTORY_END)
    if at >= 0 and int.from_bytes(tail[at + 10 : at + 12], "little") > MAX_ENTRIES:
        raise _too_many(label)


def _too_many(label: str) -> DataError:
    return DataError(Fault(label, f"has more than {MAX_ENTRIES:,} entries, so it is not a workbook"))


def _check(archive: ZipFile, label: str) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise _too_many(label)
    if any(entry.flag_bits & 1 for entry in entries):
        raise password(label)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        words = f"unpacks to {unpacked:,} bytes, more than {MAX_UNPACKED:,}; save the table as CSV (UTF-8)"
        raise DataError(Fault(label, words))
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            ratio = entry.file_size // max(entry.compress_size, 1)
            words = f"packs {entry.filename} {ratio:,} times, as no table does; it is not read"
            raise DataError(Fault(label, words))


def password(label: str) -> DataError:
    """Return the error of a workbook that opens only with a password."""
    return DataError(Fault(label, "is protected by a password; save a copy without one"))
