"""ODS (OpenDocument spreadsheets) as sheets of text, in one pass over ``content.xml``.

Facts from OpenDocument 1.3 part 3 (9.1 tables, 19.385 `office:value-type` and the values beside it) and from what
LibreOffice 7.4 writes: rows and cells that repeat are written once, the last row often stands for a million blank
ones, and an error is an empty string with its name as the text shown.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from configs.reading.number_formats import PLAIN, cell_text
from configs.reading.packages import Enough, Locals
from configs.reading.plain_text import clock_text, moment_text, snapped_ms, truth_text
from configs.reading.sheets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Area, Sheet, cell_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from configs.reading.packages import Package

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
DURATION = re.compile(r"(-?)P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d+)?)S)?)?")
MOMENT = re.compile(r"-?\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?P<fraction>\.\d+)?")
DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - the calendar of the sheet has no zone
FIRST_REAL_DAY = datetime(1900, 3, 1)  # noqa: DTZ001
CELLS = frozenset({"table-cell", "covered-table-cell"})
ASIDE = frozenset({"annotation", "tracked-changes"})
"""Comments and earlier versions of cells: text that is not in the table."""
CONTENT = "content.xml"


def read_ods(package: Package, wanted: Callable[[int, str, bool], bool]) -> list[Sheet]:
    """Read the sheets that are wanted by position among the visible ones (0 where hidden), name and hiddenness.

    Returns
    -------
    list
        Every sheet of the workbook, in its order; those not wanted without rows.

    Raises
    ------
    DataError
        When the content is missing or damaged, or a sheet holds more than a table may.
    """
    content = _Content(package.label, wanted)
    package.walk(CONTENT, content)
    return content.sheets


class _Content:
    """Styles that hide a sheet, then the sheets, their rows and cells."""

    def __init__(self, label: str, wanted: Callable[[int, str, bool], bool]) -> None:
        self.label, self.wanted = label, wanted
        self.local = Locals()
        self.sheets: list[Sheet] = []
        self.hiding: set[str] = set()
        self.style = ""
        self.visible = 0
        self.sheet: Sheet | None = None
        self.tables = 0
        self.row = self.row_times = self.blank = 0
        self.cell = _Cell({})
        self.aside = 0
        self.texts: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Styles, tables, rows, cells and the text in them."""
        tag = self.local[name]
        if self.aside or tag in ASIDE:
            self.aside += 1
        elif tag == "table":
            self._table(attributes)
        elif tag == "style":
            self.style = attributes.get(f"{STYLE}name", "")
        elif tag == "table-properties" and attributes.get(f"{TABLE}display") == "false":
            self.hiding.add(self.style)
        elif self.sheet is None or self.tables > 1:
            return
        elif tag == "table-row":
            self.row_times = self._times(attributes, "number-rows-repeated", MAX_ROWS)
            self.texts, self.blank = [], 0
        elif tag in CELLS:
            self.cell = _Cell(attributes, covered=tag == "covered-table-cell")
        else:
            self.cell.start(tag, attributes)

    def end(self, name: str) -> None:
        """Store what has ended."""
        tag = self.local[name]
        if self.aside:
            self.aside -= 1
        elif tag == "table":
            self.tables -= 1
            self.sheet = self.sheet if self.tables else None
        elif tag == "spreadsheet":
            raise Enough
        elif self.sheet is None or self.tables > 1:
            return
        elif tag in CELLS:
            self._store(self.sheet)
        elif tag == "table-row":
            self.sheet.put(self.row, self.texts, self.row_times)
            self.row += self.row_times
        elif tag == "p":
            self.cell.open = False

    def text(self, data: str) -> None:
        """Text of a paragraph in a cell."""
        if not self.aside and self.cell.open:
            self.cell.parts.append(data)

    def _table(self, attributes: Mapping[str, str]) -> None:
        self.tables += 1
        if self.tables > 1:
            return
        name, hidden = attributes.get(f"{TABLE}name", ""), attributes.get(f"{TABLE}style-name", "") in self.hiding
        cells = self.sheets[-1].cells if self.sheets else 0
        self.sheets.append(Sheet(name, self.label, hidden, cells=cells))
        self.visible += not hidden
        self.sheet = self.sheets[-1] if self.wanted(0 if hidden else self.visible, name, hidden) else None
        self.row = 1

    def _times(self, attributes: Mapping[str, str], name: str, most: int) -> int:
        text = attributes.get(f"{TABLE}{name}", "1")
        return min(int(text[:10]), most + 1) if text.isdecimal() else 1

    def _store(self, sheet: Sheet) -> None:
        """Add a cell as often as it repeats; blank ones count only where another follows."""
        times = self._times(self.cell.attributes, "number-columns-repeated", MAX_COLUMNS)
        text = self.cell.value()
        column = len(self.texts) + self.blank + 1
        if self.cell.valueless:
            sheet.valueless.append(cell_name(self.row, column))
        rows = self._times(self.cell.attributes, "number-rows-spanned", MAX_ROWS)
        columns = self._times(self.cell.attributes, "number-columns-spanned", MAX_COLUMNS)
        if rows > 1 or columns > 1:
            sheet.merged.append(Area(self.row, column, self.row + rows - 1, column + columns - 1))
        if not text:
            self.blank += times
            return
        if column + times - 1 > MAX_COLUMNS or (column + times) * self.row_times > MAX_CELLS:
            raise sheet.fault(f"has cells beyond column {MAX_COLUMNS:,}, or too many of them; delete them")
        self.texts.extend([""] * self.blank)
        self.texts.extend([text] * times)
        self.blank = 0


