"""What is wrong with the sources of channels, in the words of the config and of the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from configs.errors import Fault, nearest
from configs.tables import DIMENSIONS
from forecast.data.account import contacts_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from forecast.data.source_rows import Mask, SourceRows

MOST_VALUES = 8


def unknown_keys(rows: SourceRows, name: str, source: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """Keys of a source that no file has as a column."""
    for key in source:
        if rows.values(key) is not None:
            continue
        columns = list(dict.fromkeys(column for cells in rows.cells.values() for column in cells.header))
        close = nearest(key, columns)
        hint = f"; history.columns.{key} states which column it is" if key in DIMENSIONS else close
        words = f'{rows.label} has no column "{key}"{hint}; columns found: {", ".join(columns)}'
        yield Fault(f"channels.{name}.source", words)


def claimed_twice(rows: SourceRows, claims: Mapping[str, Mask]) -> Iterator[Fault]:
    """Pairs of channels with a row in common."""
    names = list(claims)
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            both = np.flatnonzero(claims[one] & claims[other])
            if not len(both):
                continue
            first = rows.frame.iloc[both[0]]
            where = f"{first.file} row {int(first.row)}"
            words = f'is of channel "{one}" and of channel "{other}"'
            many = f" ({len(both):,} rows are)" if len(both) > 1 else ""
            settings = f"channels.{one}.source or channels.{other}.source"
            yield Fault(where, f"{words}{many}; narrow {settings} so that a row is of one channel")


def absent(rows: SourceRows, name: str, source: Mapping[str, Sequence[str]] | None, by_name: Sequence[str]) -> Fault:
    """Say what was found in place of a channel that no row is of."""
    if source is None and rows.naming == "channel":
        found = sorted(rows.frame.channel.dropna().unique())
        close = nearest(name, [each for each in found if each not in by_name])
        return Fault(rows.label, f'has no channel "{name}"{close}; channels found: {", ".join(found)}')
    if source is None and rows.naming == "file":
        return Fault(f"channels.{name}", f"no row of {rows.label} is of it; state its source, or its volume")
    if source is None:
        found = [value for value, _ in _found(rows, rows.naming)]
        line = f"channels.{name}.source = {{ {rows.naming} = {_listed(found[:3])} }}"
        words = f'has no {rows.naming} "{name}"; found: {_shown(rows, rows.naming)}'
        return Fault(rows.label, f"{words}; state which are its own, such as {line}")
    keys = "; ".join(f"{key} found: {_shown(rows, key)}" for key in source)
    asked = " and ".join(f"{key} {' or '.join(map(_quoted, texts))}" for key, texts in source.items())
    return Fault(f"channels.{name}.source", f"no row of {rows.label} has {asked}; {keys}")


def _found(rows: SourceRows, key: str) -> list[tuple[str, float]]:
    """Texts under a key with their contacts, those with the most first."""
    values = rows.values(key)
    assert values is not None  # noqa: S101 - unknown keys are refused before
    contacts = rows.frame.volume[rows.counts].groupby(values[rows.counts]).sum()
    return sorted(((str(value), float(count)) for value, count in contacts.items()), key=lambda one: (-one[1], one))


def _shown(rows: SourceRows, key: str) -> str:
    found = _found(rows, key)
    shown = ", ".join(f"{_quoted(value)} ({contacts_text(count)} contacts)" for value, count in found[:MOST_VALUES])
    return shown + (f" and {len(found) - MOST_VALUES} more" if len(found) > MOST_VALUES else "")


def _quoted(text: str) -> str:
    return f'"{text}"'


def _listed(texts: Sequence[str]) -> str:
    """Write texts as a config has them."""
    return _quoted(texts[0]) if len(texts) == 1 else f"[{', '.join(map(_quoted, texts))}]"
