"""A TOML file as statements with their place in the text, so that one can be changed and the rest stays as it is."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

STRINGS = ('"""', "'''", '"', "'")
KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
DOTTED = rf"{KEY}(?:[ \t]*\.[ \t]*{KEY})*"
HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({DOTTED})[ \t]*\]\]?")
ASSIGNMENT = re.compile(rf"[ \t]*({DOTTED})[ \t]*=[ \t]*")


@dataclass(frozen=True)
class Statement:
    """One setting: the keys of its table and its own, and where its lines and its value are in the text."""

    table: tuple[str, ...]
    keys: tuple[str, ...]
    start: int
    end: int
    value: tuple[int, int]


@dataclass(frozen=True)
class Header:
    """The line that opens a table, or another entry of a list of tables."""

    table: tuple[str, ...]
    listed: bool
    start: int
    end: int


def statements(text: str) -> Iterator[Statement | Header]:
    """Yield the settings and headers of a TOML text in order; comments and blank lines lie between them.

    The text must be TOML: this finds places and does not check.
    """
    at = 0
    table: tuple[str, ...] = ()
    while at < len(text):
        header, setting = HEADER.match(text, at), ASSIGNMENT.match(text, at)
        if header:
            end = _line_end(text, header.end())
            table = _names(header[2])
            yield Header(table, header[1] == "[[", at, end)
        elif setting:
            after = _value_end(text, setting.end())
            end = _line_end(text, after)
            yield Statement(table, _names(setting[1]), at, end, (setting.end(), after))
        else:
            end = _line_end(text, at)
        at = end


def _names(dotted: str) -> tuple[str, ...]:
    """Split a dotted key into its names, quotes taken off."""
    found: Any = tomllib.loads(f"{dotted} = 0")
    names = []
    while isinstance(found, dict):
        ((name, found),) = found.items()
        names.append(name)
    return tuple(names)


def _line_end(text: str, at: int) -> int:
    """Place after the end of the line."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _value_end(text: str, at: int) -> int:
    """Place after the value that begins at `at`: brackets are closed, and strings are passed over."""
    depth, last = 0, at
    while at < len(text):
        mark = next((each for each in STRINGS if text.startswith(each, at)), None)
        if mark is not None:
            at = last = _string_end(text, at, mark)
            continue
        letter = text[at]
        if letter in "#\n":
            if depth == 0:
                return last
            at = _line_end(text, at)
            continue
        depth += (letter in "[{") - (letter in "]}")
        at += 1
        if not letter.isspace():
            last = at
    return last


def _string_end(text: str, at: int, mark: str) -> int:
    """Place after a string that begins at `at` with the quotes `mark`."""
    at += len(mark)
    while at < len(text) and not text.startswith(mark, at):
        at += 2 if text[at] == "\\" and mark[0] == '"' else 1
    at += len(mark)
    while len(mark) > 1 and text.startswith(mark[0], at):  # quotes before the three that close it
        at += 1
    return at
