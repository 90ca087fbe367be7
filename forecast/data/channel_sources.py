"""Which rows of the history are which channel: by the sources that the config states, else by the channels' names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault, nearest
from configs.tables import DIMENSIONS
from forecast.data.account import contacts_text
from forecast.facts import RowsOfNoChannel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from configs.files import Read
    from configs.reading.raw import Cells
    from configs.schema import Config

    Mask = NDArray[np.bool_]

NAMES = ("channel", "queue", "media")
"""Columns that may hold the names of channels, where no source is stated: the first that a file has."""
MOST_VALUES = 8
NOBODY = ""
"""Channel of a row that is of no channel of the config."""


@dataclass(frozen=True)
class Assigned:
    """The rows with their `channel`, and what was left over.

    Where rows have a queue, a medium or anything else that tells them apart, `stream` numbers its values: rows of one
    channel and start are the same twice only where it is equal.
    """

    frame: pd.DataFrame
    left_over: RowsOfNoChannel | None = None


def assigned(frame: pd.DataFrame, texts: Mapping[str, Read], config: Config, label: str) -> Assigned:
    """Find the channel of every row.

    Parameters
    ----------
    frame
        Rows of all files: ``start, volume, file, row``, ``channel`` and dimensions where a file has them.
    texts
        What was read of each file by its name, for sources that name a column of the file.
    config
        The channels and their sources.
    label
        Name of the whole history in messages.

    Raises
    ------
    DataError
        A source names no column, a row is of two channels, or a channel has no row.
    """
    rows = _Rows(frame, texts, label)
    sources = {name: channel.source for name, channel in config.channels.items() if channel.source is not None}
    _raise(fault for name, source in sources.items() for fault in rows.unknown(name, source))
    by_name = [name for name in config.channels if name not in sources]
    own = rows.own(config, by_name)
    claims = {name: rows.matching(source) for name, source in sources.items()}
    claims |= {name: own == at for at, name in enumerate(by_name)}
    _raise(rows.claimed_twice(claims))
    needed = [name for name, mine in claims.items() if config.channels[name].volume is None and not mine.any()]
    _raise(rows.absent(name, sources.get(name), by_name) for name in config.channels if name in needed)
    named = rows.strangers(sources)
    for name, mine in claims.items():
        named[mine] = name
    keys = list(dict.fromkeys(key for source in sources.values() for key in source)) or [rows.naming]
    stream = rows.stream(list(sources.values()))
    new = {"channel": named} if stream is None else {"channel": named, "stream": stream}
    return Assigned(frame.assign(**new), rows.left_over(named == NOBODY, keys))


def _raise(found: Iterable[Fault]) -> None:
    faults = list(found)
    if faults:
        raise DataError(faults)


@dataclass(frozen=True)
class _Rows:
    """The rows of all files, and the text that each of them has under a key of a source."""

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
            return np.asarray(self.frame.file.map(lambda file: PurePath(file).name), dtype=object)
        if key in {"channel", *DIMENSIONS} and key in self.frame.columns:
            return np.asarray(self.frame[key].fillna(""), dtype=object)
        values = np.full(len(self.frame), "", dtype=object)
        files = [file for file, cells in self.cells.items() if key in cells.columns]
        for file in files:
            cells, mine = self.cells[file], np.flatnonzero(self.frame.file.to_numpy() == file)
            at = np.searchsorted(np.asarray(cells.rows), self.frame.row.to_numpy(np.int64)[mine])
            values[mine] = np.array([cell.strip() for cell in cells.columns[key]], dtype=object)[at]
        return values if files else None

    def unknown(self, name: str, source: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
        """Keys of a source that no file has as a column."""
        for key in source:
            if self.values(key) is not None:
                continue
            columns = list(dict.fromkeys(column for cells in self.cells.values() for column in cells.header))
            close = nearest(key, columns)
            hint = f"; history.columns.{key} states which column it is" if key in DIMENSIONS else close
            words = f'{self.label} has no column "{key}"{hint}; columns found: {", ".join(columns)}'
            yield Fault(f"channels.{name}.source", words)

    def matching(self, source: Mapping[str, Sequence[str]]) -> Mask:
        """Rows of which every key has one of its texts."""
        mine = self.counts.copy()
        for key, patterns in source.items():
            mine &= self._pattern(key, patterns) >= 0
        return mine

    def _pattern(self, key: str, patterns: Sequence[str]) -> NDArray[np.int64]:
        """Number of the first text of a source that each row matches; -1 where it matches none."""
        values = self.values(key)
        if values is None:
            return np.full(len(self.frame), -1)
        codes, distinct = pd.factorize(values)
        return np.array([_first(value, patterns, is_file=key == "file") for value in distinct], dtype=np.int64)[codes]

    def own(self, config: Config, by_name: Sequence[str]) -> NDArray[np.int64]:
        """Place among the channels without a source of the one that each row names; -1 where it names none.

        A file that names none is one channel's: the only one, or the one it is called after.

        Raises
        ------
        DataError
            When a file does not say it and it is not clear whose it is.
        """
        place = np.full(len(self.frame), -1, dtype=np.int64)
        if not by_name:
            return place
        files, names = pd.factorize(self.frame.file)
        for at, file in enumerate(names):
            mine = files == at if len(names) > 1 else np.ones(len(files), dtype=bool)
            column = next((n for n in NAMES if n in self.frame.columns and self.frame[n][mine].notna().any()), None)
            if column is None:
                only = self._only_channel(config, str(file), by_name)
                place[mine] = by_name.index(only) if only else -1
                continue
            codes, distinct = pd.factorize(self.frame[column][mine])
            known = [_place(str(value), by_name, exact=column == "channel") for value in distinct]
            place[mine] = np.array([*known, -1], dtype=np.int64)[codes]
        place[~self.counts] = -1
        return place

    def strangers(self, sources: Mapping[str, object]) -> NDArray[np.object_]:
        """Channel of each row so far: without sources what the file calls it, otherwise none."""
        if "channel" in self.frame.columns and not sources:
            return np.array(self.frame.channel.fillna(NOBODY), dtype=object)
        return np.full(len(self.frame), NOBODY, dtype=object)

    def _only_channel(self, config: Config, file: str, by_name: Sequence[str]) -> str:
        """Name the channel of a file without a column of names: the only one, or the one the file is called after."""
        if len(config.channels) == 1:
            return by_name[0]
        stem = PurePath(file).name.split(".")[0]
        if stem in by_name:
            return stem
        if len(by_name) < len(config.channels):
            return NOBODY
        words = f'has no column "{config.history.columns.channel}" to distinguish {", ".join(by_name)}'
        raise DataError(Fault(file, f"{words}; add it, or name one file after each channel"))

    def claimed_twice(self, claims: Mapping[str, Mask]) -> Iterator[Fault]:
        """Pairs of channels with a row in common."""
        names = list(claims)
        for at, one in enumerate(names):
            for other in names[at + 1 :]:
                both = np.flatnonzero(claims[one] & claims[other])
                if not len(both):
                    continue
                first = self.frame.iloc[both[0]]
                where = f"{first.file} row {int(first.row)}"
                words = f'is of channel "{one}" and of channel "{other}"'
                many = f" ({len(both):,} rows are)" if len(both) > 1 else ""
                settings = f"channels.{one}.source or channels.{other}.source"
                yield Fault(where, f"{words}{many}; narrow {settings} so that a row is of one channel")

    def absent(self, name: str, source: Mapping[str, Sequence[str]] | None, by_name: Sequence[str]) -> Fault:
        """Say what was found in place of a channel that no row is of."""
        if source is None and self.naming == "channel":
            found = sorted(self.frame.channel.dropna().unique())
            close = nearest(name, [each for each in found if each not in by_name])
            return Fault(self.label, f'has no channel "{name}"{close}; channels found: {", ".join(found)}')
        if source is None and self.naming == "file":
            return Fault(f"channels.{name}", f"no row of {self.label} is of it; state its source, or its volume")
        if source is None:
            found = [value for value, _ in self._found(self.naming)]
            line = f"channels.{name}.source = {{ {self.naming} = {_listed(found[:3])} }}"
            words = f'has no {self.naming} "{name}"; found: {self._shown(self.naming)}'
            return Fault(self.label, f"{words}; state which are its own, such as {line}")
        keys = "; ".join(f"{key} found: {self._shown(key)}" for key in source)
        asked = " and ".join(f"{key} {' or '.join(map(_quoted, texts))}" for key, texts in source.items())
        return Fault(f"channels.{name}.source", f"no row of {self.label} has {asked}; {keys}")

    def _found(self, key: str) -> list[tuple[str, float]]:
        """Texts under a key with their contacts, those with the most first."""
        values = self.values(key)
        assert values is not None  # noqa: S101 - unknown keys are refused before
        contacts = self.frame.volume[self.counts].groupby(values[self.counts]).sum()
        return sorted(((str(value), float(count)) for value, count in contacts.items()), key=lambda one: (-one[1], one))

    def _shown(self, key: str) -> str:
        found = self._found(key)
        shown = ", ".join(f"{_quoted(value)} ({contacts_text(count)} contacts)" for value, count in found[:MOST_VALUES])
        return shown + (f" and {len(found) - MOST_VALUES} more" if len(found) > MOST_VALUES else "")

    def stream(self, sources: Sequence[Mapping[str, Sequence[str]]]) -> NDArray[np.int64] | None:
        """Number of the values by which rows of one channel are told apart; None where there are no such values.

        Files that one text of a source matches are one stream: exports that overlap are not added up.
        """
        keys = [name for name in DIMENSIONS if name in self.frame.columns]
        keys += sorted({key for source in sources for key in source} - {"channel", "file", *keys})
        parts = [pd.factorize(values)[0] for key in keys if (values := self.values(key)) is not None]
        parts += [self._pattern("file", source["file"]) for source in sources if "file" in source]
        if not parts:
            return None
        return np.asarray(pd.DataFrame(dict(enumerate(parts))).groupby(list(range(len(parts)))).ngroup())

    def left_over(self, nobody: Mask, keys: Sequence[str]) -> RowsOfNoChannel | None:
        """What the rows of no channel have under the keys, with their contacts."""
        mine = nobody & self.counts
        if not mine.any():
            return None
        texts = pd.DataFrame({key: values[mine] for key in keys if (values := self.values(key)) is not None})
        contacts = self.frame.volume.to_numpy(float)[mine]
        totals = texts.assign(_contacts=contacts).groupby(list(texts.columns), sort=True)["_contacts"].sum()
        found = [(value if isinstance(value, tuple) else (value,), float(count)) for value, count in totals.items()]
        found.sort(key=lambda one: -one[1])
        return RowsOfNoChannel(self.label, tuple(texts.columns), int(mine.sum()), float(contacts.sum()), tuple(found))


def _place(name: str, channels: Sequence[str], *, exact: bool) -> int:
    """Place of the channel of a name, -1 if there is none; queues and media may differ in capitals."""
    mine = (
        at for at, each in enumerate(channels) if each == name or (not exact and each.casefold() == name.casefold())
    )
    return next(mine, -1)


def _first(value: str, patterns: Sequence[str], *, is_file: bool) -> int:
    """Place of the first pattern that a text matches, -1 if none; a file may be called without its ending."""
    texts = {value.casefold(), value.casefold().split(".")[0]} if is_file else {value.casefold()}
    return next((at for at, text in enumerate(patterns) if any(_matches(each, text) for each in texts)), -1)


def _matches(text: str, pattern: str) -> bool:
    """Whether a text in small letters matches a pattern, in which only the star is special."""
    return fnmatchcase(text, re.sub(r"([\[?])", r"[\1]", pattern.strip().casefold()))


def _quoted(text: str) -> str:
    return f'"{text}"'


def _listed(texts: Sequence[str]) -> str:
    """Write texts as a config has them."""
    return _quoted(texts[0]) if len(texts) == 1 else f"[{', '.join(map(_quoted, texts))}]"
