"""Text cells to typed values, column by column; a value that cannot be read is a fault with its row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from configs.errors import Fault
from configs.notes import Note
from configs.reading.raw import at_rows
from configs.zones import zone as zone_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from configs.reading.raw import Cells
    from configs.tables import Column, Table

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
TIME = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})"
    r"([T ](?P<clock>\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)(?P<offset>Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
BLANKS = frozenset({"", "-", "na", "n/a", "nan", "null", "none"})
FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""Text a spreadsheet would run as a formula; a leading quote, taken off again when read, keeps it text."""
YEARS = (1970, 2199)
COUNTS = ("volume", "handled", "abandoned", "agents", "agents_present", "work_h")
"""Columns of an interval that count; where all of them are zero it may be left out."""
COUNTED = frozenset({"history", "actuals"})
"""Tables whose volumes are counts, or means of counts."""
THOUSAND = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
"""A thousand with a dot as thousands mark, or a fraction with three decimals."""
HUNDREDS = re.compile(r"0*[1-9]\d{2,}", re.ASCII)
"""A whole number of a hundred or more: in the same column it shows that contacts come in such numbers."""
TIME_HINT = "write it such as 2026-11-30T09:30 or 2026-11-30T09:30+00:00"
DATE_HINT = "write it such as 2026-11-30"


@dataclass(frozen=True)
class Bad:
    """What is wrong with a value: `words` after the value, or instead of it when `instead` is true."""

    words: str
    instead: bool = False


@dataclass
class Source:
    """A file being read: its cells, its contract, and what was found wrong or worth telling so far.

    `left_out` holds the positions of rows that mean nothing: no contacts in an hour that the clock skips.
    """

    label: str
    cells: Cells
    table: Table
    named: dict[str, str]
    zone: str
    faults: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)

    def texts(self, column: str) -> list[str]:
        """Cells of one of our columns, trimmed."""
        return [cell.strip() for cell in self.cells.columns[self.named[column]]]

    def fault(self, column: Column, bad: Bad, positions: list[int]) -> None:
        """Tell one kind of fault of a column once, with the first rows and the first value."""
        rows = [self.cells.rows[i] for i in positions]
        name, first = self.named[column.name], positions[0]
        value = self.cells.columns[name][first].strip()
        shown = value if NUMBER.fullmatch(value) else f'"{value[:60]}"'
        said = (
            f"{bad.words}{self._of(column, first)}"
            if bad.instead
            else f"is {shown}{self._of(column, first)}; {bad.words}"
        )
        self.faults.append(Fault(at_rows(self.label, rows), f"{name} {said}"))

    def _of(self, column: Column, position: int) -> str:
        """Name the row by its key, such as `` for channel "phone" at 2026-03-30 09:30``."""
        said = ""
        for key in self.table.key:
            if key == column.name or key not in self.named:
                continue
            value = self.texts_at(key, position)
            said += f" at {value}" if self.table.column(key).kind == "time" else f' for {self.named[key]} "{value}"'
        return said

    def texts_at(self, column: str, position: int) -> str:
        """One trimmed cell."""
        return self.cells.columns[self.named[column]][position].strip()


def converted(source: Source, column: Column) -> pd.Series:
    """One column as ``str``, UTC times, naive midnights or ``float64``; faults and notes go to `source`."""
    if column.kind == "text":
        return pd.Series(_each(source, column, _text), dtype="str")
    if column.kind == "number":
        if column.name == "volume" and source.table.name in COUNTED:
            _refuse_thousands(source, column)
        return pd.Series(_each(source, column, _number(column)), dtype="float64")
    if column.kind == "date":
        return pd.Series(np.array(_each(source, column, _date), dtype="datetime64[us]"))
    return _times(source, column)


