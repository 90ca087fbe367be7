"""Which rows of the history are which channel: by the sources that the config states, else by the channels' names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from configs.errors import DataError, Fault
from configs.tables import DIMENSIONS
from forecast.data.source_faults import absent, claimed_twice, unknown_keys
from forecast.data.source_rows import NAMES, SourceRows, plain
from forecast.facts import RowsOfNoChannel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from configs.files import Read
    from configs.schema import Config
    from forecast.data.source_rows import Mask

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


def assigned(
    frame: pd.DataFrame, texts: Mapping[str, Read], config: Config, label: str, *, complete: bool = True
) -> Assigned:
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
    complete
        Whether every channel must have a row, unless its volume is stated.

    Raises
    ------
    DataError
        A source names no column, a row is of two channels, or a channel has no row.
    """
    rows = SourceRows(frame, texts, label)
    sources = {name: channel.source for name, channel in config.channels.items() if channel.source is not None}
    _raise(fault for name, source in sources.items() for fault in unknown_keys(rows, name, source))
    by_name = [name for name in config.channels if name not in sources]
    own = _own(rows, config, by_name)
    claims = {name: rows.matching(source) for name, source in sources.items()}
    claims |= {name: own == at for at, name in enumerate(by_name)}
    _raise(claimed_twice(rows, claims))
    if complete:
        needed = [name for name, mine in claims.items() if config.channels[name].volume is None and not mine.any()]
        _raise(absent(rows, name, sources.get(name), by_name) for name in config.channels if name in needed)
    named = _strangers(rows, sources)
    for name, mine in claims.items():
        named[mine] = name
    keys = list(dict.fromkeys(key for source in sources.values() for key in source)) or [rows.naming]
    stream = _stream(rows, list(sources.values()))
    new = {"channel": named} if stream is None else {"channel": named, "stream": stream}
    return Assigned(frame.assign(**new), _left_over(rows, named == NOBODY, keys))


def _raise(found: Iterable[Fault]) -> None:
    faults = list(found)
    if faults:
        raise DataError(faults)


def _own(rows: SourceRows, config: Config, by_name: Sequence[str]) -> NDArray[np.int64]:
    """Place among the channels without a source of the one that each row names; -1 where it names none.

    A file that names none is one channel's: the only one, or the one it is called after.

    Raises
    ------
    DataError
        When a file does not say it and it is not clear whose it is.
    """
    place = np.full(len(rows.frame), -1, dtype=np.int64)
    if not by_name:
        return place
    files, names = pd.factorize(rows.frame.file)
    for at, file in enumerate(names):
        mine = files == at if len(names) > 1 else np.ones(len(files), dtype=bool)
        column = next((n for n in NAMES if n in rows.frame.columns and rows.frame[n][mine].notna().any()), None)
        if column is None:
            only = _only_channel(config, str(file), by_name)
            place[mine] = by_name.index(only) if only else -1
            continue
        codes, distinct = pd.factorize(rows.frame[column][mine])
        known = [_place(str(value), by_name, exact=column == "channel") for value in distinct]
        place[mine] = np.array([*known, -1], dtype=np.int64)[codes]
    place[~rows.counts] = -1
    return place


def _only_channel(config: Config, file: str, by_name: Sequence[str]) -> str:
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


def _strangers(rows: SourceRows, sources: Mapping[str, object]) -> NDArray[np.object_]:
    """Channel of each row so far: without sources what the file calls it, otherwise none."""
    if "channel" in rows.frame.columns and not sources:
        return np.array(rows.frame.channel.fillna(NOBODY), dtype=object)
    return np.full(len(rows.frame), NOBODY, dtype=object)


def _stream(rows: SourceRows, sources: Sequence[Mapping[str, Sequence[str]]]) -> NDArray[np.int64] | None:
    """Number of the values by which rows of one channel are told apart; None where there are no such values.

    Files that one text of a source matches are one stream: exports that overlap are not added up.
    """
    keys = [name for name in DIMENSIONS if name in rows.frame.columns]
    keys += sorted({key for source in sources for key in source} - {"channel", "file", *keys})
    parts = [pd.factorize(values)[0] for key in keys if (values := rows.values(key)) is not None]
    parts += [rows.pattern("file", source["file"]) for source in sources if "file" in source]
    if not parts:
        return None
    return np.asarray(pd.DataFrame(dict(enumerate(parts))).groupby(list(range(len(parts)))).ngroup())


def _left_over(rows: SourceRows, nobody: Mask, keys: Sequence[str]) -> RowsOfNoChannel | None:
    """What the rows of no channel have under the keys, with their contacts."""
    mine = nobody & rows.counts
    if not mine.any():
        return None
    texts = pd.DataFrame({key: values[mine] for key in keys if (values := rows.values(key)) is not None})
    contacts = rows.frame.volume.to_numpy(float)[mine]
    totals = texts.assign(_contacts=contacts).groupby(list(texts.columns), sort=True)["_contacts"].sum()
    names = ((value if isinstance(value, tuple) else (value,)) for value in totals.index)
    found = [(tuple(map(str, name)), count) for name, count in zip(names, totals.tolist(), strict=True)]
    found.sort(key=lambda one: -one[1])
    return RowsOfNoChannel(rows.label, tuple(texts.columns), int(mine.sum()), float(contacts.sum()), tuple(found))


def _place(name: str, channels: Sequence[str], *, exact: bool) -> int:
    """Place of the channel of a name, -1 if there is none; queues and media may differ in capitals."""
    mine = (at for at, each in enumerate(channels) if each == name or (not exact and plain(each) == plain(name)))
    return next(mine, -1)
