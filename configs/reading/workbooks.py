"""A workbook (XLSX, XLSM, ODS) as a grid: which of its sheets holds the table, and what keeps it from being read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from configs.errors import DataError, Fault, nearest
from configs.notes import Note
from configs.reading.grid import Grid
from configs.reading.ods import CONTENT, read_ods
from configs.reading.packages import open_package, password
from configs.reading.sheets import MOST_SHOWN, Area, Sheet
from configs.reading.xlsx import read_xlsx

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from configs.reading.packages import Package

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MAX_OLE = 50_000_000
OTHERS = (
    ("word/document.xml", "a text document (docx)"),
    ("ppt/presentation.xml", "a presentation (pptx)"),
    ("xl/workbook.bin", "a binary workbook (xlsb)"),
    ("Index/Document.iwa", "a Numbers, Pages or Keynote file"),
)


def is_workbook(start: bytes) -> bool:
    """Whether a file that begins with these bytes is for `workbook_grid`: a zip archive or an old Office file."""
    return start.startswith((*ZIP, OLE))


def workbook_grid(path: Path, label: str, sheet: str | int | None = None) -> Grid:
    """Read one sheet of a workbook as text.

    Dates become ISO text, times of day ``HH:MM:SS``, durations hours, minutes and seconds (beyond 24 hours too),
    numbers their shortest form, truth values ``TRUE`` and ``FALSE``, errors their names such as ``#N/A``.

    Parameters
    ----------
    path
        The file.
    label
        Its name in messages.
    sheet
        Sheet by name, or by position among the visible ones from 1 on; by default the only visible one with data.

    Raises
    ------
    DataError
        When the file is not a workbook, is damaged, packed like a bomb or protected; when the sheet is absent or not
        the only one; when a formula has no stored result, or a merged cell stands above several columns.
    """
    if not path.is_file():
        raise DataError(Fault(label, "no such file"))
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(OLE):
        raise _old_office(path, label)
    with open_package(path, label) as package:
        sheets = _read(package, sheet)
    found = _chosen(sheets, sheet, label)
    return _grid(found, [*_unread(sheets, found)])


def _read(package: Package, sheet: str | int | None) -> list[Sheet]:
    def wanted(position: int, name: str, hidden: bool) -> bool:  # noqa: FBT001 - the readers call it
        return not hidden if sheet is None else sheet in {position, name} and sheet != 0

    names = package.names
    if "xl/workbook.xml" in names or "[Content_Types].xml" in names:
        _refuse_others(package)
        return read_xlsx(package, wanted)
    if CONTENT in names and ("mimetype" not in names or package.read("mimetype", 100).startswith(ODS_TYPE)):
        if "META-INF/manifest.xml" in names and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise password(package.label)
        return read_ods(package, wanted)
    _refuse_others(package)
    words = "is a zip archive without a workbook; unpack it and name the file in it"
    raise DataError(Fault(package.label, words))


def _refuse_others(package: Package) -> None:
    for part, kind in OTHERS:
        if part in package.names:
            raise DataError(Fault(package.label, f"is {kind}; save the table as XLSX, ODS or CSV (UTF-8)"))


def _old_office(path: Path, label: str) -> DataError:
    """A password wraps an XLSX into an old Office file, whose directory then names the encrypted package."""
    with path.open("rb") as stream:
        blob = stream.read(MAX_OLE)
    if "EncryptedPackage".encode("utf-16-le") in blob:
        return password(label)
    return DataError(Fault(label, "is an old Office file (such as xls); save the table as XLSX, ODS or CSV (UTF-8)"))


def _chosen(sheets: Sequence[Sheet], asked: str | int | None, label: str) -> Sheet:
    listed = ", ".join(f'"{each.name}"' for each in sheets if each.table)
    if asked is not None:
        visible = [each for each in sheets if not each.hidden]
        at = {each.name: each for each in reversed(sheets)} if isinstance(asked, str) else dict(enumerate(visible, 1))
        if asked not in at:
            hint = nearest(asked, [each.name for each in sheets]) if isinstance(asked, str) else ""
            shown = f'"{asked}"' if isinstance(asked, str) else f"number {asked}"
            raise DataError(Fault(label, f"has no sheet {shown}{hint}; sheets: {listed}"))
        found = at[asked]  # type: ignore[index]
        if not found.table:
            raise found.fault(f"is a chart or macro sheet without cells; sheets: {listed}")
        if not found.rows:
            raise found.fault(f"is empty; sheets: {listed}")
        return found
    filled = [each for each in sheets if each.rows]
    if len(filled) > 1:
        named = ", ".join(f'"{each.name}"' for each in filled)
        words = f'has several sheets with data: {named}; choose one, such as sheet = "{filled[0].name}"'
        raise DataError(Fault(label, words))
    if filled:
        return filled[0]
    hidden = ", ".join(f'"{each.name}"' for each in sheets if each.hidden)
    more = f"; a hidden sheet is read if sheet names it: {hidden}" if hidden else ""
    raise DataError(Fault(label, f"has no data on a visible sheet{more}"))


def _unread(sheets: Sequence[Sheet], found: Sheet) -> list[Note]:
    hidden = [f'"{each.name}"' for each in sheets if each.hidden and each is not found]
    return [Note(found.label, f"hidden sheets were not read: {', '.join(hidden)}")] if hidden else []


def _grid(sheet: Sheet, notes: list[Note]) -> Grid:
    if sheet.valueless:
        more = f" and {len(sheet.valueless) - MOST_SHOWN} more" if len(sheet.valueless) > MOST_SHOWN else ""
        cells = ", ".join(sheet.valueless[:MOST_SHOWN])
        words = f"has formulas without a computed result: {cells}{more}; open it in a spreadsheet and save it again"
        raise sheet.fault(words)
    headings = [area for area in sheet.merged if _spans_columns(sheet, area)]
    if headings:
        first = headings[0]
        words = f"has merged cells above several columns: {first}; unmerge them and give each column its own name"
        raise sheet.fault(words)
    tall = [str(area) for area in sheet.merged if area.bottom > area.top and _inside(sheet, area)]
    if tall:
        more = f" and {len(tall) - MOST_SHOWN} more" if len(tall) > MOST_SHOWN else ""
        words = f"merged cells count once, in their first row: {', '.join(tall[:MOST_SHOWN])}{more}"
        notes.append(Note(f'{sheet.label} sheet "{sheet.name}"', words))
    return Grid(sheet.rows, tuple(notes))


def _spans_columns(sheet: Sheet, area: Area) -> bool:
    """Whether merged cells are a heading: other cells beside them, and filled cells below several of their columns.

    A title stands alone in its row, and nothing is below the merged cells of a last line.
    """
    if area.left == area.right or not _inside(sheet, area):
        return False
    beside = [text for i, text in enumerate(sheet.rows[area.top - 1], 1) if not area.left <= i <= area.right]
    below = sheet.rows[area.bottom] if area.bottom < len(sheet.rows) else []
    return any(beside) and sum(bool(text) for text in below[area.left - 1 : area.right]) > 1


def _inside(sheet: Sheet, area: Area) -> bool:
    """Whether merged cells hold something."""
    record = sheet.rows[area.top - 1] if area.top <= len(sheet.rows) else []
    return area.left <= len(record) and bool(record[area.left - 1])