def _each(source: Source, column: Column, parse: Callable[[str], Any]) -> list[Any]:
    """Parse every distinct text once; a blank is None, and a fault where the column must be filled."""
    texts = source.texts(column.name)
    known = {text: parse(text) for text in dict.fromkeys(texts)}
    if column.filled:
        empty = Bad("is empty", instead=True)
        known = {text: empty if _is_blank(text, column) else value for text, value in known.items()}
    if any(isinstance(value, Bad) for value in known.values()):
        groups: dict[Bad, list[int]] = {}
        for i, text in enumerate(texts):
            if isinstance(known[text], Bad):
                groups.setdefault(known[text], []).append(i)
        for bad, positions in groups.items():
            source.fault(column, bad, positions)
        known = {text: None if isinstance(value, Bad) else value for text, value in known.items()}
        if column.kind == "text":
            known = {text: value or "" for text, value in known.items()}
    return [known[text] for text in texts]


def _is_blank(text: str, column: Column) -> bool:
    return text == "" if column.kind == "text" else text.casefold() in BLANKS


def _text(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def _number(column: Column) -> Callable[[str], float | Bad]:
    low = -np.inf if column.low is None else column.low
    high = np.inf if column.high is None else column.high

    def parse(text: str) -> float | Bad:
        """Number of a cell; NaN for a blank one, what is wrong for any other text."""
        if text.casefold() in BLANKS:
            return np.nan
        if text.casefold().lstrip("+-") in {"inf", "infinity"}:
            return Bad("it must be a finite number")
        if not NUMBER.fullmatch(text):
            comma = re.fullmatch(r"[+-]?\d+,\d+", text)
            return Bad(
                "write it with a decimal point, without thousands separators" if comma else "it must be a number"
            )
        value = float(text)
        if np.isinf(value):
            return Bad("it must be a finite number")
        if value < low:
            return Bad(f"it must be {low:g} or more")
        return Bad(f"it must be at most {high:g}") if value > high else value

    return parse


def _refuse_thousands(source: Source, column: Column) -> None:
    """Refuse a column where whole numbers meet fractions that all have three decimals: the dot may mark thousands."""
    texts = source.texts(column.name)
    dotted = [i for i, text in enumerate(texts) if "." in text]
    whole = [text for text in texts if HUNDREDS.fullmatch(text)]
    if not dotted or not whole or not all(THOUSAND.fullmatch(texts[i]) for i in dotted):
        return
    value = texts[dotted[0]]
    thousand = value.replace(".", "")
    words = (
        f"there are whole numbers such as {whole[0]} too, so it may be {thousand} with a thousands mark, or {value} "
        f"with three decimals; write {thousand} without a thousands mark, or {value}0 if it is a fraction"
    )
    source.fault(column, Bad(words), dotted)


def _date(text: str) -> datetime | Bad | None:
    if text.casefold() in BLANKS:
        return None
    match = TIME.fullmatch(text)
    if match is None or match["offset"] or (match["clock"] and re.search(r"[1-9]", match["clock"])):
        return Bad(_readings(text) or DATE_HINT)
    return _calendar_day(match["date"])


def _calendar_day(text: str) -> datetime | Bad:
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return Bad("there is no such day")
    return value if YEARS[0] <= value.year <= YEARS[1] else Bad(f"years run from {YEARS[0]} to {YEARS[1]}")


def _readings(text: str) -> str:
    """Explain the usual spellings that are not ISO 8601."""
    match = re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    if match:
        a, b, year = int(match[1]), int(match[2]), match[3]
        ways = [f"{year}-{month:02d}-{day:02d}" for day, month in dict.fromkeys(((a, b), (b, a))) if month <= 12]
        return f"the order of day and month is unclear; write {' or '.join(ways)}" if ways else DATE_HINT
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return "this is the day number of a spreadsheet; format the column as ISO 8601 dates before saving"
    return ""


@dataclass(frozen=True)
class _Moment:
    """A time as written: `kind` is "utc", "local" or "day", `value` naive."""

    kind: str
    value: datetime


def _moment(text: str) -> _Moment | Bad | None:
    if text.casefold() in BLANKS:
        return None
    match = TIME.fullmatch(text)
    if match is None:
        return Bad(_readings(text) or TIME_HINT)
    day = _calendar_day(match["date"])
    if isinstance(day, Bad):
        return day
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return Bad("there is no such time of day")
    if value.tzinfo is not None:
        return _Moment("utc", value.astimezone(UTC).replace(tzinfo=None))
    return _Moment("local" if match["clock"] else "day", value)


def _times(source: Source, column: Column) -> pd.Series:
    """UTC time stamps; what carries no offset is local time of the zone."""
    moments: list[_Moment | None] = _each(source, column, _moment)
    values = np.array([None if m is None else m.value for m in moments], dtype="datetime64[us]")
    kinds = np.array(["" if m is None else m.kind for m in moments])
    utc = pd.DatetimeIndex(values).tz_localize("UTC")
    local, day = kinds == "local", kinds == "day"
    if not (local | day).any():
        return pd.Series(utc)
    out = values.copy()
    if local.any():
        out[local] = _localized(source, column, values[local], np.flatnonzero(local))
        count = f"{int(local.sum()):,} of {len(values):,} times have no offset"
        hint = f"{source.named[column.name]}: {count} and were read as local time in {source.zone}"
        source.notes.append(Note(source.label, hint))
    if day.any():
        # The last day of a leave is a day of leave: it ends at the midnight after it.
        over = np.timedelta64(int(source.table.name == "leave" and column.name == "end"), "D")
        days = pd.DatetimeIndex(values[day] + over)
        first = np.ones(len(days), dtype=bool)
        out[day] = _naive_utc(days.tz_localize(zone_of(source.zone), ambiguous=first, nonexistent="shift_forward"))
    return pd.Series(pd.DatetimeIndex(out).tz_localize("UTC"))


def _naive_utc(index: pd.DatetimeIndex) -> NDArray[np.datetime64]:
    return np.asarray(index.tz_convert("UTC").tz_localize(None), dtype="datetime64[us]")


def _localized(
    source: Source, column: Column, values: NDArray[np.datetime64], positions: NDArray[np.int64]
) -> NDArray[np.datetime64]:
    """Local clock times to UTC; skipped times with contacts are faults, double ones go by order of appearance."""
    naive = pd.DatetimeIndex(values)
    summer = np.ones(len(naive), dtype=bool)
    zone = zone_of(source.zone)
    double = np.asarray(naive.tz_localize(zone, ambiguous="NaT", nonexistent="shift_forward").isna())
    if double.any():
        summer[double] = _first_pass(source, column, positions[double])
    known = naive.tz_localize(zone, ambiguous=summer, nonexistent="NaT")
    skipped = [int(i) for i in positions[np.asarray(known.isna())]]
    empty = [i for i in skipped if _counts_nothing(source, i)]
    source.left_out += empty
    if len(skipped) > len(empty):
        words = f"the clock skips this time in {source.zone}; check the zone, or write times with an offset"
        source.fault(column, Bad(words), [i for i in skipped if i not in set(empty)])
    return _naive_utc(known)


def _counts_nothing(source: Source, position: int) -> bool:
    """Whether a row counts contacts or people and counts none: some systems write a row for skipped hours too."""
    texts = [source.texts_at(name, position) for name in COUNTS if name in source.named]
    numbers = [float(text) for text in texts if NUMBER.fullmatch(text)]
    known = all(NUMBER.fullmatch(text) or text.casefold() in BLANKS for text in texts)
    return bool(numbers) and known and not any(numbers)


def _first_pass(source: Source, column: Column, positions: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each double time is the first of its pair, counted per key in the order of the file."""
    others = [
        key
        for key in source.table.key
        if key != column.name and key in source.named and source.table.column(key).kind != "time"
    ]
    names = [
        (*(source.texts_at(key, int(i)) for key in others), source.texts_at(column.name, int(i))) for i in positions
    ]
    seen: dict[tuple[str, ...], int] = {}
    first: list[bool] = []
    for name in names:
        first.append(not source.table.key or seen.get(name, 0) == 0)
        seen[name] = seen.get(name, 0) + 1
    single = [int(i) for i, name in zip(positions, names, strict=True) if seen[name] == 1 or not source.table.key]
    if single:
        rows = at_rows(source.named[column.name], [source.cells.rows[i] for i in single])
        hint = f"{rows}: this time occurs twice and the file has it once; it was read as the first"
        source.notes.append(Note(source.label, hint))
    return np.array(first, dtype=bool)
