"""A file while it is read: its cells, its contract, where our columns are, and what was found wrong or to be told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from configs.errors import DataError, Fault
from configs.notes import Note
from configs.reading.blanks import BLANKS
from configs.reading.raw import at_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from configs.reading.raw import Cells
    from configs.schema.reading import TableShape
    from configs.tables import Column, Table

Order = Literal["dmy", "mdy", "ymd"]
PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


class UnclearOrderError(DataError):
    """A file whose dates fit two orders of day and month; another file of the same history may settle it."""


@dataclass(frozen=True)
class Bad:
    """What is wrong with a value: `words` after the value, or instead of it when `instead` is true."""

    words: str
    instead: bool = False


@dataclass(frozen=True)
class Distinct:
    """A column of a file: its different texts, trimmed, and for each row the place of its text among them."""

    name: str
    texts: list[str]
    codes: NDArray[np.intp]

    @classmethod
    def of(cls, name: str, cells: Sequence[str]) -> Distinct:
        """Find the different texts of a column; what is parsed once for each need not be parsed a million times."""
        import numpy as np
        import pandas as pd

        codes, texts = pd.factorize(np.array(cells, dtype=object))
        return cls(name, [text.strip() for text in texts], codes)


@dataclass
class Source:
    """A file being read.

    `parts` names the file's columns of each of ours: one, several that are added up, or date and time of `start`.
    `left_out` holds the positions of rows that mean nothing: no contacts in an hour that the clock skips, or no volume.
    """

    label: str
    cells: Cells
    table: Table
    parts: Mapping[str, tuple[str, ...]]
    zone: str
    shape: TableShape | None = None
    faults: list[Fault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    idle: NDArray[np.bool_] | None = None
    """Rows that count contacts or people and count none; None until the numbers have been read."""
    unobserved: int = 0
    """Number of rows left out because they have no volume."""
    order: Order | None = None
    """Order of day and month that the dates of the file settle by themselves."""
    order_unclear: bool = False
    """Whether dates were refused for nothing but the order of day and month."""
    _distinct: dict[str, Distinct] = field(default_factory=dict)

    @cached_property
    def blanks(self) -> frozenset[str]:
        """Texts of cells without a value, in lower case."""
        return BLANKS | {text.strip().casefold() for text in (self.shape.empty if self.shape else ())}

    @property
    def setting(self) -> str:
        """Table of the config that says how the file is read."""
        return "history" if self.table.name in {"history", "contacts"} else f"reading.{self.table.name}"

    def is_blank(self, text: str) -> bool:
        """Whether a trimmed cell holds no value."""
        return text.casefold() in self.blanks

    def name(self, column: str) -> str:
        """Name of one of our columns in the file, such as ``Date + Time``."""
        return " + ".join(self.parts[column])

    def distinct(self, column: str) -> tuple[Distinct, ...]:
        """The texts of one of our columns, for each column of the file that makes it up."""
        for name in self.parts[column]:
            if name not in self._distinct:
                self._distinct[name] = Distinct.of(name, self.cells.columns[name])
        return tuple(self._distinct[name] for name in self.parts[column])

    def text_at(self, column: str, position: int) -> str:
        """One of our cells as the file has it, trimmed."""
        return " ".join(self.cells.columns[name][position].strip() for name in self.parts[column])

    def note(self, words: str) -> None:
        """Tell something about the file."""
        self.notes.append(Note(self.label, words))

    def bad_rows(self, column: Column, distinct: Distinct, bad: Mapping[int, Bad]) -> None:
        """Tell what is wrong with texts, by their place among the different ones: each kind of fault once."""
        import numpy as np

        groups: dict[Bad, list[int]] = {}
        for place, what in bad.items():
            groups.setdefault(what, []).append(place)
        found = [(np.flatnonzero(np.isin(distinct.codes, places)), what) for what, places in groups.items()]
        for positions, what in sorted(found, key=lambda one: one[0][0]):
            self.fault(column, what, positions.tolist(), distinct.name)

    def fault(self, column: Column, bad: Bad, positions: list[int], name: str | None = None) -> None:
        """Tell one kind of fault of a column once, with the first rows and the first value."""
        rows = [self.cells.rows[i] for i in positions]
        first = positions[0]
        value = self.cells.columns[name][first].strip() if name else self.text_at(column.name, first)
        shown = value if PLAIN_NUMBER.fullmatch(value) else f'"{value[:60]}"'
        said = (
            f"{bad.words}{self._of(column, first)}"
            if bad.instead
            else f"is {shown}{self._of(column, first)}; {bad.words}"
        )
        self.faults.append(Fault(at_rows(self.label, rows), f"{name or self.name(column.name)} {said}"))

    def _of(self, column: Column, position: int) -> str:
        """Name the row by its key, such as `` for channel "phone" at 2026-03-30 09:30``."""
        said = ""
        for key in self.table.key:
            if key == column.name or key not in self.parts:
                continue
            value = self.text_at(key, position)
            said += f" at {value}" if self.table.column(key).kind == "time" else f' for {self.name(key)} "{value}"'
        return said
