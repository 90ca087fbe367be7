"""Cells of plain lines as numbers, times and texts, eight bytes at a time.

A word holds eight bytes, the first of them lowest. Its digits become a number by three multiplications, each of which
joins neighbours: ones to tens, tens to thousands, thousands to all eight (Mula and Lemire, "Faster base64 encoding and
decoding using AVX2 instructions", 2018, use the same step for bytes).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Words = NDArray[np.uint64]
    Places = NDArray[np.int64]
    Mask = NDArray[np.bool_]
    Floats = NDArray[np.float64]

WORD = 8
MARGIN = 2 * WORD
"""Bytes kept free on either side of a block, so that a word may reach over its ends."""
NEWLINE, RETURN, POINT, MINUS, PLUS, ZULU = (ord(sign) for sign in "\n\r.-+Z")
LONGEST_TEXT = 64
LONGEST_NUMBER = 15
"""Digits that a float holds exactly."""
FULL = 2**64 - 1
KEPT = np.array([FULL << WORD * (WORD - n) & FULL if n else 0 for n in range(WORD + 1)], dtype=np.uint64)
"""Keeps the last n bytes of a word."""
FIRST = np.array([FULL >> WORD * (WORD - n) if n else 0 for n in range(WORD + 1)], dtype=np.uint64)
"""Keeps the first n bytes of a word."""
ZEROS = np.uint64(0x3030303030303030)
"""Taken from a word of digits, it leaves their values."""


@dataclass(frozen=True)
class Lines:
    """Lines of a block: where the cells of each column begin and end, as places in `buffer` and `words`.

    `ends` has the shape (cells, lines). Word i is the bytes i to i + 7 of the buffer.
    """

    buffer: NDArray[np.uint8]
    words: Words
    ends: Places
    width: int
    """Bytes of a line end: 2 where the lines end with a return and a newline."""

    def end(self, column: int) -> Places:
        """Place after the last byte of each cell of a column."""
        ends: Places = self.ends[column]
        return ends - 1 if self.width > 1 and column == len(self.ends) - 1 else ends

    def begin(self, column: int) -> Places:
        """Place of the first byte of each cell of a column."""
        begin: Places = self.ends[column - 1] + 1
        if column:
            return begin
        begin[0] = MARGIN
        np.add(self.ends[-1, :-1], 1, out=begin[1:])
        return begin

    def __len__(self) -> int:
        """Number of lines."""
        return len(self.ends[0])


def lines_of(buffer: NDArray[np.uint8], separator: str, cells: int) -> Lines | None:
    """Find the cells of whole lines; None where a line has more or fewer than `cells`, or line ends are mixed.

    Parameters
    ----------
    buffer
        The lines, with `MARGIN` bytes before and after them that are no separators.
    separator, cells
        What separates cells, and how many a line has.
    """
    newline = buffer == NEWLINE
    count = int(np.count_nonzero(newline))
    newline |= buffer == ord(separator)
    places = np.flatnonzero(newline)
    if not count or len(places) != count * cells:
        return None
    ends = np.ascontiguousarray(places.reshape(-1, cells).T)
    last = ends[-1]
    # There are as many newlines as lines: if each line ends with one, there is none inside.
    if not (buffer[last] == NEWLINE).all():
        return None
    returns = int(np.count_nonzero(buffer == RETURN))
    if returns and (returns != count or not (buffer[last - 1] == RETURN).all()):
        return None
    words = np.ndarray((len(buffer) - WORD + 1,), dtype="<u8", buffer=buffer, strides=(1,))
    return Lines(buffer, words, ends, 2 if returns else 1)


def pairs(digits: Words) -> Words:
    """Numbers below 100 of each two digits, at bytes 0, 2, 4 and 6."""
    return _step(digits, 0x00FF00FF00FF00FF, 10 * 2**8 + 1, 8)


def eight_digits(digits: Words) -> Words:
    """Numbers of eight digits."""
    joined = _step(pairs(digits), 0x0000FFFF0000FFFF, 100 * 2**16 + 1, 16)
    return _step(joined, 0x00000000FFFFFFFF, 10_000 * 2**32 + 1, 32)


def _step(digits: Words, kept: int, factor: int, bits: int) -> Words:
    """Join neighbouring numbers."""
    joined = digits * np.uint64(factor)
    joined >>= np.uint64(bits)
    joined &= np.uint64(kept)
    return joined


def all_digits(digits: Words) -> Mask:
    """Whether all eight bytes are 0 to 9: adding 0x76 sets the highest bit of every byte from ten on."""
    over = digits + np.uint64(0x7676767676767676)
    over |= digits
    over &= np.uint64(0x8080808080808080)
    found: Mask = over == 0
    return found


def _last(lines: Lines, end: Places, count: Places) -> Words:
    """Digits before `end`, the last `count` bytes of a word; zeros are before them."""
    digits = lines.words[end - WORD] ^ ZEROS
    digits &= KEPT[count]
    return digits


def whole_numbers(lines: Lines, column: int) -> tuple[Floats, Mask]:
    """Cells of one to eight digits as numbers, and which cells are such."""
    end = lines.end(column)
    count = end - lines.begin(column)
    digits = _last(lines, end, np.minimum(count, WORD))
    known = all_digits(digits)
    known &= (count > 0) & (count <= WORD)
    return eight_digits(digits).astype(np.float64), known


def decimals(lines: Lines, column: int, rows: Places) -> tuple[Floats, Mask]:
    """Cells with a decimal point as numbers, up to fifteen digits; and which of the `rows` are such.

    The digits are one whole number, which is divided by a power of ten: both are exact, so the quotient is the float
    nearest to what is written.
    """
    begin, end = lines.begin(column)[rows], lines.end(column)[rows]
    value, known = np.zeros(len(rows)), np.zeros(len(rows), dtype=bool)
    for places in range(WORD + 1):
        point = end - 1 - places
        whole = point - begin
        here = (whole >= 0) & (whole <= WORD) & (whole + places <= LONGEST_NUMBER) & (whole + places > 0)
        here &= lines.buffer[point] == POINT
        at = np.flatnonzero(here & ~known)
        if not len(at):
            continue
        before, after = _last(lines, point[at], whole[at]), _last(lines, end[at], np.full(len(at), places))
        good = all_digits(before) & all_digits(after)
        digits = eight_digits(before) * np.uint64(10**places) + eight_digits(after)
        value[at], known[at] = digits.astype(np.float64) / 10.0**places, good
    return value, known


def texts(lines: Lines, column: int) -> tuple[NDArray[np.int64], list[bytes]] | None:
    """Number of the distinct text of each cell, and these texts; None where one is very long."""
    begin, end = lines.begin(column), lines.end(column)
    count = end - begin
    longest = int(count.max())
    if longest > LONGEST_TEXT:
        return None
    parts = [
        lines.words[np.minimum(begin + at, end)] & FIRST[np.clip(count - at, 0, WORD)]
        for at in range(0, max(longest, 1), WORD)
    ]
    mixed = count.astype(np.uint64)
    for part in parts:
        mixed = (mixed ^ part) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    changes = np.flatnonzero(np.append(True, mixed[1:] != mixed[:-1]))
    _, first, code = np.unique(mixed[changes], return_index=True, return_inverse=True)
    codes = np.repeat(code, np.diff(np.append(changes, len(mixed))))
    shown = changes[first]
    same = count == count[shown][codes]
    for part in parts:
        same &= part == part[shown][codes]
    if not same.all():  # two texts that mix alike
        return None
    return codes, [lines.buffer[begin[row] : end[row]].tobytes() for row in shown]


def texts_at(lines: Lines, column: int, rows: Places) -> list[bytes]:
    """Some cells of a column."""
    spans = zip(lines.begin(column)[rows].tolist(), lines.end(column)[rows].tolist(), strict=True)
    return [lines.buffer[begin:end].tobytes() for begin, end in spans]
