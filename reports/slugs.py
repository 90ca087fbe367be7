"""File names made of ids: an id never becomes a path."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 48

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def slug(text: str) -> str:
    """Return `text` when it is a plain file name, otherwise its plain letters and a short hash of all of it.

    Plain means ASCII letters, digits, ``-`` and ``_`` with single dots inside, no name Windows keeps for itself,
    and no more than 48 characters.
    """
    if re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*", text) and len(text) <= LONGEST and not _RESERVED.match(text):
        return text
    return _hashed(text)


def slugs(texts: Iterable[str]) -> dict[str, str]:
    """Return a file name for each text, all different even where the file system ignores case."""
    names = {text: slug(text) for text in sorted(set(texts))}
    folded = [name.casefold() for name in names.values()]
    return {text: name if folded.count(name.casefold()) == 1 else _hashed(text) for text, name in names.items()}


def short_hash(text: str) -> str:
    """Return a hash of `text`, eight hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _hashed(text: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-")[:LONGEST].rstrip("-")
    return f"{plain or 'id'}-{short_hash(text)}"
