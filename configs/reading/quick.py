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
        lines = words.lines_of(block, separator, len(header)) if _is_text(block) else None
        if lines is None:
            return None
        if not all(one.take(lines) for one in gathered.values()):
            return None
        rows += len(lines)
    return Columns(rows, {name: one.column() for name, one in gathered.items()}) if rows else None


def _blocks(path: Path) -> Iterator[NDArray[np.uint8]]:
    """Whole lines after the header, some at a time, with a margin; the last line has its end in any case."""
    with path.open("rb") as file:
        file.readline()
        room = np.zeros(words.MARGIN + 2 * BLOCK + words.MARGIN, dtype=np.uint8)
        held = 0
        while True:
            begin = words.MARGIN + held
            read = file.readinto(room[begin : begin + BLOCK].data)
            end = begin + read
            if not read:
                if held:
                    room[end] = words.NEWLINE
                    yield _with_margin(room, end + 1)
                return
            cut = _after_last_newline(room, begin, end)
            if cut > words.MARGIN:
                rest = room[cut:end].copy()
                yield _with_margin(room, cut)
                room[words.MARGIN : words.MARGIN + len(rest)] = rest
                held = len(rest)
            else:
                held += read
                if held > BLOCK:  # a line longer than a block is no line of a plain table
                    yield room[:0]
                    return


def _with_margin(room: NDArray[np.uint8], end: int) -> NDArray[np.uint8]:
    room[end : end + words.MARGIN] = 0
    return room[: end + words.MARGIN]


def _after_last_newline(room: NDArray[np.uint8], begin: int, end: int) -> int:
    """Place after the last newline of what was read; the start of the lines where there is none."""
    found = bytes(room[begin:end]).rfind(b"\n")
    return begin + found + 1 if found >= 0 else words.MARGIN


def _is_text(block: NDArray[np.uint8]) -> bool:
    """Whether a block is UTF-8 without zero bytes."""
    body = block[words.MARGIN : -words.MARGIN]
    if not len(body) or not body.all():
        return False
    if body.max() < 0x80:
        return True
    try:
        body.tobytes().decode("utf-8")
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
    """Texts by the number of each distinct one; a quote or a return is not plain, nor are very many texts."""

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
    """Numbers: whole ones first, decimals where those fail, and the few other cells one by one."""

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
    """Times that all have an offset, or all have none."""

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
