"""XLSX and XLSM as sheets of text, in one pass over each part.

Facts from ECMA-376 part 1 (18.2 workbook, 18.3.1 worksheet cells, 18.4 shared strings, 18.8 styles) as openpyxl 3.1.5
reads them, in `reader/workbook.py`, `worksheet/_reader.py` and `styles/`.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from configs.reading.number_formats import PLAIN, NumberFormat, cell_text, number_format
from configs.reading.packages import Enough, Locals
from configs.reading.plain_text import truth_text
from configs.reading.sheets import COLUMNS, MAX_COLUMNS, Sheet, area_of, cell_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from configs.reading.packages import Package

RELATION = re.compile(r"(?:^| )id$")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
TRUE = frozenset({"1", "true", "on"})


@dataclass
class Workbook:
    """What the sheets share: strings, formats, the first day of the calendar, and whether results were ever computed.

    Programs that write formulas without computing them ask the reader for a full calculation; the results they store
    are placeholders, so they count as absent.
    """

    since_1904: bool = False
    computed: bool = True
    strings: list[str] = field(default_factory=list)
    formats: dict[str, NumberFormat] = field(default_factory=dict)


def read_xlsx(package: Package, wanted: Callable[[int, str, bool], bool]) -> list[Sheet]:
    """Read the sheets that are wanted by position among the visible ones (0 where hidden), name and hiddenness.

    Returns
    -------
    list
        Every sheet of the workbook, in its order; those not wanted without rows.

    Raises
    ------
    DataError
        When a part is missing or damaged, or a sheet holds more than a table may.
    """
    home = _main_part(package)
    index = _Index()
    package.walk(home, index)
    relations = _relations(package, home)
    book = Workbook(index.since_1904, index.computed)
    for kind, part in relations.values():
        if kind == "sharedStrings":
            package.walk(part, _Strings(book.strings))
        elif kind == "styles":
            book.formats = _formats(package, part)
    sheets: list[Sheet] = []
    visible = cells = 0
    for name, relation, hidden in index.sheets:
        kind, part = relations.get(relation, ("", ""))
        sheet = Sheet(name, package.label, hidden, table=kind == "worksheet", cells=cells)
        visible += not hidden
        if sheet.table and wanted(0 if hidden else visible, name, hidden):
            package.walk(part, _Cells(sheet, book))
        cells = sheet.cells
        sheets.append(sheet)
    return sheets


def _main_part(package: Package) -> str:
    for kind, part in _relations(package, "").values():
        if kind == "officeDocument":
            return part
    raise package.damaged("it names no workbook part")


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Kind and target of the relations of a part, by their ids."""
    folder, name = posixpath.split(part)
    found = _Relations(folder)
    package.walk(posixpath.join(folder, "_rels", f"{name}.rels"), found)
    return found.targets


class _Part:
    """A handler that knows local names and collects text while it is told to."""

    def __init__(self) -> None:
        self.local = Locals()
        self.parts: list[str] = []
        self.open = False

    def text(self, data: str) -> None:
        """Keep the text of the elements that hold some."""
        if self.open:
            self.parts.append(data)

    def end(self, name: str) -> None:
        """Nothing, unless a part has use for it."""


