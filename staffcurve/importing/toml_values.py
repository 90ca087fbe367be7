"""Settings as TOML text, on one line each."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def toml_key(name: str) -> str:
    """Write a key; one with other than letters, digits, `_` and `-` is quoted."""
    return name if BARE.fullmatch(name) else _text(name)


def toml_value(value: object) -> str:
    """Write a value: text, a number, true or false, a list, or an inline table.

    >>> toml_value({"start": "Date", "aht_s": ("Talk", "Hold"), "volume": 3})
    '{ start = "Date", aht_s = ["Talk", "Hold"], volume = 3 }'
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        inside = ", ".join(f"{toml_key(name)} = {toml_value(each)}" for name, each in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(toml_value, value))}]"
    return str(value)


def toml_lines(settings: Mapping[str, object]) -> list[str]:
    """Write a line for each setting."""
    return [f"{toml_key(name)} = {toml_value(value)}" for name, value in settings.items()]


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
