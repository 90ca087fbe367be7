"""The rows of a history's files, and the text that each has under a key of a channel's source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING
from unicodedata import normalize

import numpy as np
import pandas as pd

from configs.tables import DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from configs.files import Read
    from configs.reading.raw import Cells

    Mask = NDArray[np.bool_]

NAMES = ("channel", "queue", "media")
"""Columns that may hold the names of channels, where no source is stated: the first that a file has."""


@dataclass(frozen=True)
class SourceRows:
    """The rows of all files; `texts` is what was read of each file, for keys that are columns of the file."""

    frame: pd.DataFrame
    texts: Mapping[str, Read]
    label: str

    @cached_property
    def cells(self) -> dict[str, Cells]:
        """The text of each file by its name."""
        return {file: read.cells for file, read in self.texts.items()}

    @cached_property
    def counts(self) -> Mask:
        """Rows that count: all but those that are no contacts."""
        if "kind" not in self.frame.columns:
            return np.ones(len(self.frame), dtype=bool)
        return np.asarray(self.frame.kind != "ignored")

    @cached_property
    def naming(self) -> str:
        """The column by which rows are told apart where nothing is stated."""
        return next((name for name in NAMES if name in self.frame.columns), "file")

    def values(self, key: str) -> NDArray[np.object_] | None:
        """Text of each row under a key, blank where its file has no such column; None where no file has."""
        if key == "file":
            return np.asarray(self.frame.file.map(lambda file: PurePath(str(file)).name), dtype=object)
        if key in {"channel", *DIMENSIONS} and key in self.frame.columns:
            return np.asarray(self.frame[key].fillna(""), dtype=object)
        values = np.full(len(self.frame), "", dtype=object)
        files = [file for file, cells in self.cells.items() if key in cells.columns]
        for file in files:
            cells, mine = self.cells[file], np.flatnonzero(self.frame.file.to_numpy() == file)
            at = np.searchsorted(np.asarray(cells.rows), self.frame.row.to_numpy(np.int64)[mine])
            values[mine] = np.array([cell.strip() for cell in cells.columns[key]], dtype=object)[at]
        return values if files else None

    def matching(self, source: Mapping[str, Sequence[str]]) -> Mask:
        """Rows of which every key has one of its texts."""
        mine = self.counts.copy()
        for key, patterns in source.items():
            mine &= self.pattern(key, patterns) >= 0
        return mine

    def pattern(self, key: str, patterns: Sequence[str]) -> NDArray[np.int64]:
        """Number of the first text of a source that each row matches; -1 where it matches none."""
        values = self.values(key)
        if values is None:
            return np.full(len(self.frame), -1)
        codes, distinct = pd.factorize(values)
        return np.array([_first(value, patterns, is_file=key == "file") for value in distinct], dtype=np.int64)[codes]


def plain(text: str) -> str:
    """Return a text as texts are compared: capitals do not matter, nor whether an umlaut is one character or two."""
    return normalize("NFC", normalize("NFC", text.strip()).casefold())


def _first(value: str, patterns: Sequence[str], *, is_file: bool) -> int:
    """Place of the first pattern that a text matches, -1 if none; a file may be called without its ending."""
    texts = {plain(value), plain(value).split(".")[0]} if is_file else {plain(value)}
    return next((at for at, text in enumerate(patterns) if any(_matches(each, text) for each in texts)), -1)


def _matches(text: str, pattern: str) -> bool:
    """Whether a plain text matches a pattern, in which only the star is special."""
    return fnmatchcase(text, re.sub(r"([\[?])", r"[\1]", plain(pattern)))
