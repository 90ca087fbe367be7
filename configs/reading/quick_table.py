"""A large plain file as a checked table, the same as the careful reader makes of it; None where it is not plain."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.notes import Note
from configs.reading.blanks import BLANKS
from configs.reading.convert import COUNTED, FORMULA
from configs.reading.quick import Texts, quick_columns
from configs.reading.raw import at_rows
from configs.reading.source import PLAIN_NUMBER
from configs.reading.stamps import Stamps
from configs.zones import zone as zone_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from configs.reading.quick import Columns
    from configs.schema.reading import TableShape
    from configs.tables import Column, Kind, Table

LEAST_BYTES = 200_000
"""Smaller files are read carefully in no time."""
LONGEST_HEADER = 10_000
SEPARATORS = (",", ";", "\t", "|")
FIRST_ROW = 2


@dataclass(frozen=True)
class QuickRead:
    """The table, the notes on it, and the names of the columns in the file."""

    frame: pd.DataFrame
    notes: tuple[Note, ...]
    named: dict[str, str]
    header: tuple[str, ...]


class _NotPlainError(Exception):
    """Something that the careful reader has to look at."""


def quick_table(
    path: Path, table: Table, renamed: Mapping[str, str], shape: TableShape | None, zone: str, label: str
) -> QuickRead | None:
    """Read a table whose file is large and plain.

    Parameters
    ----------
    path, table, zone, label
        As for `configs.files.read_table`.
    renamed
        Our column names, each with the name in the file.
    shape
        Settings of the file; only a file read without any is plain.
    """
    if (shape is not None and not shape.is_ours) or not path.is_file() or path.stat().st_size < LEAST_BYTES:
        return None
    found = _header(path, set(renamed.values()))
    if found is None:
        return None
    separator, header = found
    named = {name: renamed[name] for name in table.names if renamed[name] in header}
    if not set(table.required) <= set(named) or len(set(named.values())) < len(named):
        return None
    kinds: dict[str, Kind] = {named[name]: table.column(name).kind for name in named}
    if not set(kinds.values()) <= {"text", "time", "number"}:
        return None
    read = quick_columns(path, separator, header, kinds, _number)
    if read is None:
        return None
    try:
        frame, notes = _Checked(read, table, named, zone, label).frame()
    except _NotPlainError:
        return None
    return QuickRead(frame, notes, named, header)


def _header(path: Path, known: set[str]) -> tuple[str, tuple[str, ...]] | None:
    """Separator and names of the first line, where it is plain text that holds a known name."""
    with path.open("rb") as file:
        line = file.readline(LONGEST_HEADER)
    try:
        text = line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        return None
    if not line.endswith(b"\n") or '"' in text or "\0" in text or text.startswith("\ufeff") or not text.isascii():
        return None
    separator = max(
        SEPARATORS, key=lambda one: (sum(cell.strip() in known for cell in text.split(one)), text.count(one))
    )
    header = tuple(cell.strip() for cell in next(csv.reader([text], delimiter=separator)))
    plain = len(set(header)) == len(header) and all(header) and known & set(header)
    return (separator, header) if plain else None


def _number(text: str) -> float | None:
    """Read a number that is not all digits; NaN where the cell is blank."""
    text = text.strip()
    if text.casefold() in BLANKS:
        return np.nan
    return float(text) if PLAIN_NUMBER.fullmatch(text) else None


@dataclass
class _Checked:
    """Columns of a file on their way to a table; what is wrong with them is left to the careful reader."""

    read: Columns
    table: Table
    named: dict[str, str]
    zone: str
    label: str

    def frame(self) -> tuple[pd.DataFrame, tuple[Note, ...]]:
        """Return the table and the notes on it."""
        notes: list[Note] = []
        made = {}
        for name in self.table.names:
            if name in self.named:
                column, values = self.table.column(name), self.read.columns[self.named[name]]
                if isinstance(values, Texts):
                    made[name] = self._texts(column, values)
                elif isinstance(values, Stamps):
                    made[name] = self._times(column, values, notes)
                else:
                    made[name] = self._numbers(column, values)
        frame = pd.DataFrame(made, copy=False)
        frame.index = pd.RangeIndex(FIRST_ROW, FIRST_ROW + self.read.rows, name="row")
        return frame, tuple(notes)

    def _texts(self, column: Column, texts: Texts) -> pd.Series:
        distinct = [_plain_text(text) for text in texts.distinct]
        if column.filled and "" in distinct:
            raise _NotPlainError
        return pd.Series(pd.array(np.array(distinct, dtype=object)[texts.codes], dtype="str"), copy=False)

    def _numbers(self, column: Column, values: NDArray[np.float64]) -> pd.Series:
        low, high = (np.fmin.reduce(values), np.fmax.reduce(values)) if len(values) else (np.nan, np.nan)
        blank = column.filled and np.isnan(values).any()
        below, above = column.low is not None and low < column.low, column.high is not None and high > column.high
        if blank or below or above or np.isinf([low, high]).any() or self._may_be_thousands(column, values):
            raise _NotPlainError
        return pd.Series(values, copy=False)

    def _may_be_thousands(self, column: Column, values: NDArray[np.float64]) -> bool:
        """Whether contacts have fractions that a thousands mark could make; the careful reader looks at their texts."""
        if column.name != "volume" or self.table.name not in COUNTED:
            return False
        parts = values[values % 1 != 0]
        return bool(len(parts)) and bool(np.isclose(parts * 1000 % 1, 0).any())

    def _times(self, column: Column, times: Stamps, notes: list[Note]) -> pd.Series:
        clock = times.clock_s.astype("datetime64[s]").astype("datetime64[us]")
        if times.ahead_s is not None:
            return pd.Series(pd.DatetimeIndex(clock - times.ahead_s.astype("timedelta64[s]")).tz_localize("UTC"))
        name, many = self.named[column.name], f"{self.read.rows:,}"
        local, zone = pd.DatetimeIndex(clock), zone_of(self.zone)
        known = (
            local.tz_localize(zone, ambiguous="NaT", nonexistent="NaT").tz_convert("UTC").tz_localize(None).to_numpy()
        )
        double = np.flatnonzero(np.isnat(known))
        if len(double):
            first = self._first_pass(column, times, double, notes)
            again = local[double].tz_localize(zone, ambiguous=first, nonexistent="NaT")
            if again.hasnans:  # a time that the clock skips
                raise _NotPlainError
            known = known.copy()
            known[double] = again.tz_convert("UTC").tz_localize(None).to_numpy()
        words = f"{name}: {many} of {many} times have no offset and were read as local time in {self.zone}"
        notes.append(Note(self.label, words))
        return pd.Series(pd.DatetimeIndex(known).tz_localize("UTC"))

    def _first_pass(
        self, column: Column, times: Stamps, double: NDArray[np.int64], notes: list[Note]
    ) -> NDArray[np.bool_]:
        """Whether each double time is the first of its pair, by the order of the rows of its key."""
        key: dict[str, NDArray[np.int64] | NDArray[np.int32]] = {"time": times.clock_s[double]}
        for name in self.table.key:
            values = self.read.columns.get(self.named.get(name, ""))
            if name != column.name and isinstance(values, Texts):
                key[name] = values.codes[double]
        groups = pd.DataFrame(key).groupby(list(key), sort=False)["time"]
        single = groups.transform("size").to_numpy() == 1
        if single.any():
            rows = at_rows(self.named[column.name], (double[single] + FIRST_ROW).tolist())
            words = f"{rows}: this time occurs twice and the file has it once; it was read as the first"
            notes.append(Note(self.label, words))
        return np.asarray(groups.cumcount() == 0)


def _plain_text(text: str) -> str:
    """Text of a cell as the careful reader gives it."""
    text = text.strip()
    if text.startswith("'") or FORMULA.match(text):
        raise _NotPlainError
    return unicodedata.normalize("NFC", text)
