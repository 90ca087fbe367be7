"""The text of a CSV file as records: its separator, its ``sep=`` line, and quotes that are not quite right."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from configs.notes import Note
from configs.reading.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Collection

SEPARATORS = (",", ";", "\t", "|")
SEP_LINE = re.compile(r'\s*"?sep=(?P<mark>[^\w\s"]|\t)"?[ \t]*(\r\n|\r|\n|$)', re.IGNORECASE)
"""The line by which Excel is told the separator; spreadsheets do not show it, so it is not counted as a row."""
LOOKED_AT = 50
"""Lines by which the separator is settled: more than stand above any header."""


@dataclass(frozen=True)
class Separated:
    """Text without its ``sep=`` line, and the separator of its cells."""

    text: str
    separator: str
    notes: tuple[Note, ...] = ()


def separated(text: str, known: Collection[str | int], label: str, stated: str | None = None) -> Separated:
    """Find the separator: the one stated in the settings, the one of a ``sep=`` line, or the one that fits the lines.

    `known` are the column names that the header may hold.
    """
    line = SEP_LINE.match(text)
    if line is None:
        return Separated(text, stated or _fitting(text, known))
    rest, mark = text[line.end() :], line["mark"]
    words = f'the line "sep={mark}" at the top states the separator and is not counted as a row'
    if stated and stated != mark:
        words = f'the line "sep={mark}" at the top was passed over: the settings state separator = "{stated}"'
    if not rest.strip():
        raise DataError(Fault(label, "file is empty"))
    return Separated(rest, stated or mark, (Note(label, words),))


def _fitting(text: str, known: Collection[str | int]) -> str:
    """Take the separator that gives the most known names in one line, then the most lines of one width, then cells."""
    head = io.StringIO(text[:200_000], newline="")
    lines = "".join(islice((line for line in head if line.strip()), LOOKED_AT))

    def merit(separator: str) -> tuple[int, int, int]:
        """Known names in one line, lines of the most frequent width, and that width."""
        records = list(_lenient(lines, separator))
        names = max((len({cell.strip() for cell in record} & set(known)) for record in records), default=0)
        widths = Counter(len(record) for record in records if len(record) > 1)
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        return names, count, width

    return max(SEPARATORS, key=merit)


def _lenient(text: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:  # a cell beyond the reader's limit
        return []


def records(text: str, separator: str, label: str) -> Grid:
    """Cut the text into records; a blank line is an empty one.

    Raises
    ------
    DataError
        When a quote is in a place where CSV has none, and the lines cannot be cut at their outer quotes either.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[list[str]] = []
    try:
        found.extend(reader)
    except csv.Error as error:
        row = len(found) + 1
        cut = _cut_at_outer_quotes(text, separator)
        if cut is None:
            words = f"is not CSV ({error}); a quoted cell ends with one quote, a quote inside it is doubled"
            raise DataError(Fault(f"{label} row {row}", words)) from error
        words = "a quote inside a cell is not doubled; every line is quoted throughout and was cut at its outer quotes"
        return Grid(cut, (Note(f"{label} row {row}", words),))
    return Grid(found)


def _cut_at_outer_quotes(text: str, separator: str) -> list[list[str]] | None:
    """Cut lines whose cells are all quoted, quotes inside left as they are; None unless all have the same width."""
    lines = re.split(r"\r\n|\r|\n", text)
    cut = [_unquoted(line, separator) for line in lines]
    widths = {len(cells) for line, cells in zip(lines, cut, strict=True) if line.strip()}
    return cut if len(widths) == 1 and 0 not in widths else None


def _unquoted(line: str, separator: str) -> list[str]:
    line = line.strip(" ")
    if len(line) < 2 or line[0] != '"' or line[-1] != '"':
        return []
    return [cell.replace('""', '"') for cell in line[1:-1].split(f'"{separator}"')]