class _Relations(_Part):
    """The parts that a part refers to, by their numbers: kind and path."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self.local[name] == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.join(self.folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.targets[attributes.get("Id", "")] = (kind, posixpath.normpath(part))


class _Index(_Part):
    """The list of sheets in the workbook part: name, relation, hiddenness."""

    def __init__(self) -> None:
        super().__init__()
        self.since_1904 = False
        self.computed = True
        self.sheets: list[tuple[str, str, bool]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = self.local[name]
        if tag == "workbookPr":
            self.since_1904 = attributes.get("date1904", "0") in TRUE
        elif tag == "calcPr":
            self.computed = attributes.get("fullCalcOnLoad", "0") not in TRUE
        elif tag == "sheet":
            relation = next((value for key, value in attributes.items() if RELATION.search(key)), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), relation, hidden))


class _Strings(_Part):
    """The shared strings; phonetic readings beside them are left out."""

    def __init__(self, strings: list[str]) -> None:
        super().__init__()
        self.strings = strings
        self.phonetic = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - the protocol's
        tag = self.local[name]
        if tag == "si":
            self.parts = []
        elif tag == "rPh":
            self.phonetic = True
        self.open = tag == "t" and not self.phonetic

    def end(self, name: str) -> None:
        tag = self.local[name]
        self.open = False
        if tag == "rPh":
            self.phonetic = False
        elif tag == "si":
            self.strings.append(_unescaped("".join(self.parts)))


class _Styles(_Part):
    """Format codes by their ids, and the id of each cell style."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[int, str] = {}
        self.styles: list[int] = []
        self.within: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag, parent = self.local[name], self.within[-1] if self.within else ""
        self.within.append(tag)
        if tag == "numFmt" and parent == "numFmts":
            self.codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif tag == "xf" and parent == "cellXfs":
            self.styles.append(int(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if self.within.pop() == "cellXfs" == self.local[name]:
            raise Enough


def _formats(package: Package, part: str) -> dict[str, NumberFormat]:
    """What each cell style, as cells write its number, says about numbers."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    styles = _Styles()
    try:
        package.walk(part, styles)
    except ValueError as error:
        raise package.damaged(f"{part}: {error}") from error
    codes = {**BUILTIN_FORMATS, **styles.codes}
    forms = {style: number_format(codes.get(style, "General")) for style in set(styles.styles)}
    return {str(place): forms[style] for place, style in enumerate(styles.styles)}


class _Cells(_Part):
    """The cells of a sheet, row by row."""

    def __init__(self, sheet: Sheet, book: Workbook) -> None:
        super().__init__()
        self.sheet, self.book = sheet, book
        self.row = 0
        self.texts: list[str] = []
        self.column = 0
        self.kind = self.style = ""
        self.formula = self.phonetic = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = self.local[name]
        if tag == "c":
            self._cell(attributes)
        elif tag in {"v", "t"}:
            self.open = not self.phonetic
        elif tag == "row":
            self.row = self._whole(attributes.get("r"), self.row + 1)
            self.texts, self.column = [], 0
        elif tag == "f":
            self.formula = True
        elif tag == "rPh":
            self.phonetic = True
        elif tag == "mergeCell":
            area = area_of(attributes.get("ref", ""))
            if area is not None:
                self.sheet.merged.append(area)

    def end(self, name: str) -> None:
        tag = self.local[name]
        self.open = False
        if tag == "c":
            self._store()
        elif tag == "row":
            self.sheet.put(self.row, self.texts)
        elif tag == "rPh":
            self.phonetic = False

    def _cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        column = COLUMNS[reference.rstrip("0123456789")] if reference else self.column + 1
        if not self.column < column <= MAX_COLUMNS:
            raise self.sheet.fault(f"is damaged: a cell of row {self.row} is called {reference}")
        self.column = column
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        self.formula, self.parts = False, []

    def _store(self) -> None:
        raw = "".join(self.parts)
        if self.formula and (not raw or not self.book.computed) and self.kind != "str":
            self.sheet.valueless.append(cell_name(self.row, self.column))
        if raw:
            self.texts.extend([""] * (self.column - len(self.texts) - 1))
            self.texts.append(self._text(raw))

    def _text(self, raw: str) -> str:
        """Text of a cell by its type: number, shared string, truth value, or text, date and error as they are."""
        if self.kind == "n":
            return self._number(raw)
        if self.kind == "s":
            at = self._whole(raw, -1)
            if not 0 <= at < len(self.book.strings):
                raise self.sheet.fault(f"is damaged: {cell_name(self.row, self.column)} names text number {raw}")
            return self.book.strings[at]
        if self.kind == "b":
            return truth_text(raw in TRUE)
        return _unescaped(raw)

    def _number(self, raw: str) -> str:
        form = self.book.formats.get(self.style, PLAIN)
        if form is PLAIN and raw.isdecimal() and raw.isascii():
            return raw
        try:
            return cell_text(float(raw), form, since_1904=self.book.since_1904)
        except ValueError as error:
            where = cell_name(self.row, self.column)
            raise self.sheet.fault(f'is damaged: {where} should be a number and is "{raw[:40]}"') from error

    def _whole(self, text: str | None, default: int) -> int:
        if text is None:
            return default
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise self.sheet.fault(f'is damaged: "{text[:40]}" is not a number of a row or text')
        return int(text)


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold are written as ``_x000D_``."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