class _Cell:
    """A cell while it is read: its attributes and the paragraphs in it."""

    def __init__(self, attributes: Mapping[str, str], *, covered: bool = False) -> None:
        self.attributes, self.covered = attributes, covered
        self.kind = attributes.get(f"{OFFICE}value-type", "")
        self.parts: list[str] = []
        self.open = False

    @property
    def valueless(self) -> bool:
        """Whether it is a formula without a stored result."""
        return f"{TABLE}formula" in self.attributes and not self.kind

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Paragraphs begin lines; blanks, tabs and line ends are elements."""
        if tag == "p":
            if self.parts:
                self.parts.append("\n")
            self.open = True
        elif self.open and tag == "s":
            count = attributes.get(f"{TEXT}c", "1")
            self.parts.append(" " * min(int(count[:4]) if count.isdecimal() else 1, 1000))
        elif self.open and tag in {"tab", "line-break"}:
            self.parts.append("\t" if tag == "tab" else "\n")

    def value(self) -> str:
        """Text of the value; what a merged cell covers is not shown and not read."""
        if self.covered or not self.kind:
            return ""
        shown, given = "".join(self.parts), self.attributes
        if self.kind in {"float", "percentage", "currency"}:
            return _number(given.get(f"{OFFICE}value", "")) or shown
        if self.kind == "date":
            return _moment(given.get(f"{OFFICE}date-value", "")) or shown
        if self.kind == "time":
            return _duration(given.get(f"{OFFICE}time-value", "")) or shown
        if self.kind == "boolean":
            return truth_text(given.get(f"{OFFICE}boolean-value") == "true")
        return shown or given.get(f"{OFFICE}string-value", "")


def _number(text: str) -> str:
    if text.isdecimal() and text.isascii():
        return text
    try:
        return cell_text(float(text), PLAIN, since_1904=False)
    except ValueError:
        return ""


def _moment(text: str) -> str:
    """ISO text; a time in the first two months of the calendar is a duration that was given the format of a date."""
    match = MOMENT.fullmatch(text)
    if match is None:
        return text
    try:
        moment = datetime.fromisoformat(text[:19])
    except ValueError:
        return text
    since = (moment - DAY_ZERO) / timedelta(milliseconds=1) + 1000 * float(match["fraction"] or 0)
    if moment < FIRST_REAL_DAY:
        return clock_text(snapped_ms(since))
    return moment_text(DAY_ZERO + timedelta(milliseconds=snapped_ms(since)))


def _duration(text: str) -> str:
    match = DURATION.fullmatch(text)
    if match is None:
        return text
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups()[1:])
    milliseconds = snapped_ms(1000 * (seconds + 60 * (minutes + 60 * (hours + 24 * days))))
    return clock_text(-milliseconds if match[1] else milliseconds)
