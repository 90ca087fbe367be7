"""The bytes of a CSV file as text cells, with a sentence for everything that is not CSV."""

from __future__ import annotations

import csv
import gzip
import io
import re
import unicodedata
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from configs.errors import DataError, Fault
from configs.notes import Note
from configs.reading.fast_csv import plain_columns

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from configs.schema.reading import TableShape

MAX_BYTES = 1_000_000_000
SEPARATORS = (",", ";", "\t", "|")
GZIP = b"\x1f\x8b"
SIGNATURES = (
    (b"PK\x03\x04", "a zip archive or an Excel workbook"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (xls)"),
    (b"%PDF", "a PDF"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
)
MARKUP = re.compile(rb"\s*<(!doctype|html|table|head|body|meta|div|\?xml)", re.IGNORECASE)
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(frozen=True)
class Cells:
    """The text cells of a file: `columns` by name, `rows` as a spreadsheet counts them (header: row 1).

    `nameless` are the columns without a name. `odd` is only filled where every line was asked for: the number of
    cells of the lines that have more or fewer than the header, by their place in the columns.
    """

    header: tuple[str, ...]
    columns: dict[str, list[str]]
    rows: list[int]
    notes: tuple[Note, ...] = ()
    nameless: tuple[list[str], ...] = ()
    odd: Mapping[int, int] = field(default_factory=dict)


def read_cells(
    path: Path,
    known: Collection[str],
    label: str,
    *,
    keep_empty: bool = False,
    every_line: bool = False,
    shape: TableShape | None = None,  # noqa: ARG001 - not used yet
) -> Cells:
    """Read a CSV file as text; `known` are the column names by which the separator is recognised.

    Blank lines are left out and lines of another width than the header are refused, unless `every_line` asks for all
    of them: then a blank line is a row of blanks, and a line of another width, filled up or cut, is named in ``odd``.
    The line end of the last line begins no further line.

    Raises
    ------
    DataError
        When there is no such file, or it is no CSV text with one header and at least one row.
    """
    blob, notes = _unpacked(_bytes(path, label), path, label)
    text = _decoded(blob, label)
    cells = _cells(text, _separator(text, known), known, label, tuple(notes), every_line=every_line)
    if not cells.rows and not keep_empty:
        raise DataError(Fault(label, "no data rows after the header"))
    return cells


def _cells(
    text: str, separator: str, known: Collection[str], label: str, notes: tuple[Note, ...], *, every_line: bool
) -> Cells:
    plain = plain_columns(text, separator)
    if plain is None:
        records = _records(text, separator, label)
        header, first = _header(records, known, label)
        return _columns(records, header, first, label, notes, every_line=every_line)
    header, _ = _header([[column[0] for column in plain]], known, label)
    return _named(header, [column[1:] for column in plain], list(range(2, len(plain[0]) + 1)), notes)


def _named(
    header: tuple[str, ...],
    columns: list[list[str]],
    rows: list[int],
    notes: tuple[Note, ...],
    odd: Mapping[int, int] | None = None,
) -> Cells:
    pairs = list(zip(header, columns, strict=True))
    named = {name: texts for name, texts in pairs if name}
    return Cells(tuple(named), named, rows, notes, tuple(texts for name, texts in pairs if not name), odd or {})


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


def _unpacked(blob: bytes, path: Path, label: str) -> tuple[bytes, list[Note]]:
    """Unpack gzip, whatever the file is called, and refuse what is no text."""
    if not blob:
        raise DataError(Fault(label, "file is empty"))
    named_gzip = path.suffix.lower() == ".gz"
    if blob.startswith(GZIP):
        notes = [] if named_gzip else [Note(label, "is a gzip file without a .gz name; it was unpacked")]
        blob = _gunzip(blob, label)
    else:
        notes = [Note(label, "has a .gz name but is not gzip; it was read as plain text")] if named_gzip else []
    kind = next((name for start, name in SIGNATURES if blob.startswith(start)), None)
    if kind is None and MARKUP.match(blob[:1000]):
        kind = "an HTML or XML page"
    if kind is not None:
        raise DataError(Fault(label, f"is {kind}, not CSV; save the table as CSV (UTF-8)"))
    if not blob.strip():
        raise DataError(Fault(label, "file is empty"))
    return blob, notes


def _gunzip(blob: bytes, label: str) -> bytes:
    try:
        with gzip.open(io.BytesIO(blob)) as stream:
            text = stream.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(Fault(label, f"is a damaged gzip file ({error})")) from error
    if len(text) > MAX_BYTES:
        raise DataError(Fault(label, f"unpacks to more than {MAX_BYTES:,} bytes; split it into a folder of files"))
    return text


def _decoded(blob: bytes, label: str) -> str:
    bom, encoding = next(((bom, name) for bom, name in BOMS if blob.startswith(bom)), (b"", "utf-8"))
    try:
        text = blob[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start + len(bom)
        row = blob[:at].count(b"\n") + 1
        value = f"0x{blob[at]:02X}" if at < len(blob) else "the end"
        words = f"is not {encoding.upper()} text at byte {at} ({value}, line {row}); save it as CSV (UTF-8)"
        raise DataError(Fault(label, words)) from error
    if "\0" in text:
        at = blob.find(b"\0")
        raise DataError(
            Fault(
                label,
                f"holds a NUL at byte {at}; it is binary or UTF-16 without its mark; save it as CSV (UTF-8)",
            )
        )
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _separator(text: str, known: Collection[str]) -> str:
    """Take the separator that gives the most known names in the first line, then the most cells."""
    found = re.search(r"[^\r\n]*\S[^\r\n]*", text)
    line = found.group() if found else ""

    def merit(separator: str) -> tuple[int, int]:
        cells = [cell.strip().strip('"') for cell in line.split(separator)]
        return sum(cell in known for cell in cells), len(cells)

    return max(SEPARATORS, key=merit)


def _records(text: str, separator: str, label: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records: list[list[str]] = []
    try:
        records.extend(reader)
    except csv.Error as error:
        where = f"{label} row {len(records) + 1}"
        raise DataError(
            Fault(
                where,
                f"is not CSV ({error}); a quoted cell ends with one quote, a quote inside it is doubled",
            )
        ) from error
    return records


def _header(records: list[list[str]], known: Collection[str], label: str) -> tuple[tuple[str, ...], int]:
    """Names of the columns, and the index of the first record after them."""
    at = next((i for i, record in enumerate(records) if any(cell.strip() for cell in record)), None)
    if at is None:
        raise DataError(Fault(label, "file is empty"))
    names = tuple(cell.strip() for cell in records[at])
    where = f"{label} row {at + 1}"
    if not any(name in known for name in names) and any(re.match(r"[+-]?\d", name) for name in names):
        shown = ", ".join(names[:4])
        raise DataError(
            Fault(where, f"looks headerless: it holds values ({shown}); put the column names in the first row")
        )
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise DataError(Fault(where, f"has the column {', '.join(twice)} more than once; keep one"))
    return names, at + 1


def _columns(
    records: list[list[str]],
    header: tuple[str, ...],
    first: int,
    label: str,
    notes: tuple[Note, ...],
    *,
    every_line: bool,
) -> Cells:
    width, blank = len(header), [""] * len(header)
    kept: list[list[str]] = []
    rows: list[int] = []
    odd: dict[int, int] = {}
    for row, record in enumerate(records[first:], first + 1):
        if len(record) == width and record[0].strip():  # most rows
            kept.append(record)
            rows.append(row)
            continue
        if len(record) > width and not any(record[width:]):
            record = record[:width]  # noqa: PLW2901 - separators at the end of the row
        filled = any(cell.strip() for cell in record)
        if not filled and not every_line:
            continue
        if filled and len(record) != width:
            odd[len(kept)] = len(record)
        kept.append([*record, *blank][:width])
        rows.append(row)
    if odd and not every_line:
        where = at_rows(label, [rows[place] for place in odd])
        raise DataError(Fault(where, f"has {next(iter(odd.values()))} cells where the header has {width}"))
    columns = [list(texts) for texts in zip(*kept, strict=True)] if kept else [[] for _ in header]
    return _named(header, columns, rows, notes, odd)


MOST_ROWS_SHOWN = 5


def at_rows(label: str, rows: list[int]) -> str:
    """``history.csv row 7``, or ``history.csv rows 7, 8, 9, 10, 11 and 4 more``."""
    if len(rows) == 1:
        return f"{label} row {rows[0]}"
    more = f" and {len(rows) - MOST_ROWS_SHOWN} more" if len(rows) > MOST_ROWS_SHOWN else ""
    return f"{label} rows {', '.join(map(str, rows[:MOST_ROWS_SHOWN]))}{more}"
