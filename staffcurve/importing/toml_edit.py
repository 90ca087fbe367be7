"""Settings of one table replaced in the text of a TOML file; comments and everything else stay as they are."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from configs.errors import ConfigError, Fault
from staffcurve.importing.toml_statements import Header, Statement, statements
from staffcurve.importing.toml_values import toml_key, toml_lines, toml_value

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Edit = tuple[int, int, str]
"""Replace the text from one place to another."""


def edited(text: str, table: str, settings: Mapping[str, object], managed: Collection[str], name: str) -> str:
    """Return the text with the `managed` settings of a table replaced by `settings`.

    Parameters
    ----------
    text
        A TOML file.
    table
        Dotted key of the table; it is added if there is none.
    settings
        New values by name; a mapping is written as an inline table, or into the table's own section if there is one.
    managed
        Names of the settings that are replaced: one without a new value is taken out.
    name
        The file, for messages.

    Raises
    ------
    ConfigError
        When the file writes the table in a way that cannot be changed line by line.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    path = tuple(table.split("."))
    changed = _edited(text, path, dict(settings), set(managed) | set(settings), newline)
    if not _says(changed, text, path, settings, managed):
        lines = "; ".join(toml_lines(settings))
        raise ConfigError(Fault(f"{name}: {table}", f"cannot be changed line by line; write it yourself: {lines}"))
    return changed


def _edited(text: str, path: tuple[str, ...], settings: dict[str, object], managed: set[str], newline: str) -> str:
    found = list(statements(text))
    inline = next((one for one in found if isinstance(one, Statement) and one.table + one.keys == path), None)
    if inline is not None:
        held = _table(tomllib.loads(text), path)
        whole = {**{name: value for name, value in held.items() if name not in managed or name in settings}, **settings}
        return text[: inline.value[0]] + toml_value(whole) + text[inline.value[1] :]
    edits: list[Edit] = []
    for name in [name for name in settings if _section(found, (*path, name))]:
        inner = settings.pop(name)
        managed.discard(name)
        if isinstance(inner, dict):
            held_in = {keys[0] for _, keys in _settings(found, (*path, name))}
            edits += _edits(text, found, (*path, name), inner, held_in | set(inner), newline)
    for name in [name for name in managed if name not in settings]:
        edits += [(one.start, one.end, "") for one in _whole_section(found, (*path, name))]
    edits += _edits(text, found, path, settings, managed, newline)
    for start, end, new in sorted(set(edits), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _edits(
    text: str,
    found: list[Statement | Header],
    path: tuple[str, ...],
    settings: Mapping[str, object],
    managed: Collection[str],
    newline: str,
) -> list[Edit]:
    """Changes in one table: values replaced in their place, old ones taken out, new ones after the last."""
    left, edits, header = dict(settings), [], _section(found, path)
    at, prefix = (header.end, "") if header else (None, "")
    for one, (name, *rest) in _settings(found, path):
        if name in managed and name in left and not rest:
            edits.append((*one.value, toml_value(left.pop(name))))
        elif name in managed:
            edits.append((one.start, one.end, ""))
        elif at is not None:
            continue
        at, prefix = one.end, "".join(f"{toml_key(key)}." for key in path[len(one.table) :])
    lines = [prefix + line + newline for line in toml_lines(left)]
    if lines and at is None:
        return [*edits, _new_section(text, found, path, lines, newline)]
    if lines and at is not None:
        ended = at == 0 or text[at - 1] == "\n"
        edits.append((at, at, ("" if ended else newline) + "".join(lines)))
    return edits


def _new_section(
    text: str, found: list[Statement | Header], path: tuple[str, ...], lines: list[str], newline: str
) -> Edit:
    """Add the table before its first inner table, or at the end of the file."""
    header = f"[{'.'.join(map(toml_key, path))}]{newline}"
    inner = next((one for one in found if isinstance(one, Header) and one.table[: len(path)] == path), None)
    if inner is not None:
        return (inner.start, inner.start, header + "".join(lines) + newline)
    gap = "" if not text else newline if text.endswith("\n") else newline * 2
    return (len(text), len(text), gap + header + "".join(lines))


def _section(found: list[Statement | Header], path: tuple[str, ...]) -> Header | None:
    return next((one for one in found if isinstance(one, Header) and one.table == path and not one.listed), None)


def _settings(found: list[Statement | Header], path: tuple[str, ...]) -> list[tuple[Statement, tuple[str, ...]]]:
    """The settings of a table with their keys in it; `history.path` at the top of the file is one of `history` too."""
    every = [one for one in found if isinstance(one, Statement) and len(one.table) <= len(path)]
    full = [(one, one.table + one.keys) for one in every]
    return [(one, keys[len(path) :]) for one, keys in full if keys[: len(path)] == path and len(keys) > len(path)]


def _whole_section(found: list[Statement | Header], path: tuple[str, ...]) -> list[Statement | Header]:
    """The header of a table and the settings in it."""
    header = _section(found, path)
    return [header, *(one for one in found if isinstance(one, Statement) and one.table == path)] if header else []


def _says(
    text: str, before: str, path: tuple[str, ...], settings: Mapping[str, object], managed: Collection[str]
) -> bool:
    """Whether the new text holds the new settings, and the old text everything else of it."""
    try:
        new, old = tomllib.loads(text), tomllib.loads(before)
    except tomllib.TOMLDecodeError:
        return False
    for raw in (new, old):
        table = _table(raw, path)
        table |= dict.fromkeys(managed)
    expected = _table(old, path)
    expected |= {name: _plain(value) for name, value in settings.items()}
    read: dict[str, Any] = tomllib.loads(text)
    _table(new, path).update({name: value for name, value in _table(read, path).items() if name in managed})
    return new == old


def _table(raw: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    for name in path:
        raw = raw.setdefault(name, {})
    return raw


def _plain(value: object) -> object:
    """Tuples as lists, as TOML reads them."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value
