"""Large plain tables, read by arithmetic on whole words of their bytes.

Each line has as many cells as the header, times are ISO 8601 in one form, numbers are digits with at most a decimal
point, and nothing is quoted. A file that holds anything else is left to the careful reader, which also has the words
for what is wrong: here the answer is None.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from configs.reading import words
from configs.reading.stamps import Stamps, stamps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from configs.reading.words import Lines
    from configs.tables import Kind

BLOCK = 1 << 20
"""Bytes at a time: few enough to stay near the processor."""
MOST_TEXTS = 10_000


@dataclass(frozen=True)
class Texts:
    """Text cells: number of the distinct text of each."""

    codes: NDArray[np.int32]
    distinct: tuple[str, ...]


Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Columns:
    """Columns of a file by their names in it: texts, times and numbers (NaN where blank)."""

    rows: int
    columns: dict[str, Texts | Stamps | Numbers]


def quick_columns(
    path: Path,
    separator: str,
    header: Sequence[str],
    kinds: Mapping[str, Kind],
    number: Callable[[str], float | None],
) -> Columns | None:
    """Read the columns of `kinds`; None where the file is not plain.

    Parameters
    ----------
    path
        The file; its first line is the header.
    separator, header
        What separates cells, and the names in the first line.
    kinds
        What the columns to be read hold, by their names.
    number
        Reads a number that is not all digits, NaN where the cell is blank; None where it is no number.
    """
    gathered = {name: _gatherer(kind, header.index(name), number) for name, kind in kinds.items()}
    rows = 0
    for block in _blocks(path):
        lines = words.lines_of(block, separator, len(header))
        if lines is None or b"\0" in block or not _is_utf8(block):
            return None
        if not all(one.take(lines) for one in gathered.values()):
            return None
        rows += len(lines)
    return Columns(rows, {name: one.column() for name, one in gathered.items()}) if rows else None


def _blocks(path: Path) -> Iterator[bytes]:
    """Whole lines after the header, some at a time; the last has its line end in any case."""
    with path.open("rb") as file:
        file.readline()
        rest = b""
        while block := file.read(BLOCK):
            block = rest + block
            cut = block.rfind(b"\n") + 1
            rest = block[cut:]
            if cut:
                yield block[:cut]
        if rest:
            yield rest + b"\n"


def _is_utf8(block: bytes) -> bool:
    if block.isascii():
        return True
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class _Gatherer(Protocol):
    """Collects one column block by block."""

    def take(self, lines: Lines) -> bool:
        """Take the cells of some lines; False where they are not plain."""
        ...

    def column(self) -> Texts | Stamps | Numbers:
        """Return the whole column."""
        ...


def _gatherer(kind: Kind, place: int, number: Callable[[str], float | None]) -> _Gatherer:
    if kind == "text":
        return _TextGatherer(place)
    return _TimeGatherer(place) if kind == "time" else _NumberGatherer(place, number)


@dataclass
class _TextGatherer:
    place: int
    known: dict[bytes, int] = field(default_factory=dict)
    parts: list[NDArray[np.int32]] = field(default_factory=list)

    def take(self, lines: Lines) -> bool:
        found = words.texts(lines, self.place)
        if found is None:
            return False
        codes, distinct = found
        numbers = [self.known.setdefault(text, len(self.known)) for text in distinct]
        self.parts.append(np.array(numbers, dtype=np.int32)[codes])
        return len(self.known) <= MOST_TEXTS and not any(b'"' in text or b"\r" in text for text in distinct)

    def column(self) -> Texts:
        return Texts(_joined(self.parts), tuple(text.decode("utf-8") for text in self.known))


@dataclass
class _NumberGatherer:
    place: int
    number: Callable[[str], float | None]
    parts: list[NDArray[np.float64]] = field(default_factory=list)

    def take(self, lines: Lines) -> bool:
        value, known = words.whole_numbers(lines, self.place)
        rest = np.flatnonzero(~known)
        if len(rest):
            value[rest], known[rest] = words.decimals(lines, self.place, rest)
            rest = np.flatnonzero(~known)
            read = [self.number(text.decode("utf-8")) for text in words.texts_at(lines, self.place, rest)]
            if None in read:
                return False
            value[rest] = read
        self.parts.append(value)
        return True

    def column(self) -> Numbers:
        return _joined(self.parts)


@dataclass
class _TimeGatherer:
    place: int
    parts: list[Stamps] = field(default_factory=list)

    def take(self, lines: Lines) -> bool:
        found = stamps(lines, self.place)
        if found is None or (self.parts and (found.ahead_s is None) != (self.parts[0].ahead_s is None)):
            return False
        self.parts.append(found)
        return True

    def column(self) -> Stamps:
        ahead = [part.ahead_s for part in self.parts if part.ahead_s is not None]
        clock = _joined([part.clock_s for part in self.parts])
        return Stamps(clock, _joined(ahead) if ahead else None)


def _joined(parts: list[NDArray[Any]]) -> NDArray[Any]:
    """Concatenate parts, letting go of each on the way, so that a column is not held twice."""
    out = np.empty(sum(map(len, parts)), dtype=parts[0].dtype)
    at = 0
    for number, part in enumerate(parts):
        out[at : at + len(part)] = part
        at += len(part)
        parts[number] = part[:0]
    return out
